build-asan/src/chart/sketch.o: src/chart/sketch.c src/chart/sketch.h \
 src/chart/marks.h src/base/arena.h src/chart/chart.h
src/chart/sketch.h:
src/chart/marks.h:
src/base/arena.h:
src/chart/chart.h:
