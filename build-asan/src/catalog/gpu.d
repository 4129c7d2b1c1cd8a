build-asan/src/catalog/gpu.o: src/catalog/gpu.c src/catalog/gpu.h \
 src/base/diag.h src/catalog/precision.h
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
