/* Training: names, defaults, weights, gradients and optimizer states; and the whole answer. */
#include "engine/training.h"

#include <math.h>

#define GIB (1024.0 * 1024.0 * 1024.0)
/* DeepSpeed's default buckets: 5e8 elements of 2 bytes for reduce and for all-gather; stage 3 keeps
   up to 1e9 live parameters instead (deepspeed.ai configuration page). */
#define BUCKET_BYTES (5e8 * 2)
#define LIVE_PARAMETER_BYTES (1e9 * 2)
/* CUDA context, libraries and workspaces of a training process. */
#define PROCESS_BYTES (1.0 * GIB)

const char *training_method_id(enum training_method method) {
    static const char *const ids[] = {"full", "lora", "qlora"};
    return ids[method];
}

const char *training_method_name(enum training_method method) {
    static const char *const names[] = {"Full fine-tuning", "LoRA", "QLoRA"};
    return names[method];
}

const char *training_optimizer_id(enum training_optimizer optimizer) {
    static const char *const ids[] = {"adamw",     "adamw-8bit", "sgd", "sgd-momentum",
                                      "adafactor", "lion",       "muon"};
    return ids[optimizer];
}

const char *training_reason_sentence(enum reason reason) {
    if (reason == REASON_DOES_NOT_FIT)
        return "Weights, gradients, optimizer states and activations need more memory than one of "
               "these GPUs has.";
    if (reason == REASON_HEADS_NOT_DIVISIBLE)
        return "The GPUs, the heads or the layers cannot be divided by these parallel degrees.";
    if (reason == REASON_CONTEXT_TOO_LONG)
        return "The sequence is longer than the model's context.";
    return reason_sentence(reason);
}

struct training training_default(const struct model *model, const struct gpu *gpu) {
    return (struct training){.model = model,
                             .gpu = gpu,
                             .method = TRAINING_FULL,
                             .optimizer = OPTIMIZER_ADAMW,
                             .gpu_count = 1,
                             .tensor_parallel = 1,
                             .pipeline_parallel = 1,
                             .zero_stage = 3,
                             .flash_attention = true,
                             .recompute = RECOMPUTE_FULL,
                             .lora_rank = 16,
                             .lora_targets = LORA_ALL_LINEAR,
                             .gradient_bytes = 2,
                             .sequence_tokens = 4096,
                             .micro_batch = 1,
                             .global_batch = 0,
                             .tokens = 1e9,
                             .mfu = 0.4,
                             .usd_per_gpu_hour = NAN};
}

double training_zero_bytes(double parameters, double weight_bytes, double gradient_bytes,
                           double state_bytes, uint32_t stage, double n) {
    return parameters *
           (weight_bytes / (stage >= 3 ? n : 1) + gradient_bytes / (stage >= 2 ? n : 1) +
            state_bytes / (stage >= 1 ? n : 1));
}

/* Rank x (in + out) over the projections of one layer's attention. */
static double adapted_attention(const struct attention *a, double h, enum lora_targets targets) {
    double q = (double)a->query_heads * a->head_dim, k = (double)a->kv_heads * a->head_dim;
    double vd = a->value_head_dim ? a->value_head_dim : a->head_dim;
    double v = a->kv_heads * vd, o = a->query_heads * vd;
    double inner = (double)a->linear_value_heads * a->linear_value_dim;
    switch (a->kind) {
    case ATTENTION_SOFTMAX:
        if (targets == LORA_QV)
            return (h + q) + (h + v);
        return (h + q) + (h + k) + (h + v) + (o + h);
    case ATTENTION_MLA: {
        double qk = a->query_heads * ((double)a->nope_head_dim + a->rope_head_dim);
        double latent = a->kv_lora_rank, rank = a->q_lora_rank;
        double query = rank > 0 ? (h + rank) + (rank + qk) : h + qk;
        double value = latent + a->query_heads * ((double)a->nope_head_dim + vd);
        if (targets == LORA_QV)
            return query + value;
        return query + (h + latent + a->rope_head_dim) + value + (o + h);
    }
    case ATTENTION_LIGHTNING:
        return targets == LORA_QV ? 2 * (h + q) : 5 * (h + q);
    case ATTENTION_GATED_DELTANET:
    case ATTENTION_MAMBA2: /* the input map as one, and the output map */
        return targets == LORA_QV ? 0 : (h + 2 * inner) + (inner + h);
    case ATTENTION_COMPRESSED: {
        double rank = a->q_lora_rank, group = (double)a->output_groups * a->output_lora_rank;
        double query = (h + rank) + (rank + q), output = q / a->output_groups + group + group + h;
        return targets == LORA_QV ? query + (h + a->head_dim) : query + (h + a->head_dim) + output;
    }
    case ATTENTION_LINEAR:
        return targets == LORA_QV ? 0 : 2 * h;
    case ATTENTION_NONE:
        break;
    }
    return 0;
}

static double adapted_ffn(const struct ffn *f, double h) {
    double sum = 0;
    if (f->kind == FFN_DENSE || f->dense_beside_experts)
        sum += (f->gated ? 3 : 2) * (h + f->width);
    if (f->kind != FFN_MOE)
        return sum;
    double in = f->expert_input ? f->expert_input : h, maps = f->expert_gated ? 3 : 2;
    sum += f->experts * maps * (in + f->expert_width);
    return sum + (f->shared_width ? maps * (h + f->shared_width) : 0);
}

double training_trainable(const struct training *t) {
    if (t->method == TRAINING_FULL)
        return (double)parameters_count(t->model).total;
    double sum = 0;
    for (size_t i = 0; i < t->model->run_count; i++) {
        const struct layer_run *run = &t->model->runs[i];
        double layer = adapted_attention(&run->attention, t->model->hidden_size, t->lora_targets);
        if (t->lora_targets == LORA_ALL_LINEAR)
            layer += adapted_ffn(&run->ffn, t->model->hidden_size);
        sum += run->count * layer * t->lora_rank;
    }
    return sum;
}

double training_optimizer_bytes(const struct training *t, double parameters) {
    switch (t->optimizer) {
    case OPTIMIZER_ADAMW:
        return 12 * parameters;
    case OPTIMIZER_ADAMW_8BIT:
        return (2 + 4) * parameters;
    case OPTIMIZER_SGD:
        return 4 * parameters;
    case OPTIMIZER_SGD_MOMENTUM:
    case OPTIMIZER_LION:
    case OPTIMIZER_MUON:
        return (4 + 4) * parameters;
    case OPTIMIZER_ADAFACTOR: { /* arXiv 1804.04235: a row and a column of about sqrt(n) each */
        double h = t->model->hidden_size > 0 ? t->model->hidden_size : 1;
        return 4 * parameters + 4 * 2 * parameters / h;
    }
    case TRAINING_OPTIMIZERS:
        break;
    }
    return 0;
}

/* Share of the model's parameters the fullest GPU of t x p holds. */
static double share_per_gpu(const struct training *t) {
    double whole = memory_weights_bytes(t->model, PRECISION_BF16);
    double part = memory_weights_bytes_per_gpu(t->model, PRECISION_BF16, t->tensor_parallel,
                                               t->pipeline_parallel);
    return whole > 0 ? part / whole : 1;
}

static double buffers(const struct training *t, double model_bytes) {
    double sum = PROCESS_BYTES;
    if (t->zero_stage >= 3)
        sum += fmin(LIVE_PARAMETER_BYTES, model_bytes);
    else if (t->zero_stage >= 1)
        sum += fmin(2 * BUCKET_BYTES, model_bytes);
    return sum;
}

static struct training_memory memory_of(const struct training *t, double n) {
    struct training_memory m = {.capacity = t->gpu->memory_bytes};
    double share = share_per_gpu(t), trainable = training_trainable(t) * share;
    double states = training_optimizer_bytes(t, trainable);
    enum precision base = t->method == TRAINING_QLORA ? PRECISION_NF4 : PRECISION_BF16;
    double weights =
        memory_weights_bytes_per_gpu(t->model, base, t->tensor_parallel, t->pipeline_parallel);
    if (t->method != TRAINING_FULL)
        weights += 2 * trainable;
    m.weights = weights / (t->zero_stage >= 3 ? n : 1);
    m.gradients = t->gradient_bytes * trainable / (t->zero_stage >= 2 ? n : 1);
    m.optimizer = states / (t->zero_stage >= 1 ? n : 1);
    double groups = (double)t->tensor_parallel * t->pipeline_parallel;
    if (t->offload != OFFLOAD_NONE) {
        m.host_bytes = states * groups * (t->zero_stage >= 1 ? 1 : n);
        m.optimizer = 0;
    }
    if (t->offload == OFFLOAD_ALL && t->zero_stage >= 3) {
        m.host_bytes += (weights + t->gradient_bytes * trainable) * groups;
        m.weights = m.gradients = 0;
    }
    m.activations = training_activation_bytes(t);
    m.logits = training_logits_bytes(t);
    m.buffers = buffers(t, weights);
    m.total = m.weights + m.gradients + m.optimizer + m.activations + m.logits + m.buffers;
    return m;
}

static enum reason refusal(const struct training *t, uint32_t n) {
    if (!(t->gpu->memory_bytes > 0) || !(t->gpu->flop_per_s[COMPUTE_16] > 0))
        return REASON_SPEC_MISSING;
    if (n == 0 || !memory_tensor_parallel_fits(t->model, t->tensor_parallel) ||
        t->pipeline_parallel > t->model->layer_count)
        return REASON_HEADS_NOT_DIVISIBLE;
    if (t->model->context_tokens && t->sequence_tokens > t->model->context_tokens)
        return REASON_CONTEXT_TOO_LONG;
    return REASON_NONE;
}

static void add_time(const struct training *t, struct training_outcome *out) {
    double peak = t->gpu->flop_per_s[COMPUTE_16] * t->gpu_count;
    double speed = peak > 0 && t->mfu > 0 ? out->model_flop_per_token / (peak * t->mfu) : NAN;
    double batch = t->global_batch > 0 ? t->global_batch : t->micro_batch * out->data_parallel;
    out->model_flop = out->model_flop_per_token * t->tokens;
    out->iteration_s = speed * batch * t->sequence_tokens;
    out->run_s = speed * t->tokens;
    out->gpu_hours = out->run_s / 3600 * t->gpu_count;
    out->usd = out->gpu_hours * t->usd_per_gpu_hour;
    out->mfu = t->mfu;
    out->hfu = t->mfu * out->hardware_flop_per_token / out->model_flop_per_token;
}

struct training_outcome training_estimate(const struct training *t) {
    struct training_outcome out = {0};
    uint32_t groups = t->tensor_parallel * t->pipeline_parallel;
    bool whole = groups > 0 && t->gpu_count % groups == 0;
    out.data_parallel = whole ? t->gpu_count / groups : 0;
    out.reason = refusal(t, out.data_parallel);
    struct parameters n = parameters_count(t->model);
    out.trainable_parameters = training_trainable(t);
    out.frozen_parameters = t->method == TRAINING_FULL ? 0 : (double)n.total;
    out.model_flop_per_token = training_model_flop_per_token(t);
    out.hardware_flop_per_token = training_hardware_flop_per_token(t);
    out.flop_6nd = training_6nd((double)n.active, t->tokens);
    add_time(t, &out);
    if (out.reason == REASON_NONE || out.reason == REASON_CONTEXT_TOO_LONG)
        out.memory = memory_of(t, out.data_parallel);
    if (out.reason == REASON_NONE && out.memory.total > out.memory.capacity)
        out.reason = REASON_DOES_NOT_FIT;
    out.feasible = out.reason == REASON_NONE;
    out.min_gpus = training_min_gpus(t, &out.min_tensor_parallel, &out.min_pipeline_parallel);
    return out;
}

/* Fits when the fullest GPU's total does. */
static bool fits(const struct training *t) {
    uint32_t groups = t->tensor_parallel * t->pipeline_parallel;
    return memory_of(t, t->gpu_count / groups).total <= t->gpu->memory_bytes;
}

enum { MOST_GPUS = 1024, MOST_BY_NODE = 128 };

/* One node GPU by GPU, whole nodes up to 128 GPUs, then doubling. */
static uint32_t next_count(uint32_t n, uint32_t node) {
    if (n < node)
        return n + 1;
    return n < MOST_BY_NODE ? n + node : 2 * n;
}

uint32_t training_min_gpus(const struct training *t, uint32_t *tensor, uint32_t *pipeline) {
    uint32_t node = t->gpu->max_per_node ? t->gpu->max_per_node : 8;
    struct training trial = *t;
    *tensor = *pipeline = 0;
    if (!(t->gpu->memory_bytes > 0))
        return 0;
    for (uint32_t n = 1; n <= MOST_GPUS; n = next_count(n, node))
        for (uint32_t degree = 1; degree <= node && degree <= n; degree++) {
            if (n % degree || !memory_tensor_parallel_fits(t->model, degree))
                continue;
            trial.gpu_count = n;
            trial.tensor_parallel = degree;
            for (uint32_t p = 1; p <= n / degree && p <= t->model->layer_count; p *= 2) {
                if (n / degree % p)
                    continue;
                trial.pipeline_parallel = p;
                if (fits(&trial)) {
                    *tensor = degree;
                    *pipeline = p;
                    return n;
                }
            }
        }
    return 0;
}
