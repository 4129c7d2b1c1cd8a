build-asan/src/chart/text.o: src/chart/text.c src/chart/text.h \
 src/base/arena.h src/base/num.h
src/chart/text.h:
src/base/arena.h:
src/base/num.h:
