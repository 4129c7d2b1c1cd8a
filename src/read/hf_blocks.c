/* Building blocks shared by the families: shape, softmax attention, FFN, windows, runs of layers.
 */
#include "read/hf.h"

#include <string.h>

bool hf_shape(struct hf *hf, const struct hf_family *family) {
    struct model *m = hf->model;
    m->hidden_size = hf_u32(hf, "hidden_size|n_embd|d_model|dim|n_embed", 1, HF_MAX_WIDTH);
    if (!hf->layer_count_known)
        m->layer_count =
            hf_u32(hf, "num_hidden_layers|n_layer|n_layers|num_layers", 1, HF_MAX_LAYERS);
    if (family->vocab_size && !hf_value(hf, "vocab_size|padded_vocab_size"))
        m->vocab_size = family->vocab_size;
    else /* a missing key is called by its usual name */
        m->vocab_size =
            hf_u32(hf, hf_value(hf, "padded_vocab_size") ? "padded_vocab_size" : "vocab_size", 1,
                   HF_MAX_VOCAB);
    m->tied_embeddings =
        hf_bool_or(hf, "tie_word_embeddings|tie_embeddings", (family->flags & HF_TIED) != 0);
    m->context_tokens =
        hf_u32_or(hf,
                  "max_position_embeddings|max_sequence_length|n_positions|seq_length|n_ctx|"
                  "max_seq_len|model_max_length",
                  0, HF_MAX_CONTEXT);
    m->mtp_stated = hf_value(hf, "num_nextn_predict_layers|mtp_num_hidden_layers") != NULL;
    return !hf->failed;
}

uint64_t hf_norms(const struct hf *hf, const struct hf_family *family) {
    return (uint64_t)family->norms * family->norm_parts * hf->model->hidden_size;
}

static bool attention_bias(struct hf *hf, const struct hf_family *family) {
    bool fallback = (family->flags & HF_BIAS_DEFAULT) != 0;
    if (family->flags & HF_USE_BIAS_KEY)
        return hf_bool_or(hf, "use_bias|bias", fallback);
    return hf_bool_or(hf, "attention_bias|qkv_bias|use_qkv_bias|add_qkv_bias", fallback);
}

static void set_biases(struct hf *hf, const struct hf_family *family, struct attention *a) {
    unsigned flags = family->flags;
    bool keyed = flags & (HF_BIAS_KEY_QKV | HF_BIAS_KEY_QKVO | HF_USE_BIAS_KEY)
                     ? attention_bias(hf, family)
                     : false;
    a->q_bias = a->k_bias = a->v_bias = keyed || (flags & HF_QKV_BIAS);
    a->o_bias = (keyed && (flags & (HF_BIAS_KEY_QKVO | HF_USE_BIAS_KEY))) || (flags & HF_O_BIAS);
}

/* Grouped heads must divide; a head size that is not given must come out whole. */
static void set_heads(struct hf *hf, const struct hf_family *family, struct attention *a) {
    const char *kv_keys = "num_key_value_heads|multi_query_group_num|num_kv_heads|n_head_kv|"
                          "num_attention_groups";
    a->query_heads = hf_u32(hf, "num_attention_heads|n_head|n_heads", 1, HF_MAX_HEADS);
    a->kv_heads = hf_value(hf, kv_keys) ? hf_u32(hf, kv_keys, 1, HF_MAX_HEADS) : a->query_heads;
    a->head_dim =
        hf_u32_or(hf, "head_dim|kv_channels|attention_head_dim", family->head_dim, HF_MAX_WIDTH);
    if (hf->failed)
        return;
    if (a->query_heads % a->kv_heads)
        hf_refuse(hf, hf_value(hf, kv_keys), "config-heads",
                  "%u query heads are not a multiple of %u key-value heads", a->query_heads,
                  a->kv_heads);
    if (a->head_dim)
        return;
    if (hf->model->hidden_size % a->query_heads)
        hf_refuse(hf, hf_value(hf, "num_attention_heads|n_head|n_heads"), "config-heads",
                  "hidden size %u is not a multiple of %u heads, and head_dim is not given",
                  hf->model->hidden_size, a->query_heads);
    a->head_dim = hf->model->hidden_size / a->query_heads;
}

struct attention hf_softmax(struct hf *hf, const struct hf_family *family) {
    struct attention a;
    memset(&a, 0, sizeof a);
    a.kind = ATTENTION_SOFTMAX;
    set_heads(hf, family, &a);
    set_biases(hf, family, &a);
    unsigned flags = family->flags;
    a.qk_norm = (flags & HF_QK_NORM) ||
                ((flags & HF_QK_NORM_KEY) && hf_bool_or(hf, "use_qk_norm|qk_layernorm", false));
    a.qk_norm_full = (flags & HF_QK_NORM_FULL) ||
                     ((flags & HF_QK_NORM_FULL_KEY) && hf_bool_or(hf, "use_qk_norm", false));
    return a;
}

/* By the list of layer types, the surest source. -1: there is none. */
static int64_t listed_window(struct hf *hf, uint32_t layer, uint32_t sliding) {
    const struct json *types = hf_list(hf, "layer_types", hf->model->layer_count);
    if (!types)
        return -1;
    if (hf_item_is(types, layer, "sliding_attention"))
        return sliding;
    if (hf_item_is(types, layer, "chunked_attention"))
        return hf_u32_or(hf, "attention_chunk_size", sliding, HF_MAX_CONTEXT);
    if (hf_item_is(types, layer, "full_attention") || hf_item_is(types, layer, "attention"))
        return 0;
    hf_refuse(hf, types->items[layer], "config-layer-type", "unknown layer type%s%s",
              types->items[layer]->kind == JSON_STRING ? " " : "",
              types->items[layer]->kind == JSON_STRING ? types->items[layer]->string : "");
    return 0;
}

/* A null is no window, whatever the class would take where the key is not there. */
static uint32_t window_tokens(struct hf *hf, const struct hf_family *family) {
    const struct json *stated = json_get(hf->text, "sliding_window");
    uint32_t fallback = stated && stated->kind == JSON_NULL ? 0 : family->window_tokens;
    return hf_u32_or(hf, "sliding_window|sliding_window_size", fallback, HF_MAX_CONTEXT);
}

uint32_t hf_window_of(struct hf *hf, const struct hf_family *family, uint32_t layer) {
    uint32_t sliding = window_tokens(hf, family);
    int64_t listed = listed_window(hf, layer, sliding);
    if (listed >= 0)
        return (uint32_t)listed;
    switch (family->window) {
    case HF_WINDOW_ALL:
        return sliding;
    case HF_WINDOW_QWEN:
        if (!hf_bool_or(hf, "use_sliding_window", false))
            return 0;
        return layer >= hf_u32_or(hf, "max_window_layers", 28, HF_MAX_LAYERS) ? sliding : 0;
    case HF_WINDOW_EVEN:
        return layer % 2 == 0 ? sliding : 0;
    case HF_WINDOW_PATTERN: {
        const struct json *value = hf_value(hf, "sliding_window_pattern|_sliding_window_pattern");
        uint32_t n = family->pattern;
        if (value && value->kind == JSON_STRING && value->string[0]) { /* "LLLG" */
            size_t length = strnlen(value->string, HF_MAX_LAYERS);     /* more is of no layer */
            return value->string[layer % length] == 'L' ? sliding : 0;
        }
        if (value)
            n = hf_u32(hf, "sliding_window_pattern|_sliding_window_pattern", 1, HF_MAX_LAYERS);
        return n && (layer + 1) % n ? sliding : 0;
    }
    case HF_WINDOW_NONE:
        break;
    }
    return 0;
}

struct ffn hf_dense_ffn(struct hf *hf, const struct hf_family *family) {
    struct ffn f;
    memset(&f, 0, sizeof f);
    f.kind = FFN_DENSE;
    f.width = hf_u32(hf, "intermediate_size|ffn_hidden_size|ffn_dim|n_inner", 1, HF_MAX_WIDTH);
    f.gated = !(family->flags & HF_UNGATED);
    f.bias = (family->flags & HF_MLP_BIAS) != 0;
    if (family->flags & HF_MLP_BIAS_KEY)
        f.bias = hf_bool_or(hf, "mlp_bias", false);
    if (family->flags & HF_USE_BIAS_KEY)
        f.bias = hf_bool_or(hf, "use_bias|bias", (family->flags & HF_BIAS_DEFAULT) != 0);
    return f;
}

static uint32_t shared_width(struct hf *hf, const struct hf_family *family, uint32_t expert) {
    if (family->flags & HF_SHARED_IS_EXPERT) {
        const char *keys = "n_shared_experts|num_shared_experts|moe_num_shared_experts";
        return hf_u32_or(hf, keys, 0, UINT32_MAX / HF_MAX_WIDTH) * expert;
    }
    return hf_u32_or(hf, "shared_expert_intermediate_size|shared_intermediate_size",
                     family->shared_width, HF_MAX_WIDTH);
}

struct ffn hf_moe_ffn(struct hf *hf, const struct hf_family *family) {
    struct ffn f;
    memset(&f, 0, sizeof f);
    f.kind = FFN_MOE;
    f.experts = hf_u32(hf, "num_local_experts|num_experts|n_routed_experts|moe_num_experts", 1,
                       HF_MAX_EXPERTS);
    static const char chosen[] =
        "num_experts_per_tok|num_experts_per_token|experts_per_token|top_k_experts|moe_k|moe_top_k";
    f.experts_per_token = hf_u32(hf, chosen, 1, HF_MAX_EXPERTS);
    const char *width = "moe_intermediate_size|expert_intermediate_size";
    if (family->flags & HF_EXPERT_IS_FFN)
        width = "intermediate_size";
    else if (family->flags & HF_EXPERT_OR_FFN)
        width = "moe_intermediate_size|intermediate_size";
    f.expert_width = hf_u32(hf, width, 1, HF_MAX_WIDTH);
    f.expert_gated = true;
    f.expert_bias = (family->flags & HF_EXPERT_BIAS) != 0;
    f.router_bias = (family->flags & HF_ROUTER_BIAS) != 0;
    f.shared_width = hf->failed ? 0 : shared_width(hf, family, f.expert_width);
    f.shared_gate = f.shared_width && (family->flags & HF_SHARED_GATE);
    if (!hf->failed && f.experts_per_token > f.experts)
        hf_refuse(hf, hf_value(hf, chosen), "config-range", "%u experts a token of %u",
                  f.experts_per_token, f.experts);
    return f;
}

/* Ernie 4.5: from a start (the second layer, unless the config says) to an end (-1: the last), each
   whose number from one the interval divides. */
static bool in_interval(struct hf *hf, uint32_t layer) {
    const struct json *end = hf_value(hf, "moe_layer_end_index");
    uint32_t start = hf_u32_or(hf, "moe_layer_start_index", 1, HF_MAX_LAYERS), last = HF_MAX_LAYERS;
    uint32_t interval = hf_u32_or(hf, "moe_layer_interval", 1, HF_MAX_LAYERS);
    if (end && !(end->kind == JSON_NUMBER && end->number == -1))
        last = hf_u32(hf, "moe_layer_end_index", 0, HF_MAX_LAYERS);
    return interval && layer >= start && layer <= last && (layer + 1) % interval == 0;
}

/* decoder_sparse_step and mlp_only_layers (Qwen), first_k_dense_replace and moe_layer_freq (a
   number or a list of 0 and 1 a layer: DeepSeek, MiMo, MiniMax-M3). */
bool hf_layer_is_moe(struct hf *hf, const struct hf_family *family, uint32_t layer) {
    if (family->flags & HF_EXPERT_IS_FFN)
        return true;
    const struct json *frequency = hf_value(hf, "moe_layer_freq");
    if (frequency && frequency->kind == JSON_ARRAY) {
        const struct json *list = hf_list(hf, "moe_layer_freq", hf->model->layer_count);
        return list && hf_item_u32(hf, list, layer, 1);
    }
    const struct json *dense = hf_list(hf, "mlp_only_layers", 0);
    for (size_t i = 0; dense && i < dense->count; i++)
        if (hf_item_u32(hf, dense, i, HF_MAX_LAYERS) == layer)
            return false;
    if (strcmp(family->type, "ernie4_5_moe") == 0)
        return in_interval(hf, layer);
    uint32_t first = hf_u32_or(hf, "first_k_dense_replace", 0, HF_MAX_LAYERS);
    uint32_t step = hf_u32_or(hf, "moe_layer_freq|decoder_sparse_step", 1, HF_MAX_LAYERS);
    if (layer < first || step == 0)
        return false;
    return hf_value(hf, "decoder_sparse_step") ? (layer + 1) % step == 0 : layer % step == 0;
}

void hf_add_layer(struct hf *hf, const struct layer_run *layer) {
    for (size_t i = 0; i < hf->run_count; i++) {
        struct layer_run *run = &hf->runs[i];
        if (memcmp(&run->attention, &layer->attention, sizeof run->attention) == 0 &&
            memcmp(&run->ffn, &layer->ffn, sizeof run->ffn) == 0 &&
            run->norm_parameters == layer->norm_parameters) {
            run->count++;
            return;
        }
    }
    hf->runs = arena_grow(hf->arena, hf->runs, hf->run_count, &hf->run_capacity, sizeof *hf->runs);
    hf->runs[hf->run_count] = *layer;
    hf->runs[hf->run_count++].count = 1;
}

void hf_equal_layers(struct hf *hf, const struct hf_family *family, struct attention attention,
                     struct ffn ffn) {
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = attention;
    layer.ffn = ffn;
    layer.norm_parameters = hf_norms(hf, family);
    for (uint32_t i = 0; i < hf->model->layer_count && !hf->failed; i++)
        hf_add_layer(hf, &layer);
    hf->model->final_norm_parameters = (uint64_t)family->norm_parts * hf->model->hidden_size;
}

uint64_t hf_mtp_map(const struct hf *hf) {
    uint64_t h = hf->model->hidden_size;
    return 2 * h * h + 3 * h;
}

void hf_add_mtp(struct hf *hf, const struct layer_run *layer, uint64_t extra) {
    struct model *m = hf->model;
    uint32_t count =
        hf_u32_or(hf, "num_nextn_predict_layers|mtp_num_hidden_layers", 0, HF_MAX_LAYERS);
    if (count == 0 || hf->failed)
        return;
    struct layer_run *run = ARENA_NEW(hf->arena, struct layer_run);
    *run = *layer;
    run->count = count;
    m->mtp_runs = run;
    m->mtp_run_count = 1;
    m->mtp_parameters = count * (hf_mtp_map(hf) + extra);
}
