/* Benchmark files read beside the shipped data: what was read, and what was said of it. */
#ifndef TESTS_BENCH_WORLD_H
#define TESTS_BENCH_WORLD_H

#include "golden.h"

#include "base/fs.h"
#include "read/bench.h"

#include <unistd.h>

struct world {
    struct arena *arena;
    struct diags *diags;
    struct source *source;
    struct catalog catalog;
};

static inline struct world world_new(void) {
    struct world w = {.arena = arena_new(), .diags = diags_new()};
    w.source = source_open(w.arena, NULL, w.diags);
    assert_true(read_catalog(w.arena, w.source, NULL, w.diags, &w.catalog));
    return w;
}

static inline void world_free(struct world *w) {
    diags_free(w->diags);
    arena_free(w->arena);
}

static inline bool has_code(const struct world *w, const char *code) {
    for (size_t i = 0; i < diags_count(w->diags); i++)
        if (strcmp(diags_get(w->diags, i)->code, code) == 0)
            return true;
    return false;
}

static inline void near(double value, double expected, double share) {
    if (!(fabs(value - expected) <= share * fabs(expected)))
        fail_msg("%.12g, expected %.12g within %g", value, expected, share);
}

static inline struct bench_defaults stated(void) {
    struct bench_defaults d = bench_defaults_none();
    d.model = "llama-3.3-70b";
    d.gpu = "h100-sxm";
    d.gpu_count = 4;
    d.engine = "vllm";
    d.input_tokens = 512;
    d.output_tokens = 128;
    d.batch = 8;
    return d;
}

static inline void read_text(struct world *w, const char *text, const struct bench_defaults *d,
                             struct benchmark_list *list, bool good) {
    char path[] = "build/bench_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    assert_int_equal(bench_read(w->arena, w->source, &w->catalog, arena_strdup(w->arena, path), d,
                                w->diags, list),
                     good);
    unlink(path);
}

static inline void put_file(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

#endif
