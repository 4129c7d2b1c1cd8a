/* tallypress sweep: every row whole, tokens per dollar times dollars per token is one, hostile
   names harmless in a spreadsheet, the same bytes at any number of threads. */
#include "command_run.h"

#include "base/diag.h"
#include "command/sweep_row.h"
#include "engine_models.h"
#include "read/csv.h"
#include "read/json.h"

#define SOME "sweep --models llama-3.3-70b,mixtral-8x7b --gpus h100-sxm,l4 "

static double cell(const struct csv_table *table, size_t row, const char *name) {
    int column = csv_column(table, name);
    assert_true(column >= 0);
    const char *text = csv_at(table, row, column)->text;
    return text[0] ? strtod(text, NULL) : NAN;
}

static void one(double tokens_per_usd, double usd_per_million, size_t *checked) {
    if (isnan(tokens_per_usd) != isnan(usd_per_million))
        fail_msg("one of two is missing");
    if (isnan(tokens_per_usd))
        return;
    if (fabs(tokens_per_usd * usd_per_million / 1e6 - 1) > 1e-12)
        fail_msg("%.17g x %.17g is not one", tokens_per_usd, usd_per_million);
    ++*checked;
}

static void identity_in_every_row(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct ran ran = ran_command(arena, SOME "--engine first-principles");
    struct csv_table *t = csv_read(arena, "stdout", ran.out, ran.out_length, diags);
    assert_int_equal(ran.status, 0);
    assert_non_null(t);
    /* counts x precisions x workloads x batches of two models on two GPUs */
    assert_true(t->row_count >= 2 * 2 * 4 * 2 * 4 * 9);
    size_t checked = 0;
    for (size_t r = 0; r < t->row_count; r++) {
        one(cell(t, r, "output_tokens_per_usd"), cell(t, r, "usd_per_million_output_alone"),
            &checked);
        one(cell(t, r, "total_tokens_per_usd"), cell(t, r, "usd_per_million_tokens"), &checked);
        one(cell(t, r, "blended_tokens_per_usd"), cell(t, r, "usd_per_million_blended"), &checked);
        const char *feasible = csv_at(t, r, csv_column(t, "feasible"))->text;
        const char *reason = csv_at(t, r, csv_column(t, "reason"))->text;
        assert_true((strcmp(feasible, "true") == 0) == (reason[0] == '\0'));
        assert_true(csv_at(t, r, csv_column(t, "model"))->text[0] != '\0');
    }
    assert_true(checked > 500);
    diags_free(diags);
    arena_free(arena);
}

static void json_lines_hold_the_same_rows(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    size_t count;
    struct ran csv = ran_command(arena, SOME);
    struct ran jsonl = ran_command(arena, SOME "--format jsonl");
    struct csv_table *t = csv_read(arena, "stdout", csv.out, csv.out_length, diags);
    struct json **lines =
        json_parse_lines(arena, "stdout", jsonl.out, jsonl.out_length, 0, diags, &count);
    assert_non_null(lines);
    assert_int_equal(count, t->row_count);
    assert_int_equal(lines[0]->count, t->column_count);
    for (size_t i = 0; i < count; i += 97) {
        const struct json *rate = json_get(lines[i], "output_tokens_per_s");
        double expected = cell(t, i, "output_tokens_per_s");
        assert_true(rate->kind == JSON_NULL
                        ? isnan(expected)
                        : !(rate->number < expected || rate->number > expected));
    }
    diags_free(diags);
    arena_free(arena);
}

/* A platform's name comes from a price list; a spreadsheet must not run it. */
static void formulas_are_neutralised(void **state) {
    (void)state;
    struct offer offer = {.platform = "=HYPERLINK(\"http://x\")",
                          .platform_id = "x",
                          .instance = "+1+1",
                          .gpu_count = 1,
                          .as_of = "2026-10-01"};
    struct quote quotes[1] = {{&offer, PRICE_ON_DEMAND, 2, 2, 9, false, {1, 1, 0}}};
    static const uint32_t counts[] = {1};
    struct gpu gpus[1] = {h100};
    struct catalog catalog = {.gpus = gpus, .gpu_count = 1};
    catalog.site.gpu_counts = counts;
    catalog.site.gpu_count_count = 1;
    struct sweep_format format = {&catalog, "first-principles", {quotes, quotes}, 0.3, 1, false};
    struct scenario s = scenario_default(&mixtral, &gpus[0]);
    struct workload workload = {"@chat", "Chat", 2035, 300};
    struct outcome outcome = estimate(&s);
    struct sweep_row row = {&s, &workload, &outcome};
    struct buf out = BUF_INIT;
    sweep_put_row(&format, &row, &out);
    assert_null(strstr(buf_text(&out), ",="));
    assert_null(strstr(buf_text(&out), ",\"="));
    assert_null(strstr(buf_text(&out), ",+"));
    assert_null(strstr(buf_text(&out), ",@"));
    assert_non_null(strstr(buf_text(&out), "HYPERLINK"));
    buf_free(&out);
}

static void threads_do_not_change_a_byte(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran a = ran_command(arena, SOME "--jobs 1"), b = ran_command(arena, SOME "--jobs 5");
    assert_int_equal(a.out_length, b.out_length);
    assert_memory_equal(a.out, b.out, a.out_length);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identity_in_every_row), cmocka_unit_test(json_lines_hold_the_same_rows),
        cmocka_unit_test(formulas_are_neutralised), cmocka_unit_test(threads_do_not_change_a_byte)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
