build-asan/src/publish/in_place.o: src/publish/in_place.c \
 src/publish/stage_inside.h src/publish/manifest.h src/base/arena.h \
 src/base/buf.h src/publish/publish.h src/base/diag.h src/base/fs.h
src/publish/stage_inside.h:
src/publish/manifest.h:
src/base/arena.h:
src/base/buf.h:
src/publish/publish.h:
src/base/diag.h:
src/base/fs.h:
