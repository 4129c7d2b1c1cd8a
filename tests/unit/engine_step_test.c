/* The step equation: golden expectations, parts against the whole, limits, speed. */
#include "engine_models.h"
#include "golden.h"

#include "engine/serve.h"
#include "engine/shape.h"
#include "engine/step.h"

#include <time.h>

#define GOLDEN "tests/golden/engine.tsv"

/* Every efficiency 1 and nothing beside memory and arithmetic: the ideal machine. */
static struct calibration ideal(double power) {
    struct calibration c = {.engine = "ideal", .name = "ideal", .version = "1"};
    const enum calibration_parameter ones[] = {
        CAL_WEIGHT_EFFICIENCY, CAL_KV_EFFICIENCY,   CAL_COMPUTE_16,       CAL_COMPUTE_8,
        CAL_COMPUTE_4,         CAL_COMPUTE_BLOCK,   CAL_COMPUTE_UNPACKED, CAL_PREFILL_ATTENTION,
        CAL_DECODE_ATTENTION,  CAL_LINK_EFFICIENCY, CAL_EXPERT_WEIGHT,    CAL_EXPERT_COMPUTE};
    for (size_t i = 0; i < sizeof ones / sizeof *ones; i++)
        c.value[ones[i]] = 1;
    c.value[CAL_SMOOTH_POWER] = power;
    return c;
}

static const struct calibration_family plain = {.name = "plain", .compute = 1, .memory = 1};

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.12g, expected %.12g +- %g", value, expected, tolerance);
}

/* How to Scale Your Model, chapter on inference: Llama-2-13B in bf16 on 8 TPU v5e, 8,192 tokens of
   context; a step streams 26 GB of weights and the whole cache, rounded by the book to 6.7 GB a
   sequence, at 8 x 0.82 TB/s. */
static void scaling_book_steps(void **state) {
    (void)state;
    struct calibration c = ideal(INFINITY);
    const struct {
        const char *step, *rate;
        double batch, kv_share;
    } rows[] = {{"L-16-ms", "L-16-rate", 1, 1},    {"L-17-ms", "L-17-rate", 8, 1},
                {"L-19-ms", "L-19-rate", 32, 1},   {"L-20-ms", "L-20-rate", 64, 1},
                {"L-22-ms", "L-22-rate", 1, 0.2},  {"L-23-ms", "L-23-rate", 8, 0.2},
                {"L-25-ms", "L-25-rate", 32, 0.2}, {"L-26-ms", "L-26-rate", 64, 0.2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct step_shape shape = {.weight_bytes = 26e9,
                                   .memory_bytes_per_s = 6.56e12,
                                   .flop_per_s = 1.58e15,
                                   .flop16_per_s = 1.58e15,
                                   .unit = COMPUTE_16,
                                   .group = 1,
                                   .attention_count = 1};
        shape.attention[0].kv_bytes_per_key = 6.7e9 / 8192 * rows[i].kv_share;
        struct step_model model = step_model_make(&shape, &c, plain);
        struct step_load load = {
            .decoding = rows[i].batch, .decode_tokens = rows[i].batch, .context = 8192};
        double seconds = step_seconds(&model, &load);
        golden_check(GOLDEN, rows[i].step, seconds * 1e3);
        golden_check(GOLDEN, rows[i].rate, rows[i].batch / seconds);
    }
}

/* cli99/llm-analysis: LLaMA on A100 at its peaks, 512 tokens of context. */
static void ideal_llama_latency(void **state) {
    (void)state;
    struct calibration c = ideal(INFINITY);
    struct step_shape shape = {.weight_bytes = 2 * 6738149376.0,
                               .token_flop = 2 * 6738149376.0,
                               .memory_bytes_per_s = 2.039e12,
                               .flop_per_s = 312e12,
                               .flop16_per_s = 312e12,
                               .unit = COMPUTE_16,
                               .group = 1,
                               .attention_count = 1};
    shape.attention[0].kv_bytes_per_key = 2.0 * 32 * 4096 * 2;
    shape.attention[0].prefill_flop_per_pair = 2.0 * 32 * 4096;
    struct step_model model = step_model_make(&shape, &c, plain);
    struct step_load decode = {.decoding = 1, .decode_tokens = 1, .context = 512};
    struct step_load prefill = {.prefill_tokens = 512, .prefill_context = 512};
    golden_check(GOLDEN, "L-01-decode", step_seconds(&model, &decode) * 1e3);
    golden_check(GOLDEN, "L-01-prefill", step_seconds(&model, &prefill) * 1e3);
    c.value[CAL_COMPUTE_16] = c.value[CAL_PREFILL_ATTENTION] = 0.7;
    c.value[CAL_WEIGHT_EFFICIENCY] = c.value[CAL_KV_EFFICIENCY] = 0.9;
    model = step_model_make(&shape, &c, plain);
    golden_check(GOLDEN, "L-05-decode", step_seconds(&model, &decode) * 1e3);
    golden_check(GOLDEN, "L-05-prefill", step_seconds(&model, &prefill) * 1e3);
}

static void experts_and_drafts(void **state) {
    (void)state;
    golden_check(GOLDEN, "L-46-b1", step_experts_touched(256, 8, 1));
    golden_check(GOLDEN, "L-46-b32", step_experts_touched(256, 8, 32));
    golden_check(GOLDEN, "L-46-b256", step_experts_touched(256, 8, 256));
    golden_check(GOLDEN, "L-47", step_experts_touched(128, 8, 64));
    golden_check(GOLDEN, "L-40", serve_tokens_per_step(0.7, 3));
    golden_check(GOLDEN, "L-41", serve_tokens_per_step(0.8, 2));
    golden_check(GOLDEN, "L-43", serve_tokens_per_step(0.9, 2));
    golden_check(GOLDEN, "L-44", serve_tokens_per_step(0.9, 10));
    near(serve_tokens_per_step(1, 4), 5, 0);
    near(serve_tokens_per_step(0, 4), 1, 0);
}

static void shape_counts_every_byte(void **state) {
    (void)state;
    struct shape_layout one = {1, 1, 1}, four = {4, 1, 1};
    struct step_shape a = shape_of(&llama_70b, &h100, PRECISION_BF16, PRECISION_BF16, one);
    struct step_shape b = shape_of(&llama_70b, &h100, PRECISION_BF16, PRECISION_BF16, four);
    double embedding = 128256.0 * 8192 * 2;
    near(a.weight_bytes + a.head_bytes + embedding,
         memory_weights_bytes(&llama_70b, PRECISION_BF16), 1e6);
    near(b.weight_bytes * 4 / a.weight_bytes, 1, 1e-4);
    near(a.attention[0].kv_bytes_per_key, 327680, 0);
    near(b.attention[0].kv_bytes_per_key, 81920, 0);
    near(b.token_flop * 4, a.token_flop, 1);
    struct step_shape m = shape_of(&mixtral, &h100, PRECISION_BF16, PRECISION_BF16, one);
    near(m.expert_bytes, 32.0 * 8 * 3 * 4096 * 14336 * 2, 1);
    near(m.expert_token_flop, 32.0 * 2 * 2 * 3 * 4096 * 14336, 1);
    struct step_shape w = shape_of(&windowed, &h100, PRECISION_BF16, PRECISION_BF16, one);
    assert_int_equal(w.attention_count, 3);
    struct step_shape f = shape_of(&llama_70b, &h100, PRECISION_FP8, PRECISION_FP8, one);
    assert_int_equal(f.unit, COMPUTE_FP8);
    assert_false(f.unpacked);
    struct step_shape q = shape_of(&llama_70b, &h100, PRECISION_AWQ, PRECISION_BF16, one);
    assert_int_equal(q.unit, COMPUTE_16);
    assert_true(q.unpacked);
}

static struct calibration realistic(void) {
    struct calibration c = {.engine = "vllm", .name = "vLLM", .version = "1"};
    for (size_t i = 0; i < CALIBRATION_PARAMETERS; i++)
        c.value[i] = calibration_parameters[i].prior;
    c.value[CAL_SMOOTH_POWER] = 1;
    c.value[CAL_SCORE_BYTES] = 0;
    return c;
}

static void parts_add_up(void **state) {
    (void)state;
    struct calibration c = realistic();
    struct shape_layout four = {4, 1, 1};
    struct step_shape shape = shape_of(&mixtral, &h100, PRECISION_BF16, PRECISION_BF16, four);
    struct step_model model = step_model_make(&shape, &c, plain);
    struct step_load load = {16, 16, 1000, 2048, 1024, 17};
    struct step_time t = step_parts(&model, &load);
    double together = t.compute_s + t.memory_s + t.communication_s + t.overhead_s;
    near(step_seconds(&model, &load), together, 1e-12);
    c.value[CAL_SMOOTH_POWER] = 2; /* joined, never above the sum nor below the larger */
    struct step_model smooth = step_model_make(&shape, &c, plain);
    double joined = step_seconds(&smooth, &load);
    assert_true(joined < together);
    assert_true(joined > t.communication_s + t.overhead_s + fmax(t.compute_s, t.memory_s) * 0.5);
}

static void more_work_takes_longer(void **state) {
    (void)state;
    struct calibration c = realistic();
    struct shape_layout layout = {2, 1, 1};
    struct step_shape shape = shape_of(&latent, &h100, PRECISION_FP8, PRECISION_BF16, layout);
    struct step_model model = step_model_make(&shape, &c, plain);
    double last = 0;
    for (double batch = 1; batch <= 512; batch *= 2) {
        struct step_load load = {batch, batch, 4096, 0, 0, batch};
        double seconds = step_seconds(&model, &load);
        assert_true(seconds > last);
        last = seconds;
    }
    struct step_load close = {1, 1, 3000, 0, 0, 1}, far = {1, 1, 300000, 0, 0, 1};
    double sparse = step_seconds(&model, &far) - step_seconds(&model, &close);
    assert_true(sparse > 0 && sparse < 0.05); /* the indexer alone grows beyond its top k */
}

static void ten_million_a_second(void **state) {
    (void)state;
    struct calibration c = realistic();
    struct shape_layout one = {1, 1, 1};
    struct step_shape shape = shape_of(&llama_70b, &h100, PRECISION_BF16, PRECISION_BF16, one);
    struct step_model model = step_model_make(&shape, &c, plain);
    struct timespec start, end;
    double sum = 0;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    for (int i = 0; i < 1000000; i++) {
        struct step_load load = {1 + i % 64, 1 + i % 64, 100 + i % 1000, 0, 0, 1 + i % 64};
        sum += step_seconds(&model, &load);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double seconds =
        (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
    assert_true(sum > 0);
    print_message("%.1f million step evaluations a second\n", 1 / seconds);
    assert_true(seconds < 2); /* ten times slower than alone: sanitizers, a busy machine */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scaling_book_steps),  cmocka_unit_test(ideal_llama_latency),
        cmocka_unit_test(experts_and_drafts),  cmocka_unit_test(shape_counts_every_byte),
        cmocka_unit_test(parts_add_up),        cmocka_unit_test(more_work_takes_longer),
        cmocka_unit_test(ten_million_a_second)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
