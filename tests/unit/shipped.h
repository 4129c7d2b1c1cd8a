/* The shipped project for tests: read once for a program, or one model's file alone. */
#ifndef TESTS_SHIPPED_H
#define TESTS_SHIPPED_H

#include "golden.h"

#include "base/fs.h"
#include "command/project.h"

static struct project shipped;

/* For cmocka_run_group_tests. */
static inline int read_shipped(void **state) {
    (void)state;
    shipped = project_begin();
    return project_read(&shipped, ".", NULL) ? 0 : -1;
}

static inline int drop_shipped(void **state) {
    (void)state;
    arena_free(shipped.arena);
    diags_free(shipped.diags);
    return 0;
}

static inline const struct model *shipped_model(const char *id) {
    const struct model *model = catalog_find_model(&shipped.catalog, id);
    assert_non_null(model);
    return model;
}

static inline const struct gpu *shipped_gpu(const char *id) {
    const struct gpu *gpu = catalog_find_gpu(&shipped.catalog, id);
    assert_non_null(gpu);
    return gpu;
}

/* data/models/ID.json alone, without the project. */
static inline const struct model *shipped_model_file(struct arena *arena, const char *id) {
    struct diags *diags = diags_new();
    const char *text, *path = arena_printf(arena, "data/models/%s.json", id);
    struct model *model = ARENA_NEW(arena, struct model);
    size_t n;
    assert_true(fs_read(arena, path, 1 << 20, diags, &text, &n));
    assert_true(read_model(arena, path, text, n, diags, model));
    diags_free(diags);
    return model;
}

#endif
