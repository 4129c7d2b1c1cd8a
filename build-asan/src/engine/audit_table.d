build-asan/src/engine/audit_table.o: src/engine/audit_table.c \
 src/engine/audit_table.h src/base/arena.h src/base/diag.h
src/engine/audit_table.h:
src/base/arena.h:
src/base/diag.h:
