build-asan/src/read/join.o: src/read/join.c src/read/join.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/read/parts.h src/read/json.h src/base/arena.h src/base/str.h \
 src/read/read.h src/catalog/names.h src/read/schema.h src/read/csv.h
src/read/join.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/read/parts.h:
src/read/json.h:
src/base/arena.h:
src/base/str.h:
src/read/read.h:
src/catalog/names.h:
src/read/schema.h:
src/read/csv.h:
