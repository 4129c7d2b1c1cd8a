/* Bytes of weights with their scales, and of KV cache and constant state by kind of attention. */
#include "engine/memory.h"
#include "engine/parameters.h"

#include <math.h>

/* An FP8 indexer key: one byte an element and one FP32 scale per 128 (DeepSeek-V3.2). */
#define INDEX_SCALE_GROUP 128.0

static double bytes_of(enum precision precision) {
    return precision_info(precision)->bits_per_weight / 8;
}

/* Bytes of the matrices: a checkpoint may quantise its routed experts only. */
static double matrix_bytes(const struct model *model, enum precision weights, double experts,
                           double rest) {
    bool mixed = model->native_experts_only && model->native_precision == weights;
    bool native = model->native_bits > 0 && model->native_precision == weights;
    double own = native ? model->native_bits / 8 : bytes_of(weights);
    return experts * own + rest * (mixed ? bytes_of(model->native_rest) : own);
}

double memory_weights_bytes(const struct model *model, enum precision weights) {
    if (model->weights_bytes)
        return model->weights_bytes[weights];
    struct parameters n = parameters_count(model);
    const struct precision_info *info = precision_info(weights);
    if (info->whole_model || info->bits_per_weight >= 16)
        return (double)n.total * info->bits_per_weight / 8;
    double experts = (double)(n.experts - n.expert_vectors);
    double rest = (double)(n.attention + n.dense + n.shared - n.vectors);
    double plain = (double)n.total - experts - rest, router = (double)n.router;
    return matrix_bytes(model, weights, experts, rest) + plain * 2 +
           (model->router_fp32 ? 2 * router : 0);
}

/* Attention parameters one GPU of t holds: K/V heads beyond the count of heads are replicated,
   MLA's down projections and norms stay whole. arXiv 1909.08053 section 3, vLLM's
   QKVParallelLinear. */
static double attention_per_gpu(const struct model *model, const struct layer_run *run,
                                uint32_t t) {
    const struct attention *a = &run->attention;
    double n = (double)parameters_of_layer(model, run).attention, h = model->hidden_size;
    if (a->kind == ATTENTION_SOFTMAX && !a->counted && !a->shares_kv) {
        double vd = a->value_head_dim ? a->value_head_dim : a->head_dim;
        double kv = h * a->kv_heads * (a->head_dim + (a->k_is_v ? 0 : vd));
        return (n - kv) / t + kv * ceil((double)a->kv_heads / t) / a->kv_heads;
    }
    if (a->kind == ATTENTION_MLA && !a->counted) {
        double whole = h * ((double)a->q_lora_rank + a->kv_lora_rank + a->rope_head_dim);
        return whole + (n - whole) / t;
    }
    return n / t;
}

/* Bytes of what a format leaves at 16 bit. */
static double wide_bytes(const struct precision_info *info) {
    bool plain = info->whole_model || info->bits_per_weight >= 16;
    return plain ? info->bits_per_weight / 8 : 2;
}

double memory_layer_bytes_per_gpu(const struct model *model, enum precision weights, uint32_t t) {
    const struct precision_info *info = precision_info(weights);
    bool plain = info->whole_model || info->bits_per_weight >= 16;
    double wide = wide_bytes(info), layers = 0;
    for (size_t i = 0; i < model->run_count; i++) {
        const struct layer_run *run = &model->runs[i];
        struct layer_parameters l = parameters_of_layer(model, run);
        double rest = attention_per_gpu(model, run, t) + (double)(l.dense + l.shared) / t;
        double experts = (double)(l.experts - l.expert_vectors) / t;
        double vectors = (double)l.vectors / t, expert_vectors = (double)l.expert_vectors / t;
        double router = (double)l.router * (model->router_fp32 && !plain ? 2 * wide : wide);
        layers += run->count * (matrix_bytes(model, weights, experts, rest - vectors) + router +
                                ((double)l.norms + vectors + expert_vectors) * wide);
    }
    return layers;
}

/* The sum over the layers, which is kept for the usual degrees. */
static double layer_bytes(const struct model *model, enum precision weights, uint32_t t) {
    int at = memory_kept_degree(t);
    if (model->layer_bytes && at >= 0)
        return model->layer_bytes[(int)weights * MEMORY_KEPT_DEGREES + at];
    return memory_layer_bytes_per_gpu(model, weights, t);
}

double memory_weights_bytes_per_gpu(const struct model *model, enum precision weights, uint32_t t,
                                    uint32_t p) {
    double wide = wide_bytes(precision_info(weights)), layers = layer_bytes(model, weights, t);
    struct parameters room;
    const struct parameters *n = parameters_in(model, &room);
    double stage = p == 1 ? 1 : ceil((double)model->layer_count / p) / model->layer_count;
    double first = (double)n->embedding, last = (double)(n->head ? n->head : n->embedding);
    double ends = p == 1 ? (double)(n->embedding + n->head) : fmax(first, last);
    double other = (double)(model->extra_other_parameters + model->final_norm_parameters);
    return layers * stage + ends * wide / t + other * wide;
}

/* Bytes a cached token takes in one layer, over a tensor-parallel group of t. */
static double token_bytes(const struct attention *a, enum precision kv, uint32_t t) {
    double element = bytes_of(kv), sum = 0;
    double index_key = a->index_heads ? a->index_head_dim * (1 + 4 / INDEX_SCALE_GROUP) : 0;
    switch (a->kind) {
    case ATTENTION_SOFTMAX: {
        double vd = a->value_head_dim ? a->value_head_dim : a->head_dim;
        sum = a->shares_kv ? 0 : t * ceil((double)a->kv_heads / t) * (a->head_dim + vd) * element;
        break;
    }
    case ATTENTION_MLA: /* sparse attention keeps the rotary part at 16 bits */
        sum = a->kv_lora_rank * element +
              a->rope_head_dim * (a->index_heads ? fmax(element, 2) : element);
        sum *= t;
        break;
    case ATTENTION_COMPRESSED:
        return t * a->head_dim * element; /* the window's; entry_bytes() is the history */
    default:
        return 0;
    }
    return sum + t * (index_key + 2.0 * a->index_key_dim);
}

/* One entry of compressed history, with its indexer's key. */
static double entry_bytes(const struct attention *a, enum precision kv) {
    double key = a->index_heads ? a->index_head_dim * (1 + 4 / INDEX_SCALE_GROUP) : 0;
    return a->head_dim * bytes_of(kv) + key;
}

/* One layer's cache of one sequence, without constant state, over a group of t. */
static double kv_layer(const struct attention *a, enum precision kv, double context, uint32_t t) {
    double held = a->window_tokens ? fmin(context, a->window_tokens) : context;
    double bytes = held * token_bytes(a, kv, t);
    if (a->kind == ATTENTION_COMPRESSED && a->compress_ratio) {
        double entries = context / a->compress_ratio; /* whole entries but for the last */
        bytes += t * entries * entry_bytes(a, kv);
    }
    return bytes;
}

/* Constant state of one layer: recurrent matrices, and the short convolution's last inputs. */
static double state_layer(const struct attention *a, enum precision kv) {
    double element = a->state_bytes_per_element ? a->state_bytes_per_element : bytes_of(kv);
    double bytes = (double)a->state_elements * element, conv = 0;
    if (a->kind == ATTENTION_GATED_DELTANET)
        conv = 2.0 * a->linear_key_heads * a->linear_key_dim +
               (double)a->linear_value_heads * a->linear_value_dim;
    else if (a->kind == ATTENTION_MAMBA2)
        conv = (double)a->linear_value_heads * a->linear_value_dim +
               2.0 * a->ssm_groups * a->ssm_state;
    return bytes + (a->conv_kernel ? conv * (a->conv_kernel - 1) * 2 : 0);
}

double memory_state_bytes(const struct model *model, enum precision kv) {
    double sum = 0;
    for (size_t i = 0; i < model->run_count; i++)
        sum += model->runs[i].count * state_layer(&model->runs[i].attention, kv);
    return sum;
}

double memory_kv_bytes(const struct model *model, enum precision kv, double context, uint32_t t) {
    double sum = memory_state_bytes(model, kv);
    for (size_t i = 0; i < model->run_count; i++)
        sum += model->runs[i].count * kv_layer(&model->runs[i].attention, kv, context, t);
    return sum;
}

/* A layer's cache grows along a line until its window is full; constant state does not grow. */
static bool add_line(struct memory_kv *kv, double bytes_per_token, double until_tokens) {
    size_t i = 0;
    while (i < kv->count && kv->line[i].until_tokens != until_tokens)
        i++;
    if (i == MEMORY_KV_LINES)
        return false;
    if (i == kv->count)
        kv->line[kv->count++].until_tokens = until_tokens;
    kv->line[i].bytes_per_token += bytes_per_token;
    return true;
}

int memory_kept_kv(enum precision kv, uint32_t t) {
    double bits = precision_info(kv)->bits_per_weight;
    int at = memory_kept_degree(t);
    if (at < 0 || (bits != 16 && bits != 8))
        return -1;
    return (bits == 8 ? MEMORY_KEPT_DEGREES : 0) + at;
}

struct memory_kv memory_kv_of(const struct model *model, enum precision precision, uint32_t t) {
    int kept = model->kv_lines ? memory_kept_kv(precision, t) : -1;
    if (kept >= 0) {
        struct memory_kv lines = model->kv_lines[kept];
        lines.model = model;
        lines.precision = precision;
        return lines;
    }
    struct memory_kv kv = {.model = model, .precision = precision, .t = t};
    bool room = true;
    kv.fixed_bytes = memory_state_bytes(model, precision);
    for (size_t i = 0; i < model->run_count && room; i++) {
        const struct attention *a = &model->runs[i].attention;
        double layers = model->runs[i].count, token = token_bytes(a, precision, t);
        if (token > 0)
            room = add_line(&kv, layers * token,
                            a->window_tokens ? (double)a->window_tokens : INFINITY);
        if (room && a->kind == ATTENTION_COMPRESSED && a->compress_ratio)
            room =
                add_line(&kv, layers * t * entry_bytes(a, precision) / a->compress_ratio, INFINITY);
    }
    kv.in_lines = room;
    return kv;
}

double memory_kv_at(const struct memory_kv *kv, double context) {
    double sum = kv->fixed_bytes;
    if (!kv->in_lines)
        return memory_kv_bytes(kv->model, kv->precision, context, kv->t);
    for (size_t i = 0; i < kv->count; i++) {
        double until = kv->line[i].until_tokens;
        sum += (context < until ? context : until) * kv->line[i].bytes_per_token;
    }
    return sum;
}

double memory_kv_bytes_per_token(const struct model *model, enum precision kv) {
    double sum = 0;
    for (size_t i = 0; i < model->run_count; i++) {
        const struct attention *a = &model->runs[i].attention;
        double token = token_bytes(a, kv, 1);
        if (a->kind == ATTENTION_COMPRESSED && a->compress_ratio)
            token += entry_bytes(a, kv) / a->compress_ratio;
        sum += model->runs[i].count * token;
    }
    return sum;
}
