/* What is kept to be asked again equals what is found anew, over every shipped model. */
#include "shipped.h"

#include "engine/shape.h"
#include "engine/targets.h"

static void weights_of_layers(void **state) {
    (void)state;
    for (size_t i = 0; i < shipped.catalog.model_count; i++) {
        const struct model *kept = &shipped.catalog.models[i];
        struct model anew = *kept;
        assert_non_null(kept->layer_bytes);
        anew.layer_bytes = NULL;
        for (int w = 0; w < PRECISION_COUNT; w++)
            for (uint32_t t = 1; t <= 17; t++)
                for (uint32_t p = 1; p <= 2; p++)
                    assert_true(memory_weights_bytes_per_gpu(kept, (enum precision)w, t, p) ==
                                memory_weights_bytes_per_gpu(&anew, (enum precision)w, t, p));
    }
}

static void check_lines(const struct model *model, enum precision precision, uint32_t t) {
    static const double contexts[] = {0,    1,     127,    128,       129,      511.5,  1024,
                                      4096, 32768, 131072, 1000000.5, 10000000, 1 << 30};
    struct memory_kv kv = memory_kv_of(model, precision, t);
    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
        double line = memory_kv_at(&kv, contexts[i]);
        double sum = memory_kv_bytes(model, precision, contexts[i], t);
        if (!(fabs(line - sum) <= 1e-15 * sum))
            fail_msg("%s: %.17g, expected %.17g", model->id, line, sum);
    }
}

static void cache_as_lines(void **state) {
    (void)state;
    static const enum precision precisions[] = {PRECISION_BF16, PRECISION_FP8, PRECISION_INT4};
    for (size_t i = 0; i < shipped.catalog.model_count; i++)
        for (size_t p = 0; p < 3; p++)
            for (uint32_t t = 1; t <= 16; t *= 2)
                check_lines(&shipped.catalog.models[i], precisions[p], t);
}

/* What many models ask of a shape is laid out once for each. */
static void shapes(void **state) {
    (void)state;
    static const enum precision caches[] = {PRECISION_FP16, PRECISION_INT8, PRECISION_INT4};
    const struct gpu *gpu = shipped_gpu("h200-sxm");
    for (size_t i = 0; i < shipped.catalog.model_count; i++) {
        const struct model *kept = &shipped.catalog.models[i];
        struct model anew = *kept;
        assert_non_null(kept->frames);
        anew.frames = NULL;
        anew.weights_bytes = NULL;
        for (int w = 0; w < PRECISION_COUNT; w++)
            assert_true(memory_weights_bytes(kept, (enum precision)w) ==
                        memory_weights_bytes(&anew, (enum precision)w));
        for (size_t c = 0; c < 9; c++)
            for (uint32_t t = 1; t <= 8; t *= 2) {
                struct shape_layout layout = {t, c % 2 ? t : 0, c / 3 % 2 + 1};
                enum precision weights = c % 2 ? PRECISION_FP8 : PRECISION_AWQ;
                struct step_shape a = shape_of(kept, gpu, weights, caches[c % 3], layout);
                struct step_shape b = shape_of(&anew, gpu, weights, caches[c % 3], layout);
                assert_true(a.weight_bytes == b.weight_bytes && a.head_flop == b.head_flop);
                assert_true(a.expert_bytes == b.expert_bytes && a.expert_width == b.expert_width);
                assert_int_equal(a.attention_count, b.attention_count);
                for (size_t k = 0; k < a.attention_count; k++)
                    assert_memory_equal(&a.attention[k], &b.attention[k], sizeof a.attention[k]);
            }
    }
}

/* The longest context fits, a block more does not, whatever windows bend the cache's growth. */
static void longest_contexts(void **state) {
    (void)state;
    static const double budgets[] = {3e8, 7.7e9, 61e9, 150e9};
    const struct gpu *gpu = shipped_gpu("h200-sxm");
    size_t bounded = 0;
    for (size_t i = 0; i < shipped.catalog.model_count; i++)
        for (size_t k = 0; k < 16; k++) {
            struct memory_case c = {.model = &shipped.catalog.models[i],
                                    .gpu = gpu,
                                    .t = k & 1 ? 8 : 1,
                                    .p = k & 2 ? 2 : 1,
                                    .kv = PRECISION_BF16,
                                    .plan = memory_plan_of(k & 2 ? "tensorrt-llm" : "vllm")};
            double budget = budgets[k / 4], block = c.plan.block_tokens;
            double longest = memory_max_context_within(&c, budget);
            if (longest > 0)
                assert_true(memory_kv_bytes_per_gpu(&c, longest) <= budget);
            if (longest < 1 << 30)
                assert_true(memory_kv_bytes_per_gpu(&c, longest + block) > budget);
            bounded += longest > 0 && longest < 1 << 30;
        }
    assert_true(bounded > 1000);
}

/* A copy with other factors is not what was kept. */
static void families(void **state) {
    (void)state;
    for (size_t i = 0; i < shipped.calibrations.count; i++) {
        const struct calibration *kept = &shipped.calibrations.items[i];
        struct calibration anew = *kept;
        assert_non_null(kept->kept);
        for (size_t g = 0; g < shipped.catalog.gpu_count; g++) {
            struct gpu gpu = shipped.catalog.gpus[g];
            gpu.family = NULL;
            struct calibration_family a = calibration_family_of(kept, &shipped.catalog.gpus[g]);
            struct calibration_family b = calibration_family_of(&anew, &gpu);
            assert_string_equal(a.name, b.name);
            assert_true(a.compute == b.compute && a.memory == b.memory && a.rows == b.rows);
        }
        for (size_t f = 0; f < anew.family_count; f++) {
            anew.family[f].compute = 0.125;
            struct gpu gpu = {.architecture = anew.family[f].name};
            assert_true(calibration_family_of(&anew, &gpu).compute == 0.125);
        }
    }
}

/* More windows than there are lines. */
static void many_windows_are_summed(void **state) {
    (void)state;
    struct layer_run runs[MEMORY_KV_LINES + 1] = {0};
    struct model model = {.id = "windows", .runs = runs, .run_count = MEMORY_KV_LINES + 1};
    for (uint32_t i = 0; i < model.run_count; i++) {
        runs[i].count = i + 1;
        runs[i].attention = (struct attention){.kind = ATTENTION_SOFTMAX,
                                               .query_heads = 8,
                                               .kv_heads = 4,
                                               .head_dim = 64,
                                               .window_tokens = 100 * (i + 1)};
        check_lines(&model, PRECISION_BF16, 2);
    }
}

static void same_outcome(const struct scenario *s, const struct outcome *a,
                         const struct outcome *b) {
    bool same = a->feasible == b->feasible && a->reason == b->reason &&
                a->provenance == b->provenance && a->extrapolated_why == b->extrapolated_why &&
                a->memory.max_batch == b->memory.max_batch &&
                a->memory.kv_budget_bytes == b->memory.kv_budget_bytes;
    if (same && a->feasible)
        same = a->output_tokens_per_s == b->output_tokens_per_s && a->ttft_s == b->ttft_s &&
               a->decode.memory_s == b->decode.memory_s &&
               a->prefill.compute_s == b->prefill.compute_s &&
               a->arithmetic_intensity == b->arithmetic_intensity;
    if (!same)
        fail_msg("%s on %u %s", s->model->id, (unsigned)s->gpu_count, s->gpu->id);
}

static void same_pace(const struct pace *a, const struct outcome *b) {
    assert_int_equal(a->feasible, b->feasible);
    if (!b->feasible)
        return;
    assert_int_equal(a->provenance, b->provenance);
    assert_true(a->batch == b->batch && a->extrapolated_why == b->extrapolated_why);
    assert_true(a->output_tokens_per_s == b->output_tokens_per_s);
    assert_true(a->total_tokens_per_s == b->total_tokens_per_s);
    assert_true(a->output_tokens_per_s_per_request == b->output_tokens_per_s_per_request);
    assert_true(a->ttft_s == b->ttft_s && a->tpot_s == b->tpot_s && a->request_s == b->request_s);
}

/* `used` was begun elsewhere before. */
static void check_combination(struct combination *used, const struct scenario *s) {
    static const double batches[] = {1, 0, 24};
    static const struct target target = {2, 0.2};
    struct combination fresh = {0};
    combination_begin(&fresh, s);
    combination_begin(used, s);
    for (int longer = 0; longer < 2; longer++) {
        combination_workload(&fresh, longer ? 6000 : 700, 300);
        combination_workload(used, longer ? 6000 : 700, 300);
        for (size_t i = 0; i < 3; i++) {
            struct outcome a = combination_at(used, batches[i]);
            struct outcome b = combination_at(&fresh, batches[i]);
            struct pace pace = combination_pace(used, batches[i]);
            same_outcome(s, &a, &b);
            same_pace(&pace, &b);
            struct phase decode;
            pace = combination_pace_parts(used, batches[i], &decode);
            same_pace(&pace, &b);
            assert_true(!b.feasible ||
                        (decode.time_s == b.decode.time_s && decode.bound == b.decode.bound &&
                         decode.memory_s == b.decode.memory_s));
        }
    }
    assert_true(combination_max_context(used) == combination_max_context(&fresh) ||
                used->own_reason != REASON_NONE);
    double limit = fmin(combination_max_batch(used), 256);
    struct outcome busiest = target_busiest(used, &target, limit);
    struct pace pace = target_busiest_pace(used, &target, limit);
    same_pace(&pace, &busiest);
    struct outcome reading = target_reading(used, limit);
    pace = target_reading_pace(used, limit);
    same_pace(&pace, &reading);
}

/* One combination goes through all of them, GPU by GPU, count by count and engine by engine. */
static void combinations(void **state) {
    (void)state;
    static const char *const gpus[] = {"h100-sxm", "rtx-4090", "mi300x", "b200"};
    static const enum precision weights[] = {PRECISION_BF16, PRECISION_FP8, PRECISION_AWQ};
    struct combination used = {0};
    size_t counted = 0;
    for (size_t m = 0; m < shipped.catalog.model_count; m += 3)
        for (size_t i = 0; i < 48; i++) {
            size_t engine = (m + i) % (shipped.calibrations.count + 1);
            struct scenario s =
                scenario_default(&shipped.catalog.models[m], shipped_gpu(gpus[i % 4]));
            s.gpu_count = 1u << i / 12;
            s.weights = weights[i / 4 % 3];
            s.kv = i % 5 ? PRECISION_BF16 : PRECISION_FP8;
            s.serving = i % 7 ? SERVING_CONTINUOUS : SERVING_STATIC;
            s.calibration = engine ? &shipped.calibrations.items[engine - 1] : NULL;
            check_combination(&used, &s);
            counted += used.begun.feasible;
        }
    assert_true(counted > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(weights_of_layers),
                                       cmocka_unit_test(cache_as_lines),
                                       cmocka_unit_test(many_windows_are_summed),
                                       cmocka_unit_test(combinations),
                                       cmocka_unit_test(shapes),
                                       cmocka_unit_test(longest_contexts),
                                       cmocka_unit_test(families)};
    return cmocka_run_group_tests(tests, read_shipped, drop_shipped);
}
