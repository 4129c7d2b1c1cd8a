build-asan/src/engine/accuracy.o: src/engine/accuracy.c \
 src/engine/accuracy.h src/base/arena.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/calibration.h \
 src/catalog/gpu.h src/engine/serve.h src/engine/step.h \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/memory.h src/engine/parameters.h src/engine/serve_case.h \
 src/engine/shape.h
src/engine/accuracy.h:
src/base/arena.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/engine/serve.h:
src/engine/step.h:
src/engine/estimate.h:
src/catalog/catalog.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/memory.h:
src/engine/parameters.h:
src/engine/serve_case.h:
src/engine/shape.h:
