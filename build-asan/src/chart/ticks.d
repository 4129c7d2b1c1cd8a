build-asan/src/chart/ticks.o: src/chart/ticks.c src/chart/ticks.h \
 src/base/arena.h src/base/num.h src/chart/scale.h src/chart/text.h
src/chart/ticks.h:
src/base/arena.h:
src/base/num.h:
src/chart/scale.h:
src/chart/text.h:
