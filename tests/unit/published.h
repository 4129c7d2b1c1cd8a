/* The site of a test in a directory of its own: published and looked at. */
#ifndef TESTS_PUBLISHED_H
#define TESTS_PUBLISHED_H

#include "own_directory.h"

#include "publish/publish.h"

static inline char *site_of(const struct fixture *f) {
    return fs_join(f->arena, f->dir, "site");
}

/* pages: "path=content" words. */
static inline struct stage_summary publish(struct fixture *f, const char *pages) {
    struct stage *stage = stage_begin(site_of(f), f->diags);
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
    const char *text, *path = fs_join(f->arena, site_of(f), name);
    size_t n;
    if (!fs_is_file(path, NULL) || !fs_read(f->arena, path, 1000, f->diags, &text, &n))
        return "(none)";
    return text;
}

static inline void put_file(struct fixture *f, const char *name, const char *text) {
    assert_true(fs_write(fs_join(f->arena, site_of(f), name), text, strlen(text), f->diags));
}

static inline struct stat stat_of(struct fixture *f, const char *name) {
    struct stat info;
    assert_int_equal(lstat(fs_join(f->arena, site_of(f), name), &info), 0);
    return info;
}

static inline size_t names_beside(struct fixture *f) {
    const char *const cmd = arena_printf(f->arena, "test $(ls -A %s | wc -l) -eq 1", f->dir);
    return (size_t)system(cmd);
}

#endif
