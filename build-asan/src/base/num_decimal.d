build-asan/src/base/num_decimal.o: src/base/num_decimal.c src/base/num.h \
 src/base/num_bits.h
src/base/num.h:
src/base/num_bits.h:
