build-asan/src/chart/ticks_log.o: src/chart/ticks_log.c src/chart/ticks.h \
 src/base/arena.h src/base/num.h src/chart/text.h
src/chart/ticks.h:
src/base/arena.h:
src/base/num.h:
src/chart/text.h:
