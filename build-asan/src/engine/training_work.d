build-asan/src/engine/training_work.o: src/engine/training_work.c \
 src/engine/training.h src/engine/estimate.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/base/diag.h src/catalog/precision.h \
 src/catalog/gpu.h src/catalog/model.h src/catalog/power.h \
 src/catalog/price.h src/catalog/site.h src/engine/memory.h \
 src/engine/parameters.h
src/engine/training.h:
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
