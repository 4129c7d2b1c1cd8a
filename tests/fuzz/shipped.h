/* The shipped catalog, read once a process: what fuzzed rows are joined with. */
#ifndef TESTS_FUZZ_SHIPPED_H
#define TESTS_FUZZ_SHIPPED_H

#include "fuzz.h"

struct shipped {
    struct arena *arena;
    struct diags *diags;
    struct source *source;
    struct catalog catalog;
};

static inline struct shipped *shipped(void) {
    static struct shipped s;
    if (!s.arena) {
        s.arena = arena_new();
        s.diags = diags_new();
        s.source = source_open(s.arena, NULL, s.diags);
        PROMISE(read_catalog(s.arena, s.source, NULL, s.diags, &s.catalog), "the shipped data");
        s.catalog.model_count = s.catalog.gpu_count = 16; /* joining is the slow part */
        s.source = source_open(s.arena, "src/starter", s.diags);
    }
    return &s;
}

#endif
