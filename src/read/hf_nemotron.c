/* NVIDIA's variants: Nemotron-H (a pattern of Mamba-2, attention, FFN and MoE layers) and the
   architectures found by search, whose blocks differ one by one. */
#include "read/hf.h"

#include <math.h>
#include <string.h>

struct nemotron_h {
    struct layer_run mamba, attention, dense, experts;
};

static struct attention mamba2(struct hf *hf) {
    struct attention a;
    memset(&a, 0, sizeof a);
    a.kind = ATTENTION_MAMBA2;
    a.linear_value_heads = hf_u32(hf, "mamba_num_heads", 1, HF_MAX_HEADS);
    a.linear_value_dim = hf_u32(hf, "mamba_head_dim", 1, HF_MAX_WIDTH);
    a.ssm_state = hf_u32(hf, "ssm_state_size", 1, HF_MAX_WIDTH);
    a.ssm_groups = hf_u32(hf, "n_groups", 1, HF_MAX_HEADS);
    a.conv_kernel = hf_u32_or(hf, "conv_kernel", 4, 64);
    a.q_bias = a.o_bias = hf_bool_or(hf, "use_bias|mamba_proj_bias", false);
    a.k_bias = hf_bool_or(hf, "use_conv_bias", true);
    a.state_elements = (uint64_t)a.linear_value_heads * a.linear_value_dim * a.ssm_state;
    a.state_bytes_per_element =
        strcmp(hf_string_or(hf, "mamba_ssm_cache_dtype", "float32"), "float32") == 0 ? 4 : 2;
    return a;
}

/* Ungated experts, in a latent space where moe_latent_size is given. */
static struct ffn nemotron_experts(struct hf *hf, const struct hf_family *family) {
    struct ffn f = hf_moe_ffn(hf, family);
    f.expert_gated = false;
    f.shared_width = hf_u32_or(hf, "n_shared_experts", 1, 64) *
                     hf_u32_or(hf, "moe_shared_expert_intermediate_size", 0, HF_MAX_WIDTH);
    f.expert_input = hf_u32_or(hf, "moe_latent_size", 0, HF_MAX_WIDTH);
    f.extra_parameters = 2 * (uint64_t)hf->model->hidden_size * f.expert_input;
    return f;
}

/* The kind of a layer: 'M', '*', '-' or 'E'; 0 after a diagnostic. */
static char kind_from_list(struct hf *hf, const struct json *list, size_t index) {
    static const struct {
        const char *name;
        char kind;
    } names[] = {{"mamba", 'M'}, {"attention", '*'}, {"moe", 'E'}, {"mlp", '-'}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hf_item_is(list, index, names[i].name))
            return names[i].kind;
    hf_refuse(hf, list->items[index], "config-layer-type", "unknown kind of layer");
    return 0;
}

/* NULL after a diagnostic. */
static const struct layer_run *layer_of_kind(struct hf *hf, const struct hf_family *family,
                                             struct nemotron_h *kinds, char kind) {
    struct layer_run *run = kind == 'M'   ? &kinds->mamba
                            : kind == '*' ? &kinds->attention
                            : kind == '-' ? &kinds->dense
                            : kind == 'E' ? &kinds->experts
                                          : NULL;
    if (!run && !hf->failed)
        hf_refuse(hf, hf_value(hf, "hybrid_override_pattern"), "config-layer-type",
                  "unknown kind of layer '%c'", kind);
    if (!run || run->norm_parameters)
        return run;
    run->norm_parameters = hf_norms(hf, family);
    if (kind == 'M')
        run->attention = mamba2(hf);
    else if (kind == '*')
        run->attention = hf_softmax(hf, family);
    else if (kind == '-')
        run->ffn = hf_dense_ffn(hf, family);
    else
        run->ffn = nemotron_experts(hf, family);
    return run;
}

/* The MTP block: its own pattern, a 2h x h map, three norms. */
static void nemotron_mtp(struct hf *hf, const struct hf_family *family, struct nemotron_h *kinds) {
    struct model *m = hf->model;
    uint32_t count = hf_u32_or(hf, "num_nextn_predict_layers", 0, HF_MAX_LAYERS);
    const struct json *list = hf_list(hf, "mtp_layers_block_type", 0);
    const char *pattern = hf_string_or(hf, "mtp_hybrid_override_pattern", "");
    size_t n = list ? list->count : strlen(pattern);
    if (n == 0 || n > 64) /* of a shape that the config does not say, unless there are none */
        m->mtp_stated = count == 0;
    if (hf->failed || count == 0 || !m->mtp_stated)
        return;
    struct layer_run *runs = ARENA_ARRAY(hf->arena, n, struct layer_run);
    for (size_t i = 0; i < n; i++) {
        char kind = list ? kind_from_list(hf, list, i) : pattern[i];
        const struct layer_run *run = layer_of_kind(hf, family, kinds, kind);
        if (!run)
            return;
        runs[i] = *run;
        runs[i].count = count;
    }
    m->mtp_runs = runs;
    m->mtp_run_count = n;
    m->mtp_parameters = count * hf_mtp_map(hf);
}

static void read_nemotron_h(struct hf *hf, const struct hf_family *family) {
    const struct json *list = hf_list(hf, "layers_block_type", 0);
    const char *pattern = list ? "" : hf_string_or(hf, "hybrid_override_pattern", "");
    size_t n = list ? list->count : strlen(pattern);
    if (n == 0 || n > HF_MAX_LAYERS) {
        hf_refuse(hf, hf->text, "config-missing-key",
                  "\"hybrid_override_pattern\" or \"layers_block_type\" is missing");
        return;
    }
    struct nemotron_h kinds;
    memset(&kinds, 0, sizeof kinds);
    struct model *m = hf->model;
    m->layer_count = hf_u32_or(hf, "num_hidden_layers", (uint32_t)n, HF_MAX_LAYERS);
    if (!hf->failed && m->layer_count != n)
        hf_refuse(hf, hf_value(hf, "num_hidden_layers"), "config-layers",
                  "the pattern has %zu layers, num_hidden_layers says %u", n, m->layer_count);
    hf->layer_count_known = true;
    if (hf->failed || !hf_shape(hf, family))
        return;
    for (size_t i = 0; i < n && !hf->failed; i++) {
        char kind = list ? kind_from_list(hf, list, i) : pattern[i];
        const struct layer_run *run = layer_of_kind(hf, family, &kinds, kind);
        if (run)
            hf_add_layer(hf, run);
    }
    m->final_norm_parameters = m->hidden_size;
    if (m->mtp_stated)
        nemotron_mtp(hf, family, &kinds);
}

static double number_in(const struct json *object, const char *key) {
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_NUMBER ? value->number : 0;
}

/* A whole number from 1 to `most`; 0: it is not. */
static uint32_t whole(double value, double most) {
    return value >= 1 && value <= most && value == floor(value) ? (uint32_t)value : 0;
}

static bool flag_in(const struct json *object, const char *key) {
    return json_is_true(json_get(object, key));
}

/* One block of a searched architecture: attention with its own grouping, a linear map or nothing;
   an FFN of ffn_mult x 2/3 hidden, rounded up to 256, a linear map or nothing. */
static bool searched_block(struct hf *hf, const struct json *block, const struct attention *full,
                           struct layer_run *layer) {
    const struct json *attention = block->kind == JSON_OBJECT ? json_get(block, "attention") : NULL;
    const struct json *ffn = block->kind == JSON_OBJECT ? json_get(block, "ffn") : NULL;
    double h = hf->model->hidden_size;
    memset(layer, 0, sizeof *layer);
    if (flag_in(attention, "replace_with_linear")) {
        layer->attention.kind = ATTENTION_LINEAR;
    } else if (!flag_in(attention, "no_op")) {
        uint32_t group = whole(number_in(attention, "n_heads_in_group"), full->query_heads);
        if (!group || full->query_heads % group)
            return false;
        layer->attention = *full;
        layer->attention.kv_heads = full->query_heads / group;
    }
    layer->norm_parameters = flag_in(attention, "no_op") ? 0 : hf->model->hidden_size;
    if (flag_in(ffn, "no_op"))
        return attention != NULL;
    layer->norm_parameters += hf->model->hidden_size;
    layer->ffn.kind = FFN_DENSE;
    layer->ffn.gated = true;
    if (flag_in(ffn, "replace_with_linear")) {
        layer->ffn.extra_parameters = hf->model->hidden_size * (uint64_t)hf->model->hidden_size;
        return attention != NULL;
    }
    double width = number_in(ffn, "intermediate_size");
    if (width == 0)
        width = 256 * ceil(floor(2 * number_in(ffn, "ffn_mult") * h / 3) / 256);
    layer->ffn.width = whole(width, HF_MAX_WIDTH);
    return attention != NULL && layer->ffn.width;
}

static void read_searched(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    const struct json *blocks = hf_list(hf, "block_configs", m->layer_count);
    if (!blocks && !hf->failed)
        hf_refuse(hf, hf->text, "config-missing-key", "\"block_configs\" is missing");
    struct attention full = hf_softmax(hf, family);
    struct layer_run layer;
    for (size_t i = 0; !hf->failed && blocks && i < blocks->count; i++) {
        if (searched_block(hf, blocks->items[i], &full, &layer))
            hf_add_layer(hf, &layer);
        else
            hf_refuse(hf, blocks->items[i], "config-layer-type",
                      "a block needs attention with n_heads_in_group and ffn with ffn_mult");
    }
    m->final_norm_parameters = m->hidden_size;
}

/* DeciLM: each layer has key-value heads of its own (variable GQA), else as Llama. */
static void read_deci(struct hf *hf, const struct hf_family *family) {
    if (!hf_value(hf, "num_key_value_heads_per_layer")) {
        hf_read_decoder(hf, family);
        return;
    }
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    const struct json *heads = hf_list(hf, "num_key_value_heads_per_layer", m->layer_count);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    layer.ffn = hf_dense_ffn(hf, family);
    layer.norm_parameters = hf_norms(hf, family);
    for (size_t i = 0; !hf->failed && heads && i < heads->count; i++) {
        const struct json *n = heads->items[i];
        bool whole = n->kind == JSON_NUMBER && n->is_integer && n->integer >= 1;
        if (!whole || n->integer > layer.attention.query_heads ||
            layer.attention.query_heads % n->integer) {
            hf_refuse(hf, n, "config-range", "a layer's key-value heads must divide its heads");
            return;
        }
        layer.attention.kv_heads = (uint32_t)n->integer;
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
}

const struct hf_family hf_nemotron_families[] = {
    {"nemotron_h", read_nemotron_h,
     HF_BIAS_KEY_QKVO | HF_MLP_BIAS_KEY | HF_UNGATED | HF_ROUTER_BIAS, 1, 1,
     .window = HF_WINDOW_NONE},
    {"deci", read_deci, HF_BIAS_KEY_QKVO, 2, 1, .window = HF_WINDOW_NONE},
    {"nemotron-nas", read_searched, HF_BIAS_KEY_QKVO, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
