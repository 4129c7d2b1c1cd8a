build-asan/src/engine/calibrate.o: src/engine/calibrate.c \
 src/engine/calibrate_problem.h src/engine/calibrate.h src/base/arena.h \
 src/engine/accuracy.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/calibration.h src/catalog/gpu.h \
 src/engine/serve.h src/engine/step.h
src/engine/calibrate_problem.h:
src/engine/calibrate.h:
src/base/arena.h:
src/engine/accuracy.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/engine/serve.h:
src/engine/step.h:
