build-asan/src/publish/manifest.o: src/publish/manifest.c \
 src/publish/manifest.h src/base/arena.h src/base/buf.h src/base/hash.h \
 src/base/num.h src/base/str.h src/publish/publish.h src/base/diag.h
src/publish/manifest.h:
src/base/arena.h:
src/base/buf.h:
src/base/hash.h:
src/base/num.h:
src/base/str.h:
src/publish/publish.h:
src/base/diag.h:
