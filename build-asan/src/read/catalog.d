build-asan/src/read/catalog.o: src/read/catalog.c src/base/fs.h \
 src/base/hash.h src/read/join.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/base/diag.h src/catalog/precision.h \
 src/catalog/gpu.h src/catalog/model.h src/catalog/power.h \
 src/catalog/price.h src/catalog/site.h src/read/parts.h src/read/json.h \
 src/base/arena.h src/base/str.h src/read/read.h \
 src/read/offers_current.h src/read/schema.h src/read/csv.h
src/base/fs.h:
src/base/hash.h:
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
src/read/offers_current.h:
src/read/schema.h:
src/read/csv.h:
