build-asan/src/engine/shape.o: src/engine/shape.c src/engine/shape.h \
 src/catalog/gpu.h src/base/diag.h src/catalog/precision.h \
 src/catalog/model.h src/engine/step.h src/catalog/calibration.h \
 src/engine/memory.h src/engine/parameters.h
src/engine/shape.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/model.h:
src/engine/step.h:
src/catalog/calibration.h:
src/engine/memory.h:
src/engine/parameters.h:
