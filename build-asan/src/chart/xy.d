build-asan/src/chart/xy.o: src/chart/xy.c src/chart/frontier.h \
 src/base/arena.h src/chart/kinds.h src/chart/frame.h src/chart/scale.h \
 src/chart/sketch.h src/chart/marks.h src/chart/chart.h src/chart/ticks.h \
 src/chart/label.h src/chart/text.h
src/chart/frontier.h:
src/base/arena.h:
src/chart/kinds.h:
src/chart/frame.h:
src/chart/scale.h:
src/chart/sketch.h:
src/chart/marks.h:
src/chart/chart.h:
src/chart/ticks.h:
src/chart/label.h:
src/chart/text.h:
