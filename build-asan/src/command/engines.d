build-asan/src/command/engines.o: src/command/engines.c \
 src/command/engines.h src/command/project.h src/base/arena.h \
 src/base/buf.h src/base/diag.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/read/calibration.h src/catalog/calibration.h \
 src/read/read.h src/engine/calibration.h src/base/str.h
src/command/engines.h:
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
src/engine/calibration.h:
src/base/str.h:
