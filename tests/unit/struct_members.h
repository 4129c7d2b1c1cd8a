/* Names of a struct's members, read from the header that declares it: for tests that nothing of it
   is forgotten. */
#ifndef TESTS_STRUCT_MEMBERS_H
#define TESTS_STRUCT_MEMBERS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"

#include <string.h>

enum { MEMBERS_MAX = 64 };
struct members {
    const char *names[MEMBERS_MAX];
    size_t count;
};

/* What stands between the words that open it and the end, at the line's beginning. */
static inline const char *body_of(struct arena *arena, const char *file, const char *opening,
                                  const char *end) {
    struct diags *diags = diags_new();
    const char *text = NULL;
    size_t n = 0;
    assert_true(fs_read(arena, file, 1 << 20, diags, &text, &n));
    diags_free(diags);
    const char *from = strstr(text, opening);
    if (!from)
        fail_msg("%s has no '%s'", file, opening);
    const char *to = strstr(from, end);
    assert_non_null(to);
    return arena_copy(arena, from + strlen(opening), (size_t)(to - from) - strlen(opening));
}

/* A member is a word before a ';', a ',' or a '[', outside comments, and no constant of an enum. */
static inline struct members members_of(struct arena *arena, const char *file, const char *type) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    struct members members = {.count = 0};
    const char *at = body_of(arena, file, arena_printf(arena, "\nstruct %s {", type), "\n};");
    while (*at) {
        if (at[0] == '/' && at[1] == '*') {
            at = strstr(at, "*/");
            assert_non_null(at);
            at += 2;
            continue;
        }
        size_t word = strspn(at, letters);
        if (word && (at[word] == ';' || at[word] == ',' || at[word] == '[') &&
            !(at[0] >= 'A' && at[0] <= 'Z')) {
            assert_true(members.count < MEMBERS_MAX);
            members.names[members.count++] = arena_copy(arena, at, word);
        }
        at += word ? word : 1;
    }
    assert_true(members.count > 1);
    return members;
}

#endif
