build-asan/src/command/accuracy_out.o: src/command/accuracy_out.c \
 src/command/accuracy_out.h src/command/project.h src/base/arena.h \
 src/base/buf.h src/base/diag.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/read/calibration.h src/catalog/calibration.h \
 src/read/read.h src/engine/accuracy.h src/engine/serve.h \
 src/engine/step.h src/base/num.h src/command/json_out.h
src/command/accuracy_out.h:
src/command/project.h:
src/base/arena.h:
src/base/buf.h:
src/base/diag.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/read/calibration.h:
src/catalog/calibration.h:
src/read/read.h:
src/engine/accuracy.h:
src/engine/serve.h:
src/engine/step.h:
src/base/num.h:
src/command/json_out.h:
