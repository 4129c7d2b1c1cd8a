build-asan/src/command/training_answer.o: src/command/training_answer.c \
 src/command/training_answer.h src/base/buf.h src/engine/quote.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/training.h src/engine/estimate.h src/engine/memory.h \
 src/engine/parameters.h src/base/num.h src/command/json_out.h
src/command/training_answer.h:
src/base/buf.h:
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
src/engine/training.h:
src/engine/estimate.h:
src/engine/memory.h:
src/engine/parameters.h:
src/base/num.h:
src/command/json_out.h:
