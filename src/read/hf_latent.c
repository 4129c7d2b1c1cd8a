/* Multi-head latent attention: DeepSeek V2 to V3.2, Kimi K2, GLM-5, MiniCPM3. */
#include "read/hf.h"

#include <string.h>

struct attention hf_latent(struct hf *hf, uint32_t default_value_dim) {
    struct attention a;
    memset(&a, 0, sizeof a);
    a.kind = ATTENTION_MLA;
    a.query_heads = hf_u32(hf, "num_attention_heads", 1, HF_MAX_HEADS);
    a.kv_heads = 1;
    a.q_lora_rank = hf_u32_or(hf, "q_lora_rank", 0, HF_MAX_WIDTH);
    a.kv_lora_rank = hf_u32(hf, "kv_lora_rank", 1, HF_MAX_WIDTH);
    a.rope_head_dim = hf_u32(hf, "qk_rope_head_dim", 0, HF_MAX_WIDTH);
    a.nope_head_dim = hf_u32(hf, "qk_nope_head_dim", 1, HF_MAX_WIDTH);
    a.value_head_dim = default_value_dim
                           ? hf_u32_or(hf, "v_head_dim", default_value_dim, HF_MAX_WIDTH)
                           : hf_u32(hf, "v_head_dim", 1, HF_MAX_WIDTH);
    a.head_dim = a.nope_head_dim + a.rope_head_dim;
    a.q_bias = a.k_bias = a.o_bias = hf_bool_or(hf, "attention_bias", false);
    return a;
}

/* The sparse indexer of DeepSeek-V3.2 and GLM-5. */
static void add_indexer(struct hf *hf, struct attention *a) {
    if (!hf_value(hf, "index_topk"))
        return;
    a->index_topk = hf_u32(hf, "index_topk", 1, HF_MAX_CONTEXT);
    a->index_heads = hf_u32(hf, "index_n_heads", 1, HF_MAX_HEADS);
    a->index_head_dim = hf_u32(hf, "index_head_dim", 1, HF_MAX_WIDTH);
}

/* A correction bias steers the routing without auxiliary loss ("noaux_tc") from V3 on. */
static bool corrected_routing(struct hf *hf, const struct hf_family *family) {
    if (!(family->flags & HF_ROUTER_BIAS))
        return false;
    return strcmp(hf_string_or(hf, "topk_method", "noaux_tc"), "noaux_tc") == 0;
}

static void read_latent(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_latent(hf, 0);
    add_indexer(hf, &layer.attention);
    layer.norm_parameters = hf_norms(hf, family);
    bool experts = hf_value(hf, "n_routed_experts") != NULL;
    struct ffn dense = hf_dense_ffn(hf, family), moe = dense;
    if (experts)
        moe = hf_moe_ffn(hf, family);
    moe.router_bias = corrected_routing(hf, family);
    const struct json *indexers = hf_list(hf, "indexer_types", m->layer_count);
    struct attention whole = layer.attention;
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        layer.attention = whole;
        if (indexers && hf_item_is(indexers, i, "shared")) /* takes an earlier layer's choice */
            layer.attention.index_heads = 0;
        layer.ffn = experts && hf_layer_is_moe(hf, family, i) ? moe : dense;
        hf_add_layer(hf, &layer);
    }
    layer.attention = whole;
    m->final_norm_parameters = m->hidden_size;
    hf_add_mtp(hf, &layer, 0);
}

/* MiniCPM3: latent attention, dense FFN, tied embeddings; the value head defaults to hidden/heads.
 */
static void read_minicpm3(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    uint32_t heads = hf_u32(hf, "num_attention_heads", 1, HF_MAX_HEADS);
    if (hf->failed)
        return;
    struct attention latent = hf_latent(hf, hf->model->hidden_size / heads);
    hf_equal_layers(hf, family, latent, hf_dense_ffn(hf, family));
}

const struct hf_family hf_latent_families[] = {
    {"deepseek_v2", read_latent, HF_SHARED_IS_EXPERT, 2, 1, .window = HF_WINDOW_NONE},
    {"deepseek_v3", read_latent, HF_SHARED_IS_EXPERT | HF_ROUTER_BIAS, 2, 1,
     .window = HF_WINDOW_NONE},
    {"deepseek_v32", read_latent, HF_SHARED_IS_EXPERT | HF_ROUTER_BIAS, 2, 1,
     .window = HF_WINDOW_NONE},
    {"kimi_k2", read_latent, HF_SHARED_IS_EXPERT | HF_ROUTER_BIAS, 2, 1, .window = HF_WINDOW_NONE},
    {"glm_moe_dsa", read_latent, HF_SHARED_IS_EXPERT | HF_ROUTER_BIAS, 2, 1,
     .window = HF_WINDOW_NONE},
    {"glm4_moe_lite", read_latent, HF_SHARED_IS_EXPERT | HF_ROUTER_BIAS, 2, 1,
     .window = HF_WINDOW_NONE},
    {"minicpm3", read_minicpm3, HF_TIED, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
