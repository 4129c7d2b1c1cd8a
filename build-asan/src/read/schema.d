build-asan/src/read/schema.o: src/read/schema.c src/read/schema.h \
 src/read/csv.h src/base/arena.h src/base/diag.h src/read/json.h \
 src/base/str.h src/base/buf.h src/base/num.h
src/read/schema.h:
src/read/csv.h:
src/base/arena.h:
src/base/diag.h:
src/read/json.h:
src/base/str.h:
src/base/buf.h:
src/base/num.h:
