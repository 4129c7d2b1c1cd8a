build-asan/src/catalog/names.o: src/catalog/names.c src/catalog/names.h
src/catalog/names.h:
