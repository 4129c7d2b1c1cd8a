/* What must hold of every prediction, measured or not: more bandwidth, FLOP/s, link and sequences
   never give fewer tokens; nothing beats the data sheet; what was never measured says so. Shipped
   models and calibrations, GPUs made up here. */
#include "shipped.h"

#include "engine/curve.h"
#include "engine/serve_case.h"

static const struct gpu made_up[] = {
    {.id = "b400",
     .name = "NVIDIA B400",
     .vendor = "NVIDIA",
     .architecture = "Rubin",
     .memory_bytes = 400e9,
     .memory_bytes_per_s = 16e12,
     .flop_per_s =
         {[COMPUTE_16] = 5e15, [COMPUTE_FP8] = 1e16, [COMPUTE_INT8] = 1e16, [COMPUTE_FP4] = 2e16},
     .link = LINK_NVLINK,
     .link_bytes_per_s = 1.8e12,
     .max_per_node = 8},
    {.id = "rtx-6090",
     .name = "NVIDIA GeForce RTX 6090",
     .vendor = "NVIDIA",
     .architecture = "Rubin",
     .memory_bytes = 48e9,
     .memory_bytes_per_s = 2.5e12,
     .flop_per_s = {[COMPUTE_16] = 3e14, [COMPUTE_FP8] = 6e14, [COMPUTE_INT8] = 6e14},
     .link = LINK_PCIE,
     .link_bytes_per_s = 64e9,
     .max_per_node = 8},
    {.id = "m6-max",
     .name = "Apple M6 Max",
     .vendor = "Apple",
     .architecture = "Apple M6",
     .memory_bytes = 256e9,
     .memory_bytes_per_s = 800e9,
     .flop_per_s = {[COMPUTE_16] = 6e13},
     .max_per_node = 1,
     .unified_memory = true},
    {.id = "old-card",
     .name = "Elsewhere X1",
     .vendor = "Elsewhere",
     .architecture = "X",
     .memory_bytes = 80e9,
     .memory_bytes_per_s = 300e9,
     .flop_per_s = {[COMPUTE_16] = 2e13},
     .max_per_node = 4},
};
enum { GPUS = sizeof made_up / sizeof *made_up };

static const char *const model_ids[] = {"llama-3.1-8b",   "gpt-oss-20b", "gemma-3-12b",
                                        "qwen3-30b-a3b",  "phi-2",       "deepseek-v2-lite",
                                        "nemotron-h-56b", "falcon-7b",   "qwen3-next-80b-a3b",
                                        "llama-3.1-70b",  "decilm-7b"};
enum { MODELS = sizeof model_ids / sizeof *model_ids };

/* Calls check for every model, made-up GPU, calibration, precision and serving that can run. */
static size_t for_each(void (*check)(const struct scenario *)) {
    static const enum precision weights[] = {PRECISION_BF16, PRECISION_FP8, PRECISION_AWQ};
    size_t n = 0;
    for (size_t m = 0; m < MODELS; m++) {
        const struct model *model = catalog_find_model(&shipped.catalog, model_ids[m]);
        for (size_t g = 0; model && g < GPUS; g++)
            for (size_t k = 0; k < shipped.calibrations.count * 6; k++) {
                struct scenario s = scenario_default(model, &made_up[g]);
                s.calibration = &shipped.calibrations.items[k / 6];
                s.weights = weights[k % 3];
                s.serving = k % 6 < 3 ? SERVING_STATIC : SERVING_CONTINUOUS;
                s.input_tokens = 1000;
                s.output_tokens = 400;
                if (estimate(&s).feasible) {
                    check(&s);
                    n++;
                }
            }
    }
    return n;
}

static void complain(const struct scenario *s, const char *what, double a, double b) {
    fail_msg("%s on %s, %s %s, %s, %s: %s: %g then %g", s->model->id, s->gpu->id,
             s->calibration->engine, s->calibration->version, precision_info(s->weights)->id,
             s->serving == SERVING_STATIC ? "static" : "continuous", what, a, b);
}

static void assert_no_less(const struct scenario *s, const char *what, double before,
                           double after) {
    if (!(after >= before * (1 - 1e-9)))
        complain(s, what, before, after);
}

static double rate_of(const struct scenario *s) {
    return estimate(s).output_tokens_per_s;
}

static void faster_parts_are_no_slower(const struct scenario *asked) {
    struct scenario s = *asked;
    double batches[] = {1, 8, 64};
    for (size_t i = 0; i < 3; i++) {
        struct gpu gpu = *asked->gpu;
        s.batch = batches[i];
        s.gpu = asked->gpu;
        double before = rate_of(&s);
        if (!isfinite(before))
            break;
        s.gpu = &gpu;
        gpu.memory_bytes_per_s *= 1.5;
        assert_no_less(&s, "bandwidth", before, rate_of(&s));
        gpu = *asked->gpu;
        for (int unit = 0; unit < COMPUTE_COUNT; unit++)
            gpu.flop_per_s[unit] *= 1.5;
        assert_no_less(&s, "FLOP/s", before, rate_of(&s));
        gpu = *asked->gpu;
        gpu.memory_bytes *= 1.5;
        assert_no_less(&s, "memory", before, rate_of(&s));
    }
}

static void more_sequences_are_no_slower(const struct scenario *asked) {
    struct scenario s = *asked;
    double last = 0, most = estimate(asked).memory.max_batch;
    for (double b = 1; b <= fmin(most, 256); b *= 2) {
        s.batch = b;
        double rate = rate_of(&s);
        /* A chunk more of prompts, an expert more: steps, not slopes. */
        assert_no_less(&s, "batch", 0.97 * last, rate);
        last = rate;
    }
}

static void nothing_beats_the_data_sheet(const struct scenario *asked) {
    struct scenario s = *asked;
    for (double b = 1; b <= fmin(256, estimate(asked).memory.max_batch); b *= 16) {
        struct curve_point p;
        struct curve_ask ask = {.batch = b};
        s.batch = b;
        struct outcome o = estimate(&s);
        if (!o.feasible)
            break;
        enum compute unit;
        double peak = gpu_flop_per_s(s.gpu, s.weights, &unit);
        double bytes = b * o.decode.flop / o.arithmetic_intensity;
        double least_s = fmax(bytes / s.gpu->memory_bytes_per_s, b * o.decode.flop / peak);
        if (!(o.decode.time_s >= least_s * (1 - 1e-9)))
            complain(&s, "a step faster than the peaks", least_s, o.decode.time_s);
        if (!(o.prefill.time_s >= o.prefill.flop / peak * (1 - 1e-9)))
            complain(&s, "a prompt faster than the peak", o.prefill.flop / peak, o.prefill.time_s);
        if (!(o.request_s >= o.ttft_s && o.ttft_s > 0 && o.tpot_s > 0))
            complain(&s, "latencies", o.ttft_s, o.request_s);
        assert_true(curve_batches(&s, &ask, &p, 1) == 1 && p.bandwidth_share <= 1);
    }
}

static void unseen_hardware_says_so(const struct scenario *asked) {
    struct outcome o = estimate(asked);
    assert_int_equal(o.provenance, FROM_EXTRAPOLATED);
    assert_non_null(o.extrapolated_why);
}

static void more_links_are_no_slower(void **state) {
    (void)state;
    for (size_t k = 0; k < shipped.calibrations.count; k++) {
        struct gpu gpu = made_up[0];
        struct scenario s =
            scenario_default(catalog_find_model(&shipped.catalog, "llama-3.1-70b"), &gpu);
        s.calibration = &shipped.calibrations.items[k];
        s.gpu_count = 4;
        s.batch = 16;
        double last = 0;
        for (gpu.link_bytes_per_s = 32e9; gpu.link_bytes_per_s < 2e12; gpu.link_bytes_per_s *= 4) {
            assert_no_less(&s, "link", last, rate_of(&s));
            last = rate_of(&s);
        }
    }
}

static void all_hold(void **state) {
    (void)state;
    size_t n = for_each(faster_parts_are_no_slower);
    for_each(more_sequences_are_no_slower);
    for_each(nothing_beats_the_data_sheet);
    for_each(unseen_hardware_says_so);
    print_message("%zu combinations\n", n);
    assert_true(n > 300);
}

/* A longer context never serves more, keeps more KV, wastes a smaller share of it. */
static void contexts_behave(void **state) {
    (void)state;
    struct curve_point points[32];
    const struct gpu *gpu = catalog_find_gpu(&shipped.catalog, "h200-sxm");
    for (size_t m = 0; m < MODELS; m++) {
        const struct model *model = catalog_find_model(&shipped.catalog, model_ids[m]);
        struct scenario s = scenario_default(model, gpu);
        s.calibration = calibration_set_find(&shipped.calibrations, "vllm");
        s.gpu_count = 4;
        struct curve_ask ask = {
            .batch = 4, .reply_tokens = 128, .per_doubling = 1, .with_theory = true};
        size_t n = curve_contexts(&s, &ask, points, 32);
        for (size_t i = 0; i < n; i++) {
            const struct curve_point *p = &points[i];
            assert_true(p->kv_share >= 0 && p->kv_share <= 1);
            assert_true(p->bandwidth_share > 0 && p->bandwidth_share <= 1);
            assert_true(p->prefill_share > 0 && p->prefill_share < 1);
            assert_true(p->theory.output_tokens_per_s > p->ours.output_tokens_per_s);
            assert_true(i == 0 || p->waste_share < points[i - 1].waste_share);
            assert_true(i == 0 || p->ours.output_tokens_per_s <
                                      points[i - 1].ours.output_tokens_per_s * 1.0001);
        }
        double cross = curve_crossover(model, PRECISION_BF16, PRECISION_BF16, 4);
        if (isfinite(cross))
            assert_true(fabs(4 * memory_kv_bytes(model, PRECISION_BF16, cross, 1) /
                                 memory_weights_bytes(model, PRECISION_BF16) -
                             1) < 0.01);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_hold),
                                       cmocka_unit_test(more_links_are_no_slower),
                                       cmocka_unit_test(contexts_behave)};
    return cmocka_run_group_tests(tests, read_shipped, drop_shipped);
}
