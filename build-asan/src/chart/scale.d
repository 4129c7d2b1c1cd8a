build-asan/src/chart/scale.o: src/chart/scale.c src/chart/scale.h
src/chart/scale.h:
