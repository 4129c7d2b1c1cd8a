build-asan/src/read/hf_index.o: src/read/hf_index.c src/read/hf_model.h \
 src/base/arena.h src/catalog/model.h src/base/diag.h \
 src/catalog/precision.h src/read/json.h src/base/str.h
src/read/hf_model.h:
src/base/arena.h:
src/catalog/model.h:
src/base/diag.h:
src/catalog/precision.h:
src/read/json.h:
src/base/str.h:
