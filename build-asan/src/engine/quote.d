build-asan/src/engine/quote.o: src/engine/quote.c src/engine/quote.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/base/num.h
src/engine/quote.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/base/num.h:
