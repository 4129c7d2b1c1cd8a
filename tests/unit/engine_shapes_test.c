/* Figures worked out by hand: state and activations of memory, vectors, shapes shared by replicas,
   what bounds a step, latencies of measured rows. */
#include "engine_models.h"
#include "golden.h"

#include "engine/accuracy.h"
#include "engine/audit_table.h"
#include "engine/shape.h"
#include "engine/training.h"

static void near(double value, double expected) {
    if (!(fabs(value - expected) <= 1e-12 * fabs(expected)))
        fail_msg("%.17g, expected %.17g", value, expected);
}

static struct calibration priors(const char *engine) {
    struct calibration c = {.engine = engine, .name = engine, .version = "1"};
    for (size_t i = 0; i < CALIBRATION_PARAMETERS; i++)
        c.value[i] = calibration_parameters[i].prior;
    return c;
}

/* Mamba-2: 3 heads of 20 and 2 groups of 16; four inputs of the convolution, of which three wait.
 */
static const struct layer_run mamba[] = {{.count = 5,
                                          .attention = {.kind = ATTENTION_MAMBA2,
                                                        .linear_value_heads = 3,
                                                        .linear_value_dim = 20,
                                                        .ssm_groups = 2,
                                                        .ssm_state = 16,
                                                        .conv_kernel = 4,
                                                        .state_elements = 960,
                                                        .state_bytes_per_element = 4}}};
static const struct layer_run delta[] = {{.count = 2,
                                          .attention = {.kind = ATTENTION_GATED_DELTANET,
                                                        .linear_key_heads = 2,
                                                        .linear_key_dim = 8,
                                                        .linear_value_heads = 3,
                                                        .linear_value_dim = 20,
                                                        .conv_kernel = 4,
                                                        .state_elements = 100}}};

static void states_and_vectors(void **state) {
    (void)state;
    struct model model = {.hidden_size = 64, .layer_count = 5, .runs = mamba, .run_count = 1};
    near(memory_state_bytes(&model, PRECISION_BF16), 5 * (960 * 4 + (60 + 2 * 32) * 3 * 2.0));
    struct layer_parameters n = parameters_of_layer(&model, &mamba[0]);
    assert_int_equal(n.vectors, (60 + 64) * 4 + 3 * 3 + 60);
    model.runs = delta;
    near(memory_state_bytes(&model, PRECISION_BF16), 2 * (100 * 2 + (2 * 16 + 60) * 3 * 2.0));
    n = parameters_of_layer(&model, &delta[0]);
    assert_int_equal(n.vectors, (2 * 16 + 60) * 4 + 2 * 3 + 20);
    assert_int_equal(n.attention, 64 * (2 * 16 + 2 * 60) + 64 * 2 * 3 + (2 * 16 + 60) * 4 + 2 * 3 +
                                      20 + 60 * 64);
}

/* 2 T h c of TensorRT-LLM's workspace, at 1, 2, 4 and 8 GPUs. */
static void workspaces_of_tensorrt(void **state) {
    (void)state;
    static const double dense[] = {11, 6.5, 5, 5}, experts[] = {22, 13, 10, 10};
    struct memory_case c = {.gpu = &h100,
                            .p = 1,
                            .weights = PRECISION_BF16,
                            .kv = PRECISION_BF16,
                            .plan = memory_plan_of("tensorrt-llm"),
                            .engine = "tensorrt-llm"};
    for (int i = 0; i < 4; i++) {
        c.t = 1u << i;
        c.model = &llama_70b;
        near(memory_activation_bytes_per_gpu(&c), 2 * 8192.0 * 8192 * dense[i]);
        c.model = &mixtral;
        near(memory_activation_bytes_per_gpu(&c), 2 * 8192.0 * 4096 * experts[i]);
    }
}

/* Four groups that run attention for their own sequences share the work of one of four. */
static void replicas_share_attention(void **state) {
    (void)state;
    struct shape_layout one = {.tensor_parallel = 2}, four = {2, 8, 4};
    struct step_shape alone = shape_of(&mixtral, &h100, PRECISION_BF16, PRECISION_BF16, one);
    struct step_shape shared = shape_of(&mixtral, &h100, PRECISION_BF16, PRECISION_BF16, four);
    assert_int_equal(alone.attention_count, 1);
    near(shared.attention[0].kv_bytes_per_key, alone.attention[0].kv_bytes_per_key / 4);
    near(shared.attention[0].decode_flop_per_key, alone.attention[0].decode_flop_per_key / 4);
    near(shared.group, 8);
    near(shared.expert_bytes, alone.expert_bytes / 4);
    near(alone.attention[0].kv_bytes_per_key, 32 * 4 * 256 * 2.0);
    near(alone.attention[0].decode_flop_per_key, 32 * 2 * 32 * 256 / 2.0);
}

/* Keys of a sparse indexer: a byte an element and a scale of four for each 128. */
static void indexers_read_their_keys(void **state) {
    (void)state;
    const struct layer_run run = {.count = 3,
                                  .attention = {.kind = ATTENTION_MLA,
                                                .query_heads = 8,
                                                .kv_lora_rank = 512,
                                                .rope_head_dim = 64,
                                                .nope_head_dim = 128,
                                                .value_head_dim = 128,
                                                .index_heads = 4,
                                                .index_head_dim = 128,
                                                .index_topk = 2048},
                                  .ffn = {.kind = FFN_DENSE, .width = 256, .gated = true}};
    struct model model = {.hidden_size = 512, .layer_count = 3, .runs = &run, .run_count = 1};
    struct shape_layout one = {.tensor_parallel = 1};
    struct step_shape shape = shape_of(&model, &h100, PRECISION_BF16, PRECISION_BF16, one);
    assert_int_equal(shape.attention_count, 2);
    near(shape.attention[0].kv_bytes_per_key, 3 * 576 * 2.0);
    near(shape.attention[0].window_keys, 2048);
    near(shape.attention[1].kv_bytes_per_key, 3 * 132.0);
    near(shape.attention[1].decode_flop_per_key, 3 * 2 * 4 * 128.0);
}

/* Which of its four parts a step spends most of its time on. */
static void bounds_are_the_largest_part(void **state) {
    (void)state;
    struct calibration c = priors("vllm");
    bool seen[4] = {false};
    for (int i = 0; i < 64; i++) {
        struct gpu gpu = h100;
        struct scenario s = scenario_default(i & 1 ? &mixtral : &llama_70b, &gpu);
        s.calibration = &c;
        s.gpu_count = 8;
        s.batch = i & 2 ? 1 : 256;
        c.value[CAL_LAYER_S] = i & 4 ? 2e-4 : 5e-7;
        c.value[CAL_ALL_REDUCE_S] = i & 8 ? 3e-4 : 1e-6;
        gpu.flop_per_s[COMPUTE_16] = i & 16 ? 2e13 : 1e15;
        s.input_tokens = i & 32 ? 20 : 2000;
        struct outcome out = estimate(&s);
        const struct phase *phases[] = {&out.prefill, &out.decode};
        assert_true(out.feasible);
        for (int k = 0; k < 2; k++) {
            const double parts[] = {[BOUND_COMPUTE] = phases[k]->compute_s,
                                    [BOUND_MEMORY] = phases[k]->memory_s,
                                    [BOUND_COMMUNICATION] = phases[k]->communication_s,
                                    [BOUND_OVERHEAD] = phases[k]->overhead_s};
            seen[phases[k]->bound] = true;
            for (int b = 0; b < 4; b++)
                assert_true(parts[phases[k]->bound] >= parts[b]);
        }
    }
    assert_true(seen[0] && seen[1] && seen[2] && seen[3]);
}

/* A row's metric is that of its prediction: milliseconds, per GPU, of all tokens. */
static void predictions_are_in_the_rows_metric(void **state) {
    (void)state;
    struct calibration c = priors("vllm");
    c.range.context_max = 8192;
    struct calibration_set set = {.items = &c, .count = 1};
    struct benchmark row = {.model = &llama_70b,
                            .gpu = &h100,
                            .gpu_count = 4,
                            .tensor_parallel = 4,
                            .engine = "vllm",
                            .weights = PRECISION_BF16,
                            .kv = PRECISION_BF16,
                            .input_tokens = 1000,
                            .output_tokens = 200,
                            .batch = 8,
                            .scenario = SCENARIO_FIXED_CONCURRENCY,
                            .output_tokens_per_s_system = NAN,
                            .value = 1};
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.calibration = &c;
    s.gpu_count = 4;
    s.batch = 8;
    s.input_tokens = 1000;
    s.output_tokens = 200;
    s.serving = SERVING_CONTINUOUS;
    struct outcome out = estimate(&s);
    const double expected[] = {[METRIC_OUTPUT_TOKENS_PER_S] = out.output_tokens_per_s,
                               [METRIC_OUTPUT_TOKENS_PER_S_PER_GPU] = out.output_tokens_per_s / 4,
                               [METRIC_TOTAL_TOKENS_PER_S] = out.output_tokens_per_s * 6,
                               [METRIC_TPOT_MS] = out.tpot_s * 1000,
                               [METRIC_PREFILL_TOKENS_PER_S] = 1000 / out.prefill.time_s,
                               [METRIC_FIRST_TOKEN_LATENCY_MS] = out.ttft_s * 1000};
    for (int m = 0; m < BENCHMARK_METRICS; m++) {
        row.metric = (enum benchmark_metric)m;
        struct accuracy_row predicted = accuracy_of(&row, &set);
        assert_null(predicted.skipped);
        if (m == METRIC_PREFILL_TOKENS_PER_S) /* of one prompt alone */
            assert_true(predicted.predicted >= expected[m]);
        else
            assert_true(fabs(predicted.predicted / expected[m] - 1) < 1e-9);
    }
}

static void medians_of_even_counts(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct audit_table table = audit_table_new(arena, 8);
    static const double values[] = {9, 1, 7, 3, 100, 4};
    for (size_t i = 0; i < 6; i++)
        audit_table_add(&table, 5, values[i]);
    audit_table_add(&table, 6, 2);
    audit_table_settle(&table);
    near(audit_table_median(&table, 5, 4), 5.5);
    assert_true(isnan(audit_table_median(&table, 6, 2)));
    near(audit_table_median(&table, 6, 1), 2);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_and_vectors),
        cmocka_unit_test(workspaces_of_tensorrt),
        cmocka_unit_test(replicas_share_attention),
        cmocka_unit_test(indexers_read_their_keys),
        cmocka_unit_test(bounds_are_the_largest_part),
        cmocka_unit_test(predictions_are_in_the_rows_metric),
        cmocka_unit_test(medians_of_even_counts),
    };
    return cmocka_run_group_tests_name("engine/shapes", tests, NULL, NULL);
}
