build-asan/src/command/command.o: src/command/command.c \
 src/command/command.h src/base/buf.h src/base/diag.h src/base/fs.h \
 src/base/str.h
src/command/command.h:
src/base/buf.h:
src/base/diag.h:
src/base/fs.h:
src/base/str.h:
