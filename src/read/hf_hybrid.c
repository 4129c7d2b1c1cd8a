/* Families that mix softmax or latent attention with linear attention of constant state:
   Qwen3-Next, Qwen3.5, Kimi Linear and K3, MiniMax-01. */
#include "read/hf.h"

#include <string.h>

enum { STATE_BYTES = 4 }; /* recurrent states are kept in FP32 */

static struct attention gated_deltanet(struct hf *hf) {
    struct attention a;
    memset(&a, 0, sizeof a);
    a.kind = ATTENTION_GATED_DELTANET;
    a.linear_key_heads = hf_u32(hf, "linear_num_key_heads", 1, HF_MAX_HEADS);
    a.linear_key_dim = hf_u32(hf, "linear_key_head_dim", 1, HF_MAX_WIDTH);
    a.linear_value_heads = hf_u32(hf, "linear_num_value_heads", 1, HF_MAX_HEADS);
    a.linear_value_dim = hf_u32(hf, "linear_value_head_dim", 1, HF_MAX_WIDTH);
    a.conv_kernel = hf_u32_or(hf, "linear_conv_kernel_dim", 4, 64);
    a.state_elements = (uint64_t)a.linear_value_heads * a.linear_key_dim * a.linear_value_dim;
    a.state_bytes_per_element = STATE_BYTES;
    return a;
}

/* By layer_types, else each full_attention_interval-th layer is full. */
static bool is_linear(struct hf *hf, uint32_t layer) {
    const struct json *types = hf_list(hf, "layer_types", hf->model->layer_count);
    if (types)
        return hf_item_is(types, layer, "linear_attention");
    uint32_t interval = hf_u32_or(hf, "full_attention_interval", 4, HF_MAX_LAYERS);
    return interval == 0 || (layer + 1) % interval != 0;
}

static void read_qwen_hybrid(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    struct attention linear = gated_deltanet(hf), full = hf_softmax(hf, family);
    full.output_gate = hf_bool_or(hf, "attn_output_gate", true);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.norm_parameters = hf_norms(hf, family);
    bool experts = hf_value(hf, "num_experts") != NULL;
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        layer.attention = is_linear(hf, i) ? linear : full;
        bool moe = experts && hf_layer_is_moe(hf, family, i);
        layer.ffn = moe ? hf_moe_ffn(hf, family) : hf_dense_ffn(hf, family);
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
    layer.attention = full;
    hf_add_mtp(hf, &layer, 0);
}

/* Kimi delta attention, arXiv 2510.26692: decay per channel from a low-rank map, three short
   convolutions, an output gate of low or full rank. */
static struct attention kimi_delta(struct hf *hf, const struct json *keys) {
    struct attention a;
    memset(&a, 0, sizeof a);
    const struct json *text = hf_enter(hf, keys);
    a.kind = ATTENTION_GATED_DELTANET;
    a.linear_value_heads = a.linear_key_heads = hf_u32(hf, "num_heads", 1, HF_MAX_HEADS);
    a.linear_value_dim = a.linear_key_dim = hf_u32(hf, "head_dim", 1, HF_MAX_WIDTH);
    a.conv_kernel = hf_u32_or(hf, "short_conv_kernel_size", 4, 64);
    bool full_gate = hf_bool_or(hf, "use_full_rank_gate", false);
    hf_leave(hf, text);
    uint64_t h = hf->model->hidden_size, dim = a.linear_key_dim, heads = a.linear_key_heads;
    uint64_t inner = heads * dim, low_rank = h * dim + dim * inner;
    a.counted = true;
    a.extra_parameters = 4 * h * inner + 3 * inner * a.conv_kernel + low_rank + h * heads +
                         (full_gate ? h * inner : low_rank) + heads + inner + dim;
    a.state_elements = heads * dim * dim;
    a.state_bytes_per_element = STATE_BYTES;
    return a;
}

static struct attention kimi_latent(struct hf *hf) {
    struct attention a = hf_latent(hf, 0);
    if (hf_bool_or(hf, "mla_use_output_gate", false))
        a.extra_parameters = (uint64_t)hf->model->hidden_size * a.query_heads * a.value_head_dim;
    return a;
}

/* K3's experts work in a latent space: maps down and up, a norm between. */
static struct ffn kimi_experts(struct hf *hf, const struct hf_family *family) {
    struct ffn f = hf_moe_ffn(hf, family);
    uint64_t h = hf->model->hidden_size;
    f.expert_input = hf_u32_or(hf, "routed_expert_hidden_size", 0, HF_MAX_WIDTH);
    if (f.expert_input)
        f.extra_parameters = 2 * h * f.expert_input +
                             (hf_bool_or(hf, "latent_moe_use_norm", false) ? f.expert_input : 0);
    return f;
}

/* full_attn_layers counts layers from one. */
static bool listed(struct hf *hf, const struct json *list, uint32_t layer) {
    for (size_t i = 0; i < list->count; i++)
        if (hf_item_u32(hf, list, i, HF_MAX_LAYERS) == layer + 1)
            return true;
    return false;
}

static void read_kimi_linear(struct hf *hf, const struct hf_family *family) {
    const struct json *keys = hf_value(hf, "linear_attn_config");
    const struct json *full =
        keys && keys->kind == JSON_OBJECT ? json_get(keys, "full_attn_layers") : NULL;
    if (!full || full->kind != JSON_ARRAY || full->count > HF_MAX_ITEMS) {
        hf_refuse(hf, hf->text, "config-missing-key",
                  "\"linear_attn_config\" with \"full_attn_layers\" is missing");
        return;
    }
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    uint64_t h = m->hidden_size;
    bool residuals = hf_value(hf, "attn_res_block_size") != NULL;
    struct attention linear = kimi_delta(hf, keys), latent = kimi_latent(hf);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.norm_parameters = hf_norms(hf, family) + (residuals ? 4 * h : 0);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        layer.attention = listed(hf, full, i) ? latent : linear;
        bool moe = hf_layer_is_moe(hf, family, i);
        layer.ffn = moe ? kimi_experts(hf, family) : hf_dense_ffn(hf, family);
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = residuals ? 3 * h : h;
    hf_add_mtp(hf, &layer, 0);
}

/* MiniMax-01 and M1: attn_type_list 0 is lightning attention, 1 softmax. */
static void read_lightning(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    const struct json *kinds = hf_list(hf, "attn_type_list", m->layer_count);
    const struct json *types = hf_list(hf, "layer_types", m->layer_count);
    if (!kinds && !types) {
        hf_refuse(hf, hf->text, "config-missing-key", "\"attn_type_list\" is missing");
        return;
    }
    struct attention full = hf_softmax(hf, family), linear;
    memset(&linear, 0, sizeof linear);
    linear.kind = ATTENTION_LIGHTNING;
    linear.query_heads = linear.kv_heads = full.query_heads;
    linear.head_dim = full.head_dim;
    linear.state_elements = (uint64_t)full.query_heads * full.head_dim * full.head_dim;
    linear.state_bytes_per_element = STATE_BYTES;
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.ffn = hf_moe_ffn(hf, family);
    layer.norm_parameters = hf_norms(hf, family);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        bool is_full =
            kinds ? hf_item_u32(hf, kinds, i, 1) == 1 : hf_item_is(types, i, "full_attention");
        layer.attention = is_full ? full : linear;
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
}

const struct hf_family hf_hybrid_families[] = {
    {"qwen3_next", read_qwen_hybrid, HF_BIAS_KEY_QKVO | HF_QK_NORM | HF_SHARED_GATE, 2, 1,
     .window = HF_WINDOW_NONE, .head_dim = 256, .shared_width = 512},
    {"qwen3_5_text", read_qwen_hybrid, HF_BIAS_KEY_QKVO | HF_QK_NORM, 2, 1,
     .window = HF_WINDOW_NONE, .head_dim = 256},
    {"qwen3_5_moe_text", read_qwen_hybrid, HF_BIAS_KEY_QKVO | HF_QK_NORM | HF_SHARED_GATE, 2, 1,
     .window = HF_WINDOW_NONE, .head_dim = 256, .shared_width = 512},
    {"kimi_linear", read_kimi_linear, HF_SHARED_IS_EXPERT | HF_ROUTER_BIAS, 2, 1,
     .window = HF_WINDOW_NONE},
    {"minimax_text_01", read_lightning, HF_EXPERT_IS_FFN, 2, 1, .window = HF_WINDOW_NONE},
    {"minimax_m1", read_lightning, HF_EXPERT_IS_FFN, 2, 1, .window = HF_WINDOW_NONE},
    {"minimax", read_lightning, HF_EXPERT_IS_FFN, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
