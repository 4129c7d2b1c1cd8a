/* Memory of one scenario: what one replica needs, what there is, what fits, and why not. */
#include "engine/calibration.h"
#include "engine/estimate.h"

#include <math.h>

static struct memory_use use_of(const struct scenario *s, const struct memory_case *c) {
    double gpus = (double)c->t * c->p, context = s->input_tokens + s->output_tokens;
    struct memory_use use = {.weights_bytes = memory_weights_bytes(s->model, s->weights),
                             .kv_bytes_per_token = memory_kv_bytes_per_token(s->model, s->kv),
                             .kv_bytes_per_sequence =
                                 memory_kv_bytes(s->model, s->kv, context, c->t),
                             .kv_budget_bytes = fmax(memory_kv_budget_per_gpu(c), 0) * gpus,
                             .activation_bytes = memory_activation_bytes_per_gpu(c) * gpus,
                             .runtime_bytes = memory_runtime_bytes_per_gpu(c) * gpus,
                             .capacity_bytes = s->gpu->memory_bytes * gpus,
                             .max_batch = floor(fmax(memory_max_batch(c, context), 0)),
                             .max_context_tokens = memory_max_context(c),
                             .min_gpus = memory_min_gpus(c, context)};
    double block = c->plan.block_tokens;
    if (block > 1)
        use.fragmentation_bytes =
            memory_kv_bytes(s->model, s->kv, ceil(context / block) * block, c->t) -
            use.kv_bytes_per_sequence;
    return use;
}

struct memory_use estimate_memory(const struct scenario *s, enum reason *reason) {
    struct memory_case c = {.model = s->model, .gpu = s->gpu, .weights = s->weights, .kv = s->kv};
    uint32_t data;
    bool parallel = estimate_parallel(s, &c.t, &c.p, &data);
    c.engine = s->calibration ? s->calibration->engine : NULL;
    c.plan = memory_plan_of(c.engine);
    if (!parallel)
        c.t = s->gpu_count, c.p = data = 1;
    struct memory_use use = use_of(s, &c);
    double batch = s->batch > 0 ? ceil(s->batch / data) : use.max_batch;
    use.total_bytes = memory_weights_bytes_per_gpu(s->model, s->weights, c.t, c.p) * c.t * c.p +
                      use.activation_bytes + use.runtime_bytes + batch * use.kv_bytes_per_sequence;
    *reason = REASON_NONE;
    if (!parallel)
        *reason = REASON_HEADS_NOT_DIVISIBLE;
    else if (!(s->gpu->memory_bytes > 0))
        *reason = REASON_SPEC_MISSING;
    else if (!memory_precision_runs(s->gpu, s->weights))
        *reason = REASON_PRECISION_UNSUPPORTED;
    else if (use.max_batch < 1)
        *reason = REASON_DOES_NOT_FIT;
    else if (batch > use.max_batch)
        *reason = REASON_BATCH_DOES_NOT_FIT;
    return use;
}
