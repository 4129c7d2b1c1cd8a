/* A directory of its own for a test, with an arena and a collector; gone with it. */
#ifndef TESTS_OWN_DIRECTORY_H
#define TESTS_OWN_DIRECTORY_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena *arena;
    struct diags *diags;
    char dir[32];
};

static inline int set_up(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diags_new();
    strcpy(f->dir, "/tmp/tallypress-test-XXXXXX");
    *state = f;
    return mkdtemp(f->dir) ? 0 : -1;
}

static inline int tear_down(void **state) {
    struct fixture *f = *state;
    fs_remove_tree(f->dir, NULL);
    arena_free(f->arena);
    diags_free(f->diags);
    free(f);
    return 0;
}

#endif
