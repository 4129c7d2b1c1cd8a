/* Older families with keys or biases of their own: Falcon, Phi, GPT-2, GPT-J, NeoX, OPT, BLOOM,
   MPT, Qwen 1. */
#include "read/hf.h"

#include <string.h>

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
    struct hf_family norms = *family;
    /* 40B's first configs knew no such key, but grouped heads. */
    bool grouped = strcmp(family->type, "RefinedWeb") == 0 && hf_value(hf, "n_head_kv");
    bool new_style = hf_bool_or(hf, "new_decoder_architecture", grouped);
    bool parallel = new_style || hf_bool_or(hf, "parallel_attn", true);
    bool multi_query = hf_bool_or(hf, "multi_query", true);
    bool bias = hf_bool_or(hf, "bias", false);
    struct attention a = hf_softmax(hf, family);
    if (!new_style && a.query_heads)
        a.kv_heads = multi_query ? 1 : a.query_heads;
    a.q_bias = a.k_bias = a.v_bias = a.o_bias = bias;
    norms.norms =
        (unsigned char)hf_u32_or(hf, "num_ln_in_parallel_attn", new_style || !parallel ? 2 : 1, 2);
    hf_equal_layers(hf, &norms, a, four_times(hf, bias));
    if (hf->model->context_tokens == 0)
        hf->model->context_tokens = 2048; /* FalconConfig */
}

/* One norm a layer before attention and FFN in parallel, biases by flags. */
static void read_parallel(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct attention a = hf_softmax(hf, family);
    if (strcmp(family->type, "gpt_neox") == 0 && !hf_bool_or(hf, "attention_bias", true))
        a.q_bias = a.k_bias = a.v_bias = a.o_bias = false;
    if (hf_bool_or(hf, "qk_layernorm", false)) /* Phi: LayerNorm with bias over each head */
        a.extra_parameters = 4 * (uint64_t)a.head_dim;
    hf_equal_layers(hf, family, a, four_times(hf, (family->flags & HF_MLP_BIAS) != 0));
    hf->model->head_bias_parameters = (family->flags & HF_HEAD_BIAS) ? hf->model->vocab_size : 0;
}

/* A row a position that the config states, and `more`. */
static void learn_positions(struct hf *hf, uint64_t more) {
    struct model *m = hf->model;
    if (m->context_tokens == 0 && !hf->failed)
        hf_refuse(hf, hf->text, "config-missing-key",
                  "\"max_position_embeddings\" is missing; each position is a row of weights");
    m->extra_embedding_parameters = (m->context_tokens + more) * m->hidden_size;
}

/* GPT-2 and GPT-BigCode; the latter may share one key-value head. */
static void read_gpt2(struct hf *hf, const struct hf_family *family) {
    read_parallel(hf, family);
    learn_positions(hf, 0);
    if (strcmp(family->type, "gpt_bigcode") == 0 && hf_bool_or(hf, "multi_query", true))
        for (size_t i = 0; i < hf->run_count; i++)
            hf->runs[i].attention.kv_heads = 1;
}

/* OPT: positions with an offset of two; the 350M model projects its embeddings. */
static void read_opt(struct hf *hf, const struct hf_family *family) {
    read_parallel(hf, family);
    struct model *m = hf->model;
    uint64_t embed = hf_u32_or(hf, "word_embed_proj_dim", m->hidden_size, HF_MAX_WIDTH);
    learn_positions(hf, 2);
    if (!hf_bool_or(hf, "do_layer_norm_before", true))
        m->final_norm_parameters = 0;
    if (embed != m->hidden_size && !hf->failed)
        hf_refuse(hf, hf_value(hf, "word_embed_proj_dim"), "unsupported-variant",
                  "OPT with projected embeddings is not supported");
}

/* BLOOM: a norm after the embedding, ALiBi instead of positions. */
static void read_bloom(struct hf *hf, const struct hf_family *family) {
    read_parallel(hf, family);
    hf->model->extra_embedding_parameters = 2 * (uint64_t)hf->model->hidden_size;
}

/* MPT's attention has an object of its own: many, grouped or one key-value head; norms of queries
   and keys over all heads. */
static struct attention mpt_attention(struct hf *hf, const struct hf_family *family) {
    struct attention a = hf_softmax(hf, family);
    const struct json *keys = hf_value(hf, "attn_config");
    if (hf->failed || !keys || keys->kind != JSON_OBJECT)
        return a;
    const struct json *text = hf_enter(hf, keys);
    if (strcmp(hf_string_or(hf, "attn_type", ""), "multiquery_attention") == 0)
        a.kv_heads = 1;
    else if (hf_value(hf, "kv_n_heads"))
        a.kv_heads = hf_u32(hf, "kv_n_heads", 1, HF_MAX_HEADS);
    a.qk_norm_full = hf_bool_or(hf, "qk_ln", false);
    if (!hf->failed && a.query_heads % a.kv_heads)
        hf_refuse(hf, hf_value(hf, "kv_n_heads"), "config-heads",
                  "kv_n_heads does not divide n_heads");
    hf_leave(hf, text);
    return a;
}

/* MPT: no biases at all, norms without bias. */
static void read_mpt(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct ffn f;
    memset(&f, 0, sizeof f);
    f.kind = FFN_DENSE;
    f.width = hf->model->hidden_size * hf_u32_or(hf, "expansion_ratio", 4, 64);
    if (!hf_bool_or(hf, "no_bias", true))
        hf_refuse(hf, hf_value(hf, "no_bias"), "unsupported-variant",
                  "MPT with biases is not supported");
    hf_equal_layers(hf, family, mpt_attention(hf, family), f);
}

/* Qwen 1: a biased q/k/v map, intermediate_size holds both halves of the gated FFN. */
static void read_qwen1(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct attention a = hf_softmax(hf, family);
    struct ffn f = hf_dense_ffn(hf, family);
    f.width /= 2;
    hf_equal_layers(hf, family, a, f);
}

/* Phi-3-small: biases everywhere, LayerNorm, gated FFN with bias (GEGELU), tied embeddings. */
static void read_phi3small(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct attention a = hf_softmax(hf, family);
    struct ffn f;
    memset(&f, 0, sizeof f);
    f.kind = FFN_DENSE;
    f.gated = f.bias = true;
    f.width = hf_u32(hf, "ff_intermediate_size", 1, HF_MAX_WIDTH);
    hf_equal_layers(hf, family, a, f);
}

#define BIASED (HF_QKV_BIAS | HF_O_BIAS | HF_MLP_BIAS)

const struct hf_family hf_classic_families[] = {
    {"falcon", read_falcon, HF_TIED, 2, 2, .window = HF_WINDOW_NONE},
    {"RefinedWeb", read_falcon, HF_TIED, 2, 2, .window = HF_WINDOW_NONE},
    {"RefinedWebModel", read_falcon, HF_TIED, 2, 2, .window = HF_WINDOW_NONE},
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
