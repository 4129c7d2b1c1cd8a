/* tests/bad: each input with the findings it must give, no more and no fewer. PART_what.ext is read
   as that part of the data; PART_what.ext.expected holds "level line:column code" a finding.
   BAD_UPDATE=1 in the environment prints what is found instead of judging it. */
#include "base/buf.h"
#include "base/fs.h"
#include "read/calibration.h"
#include "read/csv.h"
#include "read/join.h"
#include "read/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DIRECTORY "tests/bad"

static void part_json(const struct input *in, struct catalog *catalog) {
    (void)catalog;
    json_parse(in->arena, in->display, in->text, in->n, in->diags);
}

static void part_csv(const struct input *in, struct catalog *catalog) {
    (void)catalog;
    csv_read(in->arena, in->display, in->text, in->n, in->diags);
}

static void part_gpus(const struct input *in, struct catalog *catalog) {
    struct catalog fresh = *catalog;
    fresh.gpu_count = 0;
    read_gpus(in, &fresh);
}

static void part_prices(const struct input *in, struct catalog *catalog) {
    struct offer_list list = {0};
    (void)catalog;
    read_offers(in, &list);
}

static void part_api(const struct input *in, struct catalog *catalog) {
    struct api_price_list list = {0};
    (void)catalog;
    read_api_prices(in, &list);
}

static void part_benchmarks(const struct input *in, struct catalog *catalog) {
    struct benchmark_list list = {0};
    (void)catalog;
    read_benchmarks(in, &list);
}

static void part_site(const struct input *in, struct catalog *catalog) {
    struct site site;
    (void)catalog;
    read_site(in, &site);
}

static void part_power(const struct input *in, struct catalog *catalog) {
    struct catalog fresh = *catalog;
    read_power(in, &fresh);
}

static void part_aliases(const struct input *in, struct catalog *catalog) {
    struct join *join = join_new(in->arena, catalog, in->diags);
    join_read_gpu_aliases(join, in);
}

static void part_calibration(const struct input *in, struct catalog *catalog) {
    struct calibration_set set = {0};
    (void)catalog;
    read_calibration(in->arena, in->display, in->text, in->n, in->diags, &set);
}

static void part_left_out(const struct input *in, struct catalog *catalog) {
    struct calibration_set set = {0};
    (void)catalog;
    read_left_out(in->arena, in->display, in->text, in->n, in->diags, &set);
}

static void part_model(const struct input *in, struct catalog *catalog) {
    struct model model = {0};
    (void)catalog;
    read_model(in->arena, in->display, in->text, in->n, in->diags, &model);
}

static const struct {
    const char *name;
    void (*read)(const struct input *in, struct catalog *catalog);
} parts[] = {{"json", part_json},
             {"csv", part_csv},
             {"gpus", part_gpus},
             {"prices", part_prices},
             {"api", part_api},
             {"benchmarks", part_benchmarks},
             {"site", part_site},
             {"power", part_power},
             {"aliases", part_aliases},
             {"model", part_model},
             {"calibration", part_calibration},
             {"left-out", part_left_out}};

static bool ends_with(const char *name, const char *end) {
    size_t n = strlen(name), m = strlen(end);
    return n > m && strcmp(name + n - m, end) == 0;
}

static void list_findings(const struct diags *diags, struct buf *out) {
    static const char *const levels[] = {"note", "warning", "error", "io"};
    for (size_t i = 0; i < diags_count(diags); i++) {
        const struct diag *d = diags_get(diags, i);
        buf_printf(out, "%s %u:%u %s\n", levels[d->level], d->place.line, d->place.column, d->code);
    }
}

static bool read_case(struct arena *arena, struct catalog *catalog, const char *name,
                      struct buf *found) {
    struct diags *diags = diags_new();
    const char *path = fs_join(arena, DIRECTORY, name), *text;
    size_t n;
    assert_true(fs_read(arena, path, 1 << 24, diags, &text, &n));
    struct input in = {arena, diags, path, path, text, n};
    bool known = false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t length = strlen(parts[i].name);
        if (strncmp(name, parts[i].name, length) == 0 && name[length] == '_') {
            parts[i].read(&in, catalog);
            known = true;
        }
    }
    list_findings(diags, found);
    diags_free(diags);
    return known;
}

static bool judge(struct arena *arena, const char *name, struct buf *found) {
    struct diags *diags = diags_new();
    const char *path = arena_printf(arena, DIRECTORY "/%s.expected", name), *text;
    size_t n;
    bool update = getenv("BAD_UPDATE") != NULL;
    if (update) {
        assert_true(fs_write(path, buf_text(found), found->len, diags));
    }
    bool same = fs_read(arena, path, 1 << 20, diags, &text, &n) && n == found->len && n > 0 &&
                memcmp(text, buf_text(found), n) == 0;
    if (!same) {
        print_error("%s gives\n%s", name, buf_text(found));
    }
    diags_free(diags);
    return same;
}

static void test_every_case(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct catalog catalog;
    const char **names;
    size_t count, cases = 0, wrong = 0;
    struct source *source = source_open(arena, NULL, diags);
    assert_true(read_catalog(arena, source, NULL, diags, &catalog));
    assert_true(fs_list(arena, DIRECTORY, false, diags, &names, &count));
    for (size_t i = 0; i < count; i++) {
        struct buf found = BUF_INIT;
        if (ends_with(names[i], ".expected") || !strchr(names[i], '_')) {
            continue;
        }
        assert_true(read_case(arena, &catalog, names[i], &found));
        wrong += !judge(arena, names[i], &found);
        cases++;
        buf_free(&found);
    }
    print_message("%zu bad inputs\n", cases);
    assert_int_equal(wrong, 0);
    assert_true(cases >= 60);
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_case)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
