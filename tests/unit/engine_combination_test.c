/* A prepared combination answers exactly what estimate() answers. */
#include "golden.h"

#include "engine/combination.h"
#include "engine_models.h"

static void same(double a, double b) {
    if (isnan(a) && isnan(b))
        return;
    if (!(fabs(a - b) <= 1e-12 * fabs(b)))
        fail_msg("%.17g, expected %.17g", a, b);
}

static void compare(const struct combination *c, const struct scenario *s) {
    struct outcome fast = combination_at(c, s->batch), slow = estimate(s);
    assert_int_equal(fast.feasible, slow.feasible);
    assert_int_equal(fast.reason, slow.reason);
    assert_int_equal(fast.provenance, slow.provenance);
    assert_int_equal(fast.tensor_parallel, slow.tensor_parallel);
    assert_true(fast.parameters.total == slow.parameters.total);
    if (!slow.feasible)
        return;
    assert_int_equal(fast.memory_exceeded, slow.memory_exceeded);
    same(fast.batch, slow.batch);
    same(fast.memory.total_bytes, slow.memory.total_bytes);
    same(fast.memory.max_batch, slow.memory.max_batch);
    same(fast.memory.fragmentation_bytes, slow.memory.fragmentation_bytes);
    same(fast.output_tokens_per_s, slow.output_tokens_per_s);
    same(fast.ttft_s, slow.ttft_s);
    same(fast.decode.memory_s, slow.decode.memory_s);
    same(fast.critical_batch, slow.critical_batch);
}

static void equals_estimate(void **state) {
    (void)state;
    static const struct model *const models[] = {&llama_70b, &mixtral, &windowed, &latent};
    static const uint32_t counts[] = {1, 2, 3, 4, 8, 16};
    static const double inputs[] = {100, 2035, 16035, 200000}, batches[] = {0, 1, 16, 100, 5000};
    static const enum precision weights[] = {PRECISION_BF16, PRECISION_FP8, PRECISION_NVFP4};
    struct combination c = {0};
    for (size_t m = 0; m < 4; m++)
        for (size_t w = 0; w < 3; w++)
            for (size_t n = 0; n < 6; n++) {
                struct scenario s = scenario_default(models[m], &h100);
                s.gpu_count = counts[n];
                s.weights = weights[w];
                s.serving = n % 2 ? SERVING_CONTINUOUS : SERVING_STATIC;
                combination_begin(&c, &s);
                for (size_t i = 0; i < 20; i++) {
                    s.input_tokens = inputs[i / 5];
                    s.output_tokens = 300;
                    s.batch = batches[i % 5];
                    combination_workload(&c, s.input_tokens, s.output_tokens);
                    compare(&c, &s);
                }
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_estimate)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
