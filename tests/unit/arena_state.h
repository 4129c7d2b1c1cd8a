/* Set-up of tests whose state is an arena of their own. */
#ifndef TESTS_ARENA_STATE_H
#define TESTS_ARENA_STATE_H

#include "base/arena.h"

static inline int begin_arena(void **state) {
    *state = arena_new();
    return 0;
}

static inline int end_arena(void **state) {
    arena_free(*state);
    return 0;
}

#endif
