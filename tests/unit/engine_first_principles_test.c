/* The first-principles engine against the article's own equations, written out here once more with
   the article's hard-coded sizes, and against its step-by-step loop. */
#include "golden.h"

#include "engine/cost.h"
#include "engine/first_principles.h"
#include "engine_models.h"

#define GOLDEN "tests/golden/econ.tsv"

/* The article's equations for Llama 3.3 70B: MLP 21 S h^2, K and V 0.5 S h^2. */
static double article_prefill_flop(double s) {
    double h = 8192, n = 64, d = 128, layers = 80, vocab = 128256;
    double attention = 4 * s * h + 4 * s * h * h + 0.5 * s * h * h + 6 * s * h + 2 * s * s * n * d +
                       5 * s * s * n + 2 * s * s * n * d;
    return layers * (attention + 21 * s * h * h) + 2 * s * h * vocab;
}

static double article_decode_flop(double s) {
    double h = 8192, n = 64, d = 128, layers = 80, vocab = 128256;
    double attention =
        4 * h + 4 * h * h + 0.5 * h * h + 6 * h + 2 * s * n * d + 5 * s * n + 2 * s * n * d;
    return layers * (attention + 21 * h * h) + 2 * h * vocab;
}

static double article_seconds(double batch, int input, int output, double compute, double memory) {
    double flops = 989e12 * 4 * compute, bytes = 3.35e12 * 4 * memory;
    double transfer = 8192.0 * 2 * 2 * 80 / 450e9;
    double total = batch * article_prefill_flop(input) / flops + batch * input * transfer;
    for (int i = 0; i < output; i++) {
        double context = input + i;
        double calculate = batch * article_decode_flop(context) / flops;
        double load = (141107412992.0 + batch * context * 2 * 2 * 80 * 8 * 128) / bytes;
        total += (calculate > load ? calculate : load) + batch * transfer;
    }
    return total;
}

static struct scenario on_four(double batch, double input, double output) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.gpu_count = 4;
    s.batch = batch;
    s.input_tokens = input;
    s.output_tokens = output;
    return s;
}

static void assert_near(double value, double expected, double relative) {
    if (!(fabs(value - expected) <= relative * fabs(expected)))
        fail_msg("%.17g, expected %.17g (off by %.3g)", value, expected, value / expected - 1);
}

static void equals_the_article(void **state) {
    (void)state;
    static const double efficiencies[][2] = {{1, 1}, {0.6, 0.7}};
    static const double batches[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
    for (size_t e = 0; e < 2; e++)
        for (size_t i = 0; i < 10; i++) {
            struct scenario s = on_four(batches[i], 2035, 300);
            s.compute_efficiency = efficiencies[e][0];
            s.memory_efficiency = efficiencies[e][1];
            struct outcome out = estimate(&s);
            double expected =
                article_seconds(batches[i], 2035, 300, efficiencies[e][0], efficiencies[e][1]);
            assert_true(out.feasible);
            assert_int_equal(out.provenance, FROM_FIRST_PRINCIPLES);
            assert_near(out.request_s, expected, 1e-9);
            assert_near(out.output_tokens_per_s, batches[i] * 300 / expected, 1e-9);
            assert_near(out.prefill.flop, article_prefill_flop(2035), 1e-9);
        }
    struct scenario s = on_four(4, 16035, 1000);
    assert_near(estimate(&s).request_s, article_seconds(4, 16035, 1000, 1, 1), 1e-9);
}

static void reproduces_golden_rows(void **state) {
    (void)state;
    struct scenario s = on_four(1, 2048, 1);
    struct outcome out = estimate(&s);
    double weights = memory_weights_bytes(&llama_70b, PRECISION_BF16);
    golden_check(GOLDEN, "A-01", (double)out.parameters.total);
    golden_check(GOLDEN, "A-02", weights);
    golden_check(GOLDEN, "A-03", out.prefill.flop);
    golden_check(GOLDEN, "A-04", memory_kv_bytes(&llama_70b, PRECISION_BF16, 2048, 1));
    golden_check(GOLDEN, "A-05", 100 * weights / (2 * h100.memory_bytes));
    golden_check(GOLDEN, "A-06", out.prefill.flop / h100.flop_per_s[COMPUTE_16]);
    golden_check(GOLDEN, "A-07", weights / h100.memory_bytes_per_s);
    struct fp_kernel kernel;
    assert_int_equal(fp_kernel_make(&s, &kernel), REASON_NONE);
    /* The article's sentence keeps (n - 1)/n, its code does not. */
    golden_check(GOLDEN, "A-08", kernel.communication_s_per_token * 3 / 4);
    golden_check(GOLDEN, "A-12", cost_tokentally_bytes(137.6));
}

static void prices_as_table_1(void **state) {
    (void)state;
    static const struct {
        const char *input, *output, *rate;
        double batch, seconds;
    } rows[] = {{"A-09.input", "A-09.output", "A-09.rate", 1, 5.565227},
                {"A-10.input", "A-10.output", "A-10.rate", 16, 8.966848},
                {"A-11.input", "A-11.output", "A-11.rate", 64, 19.927983}};
    for (size_t i = 0; i < 3; i++) {
        double output = rows[i].batch * 300 / rows[i].seconds;
        double input = rows[i].batch * 2035 / rows[i].seconds;
        struct cost cost = cost_of_rates(output, input, 4 * 2.5, 0.3, 1);
        golden_check(GOLDEN, rows[i].input, cost.usd_per_million_input);
        golden_check(GOLDEN, rows[i].output, cost.usd_per_million_output);
        golden_check(GOLDEN, rows[i].rate, input + output);
    }
}

static void closed_form_equals_the_loop(void **state) {
    (void)state;
    static const struct model *const models[] = {&llama_70b, &mixtral, &windowed, &latent};
    static const double inputs[] = {1, 100, 1020, 2035, 4090, 16035};
    static const double outputs[] = {1, 2, 300, 5000};
    for (size_t m = 0; m < 4; m++)
        for (size_t i = 0; i < 6; i++)
            for (size_t o = 0; o < 4; o++)
                for (double batch = 1; batch <= 4096; batch *= 8) {
                    struct scenario s = on_four(batch, inputs[i], outputs[o]);
                    s.model = models[m];
                    s.gpu_count = 8;
                    s.weights = models[m]->native_precision;
                    struct outcome fast = first_principles(&s), slow = first_principles_loop(&s);
                    if (!fast.feasible)
                        continue;
                    assert_near(fast.request_s, slow.request_s, 1e-12);
                    assert_near(fast.decode.compute_s, slow.decode.compute_s, 1e-12);
                    assert_near(fast.decode.memory_s, slow.decode.memory_s, 1e-12);
                }
}

/* A batch at which compute overtakes memory in the middle of the answer. */
static void splits_at_the_crossover(void **state) {
    (void)state;
    bool split = false;
    for (double batch = 100; batch < 600; batch += 1) {
        struct scenario s = on_four(batch, 64, 4000);
        struct outcome fast = first_principles(&s), slow = first_principles_loop(&s);
        double larger = fmax(fast.decode.compute_s, fast.decode.memory_s);
        split = split || fast.decode.time_s - fast.decode.communication_s > larger * (1 + 1e-6);
        assert_near(fast.request_s, slow.request_s, 1e-12);
    }
    assert_true(split);
}

static void kernel_reads_the_memory_model(void **state) {
    (void)state;
    static const double contexts[] = {1, 1000, 1024, 1025, 2048, 4096, 5000, 100000};
    for (size_t i = 0; i < 8; i++) {
        struct scenario s = scenario_default(&windowed, &h100);
        struct fp_kernel kernel;
        assert_int_equal(fp_kernel_make(&s, &kernel), REASON_NONE);
        assert_near(fp_kv_bytes(&kernel, contexts[i]),
                    memory_kv_bytes(&windowed, PRECISION_BF16, contexts[i], 1), 1e-14);
    }
}

static void experts_enter_by_expectation(void **state) {
    (void)state;
    struct scenario s = scenario_default(&mixtral, &h100);
    struct fp_kernel kernel;
    assert_int_equal(fp_kernel_make(&s, &kernel), REASON_NONE);
    double experts = 32.0 * 8 * 3 * 4096 * 14336 * 2, all = kernel.weights_bytes;
    assert_near(fp_weights_touched_bytes(&kernel, 1), all - experts * 6 / 8, 1e-12);
    assert_near(fp_weights_touched_bytes(&kernel, 2), all - experts * 36 / 64, 1e-12);
    assert_near(fp_weights_touched_bytes(&kernel, 4096), all, 1e-12);
    /* FLOPs: two experts of a token, the router, attention, head. */
    double h = 4096, layer = 10 * h + 4 * h * h + 4 * h * 1024 + 2 * 6 * h * 14336 + 16 * h;
    assert_near(fp_decode_flop(&kernel, 0), 32 * layer + 2 * h * 32000, 1e-12);
}

static void refuses_with_a_reason(void **state) {
    (void)state;
    struct scenario s = scenario_default(&llama_70b, &h100);
    struct outcome out = estimate(&s);
    assert_false(out.feasible);
    assert_int_equal(out.reason, REASON_DOES_NOT_FIT);
    assert_string_equal(reason_code(out.reason), "does-not-fit");
    assert_true(isnan(out.output_tokens_per_s));
    assert_true(out.parameters.total == 70553706496);
    s.gpu_count = 3;
    assert_int_equal(estimate(&s).reason, REASON_HEADS_NOT_DIVISIBLE);
    s.gpu_count = 4;
    s.input_tokens = 131072;
    assert_int_equal(estimate(&s).reason, REASON_CONTEXT_TOO_LONG);
    struct gpu lame = h100;
    lame.link_bytes_per_s = 0;
    s = on_four(1, 100, 100);
    s.gpu = &lame;
    assert_int_equal(estimate(&s).reason, REASON_SPEC_MISSING);
    /* Memory is reported and does not cap the batch. */
    s = on_four(512, 2035, 300);
    out = estimate(&s);
    assert_true(out.feasible && out.memory_exceeded);
    s.batch = 0;
    out = estimate(&s);
    assert_true(out.feasible && !out.memory_exceeded && out.batch > 100 && out.batch < 512);
}

static void continuous_obeys_littles_law(void **state) {
    (void)state;
    struct scenario s = on_four(32, 2035, 300);
    s.serving = SERVING_CONTINUOUS;
    struct outcome out = estimate(&s);
    assert_near(out.output_tokens_per_s * out.request_s / 300, 32, 1e-12);
    assert_near(out.ttft_s + 300 * out.tpot_s, out.request_s, 1e-12);
    /* Memory and compute overlap over the whole of the work, so it cannot be slower. */
    s.serving = SERVING_STATIC;
    assert_true(out.output_tokens_per_s >= estimate(&s).output_tokens_per_s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_the_article),
                                       cmocka_unit_test(reproduces_golden_rows),
                                       cmocka_unit_test(prices_as_table_1),
                                       cmocka_unit_test(closed_form_equals_the_loop),
                                       cmocka_unit_test(splits_at_the_crossover),
                                       cmocka_unit_test(kernel_reads_the_memory_model),
                                       cmocka_unit_test(experts_enter_by_expectation),
                                       cmocka_unit_test(refuses_with_a_reason),
                                       cmocka_unit_test(continuous_obeys_littles_law)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
