build-asan/src/engine/accuracy_summary.o: src/engine/accuracy_summary.c \
 src/engine/accuracy.h src/base/arena.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/calibration.h \
 src/catalog/gpu.h src/engine/serve.h src/engine/step.h \
 src/catalog/model.h
src/engine/accuracy.h:
src/base/arena.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/engine/serve.h:
src/engine/step.h:
src/catalog/model.h:
