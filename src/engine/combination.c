/* One combination prepared once: kernel and memory are found outside the loop over batches. */
#include "engine/combination.h"

#include "engine/calibration.h"

#include <math.h>

static void begin_model(struct combination *c, const struct scenario *s) {
    c->begun.parameters = parameters_count(s->model);
    c->weights_bytes = memory_weights_bytes(s->model, s->weights);
}

/* The weights as the case splits them, which no GPU changes. */
static void split_weights(struct combination *c) {
    c->laid_out_bytes = memory_case_weights_bytes(&c->memory);
    c->loaded_per_gpu_bytes = memory_loaded_bytes_per_gpu(&c->memory);
}

/* Of the case before, the engine's plan stays where the engine does, and the split weights where
   nothing of them changed. */
static void lay_out(struct combination *c, uint32_t t, uint32_t p, bool same_weights) {
    const struct scenario *s = &c->scenario;
    struct memory_case *m = &c->memory;
    const char *engine = s->calibration ? s->calibration->engine : NULL;
    uint32_t replicas = estimate_attention_replicas(s, c->begun.data_parallel);
    bool same_engine = m->model && m->engine == engine;
    bool same_split =
        same_weights && same_engine && m->t == t && m->p == p && m->attention_replicas == replicas;
    if (!same_engine)
        m->plan = memory_plan_of(engine);
    m->model = s->model;
    m->gpu = s->gpu;
    m->t = t;
    m->p = p;
    m->weights = s->weights;
    m->kv = s->kv;
    m->engine = engine;
    m->attention_replicas = replicas;
    if (!same_split)
        split_weights(c);
    bool large = memory_is_large(s->gpu);
    if (!same_split || c->large_gpu != large) {
        c->large_gpu = large;
        c->activation_per_gpu_bytes = memory_activation_bytes_per_gpu(m);
    }
}

static enum reason begin_memory(struct combination *c, bool same_weights) {
    const struct scenario *s = &c->scenario;
    uint32_t t = 1, p = 1, data = 1;
    bool divides = estimate_parallel(s, &t, &p, &data);
    c->begun.tensor_parallel = t;
    c->begun.pipeline_parallel = p;
    c->begun.data_parallel = data;
    lay_out(c, divides ? t : 1, divides ? p : 1, same_weights);
    if (!divides)
        return REASON_HEADS_NOT_DIVISIBLE;
    if (!(s->gpu->memory_bytes > 0))
        return REASON_SPEC_MISSING;
    if (!memory_precision_runs(s->gpu, s->weights))
        return REASON_PRECISION_UNSUPPORTED;
    return REASON_NONE;
}

/* What no workload changes: the use of a replica without its KV cache. */
static void begin_use(struct combination *c) {
    struct memory_use *use = &c->begun.memory;
    const struct memory_case *m = &c->memory;
    double gpus = (double)m->t * m->p, activation = c->activation_per_gpu_bytes;
    double runtime = memory_runtime_bytes_per_gpu(m);
    c->kv_budget_per_gpu_bytes = 0;
    if (c->own_reason == REASON_NONE)
        c->kv_budget_per_gpu_bytes =
            m->attention_replicas > 1
                ? memory_kv_budget_per_gpu(m)
                : memory_kv_budget_beside(m, c->loaded_per_gpu_bytes, activation, runtime);
    *use = (struct memory_use){.max_context_tokens = NAN};
    use->weights_bytes = c->laid_out_bytes;
    use->kv_bytes_per_token = c->kv_bytes_per_token;
    use->kv_budget_bytes = fmax(0, c->kv_budget_per_gpu_bytes) * gpus;
    use->activation_bytes = activation * gpus;
    use->runtime_bytes = runtime * gpus;
    use->capacity_bytes = m->gpu->memory_bytes * gpus;
}

void combination_begin(struct combination *c, const struct scenario *s) {
    bool same_weights = c->scenario.model == s->model && c->scenario.weights == s->weights;
    bool same_cache = c->scenario.model == s->model && c->scenario.kv == s->kv;
    bool fresh = !c->scenario.model;
    bool same_kernel = same_weights && c->scenario.kv == s->kv && c->kernel.piece_count > 0;
    c->scenario = *s;
    calibrated_lay_out(&c->scenario);
    if (fresh) /* its times and rates stay unknown: answers are copies */
        c->begun = estimate_unknown(FROM_FIRST_PRINCIPLES);
    if (!same_weights)
        begin_model(c, s);
    if (!same_cache)
        c->kv_bytes_per_token = memory_kv_bytes_per_token(s->model, s->kv);
    c->begun.provenance = s->calibration ? FROM_CALIBRATED : FROM_FIRST_PRINCIPLES;
    c->begun.feasible = false;
    c->own_reason = begin_memory(c, same_weights);
    begin_use(c);
    if (!same_kernel)
        c->kernel.piece_count = 0; /* nothing to keep for a later place */
    if (s->calibration)
        return;
    enum reason reason =
        same_kernel ? fp_kernel_move(s, &c->kernel) : fp_kernel_make(s, &c->kernel);
    if (c->own_reason == REASON_NONE)
        c->own_reason = reason;
}

static void draw_lines(struct combination *c) {
    c->kv = memory_kv_of(c->memory.model, c->memory.kv, c->memory.t);
}

static inline void keep_lines(struct combination *c) {
    const struct memory_case *m = &c->memory;
    if (c->kv.model != m->model || c->kv.precision != m->kv || c->kv.t != m->t)
        draw_lines(c);
}

static void workload_memory(struct combination *c, double context) {
    struct memory_use *use = &c->begun.memory;
    const struct memory_case *m = &c->memory;
    double block = m->plan.block_tokens > 1 ? m->plan.block_tokens : 1;
    keep_lines(c);
    use->kv_bytes_per_sequence = memory_kv_at(&c->kv, context);
    double in_blocks = memory_kv_at(&c->kv, ceil(context / block) * block);
    double each = memory_kv_share(m, in_blocks), budget = c->kv_budget_per_gpu_bytes;
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

double combination_max_context(struct combination *c) {
    if (c->own_reason != REASON_NONE)
        return NAN;
    keep_lines(c);
    return memory_max_context_along(&c->memory, &c->kv, c->kv_budget_per_gpu_bytes);
}

static double batch_of(const struct combination *c, double asked) {
    return asked > 0 ? asked : c->begun.batch;
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
    set_batch(c, batch_of(c, batch), out);
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

static struct pace pace_of(const struct outcome *out) {
    return (struct pace){.feasible = out->feasible,
                         .provenance = out->provenance,
                         .extrapolated_why = out->extrapolated_why,
                         .batch = out->batch,
                         .output_tokens_per_s = out->output_tokens_per_s,
                         .total_tokens_per_s = out->total_tokens_per_s,
                         .output_tokens_per_s_per_request = out->output_tokens_per_s_per_request,
                         .ttft_s = out->ttft_s,
                         .tpot_s = out->tpot_s,
                         .request_s = out->request_s};
}

struct pace combination_pace(const struct combination *c, double batch) {
    if (c->begun.feasible && c->scenario.calibration)
        return calibrated_pace(&c->scenario, &c->ready, &c->begun, batch_of(c, batch));
    if (c->begun.feasible && c->scenario.serving == SERVING_STATIC)
        return fp_static_pace(&c->scenario, &c->kernel, &c->begun, batch_of(c, batch));
    struct outcome out = combination_at(c, batch);
    return pace_of(&out);
}

struct pace combination_pace_parts(const struct combination *c, double batch,
                                   struct phase *decode) {
    if (c->begun.feasible && c->scenario.calibration)
        return calibrated_pace_parts(&c->scenario, &c->ready, &c->begun, batch_of(c, batch),
                                     decode);
    struct outcome out = combination_at(c, batch);
    *decode = out.decode;
    return pace_of(&out);
}
