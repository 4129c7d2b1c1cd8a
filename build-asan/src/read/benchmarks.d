build-asan/src/read/benchmarks.o: src/read/benchmarks.c src/read/parts.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/read/json.h src/base/arena.h src/base/str.h src/read/read.h \
 src/read/schema.h src/read/csv.h
src/read/parts.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/read/json.h:
src/base/arena.h:
src/base/str.h:
src/read/read.h:
src/read/schema.h:
src/read/csv.h:
