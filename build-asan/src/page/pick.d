build-asan/src/page/pick.o: src/page/pick.c src/page/plan.h \
 src/page/page.h src/base/arena.h src/chart/chart.h src/engine/estimate.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/memory.h src/engine/parameters.h src/base/pool.h \
 src/engine/calibration.h src/catalog/calibration.h \
 src/engine/combination.h src/engine/first_principles.h \
 src/engine/serve_case.h src/engine/serve.h src/engine/step.h \
 src/engine/shape.h src/engine/cost.h
src/page/plan.h:
src/page/page.h:
src/base/arena.h:
src/chart/chart.h:
src/engine/estimate.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/memory.h:
src/engine/parameters.h:
src/base/pool.h:
src/engine/calibration.h:
src/catalog/calibration.h:
src/engine/combination.h:
src/engine/first_principles.h:
src/engine/serve_case.h:
src/engine/serve.h:
src/engine/step.h:
src/engine/shape.h:
src/engine/cost.h:
