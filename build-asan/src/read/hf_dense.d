build-asan/src/read/hf_dense.o: src/read/hf_dense.c src/read/hf.h \
 src/base/arena.h src/base/diag.h src/catalog/model.h \
 src/catalog/precision.h src/read/json.h src/base/str.h
src/read/hf.h:
src/base/arena.h:
src/base/diag.h:
src/catalog/model.h:
src/catalog/precision.h:
src/read/json.h:
src/base/str.h:
