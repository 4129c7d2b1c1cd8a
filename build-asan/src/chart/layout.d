build-asan/src/chart/layout.o: src/chart/layout.c src/chart/kinds.h \
 src/chart/frame.h src/chart/scale.h src/chart/sketch.h src/chart/marks.h \
 src/base/arena.h src/chart/chart.h src/chart/ticks.h
src/chart/kinds.h:
src/chart/frame.h:
src/chart/scale.h:
src/chart/sketch.h:
src/chart/marks.h:
src/base/arena.h:
src/chart/chart.h:
src/chart/ticks.h:
