build-asan/src/page/pair.o: src/page/pair.c src/page/pair.h \
 src/page/draft.h src/page/page.h src/base/arena.h src/chart/chart.h \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/memory.h src/engine/parameters.h \
 src/page/values.h src/page/plan.h src/page/phrases.h src/page/words.h
src/page/pair.h:
src/page/draft.h:
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
src/page/values.h:
src/page/plan.h:
src/page/phrases.h:
src/page/words.h:
