build-asan/src/render/pdf_font.o: src/render/pdf_font.c \
 src/render/pdf_font.h src/base/arena.h src/base/buf.h
src/render/pdf_font.h:
src/base/arena.h:
src/base/buf.h:
