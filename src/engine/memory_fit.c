/* What fits: parallel degrees, KV of a sequence in blocks, largest batch, longest context, fewest
   GPUs; and the memory part of an estimate with its reason. */
#include "engine/calibration.h"
#include "engine/estimate.h"

#include <math.h>
#include <string.h>

enum { MOST_GPUS = 64 };
#define LONGEST_CONTEXT 1073741824.0 /* 2^30 tokens: beyond any model */

static bool heads_split(const struct attention *a, uint32_t t) {
    if (a->kind == ATTENTION_NONE || a->kind == ATTENTION_LINEAR)
        return true;
    uint32_t heads = a->query_heads ? a->query_heads : a->linear_value_heads;
    if (heads % t)
        return false;
    if (a->kind != ATTENTION_SOFTMAX || a->shares_kv || !a->kv_heads)
        return true;
    return a->kv_heads % t == 0 || t % a->kv_heads == 0;
}

bool memory_tensor_parallel_fits(const struct model *model, uint32_t t) {
    if (t == 0)
        return false;
    if (model->splits && t < 64)
        return model->splits >> t & 1;
    for (size_t i = 0; i < model->run_count; i++)
        if (!heads_split(&model->runs[i].attention, t))
            return false;
    return true;
}

static uint32_t node_size(const struct gpu *gpu) {
    return gpu->max_per_node ? gpu->max_per_node : 8;
}

/* Layers of the fullest pipeline stage as a share of all. */
static double stage_share(const struct memory_case *c) {
    double layers = c->model->layer_count;
    if (c->p == 1)
        return 1;
    return layers > 0 ? ceil(layers / c->p) / layers : 1.0 / c->p;
}

static double block_tokens(const struct memory_case *c) {
    return c->plan.block_tokens > 1 ? c->plan.block_tokens : 1;
}

double memory_kv_share(const struct memory_case *c, double bytes) {
    return bytes / c->t * stage_share(c);
}

double memory_kv_bytes_per_gpu(const struct memory_case *c, double context) {
    struct memory_kv kv = memory_kv_of(c->model, c->kv, c->t);
    double block = block_tokens(c);
    return memory_kv_share(c, memory_kv_at(&kv, ceil(context / block) * block));
}

double memory_max_batch(const struct memory_case *c, double context) {
    double budget = memory_kv_budget_per_gpu(c), each = memory_kv_bytes_per_gpu(c, context);
    return budget > 0 && each > 0 ? floor(budget / each) : 0;
}

/* KV grows block by block, nearly in a straight line: interpolation with the Illinois rule finds
   the last block in a few steps, and halving guards against windows that bend the line. */
double memory_max_context(const struct memory_case *c) {
    return memory_max_context_within(c, memory_kv_budget_per_gpu(c));
}

double memory_max_context_within(const struct memory_case *c, double budget) {
    struct memory_kv kv = memory_kv_of(c->model, c->kv, c->t);
    return memory_max_context_along(c, &kv, budget);
}

double memory_max_context_along(const struct memory_case *c, const struct memory_kv *kv,
                                double budget) {
    double block = block_tokens(c);
    double low = 1, high = LONGEST_CONTEXT / block;
    double under = budget - memory_kv_share(c, memory_kv_at(kv, block));
    double over = memory_kv_share(c, memory_kv_at(kv, high * block)) - budget;
    if (!(budget > 0) || under < 0)
        return 0;
    if (over <= 0)
        return LONGEST_CONTEXT;
    for (int i = 0; high - low > 1; i++) {
        double share = i % 4 == 3 ? 0.5 : under / (under + over);
        double middle = fmin(fmax(floor(low + (high - low) * share), low + 1), high - 1);
        double rest = budget - memory_kv_share(c, memory_kv_at(kv, middle * block));
        if (rest >= 0) {
            low = middle, under = rest, over /= 2;
        } else {
            high = middle, over = -rest, under /= 2;
        }
    }
    return low * block;
}

/* The counts that estimate_parallel takes: tensor parallel over one node's GPUs, pipeline stages
   across whole nodes; llama.cpp gives every GPU some layers. */
uint32_t memory_min_gpus(const struct memory_case *c, double context) {
    struct memory_case trial = *c;
    trial.attention_replicas = 1;
    bool by_layers = c->engine && strcmp(c->engine, "llama.cpp") == 0;
    /* However split, the weights need this many at least. */
    double least = memory_weights_bytes(c->model, c->weights) / c->gpu->memory_bytes;
    if (!(least < MOST_GPUS))
        return 0;
    for (uint32_t n = least > 1 ? (uint32_t)least : 1; n <= MOST_GPUS; n++) {
        uint32_t node = node_size(c->gpu);
        trial.t = by_layers ? 1 : n < node ? n : node;
        trial.p = n / trial.t;
        if (n % trial.t || (trial.p > 1 && trial.p > c->model->layer_count) ||
            !memory_tensor_parallel_fits(c->model, trial.t))
            continue;
        if (memory_max_batch(&trial, context) >= 1)
            return n;
    }
    return 0;
}

bool memory_precision_runs(const struct gpu *gpu, enum precision weights) {
    enum compute unit = precision_info(weights)->compute;
    if (unit == COMPUTE_FP8 || unit == COMPUTE_INT8)
        return gpu->flop_per_s[unit] > 0;
    if (weights == PRECISION_NVFP4) /* others' 4-bit units take MXFP4 */
        return !gpu->vendor || strcmp(gpu->vendor, "NVIDIA") == 0;
    return true; /* weight-only formats are unpacked to 16 bits where the unit is missing */
}

double memory_case_weights_bytes(const struct memory_case *c) {
    uint32_t groups = c->attention_replicas > 1 ? c->attention_replicas : 1;
    return memory_weights_bytes_per_gpu(c->model, c->weights, c->t * groups, 1) * c->t;
}

static struct memory_use use_of(const struct memory_case *c, double context, double batch) {
    struct memory_use use = {0};
    double gpus = (double)c->t * c->p;
    use.weights_bytes = memory_case_weights_bytes(c);
    use.kv_bytes_per_token = memory_kv_bytes_per_token(c->model, c->kv);
    use.kv_bytes_per_sequence = memory_kv_bytes(c->model, c->kv, context, c->t);
    use.kv_budget_bytes = fmax(0, memory_kv_budget_per_gpu(c)) * gpus;
    use.activation_bytes = memory_activation_bytes_per_gpu(c) * gpus;
    use.runtime_bytes = memory_runtime_bytes_per_gpu(c) * gpus;
    use.capacity_bytes = c->gpu->memory_bytes * gpus;
    use.max_batch = memory_max_batch(c, context);
    use.max_context_tokens = memory_max_context(c);
    use.min_gpus = memory_min_gpus(c, context);
    double held = batch > 0 ? batch : use.max_batch;
    double block = block_tokens(c);
    double in_blocks = memory_kv_bytes(c->model, c->kv, ceil(context / block) * block, c->t);
    use.fragmentation_bytes = held * (in_blocks - use.kv_bytes_per_sequence);
    use.total_bytes =
        use.weights_bytes + use.activation_bytes + use.runtime_bytes + held * in_blocks;
    return use;
}

struct memory_use estimate_memory(const struct scenario *s, enum reason *reason) {
    uint32_t t = 1, p = 1, data = s->data_parallel ? s->data_parallel : 1;
    const char *engine = s->calibration ? s->calibration->engine : NULL;
    bool divides = estimate_parallel(s, &t, &p, &data);
    if (!divides)
        t = p = 1;
    struct memory_case c = {s->model,
                            s->gpu,
                            t,
                            p,
                            s->weights,
                            s->kv,
                            memory_plan_of(engine),
                            engine,
                            estimate_attention_replicas(s, data)};
    double context = s->input_tokens + s->output_tokens, batch = s->batch / data;
    struct memory_use use = use_of(&c, context, batch);
    *reason = REASON_NONE;
    if (!(s->gpu->memory_bytes > 0))
        *reason = REASON_SPEC_MISSING;
    else if (!memory_precision_runs(s->gpu, s->weights))
        *reason = REASON_PRECISION_UNSUPPORTED;
    else if (!divides)
        *reason = REASON_HEADS_NOT_DIVISIBLE;
    else if (use.max_batch < 1)
        *reason = REASON_DOES_NOT_FIT;
    return use;
}
