build-asan/src/engine/memory.o: src/engine/memory.c src/engine/memory.h \
 src/catalog/gpu.h src/base/diag.h src/catalog/precision.h \
 src/catalog/model.h src/engine/parameters.h
src/engine/memory.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/model.h:
src/engine/parameters.h:
