build-asan/src/publish/stage.o: src/publish/stage.c \
 src/publish/stage_inside.h src/publish/manifest.h src/base/arena.h \
 src/base/buf.h src/publish/publish.h src/base/diag.h src/base/fs.h \
 src/base/hash.h
src/publish/stage_inside.h:
src/publish/manifest.h:
src/base/arena.h:
src/base/buf.h:
src/publish/publish.h:
src/base/diag.h:
src/base/fs.h:
src/base/hash.h:
