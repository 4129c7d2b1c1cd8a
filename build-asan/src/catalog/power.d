build-asan/src/catalog/power.o: src/catalog/power.c src/catalog/power.h \
 src/base/diag.h src/base/str.h
src/catalog/power.h:
src/base/diag.h:
src/base/str.h:
