build-asan/src/base/num.o: src/base/num.c src/base/num.h src/base/buf.h \
 src/base/num_bits.h
src/base/num.h:
src/base/buf.h:
src/base/num_bits.h:
