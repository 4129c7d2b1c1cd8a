build-asan/src/read/csv.o: src/read/csv.c src/read/csv.h src/base/arena.h \
 src/base/diag.h src/base/str.h
src/read/csv.h:
src/base/arena.h:
src/base/diag.h:
src/base/str.h:
