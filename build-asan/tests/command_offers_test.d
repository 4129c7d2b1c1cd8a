build-asan/tests/command_offers_test: tests/unit/command_offers_test.c \
 tests/unit/command_run.h tests/unit/golden.h src/base/arena.h \
 src/command/command.h src/base/diag.h src/read/json.h src/base/str.h
tests/unit/command_run.h:
tests/unit/golden.h:
src/base/arena.h:
src/command/command.h:
src/base/diag.h:
src/read/json.h:
src/base/str.h:
