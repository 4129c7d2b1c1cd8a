build-asan/src/engine/calibrate_result.o: src/engine/calibrate_result.c \
 src/catalog/gpu.h src/base/diag.h src/catalog/precision.h \
 src/engine/calibrate_problem.h src/engine/calibrate.h src/base/arena.h \
 src/engine/accuracy.h src/catalog/benchmark.h src/catalog/calibration.h \
 src/engine/serve.h src/engine/step.h
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
src/engine/calibrate_problem.h:
src/engine/calibrate.h:
src/base/arena.h:
src/engine/accuracy.h:
src/catalog/benchmark.h:
src/catalog/calibration.h:
src/engine/serve.h:
src/engine/step.h:
