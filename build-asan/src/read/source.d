build-asan/src/read/source.o: src/read/source.c src/base/fs.h \
 src/read/embedded.h src/read/read.h src/base/arena.h src/base/diag.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/catalog/precision.h \
 src/catalog/gpu.h src/catalog/model.h src/catalog/power.h \
 src/catalog/price.h src/catalog/site.h
src/base/fs.h:
src/read/embedded.h:
src/read/read.h:
src/base/arena.h:
src/base/diag.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
