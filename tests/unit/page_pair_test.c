/* What a page of a model on a GPU draws over the batch, with and without measurements. */
#include "page/draft.h"
#include "page/plan.h"
#include "read/calibration.h"

#include "page_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct block *part_by(struct arena *arena, const struct catalog *catalog,
                                   const struct calibration_set *engines, const char *name) {
    struct page_plan *plan = page_plan_new(arena, catalog, engines, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        if (strcmp(page_plan_path(plan, i), "models/llama-3.3-70b/h100-sxm.html") != 0)
            continue;
        const struct page *page = page_make(plan, i, arena);
        for (size_t b = 0; b < page->block_count; b++)
            if (strcmp(page->blocks[b].name, name) == 0)
                return &page->blocks[b];
    }
    fail_msg("no such page");
    return NULL;
}

static const struct block *part(struct arena *arena, const struct catalog *catalog,
                                const char *name) {
    return part_by(arena, catalog, NULL, name);
}

static const struct block *throughput(struct arena *arena, const struct catalog *catalog) {
    return part(arena, catalog, "throughput");
}

static const struct chart_series *series(const struct chart *chart, const char *name) {
    for (size_t i = 0; i < chart->series_count; i++)
        if (strcmp(chart->series[i].name, name) == 0)
            return &chart->series[i];
    fail_msg("no series %s", name);
    return NULL;
}

static double cell(const struct table *table, size_t row, const char *key) {
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].key, key) == 0)
            return table->cells[row * table->column_count + i].number;
    fail_msg("no column %s", key);
    return NAN;
}

/* The line that falls is the column of the table: from what one alone gets. */
static void each_request_is_a_curve(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct block *block = throughput(arena, &fixture_catalog);
    const struct chart_series *each = series(block->chart, "Each request");
    assert_int_equal(each->count, block->table->row_count);
    assert_true(each->count > 3);
    for (size_t i = 0; i < each->count; i++) {
        assert_true(each->x[i] == cell(block->table, i, "batch"));
        assert_true(each->y[i] == cell(block->table, i, "tokens_per_s_per_request"));
        assert_true(i == 0 || each->y[i] < each->y[i - 1]);
    }
    assert_true(each->y[0] == cell(block->table, 0, "first_principles_tokens_per_s"));
    arena_free(arena);
}

/* The formula's quotient is the table's largest batch: it counts in whole blocks as that does.
 */
static void formula_and_table_fit_as_many(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    static const struct workload tiny[] = {{"tiny", "Tiny", 1, 2}};
    struct catalog changed = fixture_catalog;
    changed.site.workloads = tiny;
    changed.site.workload_count = 1;
    const struct block *formula = part(arena, &changed, "formula");
    const struct table *counts = part(arena, &changed, "counts")->table;
    const struct formula_line *line = &formula->lines[0];
    assert_non_null(strstr(line->symbols, "largest batch"));
    char *end;
    double budget = strtod(line->numbers, &end), each = strtod(end + strlen(" / "), NULL);
    double most = NAN;
    const struct block *load = throughput(arena, &changed);
    uint32_t gpus = (uint32_t)strtoul(load->table->caption, NULL, 10);
    for (size_t i = 0; i < counts->row_count; i++)
        if (cell(counts, i, "gpu_count") == gpus && isnan(most))
            most = cell(counts, i, "max_batch");
    assert_true(most > 10000);
    assert_true(fabs(budget / each - most) < 1.5); /* six digits are printed */
    arena_free(arena);
}

static struct benchmark measured(uint32_t batch, double rate) {
    return (struct benchmark){.model = &fixture_models[0],
                              .gpu = &fixture_gpus[0],
                              .gpu_count = 4,
                              .tensor_parallel = 4,
                              .engine = "vllm",
                              .weights = PRECISION_BF16,
                              .input_tokens = 2035,
                              .output_tokens = 300,
                              .batch = batch,
                              .metric = METRIC_OUTPUT_TOKENS_PER_S,
                              .value = rate,
                              .output_tokens_per_s_system = rate,
                              .ttft_ms = NAN,
                              .power_w = NAN,
                              .source = "somebody",
                              .date = "2026-01-01"};
}

/* Measured points stand over both curves, and one row of the table is of one speed. */
static void measured_points_stand_twice(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct benchmark rows[] = {measured(1, 50), measured(8, 320), measured(64, 960)};
    struct catalog catalog = fixture_catalog;
    catalog.benchmarks = rows;
    catalog.benchmark_count = 3;
    const struct block *block = throughput(arena, &catalog);
    const struct chart_series *points = series(block->chart, "Measured");
    assert_int_equal(points->count, 6);
    assert_true(points->y[1] == 320 && points->x[1] == 8);
    assert_true(points->y[4] == 40 && points->x[4] == 8);
    assert_true(points->y[5] == 15 && isnan(points->y[3])); /* one alone is both */
    for (size_t i = 0; i < 3; i++) {
        double each = cell(block->table, i, "tokens_per_s_per_request");
        double usd = cell(block->table, i, "usd_per_million_output");
        double rate = each * rows[i].batch; /* on four GPUs at $2 an hour */
        double want = 8 / 3600.0 / (rate * (1 + 0.3 * 2035 / 300)) * 1e6;
        assert_true(fabs(usd / want - 1) < 1e-9);
    }
    arena_free(arena);
}

/* A line is called calibrated as far as the engine was measured, and extrapolated from there on. */
static void what_is_extrapolated_says_so(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct calibration_set *engines = ARENA_NEW(arena, struct calibration_set);
    assert_true(read_calibrations(arena, source_open(arena, ".", diags), diags, engines));
    struct calibration *items = ARENA_ARRAY(arena, engines->count, struct calibration);
    struct catalog catalog = fixture_catalog;
    catalog.site.engine = "vllm";
    memcpy(items, engines->items, engines->count * sizeof *items);
    for (size_t i = 0; i < engines->count; i++)
        items[i].range.batch_max = 8; /* measured; up to 16 counts as within */
    engines->items = items;
    const struct block *block = part_by(arena, &catalog, engines, "throughput");
    const struct chart_series *within = series(block->chart, "Calibrated");
    const struct chart_series *beyond = series(block->chart, "Extrapolated");
    size_t last = within->count - 1;
    assert_true(within->x[last] == 16 && beyond->x[0] == 16 && beyond->y[0] == within->y[last]);
    assert_true(beyond->dashed && !within->dashed && beyond->colour == within->colour);
    assert_int_equal(within->count + beyond->count - 1, block->table->row_count);
    for (size_t i = 0; i < engines->count; i++)
        items[i].range.batch_max = 0;
    block = part_by(arena, &catalog, engines, "throughput");
    assert_int_equal(series(block->chart, "Extrapolated")->count, block->table->row_count);
    assert_string_equal(block->table->columns[2].head, "Extrapolated");
    diags_free(diags);
    arena_free(arena);
}

static struct catalog catalog_of(struct model *model) {
    struct catalog catalog = fixture_catalog;
    catalog.models = model;
    catalog.api_price_count = 0; /* they speak of the fixture's own */
    return catalog;
}

/* Nothing is said of contexts longer than the model takes. */
static void contexts_end_with_the_model(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct model model = fixture_models[0];
    struct catalog catalog = catalog_of(&model);
    model.context_tokens = 4096;
    const struct block *block = part_by(arena, &catalog, NULL, "context");
    assert_null(strstr(block->chart->title, ", with one at"));
    const struct table *counts = part_by(arena, &catalog, NULL, "counts")->table;
    for (size_t i = 0; i < counts->row_count; i++)
        assert_false(cell(counts, i, "max_context_tokens") > 4096);
    model.context_tokens = 0; /* not stated */
    block = part_by(arena, &catalog, NULL, "context");
    const struct chart_series *weights = series(block->chart, "Weights");
    assert_true(weights->x[weights->count - 1] < 431000); /* where one request overtakes */
    assert_null(strstr(block->chart->title, ", with one at"));
    arena_free(arena);
}

/* The heading tells a crossing that the lines show, or that there is none as far as they go. */
static void crossings_are_in_sight(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct model model = fixture_models[0];
    struct catalog catalog = catalog_of(&model);
    const struct block *block = part_by(arena, &catalog, NULL, "context");
    assert_non_null(strstr(block->chart->title, " outgrows the weights at "));
    struct layer_run runs[] = {fixture_run, fixture_run}; /* one layer of 80 has a cache */
    runs[0].count = 79;
    runs[0].attention = (struct attention){.kind = ATTENTION_NONE};
    runs[1].count = 1;
    runs[1].attention.kv_heads = 1;
    model.runs = runs;
    model.run_count = COUNT_OF(runs);
    model.context_tokens = 0; /* not stated */
    block = part_by(arena, &catalog, NULL, "context");
    assert_non_null(strstr(block->chart->title, " stays below the weights"));
    arena_free(arena);
}

/* "At most" is the highest point of the line. */
static void levelling_names_the_most(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct chart *chart = throughput(arena, &fixture_catalog)->chart;
    const struct chart_series *line = series(chart, "First principles");
    const char *most = strstr(chart->title, ": at most ");
    assert_non_null(most);
    double said = 0, highest = 0;
    for (const char *at = most + strlen(": at most "); (*at >= '0' && *at <= '9') || *at == ',';
         at++)
        said = *at == ',' ? said : 10 * said + (*at - '0');
    for (size_t i = 0; i < line->count; i++)
        highest = fmax(highest, line->y[i]);
    assert_true(fabs(said / highest - 1) < 0.01);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_request_is_a_curve),
                                       cmocka_unit_test(formula_and_table_fit_as_many),
                                       cmocka_unit_test(what_is_extrapolated_says_so),
                                       cmocka_unit_test(contexts_end_with_the_model),
                                       cmocka_unit_test(crossings_are_in_sight),
                                       cmocka_unit_test(levelling_names_the_most),
                                       cmocka_unit_test(measured_points_stand_twice)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
