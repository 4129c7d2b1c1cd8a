build-asan/src/command/sweep_row.o: src/command/sweep_row.c \
 src/command/sweep_row.h src/base/buf.h src/engine/quote.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/sweep.h src/engine/combination.h src/engine/estimate.h \
 src/engine/memory.h src/engine/parameters.h \
 src/engine/first_principles.h src/engine/serve_case.h src/engine/serve.h \
 src/engine/step.h src/catalog/calibration.h src/engine/shape.h \
 src/base/num.h src/command/json_out.h src/engine/cost.h \
 src/engine/energy.h src/render/render.h src/base/str.h src/chart/marks.h \
 src/base/arena.h src/chart/chart.h src/page/page.h
src/command/sweep_row.h:
src/base/buf.h:
src/engine/quote.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/sweep.h:
src/engine/combination.h:
src/engine/estimate.h:
src/engine/memory.h:
src/engine/parameters.h:
src/engine/first_principles.h:
src/engine/serve_case.h:
src/engine/serve.h:
src/engine/step.h:
src/catalog/calibration.h:
src/engine/shape.h:
src/base/num.h:
src/command/json_out.h:
src/engine/cost.h:
src/engine/energy.h:
src/render/render.h:
src/base/str.h:
src/chart/marks.h:
src/base/arena.h:
src/chart/chart.h:
src/page/page.h:
