build-asan/src/publish/content.o: src/publish/content.c \
 src/publish/stage_inside.h src/publish/manifest.h src/base/arena.h \
 src/base/buf.h src/publish/publish.h src/base/diag.h src/base/hash.h
src/publish/stage_inside.h:
src/publish/manifest.h:
src/base/arena.h:
src/base/buf.h:
src/publish/publish.h:
src/base/diag.h:
src/base/hash.h:
