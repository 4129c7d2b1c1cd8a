/* Families of plain decoders: softmax attention with a dense FFN, or experts, described by flags.
 */
#include "read/hf.h"

#include <string.h>

/* Some families have experts only where the config names them. */
static bool has_experts(const struct hf *hf) {
    const struct json *n =
        hf_value(hf, "num_local_experts|num_experts|n_routed_experts|moe_num_experts");
    return n && !(n->kind == JSON_NUMBER && n->number == 0);
}

void hf_read_decoder(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    layer.norm_parameters = hf_norms(hf, family);
    bool experts = has_experts(hf) || (family->flags & HF_EXPERT_IS_FFN);
    struct ffn dense, moe;
    memset(&dense, 0, sizeof dense);
    memset(&moe, 0, sizeof moe);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        bool is_moe = experts && hf_layer_is_moe(hf, family, i);
        if (is_moe && moe.kind == FFN_NONE)
            moe = hf_moe_ffn(hf, family);
        if (!is_moe && dense.kind == FFN_NONE)
            dense = hf_dense_ffn(hf, family);
        layer.ffn = is_moe ? moe : dense;
        layer.attention.window_tokens = hf_window_of(hf, family, i);
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = (uint64_t)family->norm_parts * m->hidden_size;
    m->head_bias_parameters = (family->flags & HF_HEAD_BIAS) ? m->vocab_size : 0;
    if (family->flags & HF_MTP_EH)
        hf_add_mtp(hf, &layer, 0);
}

/* StableLM 2 12B shares one norm between attention and FFN and normalises queries and keys. */
static void read_stablelm(struct hf *hf, const struct hf_family *family) {
    struct hf_family shape = *family;
    if (hf_bool_or(hf, "use_parallel_residual", false))
        shape.norms = 1;
    if (hf_bool_or(hf, "qk_layernorm", false))
        shape.flags |= HF_QK_NORM_FULL;
    hf_read_decoder(hf, &shape);
}

/* Shapes as in Hugging Face transformers' modelling code of each model type. */
const struct hf_family hf_dense_families[] = {
    {"llama", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_MLP_BIAS_KEY, 2, 1, .window = HF_WINDOW_NONE},
    {"Yi", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_NONE},
    {"minicpm", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO, 2, 1, .window = HF_WINDOW_NONE},
    {"mistral", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_ALL},
    {"ministral", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_ALL},
    {"ministral3", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_ALL},
    {"qwen2", hf_read_decoder, HF_QKV_BIAS, 2, 1, .window = HF_WINDOW_QWEN},
    {"qwen2_vl", hf_read_decoder, HF_QKV_BIAS, 2, 1, .window = HF_WINDOW_QWEN},
    {"qwen2_vl_text", hf_read_decoder, HF_QKV_BIAS, 2, 1, .window = HF_WINDOW_QWEN},
    {"qwen2_5_vl", hf_read_decoder, HF_QKV_BIAS, 2, 1, .window = HF_WINDOW_QWEN},
    {"qwen2_5_vl_text", hf_read_decoder, HF_QKV_BIAS, 2, 1, .window = HF_WINDOW_QWEN},
    {"qwen2_5_omni_text", hf_read_decoder, HF_QKV_BIAS, 2, 1, .window = HF_WINDOW_QWEN},
    {"qwen3", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_QK_NORM, 2, 1, HF_WINDOW_QWEN,
     .head_dim = 128},
    {"qwen3_vl_text", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_QK_NORM, 2, 1, HF_WINDOW_NONE,
     .head_dim = 128},
    {"mimo", hf_read_decoder, HF_BIAS_KEY_QKV | HF_BIAS_DEFAULT | HF_MTP_EH, 2, 1,
     .window = HF_WINDOW_QWEN},
    {"phi3", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_ALL},
    {"internlm", hf_read_decoder, HF_USE_BIAS_KEY | HF_BIAS_DEFAULT, 2, 1,
     .window = HF_WINDOW_NONE},
    {"aquila", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_NONE},
    {"baichuan", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_NONE},
    {"xverse", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_NONE},
    {"orion", hf_read_decoder, 0, 2, 2, .window = HF_WINDOW_NONE},
    {"olmo", hf_read_decoder, HF_BIAS_KEY_QKVO, 2, 0, .window = HF_WINDOW_NONE},
    {"olmo2", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_QK_NORM_FULL, 2, 1, .window = HF_WINDOW_NONE},
    {"olmo3", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_QK_NORM_FULL, 2, 1, HF_WINDOW_PATTERN, 4,
     .window_tokens = 4096},
    {"cohere", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO | HF_QK_NORM_FULL_KEY, 1, 1,
     .window = HF_WINDOW_NONE},
    {"cohere2", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO, 1, 1, HF_WINDOW_PATTERN, 4,
     .window_tokens = 4096},
    {"granite", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_MLP_BIAS_KEY, 2, 1,
     .window = HF_WINDOW_NONE},
    {"stablelm", read_stablelm, HF_BIAS_KEY_QKV, 2, 2, .window = HF_WINDOW_NONE},
    {"starcoder2", hf_read_decoder, HF_TIED | HF_USE_BIAS_KEY | HF_BIAS_DEFAULT | HF_UNGATED, 2, 2,
     .window = HF_WINDOW_ALL},
    {"exaone", hf_read_decoder, 0, 2, 1, .window = HF_WINDOW_NONE},
    {"exaone4", hf_read_decoder, HF_QK_NORM, 2, 1, HF_WINDOW_PATTERN, 4, .window_tokens = 4096},
    {"glm", hf_read_decoder, HF_BIAS_KEY_QKV | HF_BIAS_DEFAULT, 2, 1, HF_WINDOW_NONE,
     .head_dim = 128},
    {"glm4", hf_read_decoder, HF_BIAS_KEY_QKV, 4, 1, HF_WINDOW_NONE, .head_dim = 128},
    {"chatglm", hf_read_decoder, HF_BIAS_KEY_QKV, 2, 1, .window = HF_WINDOW_NONE},
    {"seed_oss", hf_read_decoder, HF_BIAS_KEY_QKV | HF_BIAS_DEFAULT, 2, 1, HF_WINDOW_NONE,
     .head_dim = 128},
    {"smollm3", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO | HF_MLP_BIAS_KEY, 2, 1,
     .window = HF_WINDOW_NONE},
    {"arcee", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_MLP_BIAS_KEY | HF_UNGATED, 2, 1,
     .window = HF_WINDOW_NONE},
    {"nemotron", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_MLP_BIAS_KEY | HF_UNGATED, 2, 2,
     .window = HF_WINDOW_NONE},
    {"hunyuan_v1_dense", hf_read_decoder, HF_TIED | HF_BIAS_KEY_QKVO | HF_QK_NORM, 2, 1,
     .window = HF_WINDOW_NONE},
    {"ernie4_5", hf_read_decoder, HF_TIED | HF_USE_BIAS_KEY, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
