build-asan/src/publish/path.o: src/publish/path.c src/publish/publish.h \
 src/base/arena.h src/base/buf.h src/base/diag.h
src/publish/publish.h:
src/base/arena.h:
src/base/buf.h:
src/base/diag.h:
