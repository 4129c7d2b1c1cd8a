build-asan/src/read/model_file.o: src/read/model_file.c \
 src/read/hf_model.h src/base/arena.h src/catalog/model.h src/base/diag.h \
 src/catalog/precision.h src/read/json.h src/base/str.h src/read/read.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/catalog/gpu.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h
src/read/hf_model.h:
src/base/arena.h:
src/catalog/model.h:
src/base/diag.h:
src/catalog/precision.h:
src/read/json.h:
src/base/str.h:
src/read/read.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/gpu.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
