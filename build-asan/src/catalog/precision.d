build-asan/src/catalog/precision.o: src/catalog/precision.c \
 src/catalog/precision.h src/base/str.h
src/catalog/precision.h:
src/base/str.h:
