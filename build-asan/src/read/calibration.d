build-asan/src/read/calibration.o: src/read/calibration.c \
 src/read/calibration.h src/base/arena.h src/base/diag.h \
 src/catalog/calibration.h src/catalog/gpu.h src/catalog/precision.h \
 src/read/read.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/read/json.h src/base/str.h
src/read/calibration.h:
src/base/arena.h:
src/base/diag.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/catalog/precision.h:
src/read/read.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/read/json.h:
src/base/str.h:
