/* Memory: weights by precision, cache by kind of attention, replication, what fits and why not. */
#include "shipped.h"

#include "engine/estimate.h"

#define GIB (1024.0 * 1024.0 * 1024.0)

static struct arena *arena;

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct gpu h100(void) {
    struct gpu gpu = {.id = "h100", .max_per_node = 8, .memory_bytes = 80e9};
    gpu.memory_bytes_per_s = 3.35e12;
    gpu.flop_per_s[COMPUTE_16] = 989e12;
    gpu.flop_per_s[COMPUTE_FP8] = 1979e12;
    gpu.flop_per_s[COMPUTE_INT8] = 1979e12;
    return gpu;
}

static bool near(double a, double b, double relative) {
    return fabs(a - b) <= relative * fabs(b);
}

/* Gemma 2 has two kinds of layers, DeepSeek V3 a prediction head beside them. */
static void kept_counts_are_those_counted(void **state) {
    (void)state;
    static const char *const ids[] = {"deepseek-v3", "gemma-2-27b", "gpt-oss-120b"};
    for (size_t i = 0; i < 3; i++) {
        struct model model = *shipped_model_file(arena, ids[i]);
        struct parameters counted = parameters_count(&model), kept;
        double bytes = memory_weights_bytes_per_gpu(&model, PRECISION_FP8, 8, 2);
        parameters_keep(arena, &model);
        assert_non_null(model.counts);
        kept = parameters_count(&model);
        assert_memory_equal(&counted, &kept, sizeof kept);
        assert_true(bytes == memory_weights_bytes_per_gpu(&model, PRECISION_FP8, 8, 2));
        for (size_t k = 0; k < model.run_count; k++) {
            struct layer_parameters one = parameters_of_layer(&model, &model.runs[k]);
            model.run_counts = NULL;
            struct layer_parameters again = parameters_of_layer(&model, &model.runs[k]);
            assert_memory_equal(&one, &again, sizeof one);
            parameters_keep(arena, &model);
        }
    }
}

static void weights_shrink_with_bits(void **state) {
    (void)state;
    static const enum precision order[] = {PRECISION_FP32, PRECISION_BF16,  PRECISION_FP8_BLOCK,
                                           PRECISION_FP8,  PRECISION_NVFP4, PRECISION_MXFP4,
                                           PRECISION_GPTQ, PRECISION_NF4,   PRECISION_INT4_G128};
    const struct model *m = shipped_model_file(arena, "llama-3.3-70b");
    struct parameters n = parameters_count(m);
    for (size_t i = 1; i < sizeof order / sizeof *order; i++)
        assert_true(memory_weights_bytes(m, order[i]) < memory_weights_bytes(m, order[i - 1]));
    /* Half and a quarter of the matrices; embeddings, head and norms stay at 16 bits. */
    double wide = 2.0 * (double)(n.embedding + n.head + n.norms);
    double matrices = (double)n.total - wide / 2;
    assert_true(near(memory_weights_bytes(m, PRECISION_FP8), matrices + wide, 1e-12));
    assert_true(near(memory_weights_bytes(m, PRECISION_NVFP4), matrices * 9 / 16 + wide, 1e-12));
    assert_true(
        near(memory_weights_bytes(m, PRECISION_GGUF_Q8_0), (double)n.total * 8.5 / 8, 1e-12));
}

static void one_gpu_holds_the_whole(void **state) {
    (void)state;
    static const char *const ids[] = {"llama-3.3-70b",      "deepseek-v3",
                                      "gpt-oss-120b",       "gemma-4-e4b",
                                      "qwen3-next-80b-a3b", "nemotron-3-super-120b-a12b"};
    static const enum precision formats[] = {PRECISION_BF16, PRECISION_FP8_BLOCK, PRECISION_MXFP4,
                                             PRECISION_GGUF_Q4_K_M};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        for (size_t k = 0; k < 4; k++) {
            const struct model *m = shipped_model_file(arena, ids[i]);
            double whole = memory_weights_bytes(m, formats[k]);
            assert_true(near(memory_weights_bytes_per_gpu(m, formats[k], 1, 1), whole, 1e-9));
            double eight = 8 * memory_weights_bytes_per_gpu(m, formats[k], 8, 1);
            assert_true(eight >= whole * (1 - 1e-9) && eight < 1.25 * whole);
        }
}

static void quantised_experts_leave_the_rest(void **state) {
    (void)state;
    const struct model *m = shipped_model_file(arena, "gpt-oss-120b");
    struct parameters n = parameters_count(m);
    double experts = (double)(n.experts - n.expert_vectors);
    double expected = experts * 4.25 / 8 + ((double)n.total - experts) * 2;
    assert_true(near(memory_weights_bytes(m, PRECISION_MXFP4), expected, 1e-12));
}

static void cache_follows_the_kind(void **state) {
    (void)state;
    const struct model *gqa = shipped_model_file(arena, "llama-3.1-8b"),
                       *mla = shipped_model_file(arena, "deepseek-v3");
    const struct model *local = shipped_model_file(arena, "gemma-3-27b"),
                       *hybrid = shipped_model_file(arena, "qwen3.5-35b-a3b");
    enum precision bf16 = PRECISION_BF16;
    /* Heads are divided until there is one a GPU, then copied. */
    assert_true(memory_kv_bytes(gqa, bf16, 1000, 8) == memory_kv_bytes(gqa, bf16, 1000, 1));
    assert_true(memory_kv_bytes(gqa, bf16, 1000, 16) == 2 * memory_kv_bytes(gqa, bf16, 1000, 1));
    /* The latent is copied on every GPU. */
    assert_true(memory_kv_bytes(mla, bf16, 1000, 1) == 70272.0 * 1000);
    assert_true(memory_kv_bytes(mla, bf16, 1000, 8) == 8 * 70272.0 * 1000);
    /* Windows stop growing: 10 global of 62 layers. */
    double step = memory_kv_bytes(local, bf16, 20001, 1) - memory_kv_bytes(local, bf16, 20000, 1);
    assert_true(near(step, 10 * 2 * 16 * 128 * 2.0, 1e-9));
    assert_true(memory_kv_bytes_per_token(local, bf16) == 62 * 2 * 16 * 128 * 2.0);
    /* Constant state does not grow, and stays as it is when the cache is quantised. */
    double state_bytes = memory_state_bytes(hybrid, bf16);
    assert_true(state_bytes == memory_state_bytes(hybrid, PRECISION_FP8) && state_bytes > 0);
    assert_true(memory_kv_bytes(hybrid, bf16, 0, 1) == state_bytes);
    assert_true(memory_kv_bytes_per_token(gqa, PRECISION_FP8) == 65536);
    assert_true(memory_kv_bytes_per_token(gqa, PRECISION_INT4) == 131072 * 4.5 / 16);
}

static void budgets_have_two_styles(void **state) {
    (void)state;
    const struct model *m = shipped_model_file(arena, "llama-3.1-8b");
    struct gpu gpu = h100();
    struct memory_case c = {
        m, &gpu, 1, 1, PRECISION_BF16, PRECISION_BF16, memory_plan_of("vllm"), "vllm", 1};
    double rest = memory_loaded_bytes_per_gpu(&c) + memory_activation_bytes_per_gpu(&c) +
                  memory_runtime_bytes_per_gpu(&c);
    double capacity = gpu_capacity_bytes(&gpu);
    assert_true(near(memory_kv_budget_per_gpu(&c), 0.9 * capacity - rest, 1e-12));
    c.plan.budget = BUDGET_OF_FREE;
    assert_true(near(memory_kv_budget_per_gpu(&c), 0.9 * (capacity - rest), 1e-12));
    /* Whole blocks, the longest context by bisection, the largest batch by division. */
    c.plan = memory_plan_of("vllm");
    double budget = memory_kv_budget_per_gpu(&c);
    assert_true(memory_kv_bytes_per_gpu(&c, 17) == 131072 * 32.0);
    double longest = memory_max_context(&c);
    assert_true(memory_kv_bytes_per_gpu(&c, longest) <= budget);
    assert_true(memory_kv_bytes_per_gpu(&c, longest + 16) > budget);
    assert_true(memory_max_batch(&c, 2048) == floor(budget / (131072 * 2048.0)));
}

static void says_why_not(void **state) {
    (void)state;
    struct gpu gpu = h100();
    enum reason reason;
    struct scenario s = scenario_default(shipped_model_file(arena, "llama-3.3-70b"), &gpu);
    struct memory_use use = estimate_memory(&s, &reason);
    assert_int_equal(reason, REASON_DOES_NOT_FIT);
    assert_true(use.max_batch == 0 && use.min_gpus > 1 && use.min_gpus <= 4);
    s.gpu_count = use.min_gpus;
    use = estimate_memory(&s, &reason);
    assert_int_equal(reason, REASON_NONE);
    s.batch = use.max_batch + 1;
    struct outcome out = estimate_begin(&s, FROM_FIRST_PRINCIPLES);
    assert_true(out.feasible && out.memory_exceeded);
    s.batch = use.max_batch;
    assert_false(estimate_begin(&s, FROM_FIRST_PRINCIPLES).memory_exceeded);
    s.batch = 1;
    s.gpu_count = 3;
    estimate_memory(&s, &reason);
    assert_int_equal(reason, REASON_HEADS_NOT_DIVISIBLE);
    s.gpu_count = 4;
    s.weights = PRECISION_FP8;
    gpu.flop_per_s[COMPUTE_FP8] = 0;
    estimate_memory(&s, &reason);
    assert_int_equal(reason, REASON_PRECISION_UNSUPPORTED);
    s.weights = PRECISION_NVFP4; /* weight-only: unpacked to 16 bits */
    estimate_memory(&s, &reason);
    assert_int_equal(reason, REASON_NONE);
    gpu.memory_bytes = 0;
    estimate_memory(&s, &reason);
    assert_int_equal(reason, REASON_SPEC_MISSING);
}

static void odd_heads_stay_whole(void **state) {
    (void)state;
    const struct model *falcon = shipped_model_file(arena, "falcon-7b"); /* 71 heads */
    assert_false(memory_tensor_parallel_fits(falcon, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_counts_are_those_counted),
        cmocka_unit_test(weights_shrink_with_bits),
        cmocka_unit_test(one_gpu_holds_the_whole),
        cmocka_unit_test(quantised_experts_leave_the_rest),
        cmocka_unit_test(cache_follows_the_kind),
        cmocka_unit_test(budgets_have_two_styles),
        cmocka_unit_test(says_why_not),
        cmocka_unit_test(odd_heads_stay_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
