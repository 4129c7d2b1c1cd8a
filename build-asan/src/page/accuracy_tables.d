build-asan/src/page/accuracy_tables.o: src/page/accuracy_tables.c \
 src/page/accuracy.h src/engine/accuracy.h src/base/arena.h \
 src/catalog/benchmark.h src/base/diag.h src/catalog/precision.h \
 src/catalog/calibration.h src/catalog/gpu.h src/engine/serve.h \
 src/engine/step.h src/page/draft.h src/page/page.h src/chart/chart.h \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/memory.h src/engine/parameters.h src/page/values.h \
 src/page/plan.h src/page/phrases.h src/page/words.h
src/page/accuracy.h:
src/engine/accuracy.h:
src/base/arena.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/engine/serve.h:
src/engine/step.h:
src/page/draft.h:
src/page/page.h:
src/chart/chart.h:
src/engine/estimate.h:
src/catalog/catalog.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/memory.h:
src/engine/parameters.h:
src/page/values.h:
src/page/plan.h:
src/page/phrases.h:
src/page/words.h:
