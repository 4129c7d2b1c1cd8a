/* Older families with keys or biases of their own: Falcon, Phi, GPT-2, GPT-J, NeoX, OPT, BLOOM,
   MPT, Qwen 1. */
#include "read/hf.h"

#include <string.h>

/* Adds layer_count equal layers. */
static void repeat(struct hf *hf, const struct layer_run *layer) {
    for (uint32_t i = 0; i < hf->model->layer_count && !hf->failed; i++)
        hf_add_layer(hf, layer);
}

/* FFN of four times the hidden size unless the config says. */
static struct ffn four_times(struct hf *hf, bool bias) {
    struct ffn f;
    memset(&f, 0, sizeof f);
    f.kind = FFN_DENSE;
    f.bias = bias;
    f.width = hf_u32_or(hf, "intermediate_size|ffn_hidden_size|ffn_dim|n_inner",
                        hf->model->hidden_size <= HF_MAX_WIDTH / 4 ? 4 * hf->model->hidden_size : 0,
                        HF_MAX_WIDTH);
    if (f.width == 0 && !hf->failed)
        hf_refuse(hf, hf->text, "config-range", "\"intermediate_size\" must be positive");
    return f;
}

/* Falcon: the old architecture has one key-value head and one norm, the new one grouped heads and
   two norms; embeddings are tied. 40B and 180B are new, 7B is old. */
static void read_falcon(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    bool new_style = hf_bool_or(hf, "new_decoder_architecture", false);
    bool parallel = new_style || hf_bool_or(hf, "parallel_attn", true);
    bool multi_query = hf_bool_or(hf, "multi_query", true);
    bool bias = hf_bool_or(hf, "bias", false);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    if (!new_style && layer.attention.query_heads)
        layer.attention.kv_heads = multi_query ? 1 : layer.attention.query_heads;
    layer.attention.q_bias = layer.attention.k_bias = layer.attention.v_bias = bias;
    layer.attention.o_bias = bias;
    layer.ffn = four_times(hf, bias);
    uint32_t norms = hf_u32_or(hf, "num_ln_in_parallel_attn", new_style || !parallel ? 2 : 1, 2);
    layer.norm_parameters = (uint64_t)norms * 2 * m->hidden_size;
    repeat(hf, &layer);
    m->final_norm_parameters = 2 * (uint64_t)m->hidden_size;
    if (m->context_tokens == 0)
        m->context_tokens = 2048; /* FalconConfig */
}

/* One norm a layer before attention and FFN in parallel, biases by flags. */
static void read_parallel(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    if (strcmp(family->type, "gpt_neox") == 0 && !hf_bool_or(hf, "attention_bias", true))
        layer.attention.q_bias = layer.attention.k_bias = layer.attention.v_bias =
            layer.attention.o_bias = false;
    if (hf_bool_or(hf, "qk_layernorm", false)) /* Phi: LayerNorm with bias over each head */
        layer.attention.extra_parameters = 4 * (uint64_t)layer.attention.head_dim;
    layer.ffn = four_times(hf, (family->flags & HF_MLP_BIAS) != 0);
    layer.norm_parameters = hf_norms(hf, family);
    repeat(hf, &layer);
    hf->model->final_norm_parameters = (uint64_t)family->norm_parts * hf->model->hidden_size;
    hf->model->head_bias_parameters = (family->flags & HF_HEAD_BIAS) ? hf->model->vocab_size : 0;
}

/* GPT-2 and GPT-BigCode: learned positions; the latter may share one key-value head. */
static void read_gpt2(struct hf *hf, const struct hf_family *family) {
    read_parallel(hf, family);
    struct model *m = hf->model;
    m->extra_embedding_parameters = (uint64_t)m->context_tokens * m->hidden_size;
    if (strcmp(family->type, "gpt_bigcode") == 0 && hf_bool_or(hf, "multi_query", true))
        for (size_t i = 0; i < hf->run_count; i++)
            hf->runs[i].attention.kv_heads = 1;
}

/* OPT: learned positions with an offset of two; the 350M model projects its embeddings. */
static void read_opt(struct hf *hf, const struct hf_family *family) {
    read_parallel(hf, family);
    struct model *m = hf->model;
    uint64_t h = m->hidden_size;
    uint64_t embed = hf_u32_or(hf, "word_embed_proj_dim", m->hidden_size, HF_MAX_WIDTH);
    m->extra_embedding_parameters = (m->context_tokens + 2ull) * h;
    if (!hf_bool_or(hf, "do_layer_norm_before", true))
        m->final_norm_parameters = 0;
    if (embed != h && !hf->failed)
        hf_refuse(hf, hf_value(hf, "word_embed_proj_dim"), "unsupported-variant",
                  "OPT with projected embeddings is not supported");
}

/* BLOOM: a norm after the embedding, ALiBi instead of positions. */
static void read_bloom(struct hf *hf, const struct hf_family *family) {
    read_parallel(hf, family);
    hf->model->extra_embedding_parameters = 2 * (uint64_t)hf->model->hidden_size;
}

/* MPT: no biases at all, norms without bias, keys of its own. */
static void read_mpt(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    uint32_t ratio = hf_u32_or(hf, "expansion_ratio", 4, 64);
    bool bias = !hf_bool_or(hf, "no_bias", true);
    const struct json *outer = hf->text, *attention = hf_value(hf, "attn_config");
    layer.attention = hf_softmax(hf, family);
    if (attention && attention->kind == JSON_OBJECT) {
        hf->text = attention;
        layer.attention.kv_heads =
            hf_u32_or(hf, "kv_n_heads", layer.attention.kv_heads, HF_MAX_HEADS);
        hf->text = outer;
    }
    if (bias)
        hf_refuse(hf, hf_value(hf, "no_bias"), "unsupported-variant",
                  "MPT with biases is not supported");
    layer.ffn.kind = FFN_DENSE;
    layer.ffn.width = hf->model->hidden_size * ratio;
    layer.norm_parameters = hf_norms(hf, family);
    repeat(hf, &layer);
    hf->model->final_norm_parameters = hf->model->hidden_size;
}

/* Qwen 1: a biased q/k/v map, intermediate_size holds both halves of the gated FFN. */
static void read_qwen1(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    layer.ffn = hf_dense_ffn(hf, family);
    layer.ffn.width /= 2;
    layer.norm_parameters = hf_norms(hf, family);
    repeat(hf, &layer);
    hf->model->final_norm_parameters = hf->model->hidden_size;
}

/* Phi-3-small: biases everywhere, LayerNorm, gated FFN with bias (GEGELU), tied embeddings. */
static void read_phi3small(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    layer.ffn.kind = FFN_DENSE;
    layer.ffn.gated = layer.ffn.bias = true;
    layer.ffn.width = hf_u32(hf, "ff_intermediate_size", 1, HF_MAX_WIDTH);
    layer.norm_parameters = hf_norms(hf, family);
    repeat(hf, &layer);
    hf->model->final_norm_parameters = 2 * (uint64_t)hf->model->hidden_size;
}

#define BIASED (HF_QKV_BIAS | HF_O_BIAS | HF_MLP_BIAS)

const struct hf_family hf_classic_families[] = {
    {"falcon", read_falcon, HF_TIED, .vocab_size = 0},
    {"RefinedWeb", read_falcon, HF_TIED, .vocab_size = 0},
    {"RefinedWebModel", read_falcon, HF_TIED, .vocab_size = 0},
    {"phi", read_parallel, BIASED | HF_HEAD_BIAS, 1, 2, .window = HF_WINDOW_NONE},
    {"phi-msft", read_parallel, BIASED | HF_HEAD_BIAS, 1, 2, .window = HF_WINDOW_NONE},
    {"gptj", read_parallel, HF_MLP_BIAS | HF_HEAD_BIAS, 1, 2, .window = HF_WINDOW_NONE},
    {"gpt_neox", read_parallel, BIASED, 2, 2, .window = HF_WINDOW_NONE},
    {"gpt2", read_gpt2, BIASED | HF_TIED, 2, 2, .window = HF_WINDOW_NONE},
    {"gpt_bigcode", read_gpt2, BIASED | HF_TIED, 2, 2, .window = HF_WINDOW_NONE},
    {"opt", read_opt, BIASED | HF_TIED, 2, 2, .window = HF_WINDOW_NONE},
    {"bloom", read_bloom, BIASED | HF_TIED, 2, 2, .window = HF_WINDOW_NONE},
    {"mpt", read_mpt, HF_TIED, 2, 1, .window = HF_WINDOW_NONE},
    {"qwen", read_qwen1, HF_QKV_BIAS, 2, 1, .window = HF_WINDOW_NONE},
    {"phi3small", read_phi3small, HF_TIED | HF_QKV_BIAS | HF_O_BIAS, 2, 2,
     .window = HF_WINDOW_NONE},
    {0},
};
