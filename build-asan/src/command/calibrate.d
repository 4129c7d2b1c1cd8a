build-asan/src/command/calibrate.o: src/command/calibrate.c \
 src/engine/calibrate.h src/base/arena.h src/engine/accuracy.h \
 src/catalog/benchmark.h src/base/diag.h src/catalog/precision.h \
 src/catalog/calibration.h src/catalog/gpu.h src/engine/serve.h \
 src/engine/step.h src/base/fs.h src/base/num.h \
 src/command/calibration_out.h src/base/buf.h src/command/command.h \
 src/command/options.h src/command/project.h src/catalog/catalog.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/read/calibration.h src/read/read.h \
 src/read/bench.h src/read/csv.h src/read/json.h src/base/str.h \
 src/read/parts.h
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
src/base/fs.h:
src/base/num.h:
src/command/calibration_out.h:
src/base/buf.h:
src/command/command.h:
src/command/options.h:
src/command/project.h:
src/catalog/catalog.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/read/calibration.h:
src/read/read.h:
src/read/bench.h:
src/read/csv.h:
src/read/json.h:
src/base/str.h:
src/read/parts.h:
