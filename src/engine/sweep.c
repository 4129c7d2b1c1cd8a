/* Every combination of a model: prepared once per GPU, count and precision, then in closed form. */
#include "engine/sweep.h"

enum precision sweep_own_precision(const struct model *model) {
    enum precision own = model->native_precision;
    if (own == PRECISION_NONE || own == PRECISION_FP32 || own == PRECISION_FP16)
        return PRECISION_BF16;
    return own;
}

size_t sweep_precisions(const struct site *site, const struct model *model,
                        enum precision *precisions, size_t max) {
    size_t count = 0;
    if (max > 0)
        precisions[count++] = sweep_own_precision(model);
    for (size_t i = 0; i < site->precision_count && count < max; i++)
        if (site->precisions[i] != precisions[0])
            precisions[count++] = site->precisions[i];
    return count;
}

static void visit_combination(struct combination *c, const struct site *site, sweep_visit *visit,
                              void *context) {
    for (size_t w = 0; w < site->workload_count; w++) {
        const struct workload *workload = &site->workloads[w];
        combination_workload(c, workload->input_tokens, workload->output_tokens);
        struct outcome outcome = c->begun;
        for (size_t b = 0; b < site->batch_count; b++) {
            combination_fill(c, site->batches[b], &outcome);
            c->scenario.batch = site->batches[b];
            struct sweep_row row = {&c->scenario, workload, &outcome};
            visit(context, &row);
        }
    }
}

/* Precision outermost in the work, innermost in the order of rows would cost a kernel per GPU: so
   one combination is kept for each precision. */
void sweep_model(const struct sweep *sweep, const struct model *model, sweep_visit *visit,
                 void *context) {
    const struct site *site = &sweep->catalog->site;
    enum precision precisions[PRECISION_COUNT];
    struct combination combinations[PRECISION_COUNT] = {0};
    size_t count = sweep_precisions(site, model, precisions, PRECISION_COUNT);
    for (size_t g = 0; g < sweep->gpu_count; g++)
        for (size_t n = 0; n < site->gpu_count_count; n++)
            for (size_t p = 0; p < count; p++) {
                struct scenario s = scenario_default(model, sweep->gpus[g]);
                s.gpu_count = site->gpu_counts[n];
                s.weights = precisions[p];
                s.kv = site->kv_precision;
                s.calibration = sweep->calibration;
                s.serving = sweep->serving;
                s.compute_efficiency = sweep->compute_efficiency;
                s.memory_efficiency = sweep->memory_efficiency;
                combination_begin(&combinations[p], &s);
                visit_combination(&combinations[p], site, visit, context);
            }
}
