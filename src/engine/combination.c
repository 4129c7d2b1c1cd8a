/* One combination prepared once: kernel and memory are found outside the loop over batches. */
#include "engine/combination.h"

#include "engine/calibration.h"

#include <math.h>

static void begin_model(struct combination *c, const struct scenario *s) {
    c->parameters = parameters_count(s->model);
    c->weights_bytes = memory_weights_bytes(s->model, s->weights);
}

static enum reason begin_memory(struct combination *c, const struct scenario *s) {
    const char *engine = s->calibration ? s->calibration->engine : NULL;
    uint32_t t = 1, p = 1, data = 1;
    bool divides = estimate_parallel(s, &t, &p, &data);
    c->begun.tensor_parallel = t;
    c->begun.pipeline_parallel = p;
    c->begun.data_parallel = data;
    if (!divides)
        t = p = 1;
    c->memory = (struct memory_case){s->model,
                                     s->gpu,
                                     t,
                                     p,
                                     s->weights,
                                     s->kv,
                                     memory_plan_of(engine),
                                     engine,
                                     estimate_attention_replicas(s, c->begun.data_parallel)};
    if (!divides)
        return REASON_HEADS_NOT_DIVISIBLE;
    if (!(s->gpu->memory_bytes > 0))
        return REASON_SPEC_MISSING;
    if (!memory_precision_runs(s->gpu, s->weights))
        return REASON_PRECISION_UNSUPPORTED;
    c->kv_budget_per_gpu_bytes = memory_kv_budget_per_gpu(&c->memory);
    return REASON_NONE;
}

/* What no workload changes: the use of a replica without its KV cache. */
static void begin_use(struct combination *c) {
    struct memory_use *use = &c->begun.memory;
    const struct memory_case *m = &c->memory;
    double gpus = (double)m->t * m->p;
    *use = (struct memory_use){.max_context_tokens = NAN};
    use->weights_bytes = memory_case_weights_bytes(m);
    use->kv_bytes_per_token = memory_kv_bytes_per_token(m->model, m->kv);
    use->kv_budget_bytes = fmax(0, c->kv_budget_per_gpu_bytes) * gpus;
    use->activation_bytes = memory_activation_bytes_per_gpu(m) * gpus;
    use->runtime_bytes = memory_runtime_bytes_per_gpu(m) * gpus;
    use->capacity_bytes = m->gpu->memory_bytes * gpus;
}

void combination_begin(struct combination *c, const struct scenario *s) {
    bool same_weights = c->scenario.model == s->model && c->scenario.weights == s->weights;
    bool same_kernel = same_weights && c->scenario.kv == s->kv && c->kernel.piece_count > 0;
    c->scenario = calibrated_layout(s);
    if (!same_weights)
        begin_model(c, s);
    c->begun = estimate_unknown(s->calibration ? FROM_CALIBRATED : FROM_FIRST_PRINCIPLES);
    c->begun.parameters = c->parameters;
    c->own_reason = begin_memory(c, &c->scenario);
    begin_use(c);
    if (s->calibration)
        return;
    enum reason reason =
        same_kernel ? fp_kernel_move(s, &c->kernel) : fp_kernel_make(s, &c->kernel);
    if (c->own_reason == REASON_NONE)
        c->own_reason = reason;
}

static void workload_memory(struct combination *c, double context) {
    struct memory_use *use = &c->begun.memory;
    const struct memory_case *m = &c->memory;
    double block = m->plan.block_tokens > 1 ? m->plan.block_tokens : 1;
    use->kv_bytes_per_sequence = memory_kv_bytes(m->model, m->kv, context, m->t);
    double in_blocks = memory_kv_bytes(m->model, m->kv, ceil(context / block) * block, m->t);
    double each = memory_kv_bytes_per_gpu(m, context), budget = c->kv_budget_per_gpu_bytes;
    use->max_batch = budget > 0 && each > 0 ? floor(budget / each) : 0;
    use->fragmentation_bytes = use->max_batch * (in_blocks - use->kv_bytes_per_sequence);
    use->total_bytes = use->weights_bytes + use->activation_bytes + use->runtime_bytes +
                       use->max_batch * in_blocks;
}

void combination_workload(struct combination *c, double input_tokens, double output_tokens) {
    double context = input_tokens + output_tokens, longest = c->scenario.model->context_tokens;
    c->scenario.input_tokens = input_tokens;
    c->scenario.output_tokens = output_tokens;
    c->begun.reason = c->own_reason;
    c->begun.feasible = false;
    c->begun.batch = 0;
    if (c->own_reason != REASON_NONE)
        return;
    workload_memory(c, context);
    c->begun.batch = c->begun.memory.max_batch * c->begun.data_parallel;
    if (c->begun.memory.max_batch < 1)
        c->begun.reason = REASON_DOES_NOT_FIT;
    else if (longest > 0 && context > longest)
        c->begun.reason = REASON_CONTEXT_TOO_LONG;
    else if (c->scenario.calibration && !calibrated_prepare(&c->scenario, &c->begun, &c->ready))
        c->begun.reason = REASON_SPEC_MISSING;
    c->begun.feasible = c->begun.reason == REASON_NONE;
}

double combination_max_batch(const struct combination *combination) {
    const struct outcome *begun = &combination->begun;
    return begun->feasible ? begun->memory.max_batch * begun->data_parallel : 0;
}

/* Memory of another batch than the largest. */
static void set_batch(const struct combination *c, double batch, struct outcome *out) {
    const struct memory_use *largest = &c->begun.memory;
    double held = batch / c->begun.data_parallel, most = largest->max_batch;
    double waste = most > 0 ? largest->fragmentation_bytes / most : 0;
    out->memory_exceeded = held > most;
    out->memory.total_bytes =
        largest->total_bytes + (held - most) * (largest->kv_bytes_per_sequence + waste);
    out->memory.fragmentation_bytes = held * waste;
    out->batch = batch;
}

void combination_fill(const struct combination *c, double batch, struct outcome *out) {
    if (!c->begun.feasible) {
        out->batch = batch;
        return;
    }
    set_batch(c, batch > 0 ? batch : c->begun.batch, out);
    out->provenance = c->begun.provenance;
    if (c->scenario.calibration)
        calibrated_finish(&c->scenario, &c->ready, out);
    else
        fp_fill(&c->scenario, &c->kernel, out);
}

struct outcome combination_at(const struct combination *c, double batch) {
    struct outcome out = c->begun;
    combination_fill(c, batch, &out);
    return out;
}
