build-asan/src/base/diag.o: src/base/diag.c src/base/diag.h \
 src/base/arena.h src/base/buf.h src/base/die.h
src/base/diag.h:
src/base/arena.h:
src/base/buf.h:
src/base/die.h:
