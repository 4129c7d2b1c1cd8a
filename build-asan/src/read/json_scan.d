build-asan/src/read/json_scan.o: src/read/json_scan.c \
 src/read/json_scan.h src/base/arena.h src/base/diag.h src/base/num.h \
 src/base/str.h src/read/json.h
src/read/json_scan.h:
src/base/arena.h:
src/base/diag.h:
src/base/num.h:
src/base/str.h:
src/read/json.h:
