build-asan/src/command/project.o: src/command/project.c \
 src/command/project.h src/base/arena.h src/base/buf.h src/base/diag.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/catalog/precision.h \
 src/catalog/gpu.h src/catalog/model.h src/catalog/power.h \
 src/catalog/price.h src/catalog/site.h src/read/calibration.h \
 src/catalog/calibration.h src/read/read.h src/base/fs.h \
 src/command/command.h src/read/json.h src/base/str.h
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
src/base/fs.h:
src/command/command.h:
src/read/json.h:
src/base/str.h:
