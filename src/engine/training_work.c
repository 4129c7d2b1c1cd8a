/* Training: activations kept for the backward pass, FLOPs of a token, DeepSpeed's own estimate. */
#include "engine/training_layout.h"

#include <math.h>

/* Bytes of one layer and one token, split into what tensor parallelism divides and what it does
   not; scores are per pair of tokens. With 4h ungated FFN, as many key-value heads as query heads
   and dropout this is sbh(10 + 24/t) + 5as^2b/t of arXiv 2205.05198. */
struct kept {
    double whole, split, scores;
};

static struct kept kept_of(const struct training *t, const struct layer_run *run) {
    const struct attention *a = &run->attention;
    const struct ffn *f = &run->ffn;
    double h = t->model->hidden_size;
    struct kept k = {0};
    if (a->kind != ATTENTION_NONE) {
        double vd = a->value_head_dim ? a->value_head_dim : a->head_dim;
        double q = (double)a->query_heads * a->head_dim, o = a->query_heads * vd;
        double kv = a->kv_heads * (a->head_dim + vd);
        if (a->kind == ATTENTION_MLA) /* keys and values are unfolded for every query head */
            kv = a->query_heads * (a->head_dim + vd);
        double linear = 2.0 * a->linear_key_heads * a->linear_key_dim +
                        2.0 * a->linear_value_heads * a->linear_value_dim;
        k.whole += 2 * h + 2 * h + (t->dropout ? h : 0); /* norm's input, its output, mask */
        k.split += 2 * (q + kv + o) + 2 * linear;
        if (a->kind != ATTENTION_GATED_DELTANET && a->kind != ATTENTION_MAMBA2 &&
            a->kind != ATTENTION_LINEAR && a->kind != ATTENTION_LIGHTNING)
            k.scores = (t->dropout ? 5 : 4) * (double)a->query_heads;
    }
    if (f->kind == FFN_NONE)
        return k;
    k.whole += 2 * h + 2 * h + (t->dropout ? h : 0);
    if (f->kind == FFN_DENSE || f->dense_beside_experts)
        k.split += (f->gated ? 8.0 : 4.0) * f->width;
    if (f->kind == FFN_MOE) {
        double in = f->expert_input ? f->expert_input : h, maps = f->expert_gated ? 8 : 4;
        k.split += f->experts_per_token * (2 * in + maps * f->expert_width);
        k.split += maps * f->shared_width;
    }
    return k;
}

double training_layer_activation_bytes(const struct training *t, const struct layer_run *run) {
    double tokens = t->sequence_tokens * t->micro_batch, n = t->tensor_parallel;
    double input = 2 * (double)t->model->hidden_size;
    if (t->recompute == RECOMPUTE_FULL)
        return tokens * input;
    struct kept k = kept_of(t, run);
    bool scores = !t->flash_attention && t->recompute == RECOMPUTE_NONE;
    double whole = t->sequence_parallel ? k.whole / n : k.whole;
    return tokens * (whole + k.split / n + (scores ? k.scores * t->sequence_tokens / n : 0));
}

double training_activation_bytes(const struct training *t) {
    double sum = 0, p = t->pipeline_parallel, largest = 0;
    for (size_t i = 0; i < t->model->run_count; i++) {
        double layer = training_layer_activation_bytes(t, &t->model->runs[i]);
        sum += t->model->runs[i].count * layer;
        largest = fmax(largest, layer);
    }
    if (p > 1 && t->virtual_stages > 1) /* interleaved schedule, arXiv 2205.05198 section 4.2.3 */
        sum *= 1 + (p - 1) / (p * t->virtual_stages);
    if (t->recompute == RECOMPUTE_FULL) { /* one layer is being recomputed */
        struct training live = *t;
        live.recompute = RECOMPUTE_NONE;
        live.flash_attention = true;
        for (size_t i = 0; i < t->model->run_count; i++)
            largest = fmax(largest, training_layer_activation_bytes(&live, &t->model->runs[i]));
        sum += largest;
    }
    return sum;
}

double training_logits_bytes(const struct training *t) {
    if (t->pipeline_parallel != 1)
        return 0;
    double h = t->model->hidden_size, v = t->model->vocab_size;
    return 4 * t->sequence_tokens * t->micro_batch * (h + v) / t->tensor_parallel;
}

/* Multiply-adds of all matrices a token passes, and of attention per token of context. */
static void work_of(const struct model *model, double *matrices, double *per_context_token) {
    struct parameters n = parameters_count(model);
    double idle = (double)(n.total - n.active);
    *matrices = (double)(n.attention + n.dense + n.experts + n.shared + n.router) - idle +
                (double)model->vocab_size * model->hidden_size;
    *per_context_token = 0;
    for (size_t i = 0; i < model->run_count; i++) {
        const struct attention *a = &model->runs[i].attention;
        double vd = a->value_head_dim ? a->value_head_dim : a->head_dim;
        if (a->kind == ATTENTION_SOFTMAX || a->kind == ATTENTION_MLA ||
            a->kind == ATTENTION_COMPRESSED)
            *per_context_token +=
                model->runs[i].count * (double)a->query_heads * (a->head_dim + vd);
    }
}

/* 6 a matrix parameter and 6 (d_qk + d_v) a head and token of context, not halved for causality:
   72BsLh^2(1 + s/6h + V/12Lh) for a GPT (arXiv 2104.04473). Frozen weights need no gradient of
   their own: 4 instead of 6. */
double training_model_flop_per_token(const struct training *t) {
    double matrices, context;
    work_of(t->model, &matrices, &context);
    double passes = t->method == TRAINING_FULL ? 6 : 4;
    return passes * matrices + 6 * context * t->sequence_tokens + 6 * training_adapters_passed(t);
}

/* Full recomputation repeats the forward pass of the layers, selective that of attention scores. */
double training_hardware_flop_per_token(const struct training *t) {
    double matrices, context, model = training_model_flop_per_token(t);
    work_of(t->model, &matrices, &context);
    double scores = 2 * context * t->sequence_tokens;
    double layers = matrices - (double)t->model->vocab_size * t->model->hidden_size;
    if (t->recompute == RECOMPUTE_FULL)
        return model + 2 * layers + scores;
    if (t->recompute ==
        RECOMPUTE_SELECTIVE) /* 1 + s/3h in place of 1 + s/6h, as the paper counts */
        return model + 3 * scores;
    return model + (t->flash_attention ? scores / 2 : 0); /* its backward pass repeats QK^T */
}

struct training_work training_work_of(const struct training *t) {
    struct parameters n = parameters_count(t->model);
    return (struct training_work){.known = true,
                                  .trainable = training_trainable(t),
                                  .frozen = t->method == TRAINING_FULL ? 0 : (double)n.total,
                                  .active = (double)n.active,
                                  .model_flop_per_token = training_model_flop_per_token(t),
                                  .hardware_flop_per_token = training_hardware_flop_per_token(t)};
}

double training_6nd(double parameters, double tokens) {
    return 6 * parameters * tokens;
}

struct deepspeed_memory training_deepspeed(double parameters, double largest_layer_parameters,
                                           uint32_t stage, uint32_t gpus, uint32_t gpus_per_node,
                                           enum training_offload offload) {
    const double spare = 1.5; /* DeepSpeed's additional buffer factor */
    double n = gpus, local = gpus_per_node, share = gpus > 0 ? local / n : 1;
    struct deepspeed_memory m = {0};
    if (stage >= 3) {
        double live = 4 * largest_layer_parameters;
        if (offload == OFFLOAD_ALL) {
            m.gpu_bytes = live;
            m.host_bytes = fmax(4 * parameters * local, 18 * parameters * share) * spare;
        } else if (offload == OFFLOAD_OPTIMIZER) {
            m.gpu_bytes = live + 2 * parameters / n;
            m.host_bytes = fmax(4 * parameters * local, 16 * parameters * share) * spare;
        } else {
            m.gpu_bytes = live + 18 * parameters / n;
            m.host_bytes = 4 * parameters * local * spare;
        }
        return m;
    }
    if (offload != OFFLOAD_NONE) {
        m.gpu_bytes = 2 * parameters;
        m.host_bytes = parameters * fmax(4 * n, 16) * spare;
    } else {
        m.gpu_bytes = 4 * parameters + 16 * parameters / n;
        m.host_bytes = 4 * parameters * local * spare;
    }
    return m;
}
