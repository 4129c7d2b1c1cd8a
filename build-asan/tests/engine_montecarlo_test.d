build-asan/tests/engine_montecarlo_test: \
 tests/unit/engine_montecarlo_test.c tests/unit/golden.h \
 src/engine/montecarlo.h src/base/arena.h src/engine/cost.h \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/memory.h src/engine/parameters.h \
 tests/unit/engine_models.h
tests/unit/golden.h:
src/engine/montecarlo.h:
src/base/arena.h:
src/engine/cost.h:
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
tests/unit/engine_models.h:
