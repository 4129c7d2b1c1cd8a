build-asan/src/chart/frontier.o: src/chart/frontier.c \
 src/chart/frontier.h src/base/arena.h
src/chart/frontier.h:
src/base/arena.h:
