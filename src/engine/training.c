/* Training: names, defaults, trained parameters and optimizer states; and the whole answer. */
#include "engine/training.h"

#include "engine/training_layout.h"

#include <math.h>

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

/* Of so many routed experts. */
static double adapted_ffn(const struct ffn *f, double experts, double h) {
    double sum = 0;
    if (f->kind == FFN_DENSE || f->dense_beside_experts)
        sum += (f->gated ? 3 : 2) * (h + f->width);
    if (f->kind != FFN_MOE)
        return sum;
    double in = f->expert_input ? f->expert_input : h, maps = f->expert_gated ? 3 : 2;
    sum += experts * maps * (in + f->expert_width);
    return sum + (f->shared_width ? maps * (h + f->shared_width) : 0);
}

/* Of the adapters: all of them, or those a token passes. */
static double adapters(const struct training *t, bool passed) {
    double sum = 0;
    for (size_t i = 0; i < t->model->run_count; i++) {
        const struct layer_run *run = &t->model->runs[i];
        double layer = adapted_attention(&run->attention, t->model->hidden_size, t->lora_targets);
        if (t->lora_targets == LORA_ALL_LINEAR)
            layer += adapted_ffn(&run->ffn, passed ? run->ffn.experts_per_token : run->ffn.experts,
                                 t->model->hidden_size);
        sum += run->count * layer * t->lora_rank;
    }
    return sum;
}

double training_trainable(const struct training *t) {
    return t->method == TRAINING_FULL ? (double)parameters_count(t->model).total
                                      : adapters(t, false);
}

double training_adapters_passed(const struct training *t) {
    return t->method == TRAINING_FULL ? 0 : adapters(t, true);
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

struct training_outcome training_outcome_of(const struct training *t,
                                            const struct training_work *work,
                                            const struct training_layout *layout) {
    struct training_outcome out = {0};
    uint32_t groups = t->tensor_parallel * t->pipeline_parallel;
    bool whole = groups > 0 && t->gpu_count % groups == 0;
    out.data_parallel = whole ? t->gpu_count / groups : 0;
    out.reason = refusal(t, out.data_parallel);
    out.trainable_parameters = work->trainable;
    out.frozen_parameters = work->frozen;
    out.model_flop_per_token = work->model_flop_per_token;
    out.hardware_flop_per_token = work->hardware_flop_per_token;
    out.flop_6nd = training_6nd(work->active, t->tokens);
    add_time(t, &out);
    if (out.reason == REASON_NONE || out.reason == REASON_CONTEXT_TOO_LONG)
        out.memory = training_memory_in(t, layout, out.data_parallel);
    if (out.reason == REASON_NONE && out.memory.total > out.memory.capacity)
        out.reason = REASON_DOES_NOT_FIT;
    out.feasible = out.reason == REASON_NONE;
    return out;
}

struct training_outcome training_estimate(const struct training *t) {
    struct training_work work = training_work_of(t);
    bool laid_out = t->tensor_parallel > 0 && t->pipeline_parallel > 0;
    struct training_layout layout = {0};
    if (laid_out)
        layout = training_layout_of(t);
    struct training_outcome out = training_outcome_of(t, &work, &layout);
    out.min_gpus = training_min_gpus(t, &out.min_tensor_parallel, &out.min_pipeline_parallel);
    return out;
}
