build-asan/src/render/mustache_parse.o: src/render/mustache_parse.c \
 src/render/mustache_tree.h src/render/mustache.h src/base/arena.h \
 src/base/buf.h src/base/diag.h src/base/str.h
src/render/mustache_tree.h:
src/render/mustache.h:
src/base/arena.h:
src/base/buf.h:
src/base/diag.h:
src/base/str.h:
