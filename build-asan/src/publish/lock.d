build-asan/src/publish/lock.o: src/publish/lock.c \
 src/publish/stage_inside.h src/publish/manifest.h src/base/arena.h \
 src/base/buf.h src/publish/publish.h src/base/diag.h
src/publish/stage_inside.h:
src/publish/manifest.h:
src/base/arena.h:
src/base/buf.h:
src/publish/publish.h:
src/base/diag.h:
