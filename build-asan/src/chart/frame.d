build-asan/src/chart/frame.o: src/chart/frame.c src/chart/frame.h \
 src/chart/scale.h src/chart/sketch.h src/chart/marks.h src/base/arena.h \
 src/chart/chart.h src/chart/ticks.h src/chart/text.h
src/chart/frame.h:
src/chart/scale.h:
src/chart/sketch.h:
src/chart/marks.h:
src/base/arena.h:
src/chart/chart.h:
src/chart/ticks.h:
src/chart/text.h:
