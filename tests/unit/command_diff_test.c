/* diff: a changed price moves exactly the cells it serves, and is named; the same is nothing. */
#include "base/fs.h"
#include "command/command.h"
#include "command/diff_rows.h"
#include "command/diff_site.h"
#include "engine/offers.h"

#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "command_run.h"
#include "cpu_time.h"

struct fixture {
    struct project old, new;
    char dir[64];
};

/* In a process of its own: a command confines the one it runs in. */
static int run(int (*command)(int, char **), int argc, char **argv) {
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        dup2(null, 2);
        end_child(command(argc, argv));
    }
    return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int set_up(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    strcpy(f->dir, "/tmp/tallypress-diff-XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    f->old = project_begin();
    f->new = project_begin();
    const char *names[] = {"old", "new"};
    for (int i = 0; i < 2; i++) {
        char *argv[] = {(char *)"init", fs_join(f->old.arena, f->dir, names[i]), NULL};
        if (run(command_init, 2, argv) != EXIT_DONE)
            return -1;
    }
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    fs_remove_tree(f->dir, NULL);
    project_end(&f->old, NULL, EXIT_DONE);
    project_end(&f->new, NULL, EXIT_DONE);
    free(f);
    return 0;
}

/* Writes the price list of the new project with one text put for another of the same length. */
static void change_price(struct fixture *f, const char *from, const char *to) {
    const char *path = fs_join(f->new.arena, f->dir, "new/data/prices/offers.csv"), *text;
    size_t n;
    assert_true(fs_read(f->new.arena, path, 1 << 20, f->new.diags, &text, &n));
    char *copy = arena_copy(f->new.arena, text, n), *place = strstr(copy, from);
    assert_non_null(place);
    memcpy(place, to, strlen(to));
    assert_true(fs_write(path, copy, n, f->new.diags));
}

static struct diff compare(struct fixture *f) {
    assert_true(project_read(&f->old, fs_join(f->old.arena, f->dir, "old"), NULL));
    assert_true(project_read(&f->new, fs_join(f->old.arena, f->dir, "new"), NULL));
    return diff_compare(f->new.arena, &f->old, &f->new, 2);
}

static void the_same_is_nothing(void **state) {
    struct diff diff = compare(*state);
    for (int t = 0; t < DIFF_TABLES; t++)
        assert_int_equal(diff.tables[t].count, 0);
    assert_true(diff.cells >= 2);
}

static void a_price_moves_its_cells(void **state) {
    struct fixture *f = *state;
    change_price(f, ",0.8484,", ",1.6968,"); /* the only current L4 of one platform, doubled */
    struct diff diff = compare(f);
    assert_int_equal(diff.tables[DIFF_PRICES].count, 1);
    assert_true(diff.worst_price_rise == 1);
    const struct diff_section *cells = &diff.tables[DIFF_CELLS];
    assert_true(cells->count > 0);
    for (size_t i = 0; i < cells->count; i++) {
        assert_string_equal(cells->rows[i].values[2].text, "l4");
        assert_true(cells->rows[i].values[5].number > 0);
        assert_non_null(strstr(cells->rows[i].values[6].text, "offers.csv:"));
    }
    struct buf out = BUF_INIT;
    diff_print_markdown(&diff, &out);
    assert_non_null(strstr(buf_text(&out), "**Prices: 1**"));
    buf_free(&out);
}

/* The figures of a cell are those that `offers` gives. */
static void cells_are_what_offers_say(void **state) {
    struct fixture *f = *state;
    change_price(f, ",0.8484,", ",1.6968,");
    struct diff diff = compare(f);
    const struct catalog *catalog = &f->old.catalog;
    for (size_t i = 0; i < diff.tables[DIFF_CELLS].count; i++) {
        const struct diff_value *cell = diff.tables[DIFF_CELLS].rows[i].values;
        const struct workload *workload = catalog->site.workloads;
        while (strcmp(workload->id, cell[1].text) != 0)
            workload++;
        struct search search =
            search_default(catalog, catalog_find_model(catalog, cell[0].text), workload);
        search.calibration = calibration_set_find(&f->old.calibrations, catalog->site.engine);
        search.serving = SERVING_CONTINUOUS;
        assert_non_null(search.calibration);
        size_t count, found, at = 0;
        struct configuration *ways = search_configurations(&search, f->old.arena, &count);
        struct offered *offered = search_offers(&search, ways, count, f->old.arena, &found);
        while (at < found && strcmp(offered[at].configuration->gpu->id, cell[2].text) != 0)
            at++;
        assert_true(at < found && offered[at].cost.usd_per_million_output == cell[3].number);
    }
}

/* The rest of a project's price list without the row that begins so. */
static void drop_offer(struct fixture *f, const char *project, const char *row) {
    const char *path = arena_printf(f->old.arena, "%s/%s/data/prices/offers.csv", f->dir, project);
    const char *text;
    size_t n;
    assert_true(fs_read(f->old.arena, path, 1 << 20, f->old.diags, &text, &n));
    const char *at = strstr(text, row);
    assert_non_null(at);
    const char *rest = strchr(at, '\n');
    assert_non_null(rest);
    const char *less = arena_printf(f->old.arena, "%.*s%s", (int)(at - text), text, rest + 1);
    assert_true(fs_write(path, less, strlen(less), f->old.diags));
}

static void all_causes_are(const struct diff *diff, const char *begin, const char *end) {
    const struct diff_section *cells = &diff->tables[DIFF_CELLS];
    assert_true(cells->count > 0);
    for (size_t i = 0; i < cells->count; i++) {
        const char *cause = cells->rows[i].values[6].text;
        assert_memory_equal(cause, begin, strlen(begin));
        assert_string_equal(cause + strlen(cause) - strlen(end), end);
    }
}

/* The cheapest L4 is sold no more: the next one is named; and the other way round. */
static void a_lost_offer_is_a_cause(void **state) {
    struct fixture *f = *state;
    drop_offer(f, "new", "Baseten,l4,");
    struct diff diff = compare(f);
    all_causes_are(&diff, "Baseten is gone (was ", "; now at AWS SageMaker");
}
static void a_new_offer_is_a_cause(void **state) {
    struct fixture *f = *state;
    drop_offer(f, "old", "Baseten,l4,");
    struct diff diff = compare(f);
    all_causes_are(&diff, "new offer of Baseten (", ")");
}

/* Every price stays, and every speed: the site is taken to be busy for longer. */
static void settings_are_a_cause(void **state) {
    struct fixture *f = *state;
    const char *path = fs_join(f->new.arena, f->dir, "new/data/site.json"), *text;
    size_t n;
    assert_true(fs_read(f->new.arena, path, 1 << 20, f->new.diags, &text, &n));
    char *copy = arena_copy(f->new.arena, text, n), *at = strstr(copy, "\"utilisation\": 0.5");
    assert_non_null(at);
    at[strlen("\"utilisation\": 0.")] = '9';
    assert_true(fs_write(path, copy, n, f->new.diags));
    struct diff diff = compare(f);
    all_causes_are(&diff, "settings of the site", "settings of the site");
}

/* Of many rows the first are shown, more are folded, and the rest is counted. */
static void many_rows_are_folded(void **state) {
    struct fixture *f = *state;
    struct diff diff = diff_begin(f->old.arena);
    struct buf out = BUF_INIT;
    diff_print_markdown(&diff, &out);
    assert_non_null(strstr(buf_text(&out), "\nNothing: "));
    for (int i = 0; i < 1000; i++)
        diff_winner(&diff, (struct diff_best){"a", "chat", 1, 3}, true, "x", "y");
    diff_end(&diff);
    out.len = 0;
    diff_print_markdown(&diff, &out);
    const char *text = buf_text(&out), *more = strstr(text, "<details><summary>");
    assert_true(more && strstr(more, "... and ") && strstr(more, "</details>"));
    size_t rows = 0;
    for (const char *at = text; (at = strstr(at, "\n| a |")); at++)
        rows++;
    assert_true(rows > 20 && rows < 1000);
    assert_non_null(strstr(text, arena_printf(f->old.arena, "... and %zu more.", 1000 - rows)));
    buf_free(&out);
}

static void thresholds_exit_four(void **state) {
    struct fixture *f = *state;
    change_price(f, ",0.8484,", ",1.6968,");
    char *old = fs_join(f->old.arena, f->dir, "old"), *new = fs_join(f->old.arena, f->dir, "new");
    static const struct {
        const char *rule;
        int status;
    } rows[] = {
        {"price:99%", 4}, {"price:100%", 0}, {"coverage", 0}, {"prize:1", 2}, {"best:x", 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *argv[] = {(char *)"diff", old, new, (char *)"--fail-on", (char *)rows[i].rule, NULL};
        assert_int_equal(run(command_diff, 5, argv), rows[i].status);
    }
}

static int diff_of(const char *old, const char *new, const char *rule) {
    char *argv[] = {(char *)"diff",      (char *)old,  (char *)new,
                    (char *)"--fail-on", (char *)rule, NULL};
    return run(command_diff, 5, argv);
}

/* A site may come from anyone: an absurd number of GPUs is a number like any other. */
static void put_absurd_count(struct fixture *f, const char *site) {
    static const char was[] = "\"gpu_count\":{\"value\":";
    const char *path = fs_join(f->old.arena, site, "platforms/baseten/offers.json"), *text;
    size_t n;
    assert_true(fs_read(f->old.arena, path, 1 << 20, f->old.diags, &text, &n));
    const char *at = strstr(text, was);
    assert_non_null(at);
    at += strlen(was);
    const char *changed = arena_printf(f->old.arena, "%.*s1e300%s", (int)(at - text), text,
                                       at + strspn(at, "0123456789"));
    assert_true(fs_write(path, changed, strlen(changed), f->old.diags));
}

/* The site of a project of the fixture. */
static const char *site_of(struct fixture *f, const char *name) {
    struct arena *arena = f->old.arena;
    const char *site = arena_printf(arena, "%s/%s-site", f->dir, name);
    char *argv[] = {(char *)"build", (char *)"--pdf",     (char *)"none",
                    (char *)"-q",    (char *)"--project", fs_join(arena, f->dir, name),
                    (char *)"--out", (char *)site,        NULL};
    assert_int_equal(run(command_build, 8, argv), EXIT_DONE);
    return site;
}

/* The sites of two projects say the same as the projects; their manifests name the files. */
static void sites_are_compared_by_their_figures(void **state) {
    struct fixture *f = *state;
    struct arena *arena = f->old.arena;
    const char *sites[2], *names[] = {"old", "new"};
    change_price(f, ",0.8484,", ",1.6968,");
    for (int i = 0; i < 2; i++)
        sites[i] = site_of(f, names[i]);
    struct diff diff;
    assert_true(diff_sites(arena, sites[0], sites[1], f->old.diags, &diff));
    assert_int_equal(diff.tables[DIFF_PRICES].count, 1);
    assert_true(diff.worst_price_rise == 1);
    const struct diff_section *cells = &diff.tables[DIFF_CELLS];
    assert_true(cells->count > 0);
    for (size_t i = 0; i < cells->count; i++) {
        assert_string_equal(cells->rows[i].values[1].text, "Chat"); /* read from a caption */
        assert_string_equal(cells->rows[i].values[2].text, "L4");
    }
    for (size_t i = 0; i < diff.tables[DIFF_WINNERS].count; i++)
        assert_string_equal(diff.tables[DIFF_WINNERS].rows[i].values[1].text, "Chat");
    const char *before = fs_join(arena, sites[0], ".tallypress-manifest");
    assert_int_equal(diff_of(sites[0], sites[1], "price:99%"), EXIT_THRESHOLD);
    assert_int_equal(diff_of(sites[0], sites[1], "price:100%"), EXIT_DONE);
    assert_int_equal(diff_of(sites[1], sites[1], "best:0%"), EXIT_DONE);
    assert_int_equal(diff_of(before, sites[1], "coverage"), EXIT_DONE);
    assert_int_equal(diff_of(before, sites[1], "price:1%"), EXIT_USAGE);
    assert_int_equal(diff_of(sites[0], fs_join(arena, f->dir, "new"), "coverage"), EXIT_USAGE);
    assert_int_equal(diff_of("README.md", before, "coverage"), EXIT_INPUT);
    put_absurd_count(f, sites[1]);
    assert_int_equal(diff_of(sites[0], sites[1], "price:100%"), EXIT_DONE);
    assert_true(diff_sites(arena, before, sites[1], f->old.diags, &diff));
    assert_true(diff.tables[DIFF_PAGES].count > 1 && diff.tables[DIFF_PRICES].count == 0);
}

/* Where the seller and the speed stay, the price list says why. */
static void a_cause_names_the_price_list(void **state) {
    struct fixture *f = *state;
    change_price(f, ",0.8484,", ",0.8483,");
    const char *old = site_of(f, "old"), *new = site_of(f, "new");
    struct diff diff;
    assert_true(diff_sites(f->old.arena, old, new, f->old.diags, &diff));
    const struct diff_section *cells = &diff.tables[DIFF_CELLS];
    assert_true(cells->count > 0);
    const char *cause = cells->rows[0].values[6].text;
    assert_memory_equal(cause, "price of ", 9);
    assert_non_null(strstr(cause, " ("));
}

/* A page may show an old price of an instance beside the new one: it is another offer, not the new
   one's new price. */
static void an_old_price_beside_a_new_one_is_no_change(void **state) {
    struct fixture *f = *state;
    struct arena *arena = f->old.arena;
    const char *path = fs_join(arena, f->dir, "new/data/prices/offers.csv"), *text;
    const char *sites[2], *names[] = {"old", "new"};
    size_t n;
    assert_true(fs_read(arena, path, 1 << 20, f->old.diags, &text, &n));
    const char *more = arena_printf(arena,
                                    "%sAWS,p5.48xlarge,NVIDIA H100,8,,98.32,,,,us-east-1,instance,"
                                    "2023-11-16,made up,\n",
                                    text);
    assert_true(fs_write(path, more, strlen(more), f->old.diags));
    for (int i = 0; i < 2; i++)
        sites[i] = site_of(f, names[i]);
    struct diff diff;
    assert_true(diff_sites(arena, sites[0], sites[1], f->old.diags, &diff));
    assert_int_equal(diff.tables[DIFF_PRICES].count, 0);
    assert_int_equal(diff.tables[DIFF_OFFERS].count, 1);
    assert_true(diff_sites(arena, sites[1], sites[0], f->old.diags, &diff));
    assert_int_equal(diff.tables[DIFF_PRICES].count, 0);
    assert_int_equal(diff.tables[DIFF_OFFERS].count, 1);
}

/* A model that the new site has no more takes its combinations with it. */
static void what_is_gone_is_lost(void **state) {
    struct fixture *f = *state;
    struct arena *arena = f->old.arena;
    const char *path = fs_join(arena, f->dir, "old/data/models/qwen3-8b.json"), *text;
    size_t n;
    assert_true(fs_read(arena, "data/models/qwen3-8b.json", 1 << 20, f->old.diags, &text, &n));
    assert_true(fs_write(path, text, n, f->old.diags));
    const char *old = site_of(f, "old"), *new = site_of(f, "new");
    struct diff diff;
    assert_true(diff_sites(arena, old, new, f->old.diags, &diff));
    assert_true(diff.tables[DIFF_COVERAGE].count > 0);
    assert_string_equal(diff.tables[DIFF_COVERAGE].rows[0].values[0].text, "qwen3-8b");
    assert_string_equal(diff.tables[DIFF_COVERAGE].rows[0].values[1].text, "Chat");
    assert_int_equal(diff_of(old, new, "coverage"), EXIT_THRESHOLD);
    assert_int_equal(diff_of(new, old, "coverage"), EXIT_DONE);
}

/* What cannot be read of a site is said: its manifest, a table that is missing or no JSON. */
static void damaged_sites_are_refused(void **state) {
    struct fixture *f = *state;
    struct arena *arena = f->old.arena;
    const char *old = site_of(f, "old"), *new = site_of(f, "new");
    static const char *const names[] = {"models/llama-3.1-8b/gpus.json", "gpus.json"};
    change_price(f, ",0.8484,", ",1.6968,");
    new = site_of(f, "new");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = fs_join(arena, new, names[i]), *text;
        size_t n;
        assert_true(fs_read(arena, path, 1 << 20, f->old.diags, &text, &n));
        assert_true(fs_write(path, "{\"rows\": ", 9, f->old.diags));
        assert_int_equal(diff_of(old, new, "coverage"), EXIT_INPUT);
        assert_true(fs_write(path, "{\"rows\": [7, {}]}", 17, f->old.diags));
        diff_of(old, new, "coverage");
        assert_int_equal(unlink(path), 0);
        assert_int_equal(diff_of(old, new, "coverage"), EXIT_IO);
        assert_true(fs_write(path, text, n, f->old.diags));
        assert_int_equal(diff_of(old, new, "coverage"), EXIT_DONE);
    }
    static const char *const manifests[] = {"", "tallypress", "tallypress-manifest-1 zz\n"};
    for (size_t i = 0; i < sizeof manifests / sizeof *manifests; i++) {
        assert_true(fs_write(fs_join(arena, new, ".tallypress-manifest"), manifests[i],
                             strlen(manifests[i]), f->old.diags));
        assert_int_equal(diff_of(old, new, "coverage"), EXIT_INPUT);
    }
}

/* Twenty thousand offers on both sides: each is looked up, not searched for among all. */
static void long_lists_take_no_longer_than_reading_them(void **state) {
    struct fixture *f = *state;
    struct buf list = BUF_INIT;
    buf_puts(&list, "platform,gpu,gpu_count,on_demand_usd_per_hour,instance,region,as_of\n");
    for (int i = 0; i < 20000; i++)
        buf_printf(&list, "P%d,H100 SXM,8,2%d.5,i%d,r%d,2026-09-01\n", i % 5, i % 7, i, i % 9);
    for (int side = 0; side < 2; side++) {
        const char *path = side ? "new/data/prices/many.csv" : "old/data/prices/many.csv";
        assert_true(
            fs_write(fs_join(f->old.arena, f->dir, path), buf_text(&list), list.len, f->old.diags));
        for (char *at = list.data; (at = strstr(at, ",21.5,")); at++)
            at[4] = '6';
    }
    buf_free(&list);
    double start = cpu_seconds();
    struct diff diff = compare(f);
    assert_int_equal(diff.tables[DIFF_PRICES].count, 2857);
    assert_int_equal(diff.tables[DIFF_OFFERS].count, 0);
    assert_true(cpu_seconds() - start < 3);
}

/* Rows that stand twice, or without a price, are found as what they are. */
static void rows_without_a_price(void **state) {
    struct fixture *f = *state;
    static const char text[] =
        "[{\"gpu\":{\"value\":\"A\"},\"gpu_count\":{\"value\":1}},"
        "{\"gpu\":{\"value\":\"A\"},\"gpu_count\":{\"value\":1}},{},"
        "{\"gpu\":{\"value\":\"A\"},\"gpu_count\":{\"value\":1},\"" DIFF_ROWS_PRICE
        "\":{\"value\":4}}]";
    const struct json *json = json_parse(f->old.arena, "rows", text, sizeof text - 1, f->old.diags);
    assert_non_null(json);
    struct diff_rows rows = diff_rows_of(f->old.arena, json);
    assert_int_equal(rows.count, 4);
    assert_ptr_equal(rows.items[0].row, json->items[2]); /* of no GPU */
    assert_ptr_equal(rows.items[1].row, json->items[3]);
    assert_ptr_equal(rows.items[2].row, json->items[0]);
    assert_ptr_equal(diff_rows_find(&rows, &rows, &rows.items[1]), &rows.items[1]);
    assert_ptr_equal(diff_rows_find(&rows, &rows, &rows.items[3]), &rows.items[2]);
    assert_true(isnan(diff_rows_hourly(NULL)));
    struct diff_rows none = diff_rows_of(f->old.arena, NULL);
    assert_null(diff_rows_find(&none, &rows, &rows.items[1]));
}

/* The same of the offers of a built site. */
static void long_tables_of_sites_too(void **state) {
    struct fixture *f = *state;
    struct arena *arena = f->old.arena;
    struct buf text = BUF_INIT;
    struct diff_rows sides[2];
    for (int side = 0; side < 2; side++) {
        buf_reset(&text);
        for (int i = 0; i < 20000; i++)
            buf_printf(&text,
                       "%s{\"gpu\":{\"value\":\"H100\"},\"instance\":{\"value\":\"i%d\"},"
                       "\"gpu_count\":{\"value\":8},\"" DIFF_ROWS_PRICE "\":{\"value\":%d}}",
                       i ? "," : "[", i / 2, 3 + i % 2 + (side && i % 2));
        buf_putc(&text, ']');
        const struct json *rows =
            json_parse(arena, "rows", buf_text(&text), text.len, f->old.diags);
        assert_non_null(rows);
        sides[side] = diff_rows_of(arena, rows);
    }
    buf_free(&text);
    double start = cpu_seconds();
    for (size_t i = 0; i < sides[1].count; i++) {
        const struct diff_offer_row *is = &sides[1].items[i];
        const struct diff_offer_row *was = diff_rows_find(&sides[0], &sides[1], is);
        assert_non_null(was);
        assert_string_equal(was->instance, is->instance);
        assert_true(diff_rows_hourly(was) == (diff_rows_hourly(is) > 24 ? 32 : 24));
    }
    assert_true(cpu_seconds() - start < 1);
}

/* Three models change places: equal prices share a rank. */
static void ranks_follow_the_prices(void **state) {
    struct fixture *f = *state;
    struct diff diff = diff_begin(f->old.arena);
    diff_winner(&diff, (struct diff_best){"a", "chat", 1, 3}, false, "x", "x");
    diff_winner(&diff, (struct diff_best){"b", "chat", 2, 2}, false, "x", "x");
    diff_winner(&diff, (struct diff_best){"c", "chat", 2, 2}, false, "x", "x");
    diff_winner(&diff, (struct diff_best){"a", "rag", 9, 9}, false, "x", "x");
    diff_end(&diff);
    const struct diff_section *ranks = &diff.tables[DIFF_RANKS];
    assert_int_equal(ranks->count, 3);
    assert_string_equal(ranks->rows[0].values[0].text, "a");
    assert_true(ranks->rows[0].values[2].number == 1 && ranks->rows[0].values[3].number == 3);
    assert_true(ranks->rows[1].values[2].number == 2 && ranks->rows[1].values[3].number == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_is_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_are_what_offers_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_price_moves_its_cells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_offer_is_a_cause, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_offer_is_a_cause, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settings_are_a_cause, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_rows_are_folded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(thresholds_exit_four, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sites_are_compared_by_their_figures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_lists_take_no_longer_than_reading_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rows_without_a_price, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_tables_of_sites_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ranks_follow_the_prices, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_gone_is_lost, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_sites_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cause_names_the_price_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_old_price_beside_a_new_one_is_no_change, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests_name("command/diff", tests, NULL, NULL);
}
