/* Families whose FFN is a mixture of experts, where the shared blocks say it all; and the few with
   keys of their own. */
#include "read/hf.h"

#include <string.h>

/* Llama 4: one MoE layer in each interleave_moe_layer_step, its shared expert as wide as a routed
   one; every fourth layer sees the whole context without rotary embedding, the others a chunk. */
static void read_llama4(struct hf *hf, const struct hf_family *family) {
    if (!hf_shape(hf, family))
        return;
    struct model *m = hf->model;
    uint32_t step = hf_u32_or(hf, "interleave_moe_layer_step", 1, HF_MAX_LAYERS);
    uint32_t chunk = hf_u32_or(hf, "attention_chunk_size", 8192, HF_MAX_CONTEXT);
    const struct json *rope = hf_list(hf, "no_rope_layers", 0);
    struct layer_run layer;
    memset(&layer, 0, sizeof layer);
    layer.attention = hf_softmax(hf, family);
    layer.norm_parameters = hf_norms(hf, family);
    struct ffn moe = hf_moe_ffn(hf, family), dense = moe;
    moe.shared_width = moe.expert_width;
    memset(&dense, 0, sizeof dense);
    dense.kind = FFN_DENSE;
    dense.gated = true;
    if (step != 1)
        dense.width = hf_u32(hf, "intermediate_size_mlp", 1, HF_MAX_WIDTH);
    for (uint32_t i = 0; i < m->layer_count && !hf->failed; i++) {
        bool rotary = (i + 1) % 4 != 0;
        if (rope && rope->count == m->layer_count)
            rotary = hf_item_u32(hf, rope, i, 1) != 0;
        layer.attention.window_tokens = rotary ? chunk : 0;
        layer.ffn = step && (i + 1) % step == 0 ? moe : dense;
        hf_add_layer(hf, &layer);
    }
    m->final_norm_parameters = m->hidden_size;
}

/* DBRX keeps its attention and FFN keys in objects of their own; LayerNorm without bias. */
static void read_dbrx(struct hf *hf, const struct hf_family *family) {
    const struct json *attention = hf_value(hf, "attn_config"), *ffn = hf_value(hf, "ffn_config");
    if (!attention || attention->kind != JSON_OBJECT || !ffn || ffn->kind != JSON_OBJECT) {
        hf_refuse(hf, hf->text, "config-missing-key",
                  "\"attn_config\" or \"ffn_config\" is missing");
        return;
    }
    if (!hf_shape(hf, family))
        return;
    struct attention a;
    struct ffn f;
    memset(&a, 0, sizeof a);
    memset(&f, 0, sizeof f);
    a.kind = ATTENTION_SOFTMAX;
    a.query_heads = hf_u32(hf, "n_heads", 1, HF_MAX_HEADS);
    const struct json *text = hf_enter(hf, attention);
    a.kv_heads = hf_u32(hf, "kv_n_heads", 1, HF_MAX_HEADS);
    hf_enter(hf, ffn);
    f.kind = FFN_MOE;
    f.expert_gated = true;
    f.experts = hf_u32(hf, "moe_num_experts", 1, HF_MAX_EXPERTS);
    f.experts_per_token = hf_u32(hf, "moe_top_k", 1, HF_MAX_EXPERTS);
    f.expert_width = hf_u32(hf, "ffn_hidden_size", 1, HF_MAX_WIDTH);
    hf_leave(hf, text);
    if (hf->failed)
        return;
    if (hf->model->hidden_size % a.query_heads || a.query_heads % a.kv_heads ||
        f.experts_per_token > f.experts) {
        hf_refuse(hf, attention, "config-heads", "heads or experts do not divide");
        return;
    }
    a.head_dim = hf->model->hidden_size / a.query_heads;
    hf_equal_layers(hf, family, a, f);
}

/* gpt-oss: biases on every map, one sink a query head, windows on every other layer. */
static void read_gpt_oss(struct hf *hf, const struct hf_family *family) {
    hf_read_decoder(hf, family);
    for (size_t i = 0; i < hf->run_count; i++)
        hf->runs[i].attention.sinks = true;
}

/* MiniMax-M2 stores its router at 32 bits beside FP8 experts. */
static void read_minimax_m2(struct hf *hf, const struct hf_family *family) {
    hf_read_decoder(hf, family);
    hf->model->router_fp32 = true;
}

const struct hf_family hf_moe_families[] = {
    {"mixtral", hf_read_decoder, HF_EXPERT_IS_FFN, 2, 1, .window = HF_WINDOW_ALL},
    {"qwen2_moe", hf_read_decoder, HF_QKV_BIAS | HF_SHARED_GATE, 2, 1, HF_WINDOW_QWEN,
     .shared_width = 5632},
    {"qwen3_moe", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_QK_NORM, 2, 1, .window = HF_WINDOW_QWEN},
    {"qwen3_vl_moe_text", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_QK_NORM, 2, 1,
     .window = HF_WINDOW_NONE},
    {"qwen3_omni_moe_text", hf_read_decoder, HF_BIAS_KEY_QKVO | HF_QK_NORM, 2, 1,
     .window = HF_WINDOW_NONE},
    {"glm4v_moe_text", hf_read_decoder,
     HF_BIAS_KEY_QKV | HF_QK_NORM_KEY | HF_ROUTER_BIAS | HF_SHARED_IS_EXPERT, 2, 1,
     .window = HF_WINDOW_NONE},
    {"phimoe", hf_read_decoder, HF_EXPERT_IS_FFN | HF_BIAS_KEY_QKVO | HF_HEAD_BIAS, 2, 2,
     .window = HF_WINDOW_ALL},
    {"olmoe", hf_read_decoder, HF_EXPERT_IS_FFN | HF_BIAS_KEY_QKVO | HF_QK_NORM_FULL, 2, 1,
     .window = HF_WINDOW_NONE},
    {"granitemoe", hf_read_decoder, HF_EXPERT_IS_FFN | HF_BIAS_KEY_QKVO, 2, 1,
     .window = HF_WINDOW_NONE},
    {"granitemoeshared", hf_read_decoder, HF_EXPERT_IS_FFN | HF_BIAS_KEY_QKVO, 2, 1,
     .window = HF_WINDOW_NONE},
    {"minimax_m2", read_minimax_m2, HF_EXPERT_IS_FFN | HF_QK_NORM_FULL_KEY | HF_ROUTER_BIAS, 2, 1,
     .window = HF_WINDOW_NONE},
    {"glm4_moe", hf_read_decoder,
     HF_BIAS_KEY_QKV | HF_QK_NORM_KEY | HF_ROUTER_BIAS | HF_SHARED_IS_EXPERT | HF_MTP_EH, 2, 1,
     .window = HF_WINDOW_NONE},
    {"deepseek", hf_read_decoder, HF_SHARED_IS_EXPERT, 2, 1, .window = HF_WINDOW_NONE},
    {"ernie4_5_moe", hf_read_decoder,
     HF_TIED | HF_USE_BIAS_KEY | HF_ROUTER_BIAS | HF_SHARED_IS_EXPERT, 2, 1,
     .window = HF_WINDOW_NONE},
    {"gpt_oss", read_gpt_oss,
     HF_EXPERT_IS_FFN | HF_BIAS_KEY_QKVO | HF_BIAS_DEFAULT | HF_EXPERT_BIAS | HF_ROUTER_BIAS, 2, 1,
     HF_WINDOW_EVEN, .window_tokens = 128},
    {"llama4_text", read_llama4, HF_EXPERT_IS_FFN | HF_BIAS_KEY_QKVO, 2, 1,
     .window = HF_WINDOW_NONE},
    {"dbrx", read_dbrx, 0, 2, 1, .window = HF_WINDOW_NONE},
    {0},
};
