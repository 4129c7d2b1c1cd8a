build-asan/src/engine/serve.o: src/engine/serve.c src/engine/serve.h \
 src/engine/step.h src/catalog/calibration.h src/catalog/gpu.h \
 src/base/diag.h src/catalog/precision.h
src/engine/serve.h:
src/engine/step.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
