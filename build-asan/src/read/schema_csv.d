build-asan/src/read/schema_csv.o: src/read/schema_csv.c src/base/num.h \
 src/read/schema.h src/read/csv.h src/base/arena.h src/base/diag.h \
 src/read/json.h src/base/str.h
src/base/num.h:
src/read/schema.h:
src/read/csv.h:
src/base/arena.h:
src/base/diag.h:
src/read/json.h:
src/base/str.h:
