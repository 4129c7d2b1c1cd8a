/* A directory of its own for the site of a test, which is published and looked at. */
#ifndef TESTS_PUBLISHED_H
#define TESTS_PUBLISHED_H

#include "base/fs.h"
#include "publish/publish.h"

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
    char dir[64];
    const char *out;
    struct stage *stage; /* of a test that ends while it is open */
};

static inline int set_up(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new();
    f->diags = diags_new();
    strcpy(f->dir, "/tmp/tallypress-stage-XXXXXX");
    *state = f;
    if (!mkdtemp(f->dir))
        return -1;
    f->out = fs_join(f->arena, f->dir, "site");
    return 0;
}

static inline int tear_down(void **state) {
    struct fixture *f = *state;
    fs_remove_tree(f->dir, NULL);
    arena_free(f->arena);
    diags_free(f->diags);
    free(f);
    return 0;
}

/* pages: "path=content" words. */
static inline struct stage_summary publish(struct fixture *f, const char *pages) {
    struct stage *stage = stage_begin(f->out, f->diags);
    assert_non_null(stage);
    char *words = arena_strdup(f->arena, pages), *rest = NULL;
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        assert_true(stage_put(stage, word, value, strlen(value)));
    }
    struct stage_summary summary;
    assert_true(stage_commit(stage, &summary));
    stage_free(stage);
    return summary;
}

static inline const char *content(struct fixture *f, const char *name) {
    const char *text, *path = fs_join(f->arena, f->out, name);
    size_t n;
    if (!fs_is_file(path, NULL) || !fs_read(f->arena, path, 1000, f->diags, &text, &n))
        return "(none)";
    return text;
}

static inline void put_file(struct fixture *f, const char *name, const char *text) {
    assert_true(fs_write(fs_join(f->arena, f->out, name), text, strlen(text), f->diags));
}

static inline struct stat stat_of(struct fixture *f, const char *name) {
    struct stat info;
    assert_int_equal(lstat(fs_join(f->arena, f->out, name), &info), 0);
    return info;
}

static inline size_t names_beside(struct fixture *f) {
    const char *const cmd = arena_printf(f->arena, "test $(ls -A %s | wc -l) -eq 1", f->dir);
    return (size_t)system(cmd);
}

#endif
