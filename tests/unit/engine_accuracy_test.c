/* What a measured row is taken for before it is predicted, and where a prediction leaves the data.
 */
#include "engine_models.h"
#include "golden.h"

#include "engine/accuracy.h"
#include "engine/shape.h"

static struct calibration priors(void) {
    struct calibration c = {.engine = "vllm", .name = "vLLM", .version = "1"};
    for (size_t i = 0; i < CALIBRATION_PARAMETERS; i++)
        c.value[i] = calibration_parameters[i].prior;
    c.family[0] = (struct calibration_family){"Hopper", 1, 1, 9};
    c.family_count = 1;
    c.range = (struct calibration_range){.context_max = 4000,
                                         .batch_max = 64,
                                         .tensor_parallel_max = 4,
                                         .weights = 1u << PRECISION_BF16};
    return c;
}

/* Sequences come and go: on average each holds its input and a part of its answer. */
static void a_row_holds_what_its_scenario_leaves_in_memory(void **state) {
    (void)state;
    static const struct {
        enum benchmark_scenario scenario;
        double share;
    } cases[] = {{SCENARIO_FIXED_BATCH, 1},
                 {SCENARIO_FIXED_CONCURRENCY, 0.6},
                 {SCENARIO_MAX_THROUGHPUT, 0.75},
                 {SCENARIO_OFFLINE, 0.75},
                 {SCENARIO_SINGLE_STREAM, 1}};
    struct calibration c = priors();
    struct calibration_set set = {.items = &c, .count = 1};
    struct memory_case memory = {.model = &llama_70b,
                                 .gpu = &h100,
                                 .t = 4,
                                 .p = 1,
                                 .weights = PRECISION_BF16,
                                 .kv = PRECISION_BF16,
                                 .plan = memory_plan_of("vllm"),
                                 .engine = "vllm"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct benchmark row = {.model = &llama_70b,
                                .gpu = &h100,
                                .gpu_count = 4,
                                .tensor_parallel = 4,
                                .engine = "vllm",
                                .weights = PRECISION_BF16,
                                .kv = PRECISION_BF16,
                                .input_tokens = 500,
                                .output_tokens = 4000,
                                .scenario = cases[i].scenario,
                                .metric = METRIC_OUTPUT_TOKENS_PER_S,
                                .value = 1};
        struct accuracy_case prepared = accuracy_prepare(&row, &set);
        double held = memory_max_batch(&memory, 500 + cases[i].share * 4000);
        assert_null(prepared.skipped);
        assert_true(held > 10 && prepared.serve.held_sequences == held);
        assert_true(prepared.serve.batch == fmin(held, 1024)); /* vLLM's own limit */
    }
}

static bool says(const struct scenario *s, const char *word) {
    struct outcome out = estimate(s);
    assert_true(out.feasible);
    assert_int_equal(out.provenance == FROM_EXTRAPOLATED, out.extrapolated_why != NULL);
    return out.extrapolated_why && strstr(out.extrapolated_why, word);
}

/* A quarter beyond the longest context, twice the largest batch; each is named. */
static void beyond_the_data_is_said(void **state) {
    (void)state;
    struct calibration c = priors();
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.calibration = &c;
    s.gpu_count = 4;
    s.input_tokens = 3000;
    s.output_tokens = 2000;
    assert_int_equal(estimate(&s).provenance, FROM_CALIBRATED);
    s.output_tokens = 2001;
    assert_true(says(&s, "context"));
    s.output_tokens = 1000;
    s.batch = 128;
    assert_int_equal(estimate(&s).provenance, FROM_CALIBRATED);
    s.batch = 129;
    assert_true(says(&s, "batch"));
    s.batch = 1;
    s.weights = PRECISION_FP8;
    assert_true(says(&s, "precision"));
    s.weights = PRECISION_BF16;
    s.gpu_count = 8;
    assert_true(says(&s, "share a layer"));
    s.gpu_count = 4;
    s.model = &mixtral;
    assert_true(says(&s, "mixture"));
    s.model = &llama_70b;
    c.family[0].rows = 0;
    assert_true(says(&s, "generation"));
}

/* Both count the same operations of a prompt, but the head: of every token, or of the last. */
static void prompts_take_the_same_operations(void **state) {
    (void)state;
    struct calibration c = priors();
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.gpu_count = 4;
    struct outcome theory = estimate(&s);
    s.calibration = &c;
    struct outcome ours = estimate(&s);
    double head = 2.0 * 8192 * 128256, attention = 2 * 2035.0 * 2035 * 80 * 64 * 128;
    /* Theory looks at every pair of tokens, the engine at those before. */
    assert_true(fabs(ours.prefill.flop / (theory.prefill.flop - 2034 * head - attention) - 1) <
                0.01);
}

/* The head and what a format leaves wide stay at two bytes, over all GPUs. */
static void narrow_weights_keep_a_wide_head(void **state) {
    (void)state;
    struct shape_layout four = {.tensor_parallel = 4};
    struct step_shape wide = shape_of(&llama_70b, &h100, PRECISION_BF16, PRECISION_BF16, four);
    struct step_shape narrow = shape_of(&llama_70b, &h100, PRECISION_FP8, PRECISION_BF16, four);
    assert_true(wide.head_bytes == 2.0 * 128256 * 8192 / 4);
    assert_true(narrow.head_bytes == wide.head_bytes);
    double matrices =
        (double)(parameters_count(&llama_70b).attention + parameters_count(&llama_70b).dense);
    double saved = wide.weight_bytes - narrow.weight_bytes;
    double bytes = 2 - precision_info(PRECISION_FP8)->bits_per_weight / 8;
    assert_true(fabs(saved / (matrices * bytes / 4) - 1) < 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_holds_what_its_scenario_leaves_in_memory),
        cmocka_unit_test(beyond_the_data_is_said),
        cmocka_unit_test(prompts_take_the_same_operations),
        cmocka_unit_test(narrow_weights_keep_a_wide_head),
    };
    return cmocka_run_group_tests_name("engine/accuracy", tests, NULL, NULL);
}
