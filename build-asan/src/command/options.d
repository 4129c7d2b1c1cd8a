build-asan/src/command/options.o: src/command/options.c \
 src/command/options.h src/base/arena.h src/base/buf.h src/base/diag.h \
 src/base/fs.h src/base/num.h src/base/str.h src/command/command.h
src/command/options.h:
src/base/arena.h:
src/base/buf.h:
src/base/diag.h:
src/base/fs.h:
src/base/num.h:
src/base/str.h:
src/command/command.h:
