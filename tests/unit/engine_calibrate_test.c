/* A fit finds the parameters that made its rows, keeps priors where rows say nothing, and leaves
   rows out; summaries count what they should. */
#include "engine_models.h"
#include "golden.h"

#include "engine/calibrate.h"

#define ROWS 96

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.12g, expected %.12g +- %g", value, expected, tolerance);
}

static struct calibration priors(void) {
    struct calibration c = {.engine = "vllm", .name = "vLLM", .version = "1"};
    for (size_t i = 0; i < CALIBRATION_PARAMETERS; i++)
        c.value[i] = calibration_parameters[i].prior;
    c.value[CAL_SCORE_BYTES] = c.value[CAL_STREAM_LIMIT] = 0;
    return c;
}

/* Rows as a machine with the given calibration would measure them. */
static size_t synthetic(const struct calibration *truth, struct benchmark *rows) {
    static const double lengths[] = {128, 512, 2048, 4096};
    const struct model *models[] = {&llama_70b, &mixtral};
    struct calibration_set set = {.items = truth, .count = 1};
    size_t n = 0;
    for (size_t m = 0; m < 2; m++)
        for (uint32_t t = 2; t <= 8; t *= 2)
            for (size_t l = 0; l < 4; l++)
                for (uint32_t batch = 1; batch <= 64; batch *= 4) {
                    struct benchmark *b = &rows[n++];
                    *b = (struct benchmark){.model = models[m],
                                            .gpu = &h100,
                                            .gpu_count = t,
                                            .tensor_parallel = t,
                                            .engine = "vllm",
                                            .weights = PRECISION_BF16,
                                            .kv = PRECISION_BF16,
                                            .input_tokens = lengths[l],
                                            .output_tokens = 256,
                                            .batch = batch,
                                            .scenario = SCENARIO_FIXED_BATCH,
                                            .metric = METRIC_OUTPUT_TOKENS_PER_S,
                                            .value = 1,
                                            .source = m ? "one" : "other"};
                    struct accuracy_case c = accuracy_prepare(b, &set);
                    struct calibration_family plain = {"Hopper", 1, 1, 1};
                    struct step_model model = step_model_make(&c.shape, truth, plain);
                    if (c.skipped)
                        n--;
                    else
                        b->value = accuracy_predict(&c, &model).value;
                }
    return n;
}

static void finds_what_made_the_rows(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct calibration truth = priors(), start = priors();
    struct benchmark rows[ROWS];
    struct accuracy_case cases[ROWS];
    truth.value[CAL_WEIGHT_EFFICIENCY] = 0.7;
    truth.value[CAL_STEP_S] = 4e-3;
    truth.value[CAL_ALL_REDUCE_S] = 2e-5;
    size_t n = synthetic(&truth, rows);
    assert_true(n > 60);
    struct calibration_set set = {.items = &start, .count = 1};
    for (size_t i = 0; i < n; i++)
        cases[i] = accuracy_prepare(&rows[i], &set);
    struct calibrate_problem *p =
        calibrate_new(arena, cases, n, &set, (struct calibrate_options){0});
    double ratios[ROWS];
    calibrate_ratios(p, ratios);
    double before = calibrate_error(p, &start, ratios, arena).mean;
    calibrate_fit(p);
    struct calibration_set fitted = calibrate_result(p, arena);
    assert_int_equal(fitted.items[0].rows, n);
    assert_true(before > 0.1);
    assert_true(fitted.items[0].fitted.mean < 0.01);
    assert_true(fitted.items[0].fitted.within_25 == 1);
    near(fitted.items[0].value[CAL_STEP_S], 4e-3, 6e-4);
    near(fitted.items[0].value[CAL_WEIGHT_EFFICIENCY], 0.7, 0.05);
    near(fitted.items[0].value[CAL_COMPUTE_8], calibration_parameters[CAL_COMPUTE_8].prior, 1e-3);
    assert_int_equal(fitted.items[0].source_count, 2);
    assert_true(fitted.items[0].range.experts);
    near(fitted.items[0].range.batch_max, 64, 0);
    arena_free(arena);
}

static void leaves_rows_out(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct calibration truth = priors(), start = priors();
    struct benchmark rows[ROWS];
    struct accuracy_case cases[ROWS];
    truth.value[CAL_EXPERT_LAYER_S] = 1.5e-4; /* only the rows with experts can tell */
    size_t n = synthetic(&truth, rows);
    struct calibration_set set = {.items = &start, .count = 1};
    for (size_t i = 0; i < n; i++)
        cases[i] = accuracy_prepare(&rows[i], &set);
    struct calibrate_problem *p =
        calibrate_new(arena, cases, n, &set, (struct calibrate_options){.evaluations = 40});
    double fitted[ROWS], left[ROWS];
    calibrate_fit(p);
    calibrate_ratios(p, fitted);
    calibrate_left_out(p, ACCURACY_BY_MODEL, 20, left);
    double seen = 0, unseen = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].model != &mixtral)
            continue;
        seen += fabs(fitted[i] - 1);
        unseen += fabs(left[i] - 1);
    }
    assert_true(unseen > 3 * seen);
    arena_free(arena);
}

static void sums_up(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct benchmark b[4] = {{.engine = "vLLM 0.9", .model = &llama_70b, .gpu = &h100},
                             {.engine = "trtllm", .model = &llama_70b, .gpu = &h100},
                             {.engine = "vllm", .model = &mixtral, .gpu = &h100},
                             {.engine = "vllm", .model_as_stated = "x", .gpu_as_stated = "y"}};
    struct accuracy_row rows[4] = {{.row = &b[0], .ratio = 1.1},
                                   {.row = &b[1], .ratio = 0.6},
                                   {.row = &b[2], .ratio = 1.2},
                                   {.row = &b[3], .ratio = NAN, .skipped = "unknown-model"}};
    size_t found;
    struct accuracy_summary *all = accuracy_summarise(arena, rows, 4, ACCURACY_BY_ALL, &found);
    assert_int_equal(found, 1);
    assert_int_equal(all[0].predicted, 3);
    assert_int_equal(all[0].skipped, 1);
    near(all[0].median, 0.2, 1e-12);
    near(all[0].mean, 0.7 / 3, 1e-12);
    near(all[0].within_25, 2.0 / 3, 1e-12);
    struct accuracy_summary *engines =
        accuracy_summarise(arena, rows, 4, ACCURACY_BY_ENGINE, &found);
    assert_int_equal(found, 2);
    assert_string_equal(engines[1].key, "vllm");
    assert_int_equal(engines[1].rows, 3);
    near(engines[1].median, 0.15, 1e-12);
    assert_int_equal(accuracy_summarise(arena, rows, 0, ACCURACY_BY_ALL, &found) != NULL, 1);
    assert_int_equal(found, 0);
    arena_free(arena);
}

static void skips_with_a_reason(void **state) {
    (void)state;
    struct calibration c = priors();
    struct calibration_set set = {.items = &c, .count = 1};
    struct benchmark row = {.model = &llama_70b,
                            .gpu = &h100,
                            .gpu_count = 1,
                            .engine = "vllm",
                            .weights = PRECISION_BF16,
                            .kv = PRECISION_NONE,
                            .input_tokens = 128,
                            .output_tokens = 128,
                            .batch = 1,
                            .value = 10,
                            .scenario = SCENARIO_FIXED_BATCH};
    assert_string_equal(accuracy_of(&row, &set).skipped, "does-not-fit");
    row.gpu_count = 3;
    assert_string_equal(accuracy_of(&row, &set).skipped, "heads-not-divisible");
    row.gpu_count = 4;
    assert_null(accuracy_of(&row, &set).skipped);
    row.engine = "another"; /* vLLM stands in for it */
    assert_null(accuracy_of(&row, &set).skipped);
    assert_int_equal(accuracy_of(&row, &set).provenance, FROM_EXTRAPOLATED);
    assert_string_equal(accuracy_of(&row, &(struct calibration_set){0}).skipped, "unknown-engine");
    row.engine = "vllm";
    row.output_tokens = NAN;
    assert_string_equal(accuracy_of(&row, &set).skipped, "lengths-missing");
    row.output_tokens = 128;
    row.gpu = NULL;
    assert_string_equal(accuracy_of(&row, &set).skipped, "unknown-gpu");
    row.model = NULL;
    assert_string_equal(accuracy_of(&row, &set).skipped, "unknown-model");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_what_made_the_rows),
                                       cmocka_unit_test(leaves_rows_out), cmocka_unit_test(sums_up),
                                       cmocka_unit_test(skips_with_a_reason)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
