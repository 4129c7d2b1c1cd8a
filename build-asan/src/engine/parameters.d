build-asan/src/engine/parameters.o: src/engine/parameters.c \
 src/engine/parameters.h src/catalog/model.h src/base/diag.h \
 src/catalog/precision.h
src/engine/parameters.h:
src/catalog/model.h:
src/base/diag.h:
src/catalog/precision.h:
