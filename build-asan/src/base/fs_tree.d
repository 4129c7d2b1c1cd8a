build-asan/src/base/fs_tree.o: src/base/fs_tree.c src/base/diag.h \
 src/base/fs.h
src/base/diag.h:
src/base/fs.h:
