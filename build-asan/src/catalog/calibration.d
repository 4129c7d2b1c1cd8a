build-asan/src/catalog/calibration.o: src/catalog/calibration.c \
 src/catalog/calibration.h src/catalog/gpu.h src/base/diag.h \
 src/catalog/precision.h
src/catalog/calibration.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
