/* Sizes of a model spread over GPUs: bytes read and FLOP done by one GPU in a step. */
#include "engine/shape.h"
#include "engine/memory.h"
#include "engine/parameters.h"

#include <math.h>

static double bytes_of(enum precision precision) {
    return precision_info(precision)->bits_per_weight / 8;
}

static bool same_kind(const struct step_attention *a, const struct step_attention *b) {
    return a->window_keys == b->window_keys;
}

/* Layers with equal windows add up; when the list is full the last one takes the rest. */
static void add_attention(struct step_shape *shape, struct step_attention kind) {
    size_t i = 0;
    while (i < shape->attention_count && !same_kind(&shape->attention[i], &kind))
        i++;
    if (i == STEP_ATTENTIONS)
        i--;
    struct step_attention *to = &shape->attention[i];
    if (i == shape->attention_count) {
        *to = kind;
        shape->attention_count++;
        return;
    }
    to->kv_bytes_per_key += kind.kv_bytes_per_key;
    to->prefill_flop_per_pair += kind.prefill_flop_per_pair;
    to->decode_flop_per_key += kind.decode_flop_per_key;
    to->heads += kind.heads;
    to->fixed_bytes += kind.fixed_bytes;
}

/* MHA, GQA, MQA: K and V heads beyond the count of heads are replicated. */
static struct step_attention softmax_kind(const struct attention *a, double element, double t) {
    double value_dim = a->value_head_dim ? a->value_head_dim : a->head_dim;
    double pair = 2 * a->query_heads * (a->head_dim + value_dim) / t;
    return (struct step_attention){.kv_bytes_per_key =
                                       ceil(a->kv_heads / t) * (a->head_dim + value_dim) * element,
                                   .window_keys = a->window_tokens,
                                   .prefill_flop_per_pair = pair,
                                   .decode_flop_per_key = pair,
                                   .heads = a->query_heads / t};
}

/* MLA: every GPU reads the whole latent; decoding works on it directly (weight absorption,
   arXiv 2405.04434 section 2.1.2), prompts on expanded heads. A sparse indexer caps the keys. */
static struct step_attention latent_kind(const struct attention *a, double element, double t) {
    double latent = (double)a->kv_lora_rank + a->rope_head_dim;
    return (struct step_attention){
        .kv_bytes_per_key = latent * element,
        .window_keys = a->index_topk,
        .prefill_flop_per_pair =
            2.0 * a->query_heads * (a->nope_head_dim + a->rope_head_dim + a->value_head_dim) / t,
        .decode_flop_per_key = 2.0 * a->query_heads * (latent + a->kv_lora_rank) / t,
        .heads = a->query_heads / t};
}

static struct step_attention indexer_kind(const struct attention *a, double t) {
    double flop = 2.0 * a->index_heads * a->index_head_dim / t;
    return (struct step_attention){.kv_bytes_per_key = a->index_head_dim * (1 + 4 / 128.0),
                                   .prefill_flop_per_pair = flop,
                                   .decode_flop_per_key = flop,
                                   .heads = a->index_heads / t};
}

/* One entry stands for compress_ratio tokens; the window beside it is kept whole. */
static void add_compressed(struct step_shape *shape, const struct attention *a, double element,
                           double t, double layers) {
    double pair = 4.0 * a->query_heads * a->head_dim / t * layers;
    double bytes = a->head_dim * element * layers;
    if (a->window_tokens)
        add_attention(shape, (struct step_attention){.kv_bytes_per_key = bytes,
                                                     .window_keys = a->window_tokens,
                                                     .prefill_flop_per_pair = pair,
                                                     .decode_flop_per_key = pair,
                                                     .heads = a->query_heads / t * layers});
    double r = a->compress_ratio;
    if (r > 0)
        add_attention(shape, (struct step_attention){.kv_bytes_per_key = bytes / r,
                                                     .window_keys = (double)a->index_topk * r,
                                                     .prefill_flop_per_pair = pair / r,
                                                     .decode_flop_per_key = pair / r,
                                                     .heads = a->query_heads / t * layers / r});
}

static void scale_layers(struct step_attention *kind, double layers) {
    kind->kv_bytes_per_key *= layers;
    kind->prefill_flop_per_pair *= layers;
    kind->decode_flop_per_key *= layers;
    kind->heads *= layers;
}

static void add_run(struct step_shape *shape, const struct layer_run *run, double element,
                    double t) {
    const struct attention *a = &run->attention;
    struct step_attention kind = {0};
    if (a->kind == ATTENTION_COMPRESSED) {
        add_compressed(shape, a, element, t, run->count);
        return;
    }
    if (a->kind == ATTENTION_SOFTMAX)
        kind = softmax_kind(a, element, t);
    else if (a->kind == ATTENTION_MLA)
        kind = latent_kind(a, element, t);
    else
        return;
    scale_layers(&kind, run->count);
    add_attention(shape, kind);
    if (a->index_heads) {
        kind = indexer_kind(a, t);
        scale_layers(&kind, run->count);
        add_attention(shape, kind);
    }
}

static void add_parameters(struct step_shape *shape, const struct model *model,
                           const struct layer_run *run, double group) {
    struct layer_parameters n = parameters_of_layer(model, run);
    double rest = (double)(n.attention + n.dense + n.shared + n.router + n.norms);
    shape->token_flop += run->count * 2 * rest / group;
    if (run->ffn.kind != FFN_MOE)
        return;
    shape->expert_layers += run->count;
    shape->experts = run->ffn.experts;
    shape->experts_per_token = run->ffn.experts_per_token;
    shape->expert_token_flop +=
        run->count * 2.0 * run->ffn.experts_per_token * (double)n.expert / group;
    shape->expert_bytes += (double)run->count * (double)n.experts / group;
    shape->expert_width = run->ffn.expert_width;
}

static void set_peaks(struct step_shape *shape, const struct gpu *gpu, enum precision weights) {
    const struct precision_info *info = precision_info(weights);
    enum compute used;
    shape->flop_per_s = gpu_flop_per_s(gpu, weights, &used);
    shape->unit = used;
    shape->flop16_per_s = gpu->flop_per_s[COMPUTE_16];
    double unit_bits = used == COMPUTE_FP4    ? 4
                       : used == COMPUTE_16   ? 16
                       : used == COMPUTE_FP32 ? 32
                                              : 8;
    shape->unpacked = info->bits_per_weight < 0.9 * unit_bits;
    shape->block_scaled = weights == PRECISION_FP8_BLOCK;
    shape->memory_bytes_per_s = gpu->memory_bytes_per_s;
}

/* Across nodes the slower of the two links carries the reduction. */
static double link_of(const struct gpu *gpu, double group) {
    double node = gpu->max_per_node ? gpu->max_per_node : 8, link = gpu->link_bytes_per_s;
    if (link <= 0)
        link = 16e9; /* PCIe 3.0 x16, the least a card in a server has */
    if (group <= node)
        return link;
    double across = gpu->node_link_bytes_per_s > 0 ? gpu->node_link_bytes_per_s : 50e9;
    return fmin(link, across);
}

void shape_move(struct step_shape *shape, const struct gpu *gpu, enum precision weights) {
    shape->link_bytes_per_s = link_of(gpu, shape->group);
    set_peaks(shape, gpu, weights);
}

static double tensor_parallel(struct shape_layout layout) {
    return layout.tensor_parallel ? layout.tensor_parallel : 1;
}

static double attention_replicas(struct shape_layout layout) {
    return layout.attention_replicas > 1 ? layout.attention_replicas : 1;
}

struct step_shape shape_frame(const struct model *model, enum precision kv,
                              struct shape_layout layout) {
    double t = tensor_parallel(layout), replicas = attention_replicas(layout);
    double group = t * replicas, experts = layout.expert_parallel ? layout.expert_parallel : 1;
    struct step_shape shape = {.layers = model->layer_count, .hidden = model->hidden_size};
    for (size_t i = 0; i < model->run_count; i++) {
        add_run(&shape, &model->runs[i], bytes_of(kv), t);
        add_parameters(&shape, model, &model->runs[i], group);
    }
    shape.head_flop = 2 * ((double)model->vocab_size * model->hidden_size) / group;
    shape.expert_width *= fmin(experts, group) / group;
    shape.expert_groups = fmin(experts, group);
    double state = 2 * memory_state_bytes(model, kv) / t;
    if (state > 0)
        add_attention(&shape, (struct step_attention){.fixed_bytes = state});
    for (size_t i = 0; i < shape.attention_count && replicas > 1; i++) {
        scale_layers(&shape.attention[i], 1 / replicas);
        shape.attention[i].fixed_bytes /= replicas;
    }
    shape.group = group;
    shape.all_reduces = group > 1 ? 2.0 * model->layer_count : 0;
    return shape;
}

/* Until now expert_bytes are elements. */
static void set_weights(struct step_shape *shape, const struct model *model, enum precision weights,
                        struct shape_layout layout) {
    double t = tensor_parallel(layout), replicas = attention_replicas(layout);
    const struct precision_info *info = precision_info(weights);
    struct parameters room;
    const struct parameters *n = parameters_in(model, &room);
    bool narrow = !info->whole_model && info->bits_per_weight < 16;
    double table = (double)model->vocab_size * model->hidden_size;
    double wide = narrow ? 2 : bytes_of(weights), ends = (double)(n->embedding + n->head) * wide;
    double all = memory_weights_bytes_per_gpu(model, weights, (uint32_t)t, 1);
    shape->expert_bytes *= bytes_of(weights);
    shape->weight_bytes = fmax(0, all - shape->expert_bytes * replicas - ends / t);
    shape->head_bytes = table * wide / shape->group;
}

struct step_shape shape_of(const struct model *model, const struct gpu *gpu, enum precision weights,
                           enum precision kv, struct shape_layout layout) {
    bool plain = layout.attention_replicas <= 1 && layout.expert_parallel <= 1;
    int kept = plain && model->frames ? memory_kept_kv(kv, layout.tensor_parallel) : -1;
    struct step_shape shape = kept >= 0 ? model->frames[kept] : shape_frame(model, kv, layout);
    set_weights(&shape, model, weights, layout);
    shape_move(&shape, gpu, weights);
    return shape;
}
