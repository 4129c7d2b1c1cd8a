build-asan/src/publish/current.o: src/publish/current.c \
 src/publish/stage_inside.h src/publish/manifest.h src/base/arena.h \
 src/base/buf.h src/publish/publish.h src/base/diag.h src/base/pool.h
src/publish/stage_inside.h:
src/publish/manifest.h:
src/base/arena.h:
src/base/buf.h:
src/publish/publish.h:
src/base/diag.h:
src/base/pool.h:
