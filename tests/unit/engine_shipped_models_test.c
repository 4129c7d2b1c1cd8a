/* First principles over every model of the catalog: each family's FLOPs against twice its active
   parameters, each closed form against a loop that asks the memory model at every context. */
#include "shipped.h"

#include "engine/first_principles.h"

static struct scenario on_eight(const struct model *model) {
    struct scenario s = scenario_default(model, catalog_find_gpu(&shipped.catalog, "h200-sxm"));
    s.gpu_count = 8;
    return s;
}

/* Norms, RoPE, router and state add little; biases and norms' weights leave little out. */
static void flops_are_twice_the_active_parameters(void **state) {
    (void)state;
    for (size_t i = 0; i < shipped.catalog.model_count; i++) {
        const struct model *model = &shipped.catalog.models[i];
        struct scenario s = on_eight(model);
        struct fp_kernel kernel;
        assert_int_equal(fp_kernel_make(&s, &kernel), REASON_NONE);
        double twice = 2 * (double)parameters_count(model).active_without_embedding;
        double decode = fp_decode_flop(&kernel, 0) / twice;
        double prefill = fp_prefill_flop(&kernel, 0) / twice;
        if (fabs(decode - 1) > 0.03 || fabs(prefill - 1) > 0.03)
            fail_msg("%s: decode %.4f, prefill %.4f of 2N", model->id, decode, prefill);
    }
}

/* What sparse latent attention stores but does not read. */
static double unread(const struct model *model, double context) {
    double bytes = 0;
    for (size_t i = 0; i < model->run_count; i++) {
        const struct attention *a = &model->runs[i].attention;
        if (a->kind == ATTENTION_MLA && a->index_topk && context > a->index_topk)
            bytes += model->runs[i].count * (context - a->index_topk) * 2.0 *
                     ((double)a->kv_lora_rank + a->rope_head_dim);
    }
    return bytes;
}

static double loop_s(const struct model *model, const struct fp_kernel *k, double batch,
                     double input, int output) {
    double touched = fp_weights_touched_bytes(k, batch);
    double s = batch * input * fp_prefill_flop(k, input) * k->s_per_flop +
               batch * (input + output) * k->communication_s_per_token;
    for (int i = 0; i < output; i++) {
        double context = input + i;
        double kv = memory_kv_bytes(model, PRECISION_BF16, context, 1) - unread(model, context);
        s += fmax(batch * fp_decode_flop(k, context) * k->s_per_flop,
                  (touched + batch * kv) * k->s_per_byte);
    }
    return s;
}

static void closed_form_equals_the_memory_model(void **state) {
    (void)state;
    static const double inputs[] = {1, 500, 3900, 70000}, batches[] = {1, 300};
    for (size_t i = 0; i < shipped.catalog.model_count; i++) {
        const struct model *model = &shipped.catalog.models[i];
        struct scenario s = on_eight(model);
        struct fp_kernel kernel;
        assert_int_equal(fp_kernel_make(&s, &kernel), REASON_NONE);
        for (size_t n = 0; n < 8; n++) {
            double input = inputs[n / 2], batch = batches[n % 2];
            double touched = fp_weights_touched_bytes(&kernel, batch);
            double fast = fp_static_s(&kernel, touched, batch, input, input, 300);
            double slow = loop_s(model, &kernel, batch, input, 300);
            if (!(fabs(fast / slow - 1) < 1e-12))
                fail_msg("%s: %.17g, loop %.17g", model->id, fast, slow);
        }
    }
}

/* The fewest GPUs that are named can be asked for, and no fewer can. */
static void fewest_gpus_can_be_run(void **state) {
    (void)state;
    static const char *const names[] = {"h100-sxm", "l4", "mi300x", "b200-sxm"};
    for (size_t i = 0; i < shipped.catalog.model_count; i++)
        for (size_t g = 0; g < 4; g++) {
            struct scenario s = scenario_default(&shipped.catalog.models[i],
                                                 catalog_find_gpu(&shipped.catalog, names[g]));
            enum reason reason;
            s.input_tokens = 1000;
            s.output_tokens = 100;
            uint32_t fewest = estimate_memory(&s, &reason).min_gpus;
            for (s.gpu_count = 1; s.gpu_count <= (fewest ? fewest : 64); s.gpu_count++) {
                estimate_memory(&s, &reason);
                if ((reason == REASON_NONE) != (s.gpu_count == fewest))
                    fail_msg("%s on %u x %s: %s, fewest %u", s.model->id, s.gpu_count, names[g],
                             reason_code(reason), fewest);
            }
        }
}

/* What authors count exactly each shape makes to the last parameter, with what they count besides;
   a rounded size is near. */
static void published_counts_are_made(void **state) {
    (void)state;
    size_t exact = 0;
    for (size_t m = 0; m < shipped.catalog.model_count; m++) {
        const struct model *model = &shipped.catalog.models[m];
        struct parameters ours = parameters_count(model);
        double total = (double)ours.total, active = (double)ours.active;
        for (size_t k = 0; k < model->published_count && !model->weights_only; k++) {
            const struct published_count *said = &model->published[k];
            exact += said->exact && isfinite(said->total);
            if (said->exact && isfinite(said->total) && said->total - total != said->difference)
                fail_msg("%s: %.0f, published %.0f", model->id, total, said->total);
            if (!said->counts && isfinite(said->total))
                assert_true(fabs(said->total / total - 1) < 0.12);
            if (!said->counts && isfinite(said->active))
                assert_true(fabs(said->active / active - 1) < 0.25);
        }
    }
    assert_true(exact > 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(published_counts_are_made),
                                       cmocka_unit_test(flops_are_twice_the_active_parameters),
                                       cmocka_unit_test(closed_form_equals_the_memory_model),
                                       cmocka_unit_test(fewest_gpus_can_be_run)};
    return cmocka_run_group_tests(tests, read_shipped, drop_shipped);
}
