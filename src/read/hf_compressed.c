/* DeepSeek-V4: one key-value latent a layer, a window beside compressed history (ratio 4 with a
   sparse indexer, or 128), grouped output maps, hyper-connections, experts in every layer. */
#include "read/hf.h"

#include <string.h>

struct v4 {
    uint64_t hidden, heads, dim, q_rank, o_rank, o_groups;
    uint64_t index_heads, index_dim, streams;
    uint32_t window, index_topk;
};

static struct v4 v4_keys(struct hf *hf) {
    struct v4 v = {0};
    v.hidden = hf->model->hidden_size;
    v.heads = hf_u32(hf, "num_attention_heads", 1, HF_MAX_HEADS);
    v.dim = hf_u32(hf, "head_dim", 1, HF_MAX_WIDTH);
    v.q_rank = hf_u32(hf, "q_lora_rank", 1, HF_MAX_WIDTH);
    v.o_rank = hf_u32(hf, "o_lora_rank", 1, HF_MAX_WIDTH);
    v.o_groups = hf_u32(hf, "o_groups", 1, HF_MAX_HEADS);
    v.index_heads = hf_u32_or(hf, "index_n_heads", 0, HF_MAX_HEADS);
    v.index_dim = hf_u32_or(hf, "index_head_dim", 0, HF_MAX_WIDTH);
    v.index_topk = hf_u32_or(hf, "index_topk", 0, HF_MAX_CONTEXT);
    v.streams = hf_u32_or(hf, "hc_mult", 4, 64);
    v.window = hf_u32_or(hf, "sliding_window", 128, HF_MAX_CONTEXT);
    if (!hf->failed && (v.heads * v.dim) % v.o_groups)
        hf_refuse(hf, hf_value(hf, "o_groups"), "config-heads",
                  "o_groups does not divide the heads");
    return v;
}

/* KV and gate maps, a position bias for each place in a block, a norm; blocks of ratio 4 overlap
   and are twice as wide. */
static uint64_t compressor(uint64_t hidden, uint64_t dim, uint64_t ratio) {
    uint64_t width = ratio == 4 ? 2 * dim : dim;
    return 2 * hidden * width + ratio * width + dim;
}

static struct attention v4_attention(const struct v4 *v, uint32_t ratio) {
    struct attention a;
    memset(&a, 0, sizeof a);
    a.kind = ATTENTION_COMPRESSED;
    a.query_heads = (uint32_t)v->heads;
    a.kv_heads = 1;
    a.head_dim = (uint32_t)v->dim;
    a.window_tokens = v->window;
    a.compress_ratio = ratio;
    a.q_lora_rank = (uint32_t)v->q_rank;
    a.output_lora_rank = (uint32_t)v->o_rank;
    a.output_groups = (uint32_t)v->o_groups;
    uint64_t inner = v->heads * v->dim;
    uint64_t n = v->hidden * v->q_rank + v->q_rank + v->q_rank * inner;
    n += v->hidden * v->dim + v->dim + v->heads; /* latent, its norm, sinks */
    n += inner * v->o_rank + v->o_groups * v->o_rank * v->hidden;
    if (ratio)
        n += compressor(v->hidden, v->dim, ratio);
    if (ratio == 4 && v->index_heads) {
        a.index_heads = (uint32_t)v->index_heads;
        a.index_head_dim = (uint32_t)v->index_dim;
        a.index_topk = v->index_topk;
        n += v->q_rank * v->index_heads * v->index_dim + v->hidden * v->index_heads;
        n += compressor(v->hidden, v->index_dim, ratio);
    }
    a.counted = true;
    a.extra_parameters = n;
    return a;
}

/* Manifold-constrained hyper-connections, arXiv 2512.24880: before attention and before the FFN. */
static uint64_t hyper_connections(const struct v4 *v) {
    uint64_t mixes = (2 + v->streams) * v->streams;
    return 2 * (mixes * v->streams * v->hidden + mixes + 3);
}

static uint64_t head_connection(const struct v4 *v) {
    return v->streams * v->streams * v->hidden + v->streams + 1;
}

static void v4_mtp(struct hf *hf, const struct v4 *v, struct layer_run *layer) {
    layer->attention = v4_attention(v, 0);
    layer->ffn.router_bias = true;
    hf_add_mtp(hf, layer, head_connection(v));
}

static void read_v4(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    const struct json *ratios = hf_list(hf, "compress_ratios", 0);
    if (hf->failed)
        return;
    if (!ratios || ratios->count < m->layer_count) {
        hf_refuse(hf, ratios ? ratios : hf->text, ratios ? "config-layers" : "config-missing-key",
                  "\"compress_ratios\" needs an entry for each layer");
        return;
    }
    struct v4 v = v4_keys(hf);
    uint32_t hashed = hf_u32_or(hf, "num_hash_layers", 0, HF_MAX_LAYERS);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.norm_parameters = hf_norms(hf, family) + hyper_connections(&v);
    struct ffn moe = hf_moe_ffn(hf, family);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        layer.attention = v4_attention(&v, hf_item_u32(hf, ratios, i, 4096));
        layer.ffn = moe;
        layer.ffn.router_bias = i >= hashed; /* the first layers route by a table of token ids */
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
    m->extra_other_parameters = head_connection(&v);
    v4_mtp(hf, &v, &layer);
}

const struct hf_family hf_compressed_families[] = {
    {"deepseek_v4", read_v4, HF_SHARED_IS_EXPERT, 2, 1, .window = HF_WINDOW_NONE},
    {"deepseek_ref", read_v4, HF_SHARED_IS_EXPERT, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
