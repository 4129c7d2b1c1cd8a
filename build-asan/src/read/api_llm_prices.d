build-asan/src/read/api_llm_prices.o: src/read/api_llm_prices.c \
 src/read/api_prices.h src/read/document.h src/read/csv.h \
 src/base/arena.h src/base/diag.h src/read/parts.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/read/json.h src/base/str.h src/read/read.h \
 src/read/schema.h
src/read/api_prices.h:
src/read/document.h:
src/read/csv.h:
src/base/arena.h:
src/base/diag.h:
src/read/parts.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/read/json.h:
src/base/str.h:
src/read/read.h:
src/read/schema.h:
