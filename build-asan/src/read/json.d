build-asan/src/read/json.o: src/read/json.c src/read/json.h \
 src/base/arena.h src/base/diag.h src/base/str.h src/base/die.h \
 src/read/json_scan.h
src/read/json.h:
src/base/arena.h:
src/base/diag.h:
src/base/str.h:
src/base/die.h:
src/read/json_scan.h:
