/* What tests of reading start from: an arena, a collector and, where they join names, a catalog. */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include "golden.h"

#include "read/join.h"

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct catalog catalog;
    struct join *join;
};

/* For cmocka_unit_test_setup_teardown; the catalog stays empty. */
static inline int reading_set_up(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diags_new();
    *state = f;
    return 0;
}

static inline int reading_tear_down(void **state) {
    struct fixture *f = *state;
    arena_free(f->arena);
    diags_free(f->diags);
    free(f);
    return 0;
}

#endif
