build-asan/src/command/answer_json.o: src/command/answer_json.c \
 src/command/answer.h src/base/buf.h src/engine/cost.h \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/memory.h src/engine/parameters.h \
 src/engine/energy.h src/engine/quote.h src/command/json_out.h
src/command/answer.h:
src/base/buf.h:
src/engine/cost.h:
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
src/engine/energy.h:
src/engine/quote.h:
src/command/json_out.h:
