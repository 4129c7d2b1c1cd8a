build-asan/src/engine/step.o: src/engine/step.c src/engine/step.h \
 src/catalog/calibration.h src/catalog/gpu.h src/base/diag.h \
 src/catalog/precision.h
src/engine/step.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
