build-asan/src/engine/first_principles.o: src/engine/first_principles.c \
 src/engine/first_principles.h src/engine/estimate.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/memory.h src/engine/parameters.h
src/engine/first_principles.h:
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
