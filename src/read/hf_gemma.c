/* Gemma 1 to 4: wide heads, tied embeddings, local and global layers. */
#include "read/hf.h"

#include <string.h>

struct gemma4 {
    uint32_t global_dim, global_kv_heads, kv_shared_from;
    bool k_is_v, wide_mlp, experts;
    uint32_t per_layer; /* width of the per-layer embeddings; 0 = none */
};

static struct gemma4 gemma4_keys(struct hf *hf) {
    struct gemma4 g = {0};
    uint32_t layers = hf->model->layer_count;
    g.global_dim = hf_u32_or(hf, "global_head_dim", 0, HF_MAX_WIDTH);
    g.global_kv_heads = hf_u32_or(hf, "num_global_key_value_heads", 0, HF_MAX_HEADS);
    uint32_t shared = hf_u32_or(hf, "num_kv_shared_layers", 0, layers);
    g.kv_shared_from = layers - shared;
    g.k_is_v = hf_bool_or(hf, "attention_k_eq_v", false);
    g.wide_mlp = hf_bool_or(hf, "use_double_wide_mlp", false);
    g.experts = hf_bool_or(hf, "enable_moe_block", false);
    g.per_layer = hf_u32_or(hf, "hidden_size_per_layer_input", 0, HF_MAX_WIDTH);
    return g;
}

/* Global layers have heads of their own size; K may serve as V there. The last layers take keys and
   values from earlier ones. */
static void gemma4_attention(const struct gemma4 *g, uint32_t layer, struct attention *a) {
    bool global = a->window_tokens == 0;
    if (global && g->global_dim)
        a->head_dim = g->global_dim;
    if (global && g->k_is_v) {
        a->k_is_v = true;
        if (g->global_kv_heads)
            a->kv_heads = g->global_kv_heads;
    }
    a->shares_kv = layer >= g->kv_shared_from;
}

/* Dense FFN in every layer; where experts are on, they stand beside it, with a scale of the
   router's input, one scale an expert and three more norms. */
static void gemma4_ffn(struct hf *hf, const struct hf_family *family, const struct gemma4 *g,
                       uint32_t layer, struct layer_run *run) {
    uint64_t h = hf->model->hidden_size;
    struct ffn dense = hf_dense_ffn(hf, family);
    if (g->wide_mlp && layer >= g->kv_shared_from && dense.width <= HF_MAX_WIDTH / 2)
        dense.width *= 2;
    run->ffn = dense;
    run->norm_parameters = 4 * h;
    if (g->experts) {
        run->ffn = hf_moe_ffn(hf, family);
        run->ffn.width = dense.width;
        run->ffn.gated = true;
        run->ffn.dense_beside_experts = true;
        run->ffn.router_bias = true; /* per_expert_scale */
        run->norm_parameters += 3 * h + h;
    }
    if (g->per_layer) { /* gate, projection and norm */
        run->attention.extra_parameters = 2 * h * g->per_layer;
        run->norm_parameters += h;
    }
}

static void read_gemma4(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    struct gemma4 g = gemma4_keys(hf);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    struct attention attention = hf_softmax(hf, family);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        layer.attention = attention;
        layer.attention.window_tokens = hf_window_of(hf, family, i);
        gemma4_attention(&g, i, &layer.attention);
        if (layer.attention.query_heads % layer.attention.kv_heads)
            hf_refuse(hf, hf_value(hf, "num_global_key_value_heads"), "config-heads",
                      "global key-value heads do not divide the query heads");
        gemma4_ffn(hf, family, &g, i, &layer);
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
    if (g.per_layer) {
        uint64_t all = (uint64_t)m->layer_count * g.per_layer;
        uint64_t words = hf_u32_or(hf, "vocab_size_per_layer_input", m->vocab_size, HF_MAX_VOCAB);
        m->extra_embedding_parameters = words * all;
        m->extra_other_parameters = m->hidden_size * all + g.per_layer;
    }
}

const struct hf_family hf_gemma_families[] = {
    {"gemma", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO, 2, 1, .window = HF_WINDOW_NONE,
     .head_dim = 256},
    {"gemma2", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO, 4, 1, .window = HF_WINDOW_EVEN,
     .head_dim = 256, .window_tokens = 4096},
    {"gemma3_text", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO | HF_QK_NORM, 4, 1,
     .window = HF_WINDOW_PATTERN, .pattern = 6, .head_dim = 256, .window_tokens = 4096,
     .vocab_size = 262208},
    {"gemma4_text", read_gemma4, HF_TIED | HF_BIAS_KEY_QKVO | HF_QK_NORM, 4, 1,
     .window = HF_WINDOW_PATTERN, .pattern = 6, .head_dim = 256, .window_tokens = 512,
     .vocab_size = 262144},
    {0},
};
