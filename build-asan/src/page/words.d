build-asan/src/page/words.o: src/page/words.c src/page/words.h \
 src/base/arena.h src/base/num.h
src/page/words.h:
src/base/arena.h:
src/base/num.h:
