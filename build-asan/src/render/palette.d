build-asan/src/render/palette.o: src/render/palette.c \
 src/render/palette.h src/base/buf.h
src/render/palette.h:
src/base/buf.h:
