build-asan/src/base/fs.o: src/base/fs.c src/base/fs.h src/base/arena.h \
 src/base/diag.h
src/base/fs.h:
src/base/arena.h:
src/base/diag.h:
