/* Serving: closed sums against loops, waves, stages, prefix cache, drafts, ramp and drain. */
#include "engine_models.h"
#include "golden.h"

#include "engine/serve.h"
#include "engine/serve_case.h"
#include "engine/shape.h"

static void near(double value, double expected, double tolerance) {
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%.12g, expected %.12g +- %g", value, expected, tolerance);
}

static struct calibration priors(const char *engine) {
    struct calibration c = {.engine = engine, .name = engine, .version = "1"};
    for (size_t i = 0; i < CALIBRATION_PARAMETERS; i++)
        c.value[i] = calibration_parameters[i].prior;
    c.value[CAL_SCORE_BYTES] = 0;
    c.family[0] = (struct calibration_family){"Hopper", 1, 1, 100};
    c.family_count = 1;
    c.range = (struct calibration_range){
        0, 8192, 1, 8192, 16384, 512, 8, 1u << PRECISION_BF16 | 1u << PRECISION_FP8, true};
    return c;
}

static struct serve_case a_case(const struct model *model, uint32_t t) {
    struct calibration c = priors("vllm");
    struct shape_layout layout = {t, 1, 1};
    struct step_shape shape = shape_of(model, &h100, PRECISION_BF16, PRECISION_BF16, layout);
    return (struct serve_case){.model = step_model_make(&shape, &c, c.family[0]),
                               .batch = 16,
                               .input_tokens = 2035,
                               .output_tokens = 300,
                               .chunk_tokens = 8192,
                               .held_sequences = 1000,
                               .pipeline_stages = 1};
}

/* The loop over every step is the oracle of the closed sum. */
static void static_equals_the_loop(void **state) {
    (void)state;
    const struct model *models[] = {&llama_70b, &mixtral, &windowed};
    for (size_t m = 0; m < 3; m++)
        for (double batch = 1; batch <= 256; batch *= 4) {
            struct serve_case c = a_case(models[m], 4);
            c.batch = batch;
            c.input_tokens = 3800; /* crosses a window on the way */
            struct serve_result r = serve_static(&c);
            double sum = serve_prefill_s(&c, batch);
            for (double i = 0; i < c.output_tokens - 1; i++) {
                struct step_load load = {batch, batch, c.input_tokens + i + 0.5, 0, 0, batch};
                sum += step_seconds(&c.model, &load);
            }
            near(r.request_s / sum, 1, 1e-3);
            near(r.output_tokens_per_s, batch * c.output_tokens / r.request_s, 1e-6);
        }
}

static void waves_take_turns(void **state) {
    (void)state;
    struct serve_case c = a_case(&llama_70b, 4);
    c.batch = 64;
    struct serve_result all = serve_static(&c);
    c.held_sequences = 16;
    struct serve_result four = serve_static(&c);
    c.batch = 16;
    struct serve_result one = serve_static(&c);
    near(four.output_tokens_per_s, one.output_tokens_per_s, 1e-6);
    assert_true(all.output_tokens_per_s > four.output_tokens_per_s);
    near(four.running, 16, 0);
}

static void continuous_keeps_slots_busy(void **state) {
    (void)state;
    struct serve_case c = a_case(&llama_70b, 4);
    struct serve_result r = serve_continuous(&c);
    near(r.request_s, c.batch * c.output_tokens / r.output_tokens_per_s, 1e-9); /* Little */
    near(r.ttft_s + (c.output_tokens - 1) * r.tpot_s, r.request_s, 1e-9);
    near(r.prefill_steps, 16, 0);
    c.cached_share = 0.9;
    struct serve_result cached = serve_continuous(&c);
    assert_true(cached.output_tokens_per_s > r.output_tokens_per_s);
    assert_true(cached.ttft_s < r.ttft_s);
    c.held_sequences = 4; /* the others queue */
    struct serve_result queued = serve_continuous(&c);
    assert_true(queued.ttft_s > 10 * cached.ttft_s);
    near(queued.running, 4, 0);
}

static void drafts_help_small_batches(void **state) {
    (void)state;
    struct serve_case c = a_case(&llama_70b, 4);
    c.batch = 1;
    double alone = serve_continuous(&c).output_tokens_per_s;
    c.draft_tokens = 3;
    c.acceptance = 0.7;
    double drafted = serve_continuous(&c).output_tokens_per_s;
    assert_true(drafted > 1.5 * alone && drafted < 2.533 * alone);
    c.acceptance = 0.05; /* hardly ever right: verification costs more than it yields */
    c.batch = 256;
    double wasted = serve_continuous(&c).output_tokens_per_s;
    c.draft_tokens = 0;
    assert_true(wasted < serve_continuous(&c).output_tokens_per_s);
}

static void stages_work_side_by_side(void **state) {
    (void)state;
    struct serve_case c = a_case(&llama_70b, 4);
    c.batch = 64;
    double one = serve_continuous(&c).output_tokens_per_s;
    c.pipeline_stages = 2;
    struct serve_result two = serve_continuous(&c);
    assert_true(two.output_tokens_per_s < 2 * one); /* smaller microbatches read weights as often */
    c.batch = 1; /* a lone sequence passes all stages and gains nothing */
    double alone = serve_static(&c).tpot_s;
    c.pipeline_stages = 1;
    near(alone, serve_static(&c).tpot_s, 1e-12);
    c.batch = 8; /* prompts in chunks overlap */
    double whole = serve_prefill_s(&c, 8);
    c.pipeline_stages = 4;
    assert_true(serve_prefill_s(&c, 8) < whole);
}

static void requests_at_once_ramp_and_drain(void **state) {
    (void)state;
    struct serve_case c = a_case(&llama_70b, 4);
    double steady = serve_continuous(&c).output_tokens_per_s;
    double few = 64 * c.output_tokens / serve_offline_s(&c, 64);
    double many = 6400 * c.output_tokens / serve_offline_s(&c, 6400);
    assert_true(few < many && many < steady * 1.02);
    near(many / steady, 1, 0.02);
    near(serve_disaggregated_rate(10, 2, 4, 3), fmin(0.9 * 20, 0.92 * 12), 1e-12);
}

static void scenarios_become_outcomes(void **state) {
    (void)state;
    struct calibration c = priors("vllm");
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.gpu_count = 4;
    s.batch = 16;
    s.calibration = &c;
    struct outcome o = estimate(&s);
    assert_true(o.feasible);
    assert_int_equal(o.provenance, FROM_CALIBRATED);
    assert_null(o.extrapolated_why);
    near(o.request_s, o.ttft_s + (s.output_tokens - 1) * o.tpot_s, 1e-9);
    assert_true(o.output_tokens_per_s > 100 && o.output_tokens_per_s < 2000);
    near(o.total_tokens_per_s / o.output_tokens_per_s, 1 + 2035.0 / 300, 1e-9);
    assert_true(o.ridge_point > 290 && o.ridge_point < 300);
    s.batch = 0;
    struct outcome most = estimate(&s);
    assert_true(most.batch == floor(most.memory.max_batch));
    s.gpu_count = 1;
    assert_int_equal(estimate(&s).reason, REASON_DOES_NOT_FIT);
    s.gpu_count = 4;
    s.batch = 4;
    s.input_tokens = 100000;
    assert_string_equal(estimate(&s).extrapolated_why,
                        "the context is longer than any measured with this engine");
    s.input_tokens = 1000;
    s.weights = PRECISION_INT8;
    assert_int_equal(estimate(&s).provenance, FROM_EXTRAPOLATED);
    struct gpu other = h100;
    other.architecture = "Unseen";
    s.weights = PRECISION_BF16;
    s.gpu = &other;
    assert_string_equal(estimate(&s).extrapolated_why,
                        "no measurement of this engine covers this GPU generation");
}

static void layers_split_on_llama_cpp(void **state) {
    (void)state;
    struct calibration c = priors("llama.cpp");
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.calibration = &c;
    s.gpu_count = 4;
    struct outcome o = estimate(&s);
    assert_int_equal(o.tensor_parallel, 1);
    assert_int_equal(o.pipeline_parallel, 4);
    near(o.decode.communication_s, 0, 0);
}

/* The peak of the unit that computes a format is asked for, not taken as endless. */
static void an_unknown_peak_is_missing(void **state) {
    (void)state;
    struct calibration c = priors("vllm");
    struct gpu gpu = h100;
    struct scenario s = scenario_default(&llama_70b, &gpu);
    s.gpu_count = 8;
    s.weights = PRECISION_FP32;
    for (int i = 0; i < 2; i++) {
        s.calibration = i ? &c : NULL;
        gpu.flop_per_s[COMPUTE_FP32] = 67e12;
        struct outcome known = estimate(&s);
        assert_true(known.feasible && known.prefill.compute_s > 0);
        gpu.flop_per_s[COMPUTE_FP32] = 0;
        struct outcome unknown = estimate(&s);
        assert_false(unknown.feasible);
        assert_int_equal(unknown.reason, REASON_SPEC_MISSING);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(static_equals_the_loop),
                                       cmocka_unit_test(waves_take_turns),
                                       cmocka_unit_test(continuous_keeps_slots_busy),
                                       cmocka_unit_test(drafts_help_small_batches),
                                       cmocka_unit_test(stages_work_side_by_side),
                                       cmocka_unit_test(requests_at_once_ramp_and_drain),
                                       cmocka_unit_test(scenarios_become_outcomes),
                                       cmocka_unit_test(layers_split_on_llama_cpp),
                                       cmocka_unit_test(an_unknown_peak_is_missing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
