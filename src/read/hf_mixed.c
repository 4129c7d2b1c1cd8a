/* Families whose layers differ in a way of their own: MiniMax-M3 (sparse attention), MiMo-V2 and
   Step (two sets of heads), Llama 3.2 Vision (cross attention), InternLM2. */
#include "read/hf.h"

#include <stdlib.h>
#include <string.h>

/* MiniMax-M3: an index branch of few heads picks blocks of keys; its keys are cached too. *layers:
   a list of which layers have it, or NULL. */
static struct attention m3_sparse(struct hf *hf, struct attention a, const struct json **layers) {
    const struct json *keys = hf_value(hf, "sparse_attention_config");
    *layers = NULL;
    if (!keys || keys->kind != JSON_OBJECT)
        return a;
    const struct json *text = hf_enter(hf, keys);
    *layers = hf_list(hf, "sparse_attention_freq", hf->model->layer_count);
    uint32_t heads = hf_u32(hf, "sparse_num_index_heads", 1, HF_MAX_HEADS);
    uint32_t dim = hf_u32(hf, "sparse_index_dim", 1, HF_MAX_WIDTH);
    uint32_t blocks = hf_u32_or(hf, "sparse_topk_blocks", 0, HF_MAX_CONTEXT);
    uint32_t block = hf_u32_or(hf, "sparse_block_size", 1, 4096);
    hf_leave(hf, text);
    a.index_key_dim = dim;
    a.index_topk = blocks <= HF_MAX_CONTEXT / 4096 ? blocks * block : 0;
    a.extra_parameters = (uint64_t)hf->model->hidden_size * dim * (heads + 1ull) + 2ull * dim;
    return a;
}

static void read_m3(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    const struct json *sparse;
    struct attention full = hf_softmax(hf, family);
    full.output_gate = hf_bool_or(hf, "attention_output_gate", false);
    struct attention indexed = m3_sparse(hf, full, &sparse);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.norm_parameters = hf_norms(hf, family);
    struct ffn moe = hf_moe_ffn(hf, family), dense;
    memset(&dense, 0, sizeof dense);
    dense.kind = FFN_DENSE;
    dense.gated = true;
    dense.width = hf_u32(hf, "dense_intermediate_size", 1, HF_MAX_WIDTH);
    moe.router_bias = hf_bool_or(hf, "use_routing_bias", true);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        layer.attention = sparse && hf_item_u32(hf, sparse, i, 1) ? indexed : full;
        layer.ffn = hf_layer_is_moe(hf, family, i) ? moe : dense;
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
    hf_add_mtp(hf, &layer, 0);
}

/* Sliding layers with heads of their own: keys begin with swa_. */
static struct attention mimo_sliding(struct hf *hf, struct attention a) {
    a.query_heads = hf_u32_or(hf, "swa_num_attention_heads", a.query_heads, HF_MAX_HEADS);
    a.kv_heads = hf_u32_or(hf, "swa_num_key_value_heads", a.kv_heads, HF_MAX_HEADS);
    a.head_dim = hf_u32_or(hf, "swa_head_dim", a.head_dim, HF_MAX_WIDTH);
    a.value_head_dim = hf_u32_or(hf, "swa_v_head_dim", a.value_head_dim, HF_MAX_WIDTH);
    a.window_tokens = hf_u32(hf, "sliding_window|sliding_window_size", 1, HF_MAX_CONTEXT);
    a.sinks = hf_bool_or(hf, "add_swa_attention_sink_bias", false);
    if (!hf->failed && (!a.kv_heads || a.query_heads % a.kv_heads))
        hf_refuse(hf, hf_value(hf, "swa_num_key_value_heads"), "config-heads",
                  "sliding key-value heads do not divide the query heads");
    return a;
}

static void read_mimo_v2(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    const struct json *pattern = hf_list(hf, "hybrid_layer_pattern", m->layer_count);
    if (!pattern && !hf->failed)
        hf_refuse(hf, hf->text, "config-missing-key", "\"hybrid_layer_pattern\" is missing");
    struct attention full = hf_softmax(hf, family);
    full.value_head_dim = hf_u32_or(hf, "v_head_dim", full.head_dim, HF_MAX_WIDTH);
    struct attention sliding = mimo_sliding(hf, full);
    full.sinks = hf_bool_or(hf, "add_full_attention_sink_bias", false);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.norm_parameters = hf_norms(hf, family);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        layer.attention = hf_item_u32(hf, pattern, i, 1) ? sliding : full;
        bool moe = hf_layer_is_moe(hf, family, i);
        layer.ffn = moe ? hf_moe_ffn(hf, family) : hf_dense_ffn(hf, family);
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
}

/* Heads of the sliding layers, where they are others. */
static struct attention step_sliding(struct hf *hf, struct attention a) {
    const struct json *other = hf_value(hf, "attention_other_setting");
    if (!other || other->kind != JSON_OBJECT)
        return a;
    const struct json *text = hf_enter(hf, other);
    a.query_heads = hf_u32(hf, "num_attention_heads", 1, HF_MAX_HEADS);
    a.kv_heads = hf_u32(hf, "num_attention_groups|num_key_value_heads", 1, HF_MAX_HEADS);
    a.head_dim = hf_u32_or(hf, "head_dim", a.head_dim, HF_MAX_WIDTH);
    hf_leave(hf, text);
    if (!hf->failed && a.query_heads % a.kv_heads)
        hf_refuse(hf, other, "config-heads", "its groups do not divide its heads");
    return a;
}

/* Whether a text of layers such as "3,4,5" names the layer. */
static bool step_names(struct hf *hf, const struct json *list, uint32_t layer) {
    const char *at = list->string;
    bool named = false;
    if (strnlen(at, 8 * HF_MAX_LAYERS) == 8 * HF_MAX_LAYERS) {
        hf_refuse(hf, list, "config-layers",
                  "\"moe_layers_enum\" names more layers than there are");
        return false;
    }
    for (;;) {
        char *end;
        unsigned long n = strtoul(at, &end, 10);
        if (*at < '0' || *at > '9' || (*end != ',' && *end != '\0'))
            hf_refuse(hf, list, "config-type", "\"moe_layers_enum\" must be numbers of layers");
        else if (n >= hf->model->layer_count)
            hf_refuse(hf, list, "config-range", "\"moe_layers_enum\" names layer %lu", n);
        named |= n == layer;
        if (hf->failed || *end != ',')
            return named && !hf->failed;
        at = end + 1;
    }
}

static bool step_is_moe(struct hf *hf, const struct hf_family *family, uint32_t layer) {
    const struct json *list = hf_value(hf, "moe_layers_enum");
    return list && list->kind == JSON_STRING ? step_names(hf, list, layer)
                                             : hf_layer_is_moe(hf, family, layer);
}

/* Step 3.5 and 3.7: sliding layers may have other heads, a gate a head, one shared expert. */
static void read_step(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    bool gate = hf_bool_or(hf, "use_head_wise_attn_gate", false);
    struct attention full = hf_softmax(hf, family), sliding = step_sliding(hf, full);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.norm_parameters = hf_norms(hf, family);
    struct ffn moe = hf_moe_ffn(hf, family), dense = hf_dense_ffn(hf, family);
    moe.shared_width = hf_u32_or(hf, "share_expert_dim", 0, HF_MAX_WIDTH);
    moe.router_bias = hf_bool_or(hf, "use_moe_router_bias", false);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        uint32_t window = hf_window_of(hf, family, i);
        layer.attention = window ? sliding : full;
        layer.attention.window_tokens = window;
        if (gate)
            layer.attention.extra_parameters =
                (uint64_t)m->hidden_size * layer.attention.query_heads;
        layer.ffn = step_is_moe(hf, family, i) ? moe : dense;
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
    layer.attention = sliding; /* a prediction head: a sliding layer with a dense FFN */
    layer.ffn = dense;
    hf_add_mtp(hf, &layer, 0);
}

/* Llama 3.2 Vision: some layers attend to the picture instead, with q/k norms and two gates; they
   cache no text. Eight more rows stand in the embedding. */
static void read_mllama(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    const struct json *cross = hf_list(hf, "cross_attention_layers", 0);
    struct layer_run layer, picture;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    layer.ffn = hf_dense_ffn(hf, family);
    layer.norm_parameters = hf_norms(hf, family);
    picture = layer;
    const struct attention *a = &layer.attention;
    picture.attention.counted = picture.attention.shares_kv = true;
    picture.attention.extra_parameters =
        2ull * m->hidden_size * a->head_dim * ((uint64_t)a->query_heads + a->kv_heads) +
        2ull * a->head_dim + 2;
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        bool is_cross = false;
        for (size_t k = 0; cross && k < cross->count; k++)
            is_cross |= hf_item_u32(hf, cross, k, HF_MAX_LAYERS) == i;
        hf_add_layer(hf, is_cross ? &picture : &layer);
    }
    m->final_norm_parameters = m->hidden_size;
    m->extra_embedding_parameters = 8ull * m->hidden_size;
}

/* InternLM2: a bias on q, k, v and output where the config says "bias". */
static void read_internlm2(struct hf *hf, const struct hf_family *family) {
    struct hf_family shape = *family;
    if (hf_bool_or(hf, "bias", true))
        shape.flags |= HF_QKV_BIAS | HF_O_BIAS;
    hf_read_decoder(hf, &shape);
}

const struct hf_family hf_mixed_families[] = {
    {"minimax_m3", read_m3,
     HF_QK_NORM_KEY | HF_ROUTER_BIAS | HF_SHARED_IS_EXPERT | HF_EXPERT_OR_FFN, 2, 1,
     .window = HF_WINDOW_NONE},
    {"mimo_v2_flash", read_mimo_v2, HF_BIAS_KEY_QKV | HF_ROUTER_BIAS | HF_SHARED_IS_EXPERT, 2, 1,
     .window = HF_WINDOW_NONE},
    {"step3p7", read_step, HF_QK_NORM, 2, 1, .window = HF_WINDOW_NONE},
    {"step3p5", read_step, HF_QK_NORM, 2, 1, .window = HF_WINDOW_NONE},
    {"mllama_text_model", read_mllama, 0, 2, 1, .window = HF_WINDOW_NONE},
    {"internlm2", read_internlm2, 0, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
