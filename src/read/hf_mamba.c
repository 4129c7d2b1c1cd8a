/* Families that mix Mamba-2 with softmax attention by the names of IBM's keys: Granite 4, Bamba. */
#include "read/hf.h"

#include <string.h>

static struct attention mamba2(struct hf *hf) {
    struct attention a;
    memset(&a, 0, sizeof a);
    a.kind = ATTENTION_MAMBA2;
    uint32_t expand = hf_u32_or(hf, "mamba_expand", 2, 64);
    const struct json *dim = hf_value(hf, "mamba_d_head");
    a.linear_value_heads = hf_u32(hf, "mamba_n_heads", 1, HF_MAX_HEADS);
    a.ssm_state = hf_u32(hf, "mamba_d_state", 1, HF_MAX_WIDTH);
    a.ssm_groups = hf_u32(hf, "mamba_n_groups", 1, HF_MAX_HEADS);
    a.conv_kernel = hf_u32_or(hf, "mamba_d_conv", 4, 64);
    if (hf->failed)
        return a;
    uint64_t inner = (uint64_t)expand * hf->model->hidden_size;
    if (dim && dim->kind == JSON_NUMBER)
        a.linear_value_dim = hf_u32(hf, "mamba_d_head", 1, HF_MAX_WIDTH);
    else if (inner && inner % a.linear_value_heads == 0)
        a.linear_value_dim = (uint32_t)(inner / a.linear_value_heads);
    else
        hf_refuse(hf, hf_value(hf, "mamba_n_heads"), "config-heads",
                  "mamba_n_heads does not divide mamba_expand x hidden_size");
    a.k_bias = hf_bool_or(hf, "mamba_conv_bias", true);
    a.q_bias = a.o_bias = hf_bool_or(hf, "mamba_proj_bias", false);
    a.state_elements = (uint64_t)a.linear_value_heads * a.linear_value_dim * a.ssm_state;
    a.state_bytes_per_element = 4;
    return a;
}

/* -1 when the config does not say which layers attend. */
static int attends(struct hf *hf, uint32_t layer) {
    const struct json *types = hf_list(hf, "layer_types|layers_block_type", hf->model->layer_count);
    if (types)
        return hf_item_is(types, layer, "attention") || hf_item_is(types, layer, "full_attention");
    const struct json *list = hf_list(hf, "attn_layer_indices", 0);
    for (size_t i = 0; list && i < list->count; i++)
        if (hf_item_u32(hf, list, i, HF_MAX_LAYERS) == layer)
            return 1;
    return list ? 0 : -1;
}

/* Granite 4: experts where there are any, and a dense "shared" FFN in every layer. */
static struct ffn granite_ffn(struct hf *hf, const struct hf_family *family) {
    uint32_t experts = hf_u32_or(hf, "num_local_experts", 0, HF_MAX_EXPERTS);
    if (experts)
        return hf_moe_ffn(hf, family);
    struct ffn f = hf_dense_ffn(hf, family);
    f.width = hf_u32_or(hf, "shared_intermediate_size", f.width, HF_MAX_WIDTH);
    return f;
}

static void read_mamba_mix(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    bool granite = strcmp(family->type, "granitemoehybrid") == 0;
    if (attends(hf, 0) < 0 && !hf->failed)
        hf_refuse(hf, hf->text, "config-missing-key", "\"layer_types\" is missing");
    struct attention full = hf_softmax(hf, family), linear;
    memset(&linear, 0, sizeof linear);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.norm_parameters = hf_norms(hf, family);
    layer.ffn = granite ? granite_ffn(hf, family) : hf_dense_ffn(hf, family);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        bool attention = attends(hf, i) > 0;
        if (!attention && linear.kind == ATTENTION_NONE)
            linear = mamba2(hf);
        layer.attention = attention ? full : linear;
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
}

const struct hf_family hf_mamba_families[] = {
    {"granitemoehybrid", read_mamba_mix, HF_EXPERT_IS_FFN | HF_BIAS_KEY_QKVO, 2, 1,
     .window = HF_WINDOW_NONE},
    {"bamba", read_mamba_mix, HF_BIAS_KEY_QKVO | HF_MLP_BIAS_KEY, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
