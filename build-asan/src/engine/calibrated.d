build-asan/src/engine/calibrated.o: src/engine/calibrated.c \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/memory.h src/engine/parameters.h \
 src/engine/serve.h src/engine/step.h src/catalog/calibration.h \
 src/engine/shape.h src/engine/serve_case.h
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
src/engine/serve.h:
src/engine/step.h:
src/catalog/calibration.h:
src/engine/shape.h:
src/engine/serve_case.h:
