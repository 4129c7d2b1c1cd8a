build-asan/src/base/die.o: src/base/die.c src/base/die.h
src/base/die.h:
