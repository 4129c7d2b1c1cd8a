build-asan/src/base/num_parse.o: src/base/num_parse.c src/base/num.h
src/base/num.h:
