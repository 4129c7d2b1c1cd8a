# tallypress: GNU make, no configure step. `make site` and `make check` do all the set-up.
CC ?= cc
BUILD ?= build
SAN ?=
PREFIX ?= /usr/local
DESTDIR ?=
WARN = -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Wvla -Werror
CPPFLAGS = -Isrc -D_GNU_SOURCE
CFLAGS ?= -O2 -g
# What makes a memory error stop the program. _FORTIFY_SOURCE needs optimisation and no sanitizer.
HARDEN ?= -fstack-protector-strong -fstack-clash-protection $(if $(findstring x86_64,$(MACHINE)),-fcf-protection)
MACHINE := $(shell uname -m)
ifeq ($(SAN)$(filter -O0,$(CFLAGS)),)
HARDEN += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
endif
override CFLAGS += -std=c11 -fPIE -fno-plt $(HARDEN) -ffp-contract=off -pthread $(WARN) $(SAN)
LDFLAGS += -pie -Wl,-z,relro,-z,now,-z,noexecstack,--build-id=sha1 $(SAN)
LDLIBS = -lcmark -lcjson -lhpdf -lcsv -lmd -lnlopt -ldeflate -lm -pthread

# Libraries unpacked without root by `src/setup/install.sh build --here`; the path must serve the
# libraries that these need too, which only the older tag does.
ifneq ($(wildcard .deps/usr/include),)
DEPS_LIB := $(abspath $(wildcard .deps/usr/lib/*-linux-gnu))
CPPFLAGS += -isystem .deps/usr/include
LDFLAGS += $(DEPS_LIB:%=-L%) $(DEPS_LIB:%=-Wl,--disable-new-dtags,-rpath,%)
endif

SOURCES := $(filter-out src/main.c,$(sort $(wildcard src/*/*.c)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
UNIT := $(sort $(wildcard tests/unit/*_test.c))
UNIT_PROGRAMS := $(UNIT:tests/unit/%.c=$(BUILD)/tests/%)
EMBED := $(shell find data templates assets src/starter -type f ! -name '.*' 2>/dev/null | LC_ALL=C sort)

all: $(BUILD)/tallypress

# The newcomer's command: installs what is missing, builds, writes the site.
site:
	@src/setup/install.sh build
	@$(MAKE) --no-print-directory -s -j$$(nproc 2>/dev/null || echo 2) all
	@$(BUILD)/tallypress build --out site
	@echo "Open site/index.html in a browser."

# Quick: the C unit tests.
test: $(UNIT_PROGRAMS)
	@tests/run_units.sh $(UNIT_PROGRAMS)

# The same under valgrind: some ten minutes.
valgrind: $(UNIT_PROGRAMS)
	@tests/valgrind.sh $(UNIT_PROGRAMS)

# gcc's own analyser. A file it found nothing in is looked at again when it or its headers change.
# With ANALYSER=-fanalyzer it looks while the objects are compiled, which is as quick as either.
ANALYSED := $(patsubst %.c,$(BUILD)/analysed/%.s,$(SOURCES) src/main.c)
analyse: $(ANALYSED)
$(BUILD)/analysed/%.s: %.c
	@mkdir -p $(@D)
	gcc $(CPPFLAGS) -std=c11 -O1 -fanalyzer -Werror -MMD -MP -S -o $@ $<

# Everything; installs the test tools.
check:
	@tests/check.sh

bench: all $(BUILD)/bench_pages bench-counts
	@tests/bench/run.sh

# Instructions of the hot paths against tests/bench/counts.tsv.
bench-counts: $(BUILD)/bench_paths
	@tests/bench/counts.sh

bench-engine: $(BUILD)/bench_engine
	@$(BUILD)/bench_engine

$(BUILD)/bench_%: tests/bench/%.c $(BUILD)/libtallypress.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libtallypress.a $(LDLIBS)

$(BUILD)/tallypress: $(BUILD)/src/main.o $(BUILD)/libtallypress.a
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Every sample chart of the tests on one page, build/charts.html: to look at.
demo: $(BUILD)/demo
	@$(BUILD)/demo $(BUILD)/charts.html
$(BUILD)/demo: tests/demo/demo.c tests/demo/charts.c $(BUILD)/libtallypress.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ tests/demo/demo.c tests/demo/charts.c \
	    $(BUILD)/libtallypress.a $(LDLIBS)

# Lines and branches of src/ that the tests reach.
coverage:
	@tests/coverage/run.sh

# `make fuzz SECONDS=60` (a target; TARGETS="json csv", FUZZER=afl). ENGINE is a fuzzing engine, or
# the plain loop over files.
ENGINE ?= tests/fuzz/main.c
$(BUILD)/fuzz_trim: tests/fuzz/trim.c $(BUILD)/libtallypress.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libtallypress.a $(LDLIBS)
$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(wildcard tests/fuzz/*.h tests/fuzz/main.c) $(BUILD)/libtallypress.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(ENGINE) $(BUILD)/libtallypress.a $(LDLIBS)
fuzzers: $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c)) $(BUILD)/fuzz_trim
fuzz:
	@src/setup/install.sh fuzz
	@tests/fuzz/run.sh $(or $(SECONDS),10) $(TARGETS)

$(BUILD)/libtallypress.a: $(OBJECTS) $(BUILD)/embedded.o $(BUILD)/objects.list
	@rm -f $@
	$(AR) rcs $@ $(filter %.o,$^)

ANALYSER ?=
# At -O2 it takes the copy of a struct for one of bytes never written: looked at by `analyse` alone.
$(BUILD)/src/engine/targets.o: override ANALYSER =
$(BUILD)/%.o: %.c
	@mkdir -p $(@D) $(ANALYSER:%=$(BUILD)/analysed/$(*D))
	$(CC) $(CPPFLAGS) $(CFLAGS) $(ANALYSER) -MMD -MP $(ANALYSER:%=-MT $@ -MT $(BUILD)/analysed/$*.s) -c -o $@ $<
	$(ANALYSER:%=@touch $(BUILD)/analysed/$*.s)

ifeq ($(MACHINE),x86_64)
$(BUILD)/src/base/hash_avx2.o: override CFLAGS += -mavx2
endif

# Compiled quickly: what is tested is the library.
$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libtallypress.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -O0 -U_FORTIFY_SOURCE -MMD -MP $(LDFLAGS) -o $@ $< $(BUILD)/libtallypress.a -lcmocka $(LDLIBS)

# What a removed file must rebuild depends on a list, which changes only when a name does.
$(BUILD)/objects.list: always
	@mkdir -p $(@D)
	@echo $(OBJECTS) | cmp -s - $@ || echo $(OBJECTS) > $@
$(BUILD)/embedded.list: always
	@mkdir -p $(@D)
	@echo $(EMBED) | cmp -s - $@ || echo $(EMBED) > $@

# One .incbin a file, and the table of src/read/embedded.h, in bytewise order of the paths.
$(BUILD)/embedded.S: $(BUILD)/embedded.list $(EMBED) Makefile
	@mkdir -p $(@D)
	@{ echo '.section .note.GNU-stack,"",@progbits'; echo '.section .rodata'; i=0; \
	for f in $(EMBED); do echo "p$$i: .asciz \"$$f\""; echo "b$$i: .incbin \"$$f\""; \
	echo "e$$i: .byte 0"; i=$$((i+1)); done; \
	echo '.section .data.rel.ro,"aw"'; echo '.balign 8'; echo '.globl embedded_files'; \
	echo 'embedded_files:'; j=0; \
	while [ $$j -lt $$i ]; do echo ".quad p$$j, b$$j, e$$j - b$$j"; j=$$((j+1)); done; \
	echo '.section .rodata'; echo '.balign 8'; echo '.globl embedded_file_count'; \
	echo "embedded_file_count: .quad $$i"; } > $@
$(BUILD)/embedded.o: $(BUILD)/embedded.S
	$(CC) -c -o $@ $<

SHARE = $(DESTDIR)$(PREFIX)/share
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/bash-completion/completions
	install -m 755 $(BUILD)/tallypress $(DESTDIR)$(PREFIX)/bin/tallypress
	src/setup/man.sh $(BUILD)/tallypress > $(BUILD)/tallypress.1
	install -m 644 $(BUILD)/tallypress.1 $(SHARE)/man/man1/tallypress.1
	install -m 644 src/setup/tallypress.bash $(SHARE)/bash-completion/completions/tallypress

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/tallypress $(SHARE)/man/man1/tallypress.1 \
	    $(SHARE)/bash-completion/completions/tallypress

# A Debian package in build/.
deb: all
	@src/setup/deb.sh $(BUILD)/tallypress $(BUILD)

clean:
	rm -rf $(BUILD)

-include $(ANALYSED:.s=.d) $(OBJECTS:.o=.d) $(UNIT_PROGRAMS:=.d) $(BUILD)/src/main.d
.PHONY: all site test valgrind analyse check demo coverage fuzz fuzzers bench bench-counts bench-engine install uninstall deb clean always
.SECONDARY:
