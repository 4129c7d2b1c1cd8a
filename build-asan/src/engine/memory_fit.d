build-asan/src/engine/memory_fit.o: src/engine/memory_fit.c \
 src/engine/calibration.h src/catalog/calibration.h src/catalog/gpu.h \
 src/base/diag.h src/catalog/precision.h src/engine/estimate.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/memory.h src/engine/parameters.h
src/engine/calibration.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
src/engine/estimate.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/memory.h:
src/engine/parameters.h:
