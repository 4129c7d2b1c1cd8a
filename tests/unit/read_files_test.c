/* Files read on many threads: the same catalog, and the same said of it in the same order. */
#include "golden.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "read/read.h"

#include <stdio.h>
#include <stdlib.h>

static struct arena *arena;
static struct diags *own_diags;
static char directory[] = "/tmp/tallypress-files-XXXXXX";

static void put(const char *path, const char *text) {
    const char *whole = fs_join(arena, directory, path);
    const char *parent = arena_copy(arena, whole, (size_t)(strrchr(whole, '/') - whole));
    assert_true(fs_mkdirs(parent, own_diags));
    assert_true(fs_write(whole, text, strlen(text), own_diags));
}

static void put_shipped(const char *path, const char *as) {
    const char *text;
    size_t n;
    assert_true(fs_read(arena, path, 1 << 24, own_diags, &text, &n));
    put(as, text);
}

/* Good files, and faults of every kind in many small and large ones. */
static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    own_diags = diags_new();
    assert_non_null(mkdtemp(directory));
    put_shipped("data/gpus.json", "data/gpus.json");
    put_shipped("data/site.json", "data/site.json");
    put_shipped("data/models/qwen3-32b.json", "data/models/b.json");
    put_shipped("data/models/qwen3-32b.json", "data/models/a-copy.json");
    put_shipped("data/models/gpt-oss-20b.json", "data/models/z.json");
    put_shipped("data/prices/offers-2026.csv", "data/prices/offers-2026.csv");
    put("data/models/c.json", "{\"model_type\": \"never-seen\"}");
    put("data/models/notes.xls", "?");
    put("data/models/readme.md", "left alone");
    for (int i = 0; i < 20; i++) {
        put(arena_printf(arena, "data/prices/%02d.csv", i),
            arena_printf(arena, "platform,gpu,gpu_count,on_demand_usd_per_hour\nP%d,H100,0,x\n",
                         i));
        put(arena_printf(arena, "data/api-prices/%02d.csv", i), "provider,model\nP,M\n");
        put(arena_printf(arena, "data/benchmarks/%02d.jsonl", i), i % 2 ? "{\"a\": }" : "{}\n[]\n");
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    fs_remove_tree(directory, own_diags);
    diags_free(own_diags);
    arena_free(arena);
    return 0;
}

/* All that was read and said, as text. */
static const char *read_on(unsigned jobs) {
    struct diags *diags = diags_new();
    struct catalog catalog;
    struct source *source = source_open(arena, directory, diags);
    struct buf out = BUF_INIT;
    assert_non_null(source);
    assert_false(read_catalog_with(arena, source, NULL, jobs, diags, &catalog));
    for (size_t i = 0; i < diags_count(diags); i++) {
        const struct diag *d = diags_get(diags, i);
        buf_printf(&out, "%d %s %s:%u:%u %s\n", (int)d->level, d->code,
                   d->place.file ? d->place.file : "", d->place.line, d->place.column, d->text);
    }
    buf_printf(&out, "%u errors, %u warnings\n", (unsigned)diags_errors(diags),
               (unsigned)diags_warnings(diags));
    for (size_t i = 0; i < catalog.model_count; i++)
        buf_printf(&out, "%s %s\n", catalog.models[i].id, catalog.models[i].place.file);
    for (size_t i = 0; i < catalog.offer_count; i++)
        buf_printf(&out, "%s %s:%u\n", catalog.offers[i].platform_id, catalog.offers[i].place.file,
                   catalog.offers[i].place.line);
    for (size_t i = 0; i < catalog.input_count; i++)
        buf_printf(&out, "%s\n", catalog.inputs[i].path);
    const char *text = arena_copy(arena, out.data, out.len);
    buf_free(&out);
    diags_free(diags);
    return text;
}

static void threads_change_nothing(void **state) {
    (void)state;
    const char *one = read_on(1);
    for (unsigned jobs = 2; jobs <= 9; jobs += 7)
        for (int again = 0; again < 4; again++)
            assert_string_equal(read_on(jobs), one);
}

/* As they stand: models before prices before benchmarks, each by name. */
static void order_is_that_of_the_files(void **state) {
    (void)state;
    static const char *const parts[] = {"duplicate-id", "prices/00.csv", "prices/19.csv",
                                        "api-prices/00.csv", "benchmarks/01.jsonl"};
    const char *at = read_on(2);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        at = strstr(at, parts[i]);
        if (!at)
            fail_msg("%s does not follow %s", parts[i], i ? parts[i - 1] : "the start");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_change_nothing),
                                       cmocka_unit_test(order_is_that_of_the_files)};
    return cmocka_run_group_tests_name("read/files", tests, set_up, tear_down);
}
