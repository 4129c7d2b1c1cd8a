build-asan/src/command/training.o: src/command/training.c \
 src/command/command.h src/command/options.h src/base/arena.h \
 src/command/project.h src/base/buf.h src/base/diag.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/catalog/precision.h \
 src/catalog/gpu.h src/catalog/model.h src/catalog/power.h \
 src/catalog/price.h src/catalog/site.h src/read/calibration.h \
 src/catalog/calibration.h src/read/read.h src/command/training_answer.h \
 src/engine/quote.h src/engine/training.h src/engine/estimate.h \
 src/engine/memory.h src/engine/parameters.h src/base/str.h
src/command/command.h:
src/command/options.h:
src/base/arena.h:
src/command/project.h:
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
src/command/training_answer.h:
src/engine/quote.h:
src/engine/training.h:
src/engine/estimate.h:
src/engine/memory.h:
src/engine/parameters.h:
src/base/str.h:
