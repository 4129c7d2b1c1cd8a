build-asan/src/chart/label.o: src/chart/label.c src/chart/label.h \
 src/chart/sketch.h src/chart/marks.h src/base/arena.h src/chart/chart.h \
 src/chart/text.h
src/chart/label.h:
src/chart/sketch.h:
src/chart/marks.h:
src/base/arena.h:
src/chart/chart.h:
src/chart/text.h:
