/* One combination prepared once: kernel and memory are found outside the loop over batches. */
#include "engine/combination.h"

#include <math.h>

void combination_begin(struct combination *combination, const struct scenario *scenario) {
    combination->scenario = *scenario;
    combination->kernel_reason = REASON_NONE;
    if (!scenario->calibration)
        combination->kernel_reason = fp_kernel_make(scenario, &combination->kernel);
}

void combination_workload(struct combination *combination, double input_tokens,
                          double output_tokens) {
    struct scenario *s = &combination->scenario;
    s->input_tokens = input_tokens;
    s->output_tokens = output_tokens;
    s->batch = 0;
    enum provenance from = s->calibration ? FROM_CALIBRATED : FROM_FIRST_PRINCIPLES;
    combination->begun = estimate_begin(s, from);
    if (combination->begun.feasible && combination->kernel_reason != REASON_NONE) {
        combination->begun.feasible = false;
        combination->begun.reason = combination->kernel_reason;
    }
}

double combination_max_batch(const struct combination *combination) {
    const struct outcome *begun = &combination->begun;
    return begun->feasible ? floor(begun->memory.max_batch) * begun->data_parallel : 0;
}

/* Memory of another batch than the largest, which estimate_begin was asked for. */
static void set_batch(const struct combination *c, double batch, struct outcome *out) {
    struct memory_use *m = &out->memory;
    double held = batch / out->data_parallel, largest = m->max_batch;
    double waste = largest > 0 ? m->fragmentation_bytes / largest : 0;
    out->memory_exceeded = batch > combination_max_batch(c);
    m->total_bytes += (held - largest) * (m->kv_bytes_per_sequence + waste);
    m->fragmentation_bytes = held * waste;
    out->batch = batch;
}

struct outcome combination_at(const struct combination *combination, double batch) {
    const struct combination *c = combination;
    struct scenario scenario = c->scenario;
    scenario.batch = batch;
    if (!c->begun.feasible || scenario.calibration) {
        struct outcome none = c->begun;
        none.batch = batch;
        return c->begun.feasible ? estimate(&scenario) : none;
    }
    struct outcome out = c->begun;
    if (batch > 0)
        set_batch(c, batch, &out);
    fp_fill(&scenario, &c->kernel, &out);
    return out;
}
