build-asan/src/engine/montecarlo.o: src/engine/montecarlo.c \
 src/engine/montecarlo.h src/base/arena.h src/engine/cost.h \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/memory.h src/engine/parameters.h \
 src/base/pool.h src/engine/calibration.h src/catalog/calibration.h \
 src/engine/first_principles.h
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
src/base/pool.h:
src/engine/calibration.h:
src/catalog/calibration.h:
src/engine/first_principles.h:
