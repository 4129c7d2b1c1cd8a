build-asan/src/chart/ticks_date.o: src/chart/ticks_date.c \
 src/chart/text.h src/base/arena.h src/chart/ticks.h
src/chart/text.h:
src/base/arena.h:
src/chart/ticks.h:
