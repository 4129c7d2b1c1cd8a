build-asan/src/read/offers_current.o: src/read/offers_current.c \
 src/read/offers_current.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/base/str.h src/catalog/names.h
src/read/offers_current.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/base/str.h:
src/catalog/names.h:
