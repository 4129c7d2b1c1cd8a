build-asan/src/engine/memory_engine.o: src/engine/memory_engine.c \
 src/engine/memory.h src/catalog/gpu.h src/base/diag.h \
 src/catalog/precision.h src/catalog/model.h src/engine/parameters.h
src/engine/memory.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/model.h:
src/engine/parameters.h:
