/* Configs of single families: counts worked out by hand from the shapes of their modelling code,
   and what must be refused rather than guessed. */
#include "base/arena.h"
#include "base/diag.h"
#include "engine/memory.h"
#include "engine/parameters.h"
#include "read/read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct answer {
    struct model model;
    const char *code; /* of the first diagnostic; "" without any */
    bool ok;
};

static struct answer read(struct arena *arena, const char *text) {
    struct diags *diags = diags_new();
    struct answer answer = {.code = ""};
    answer.ok = read_model(arena, "config.json", text, strlen(text), diags, &answer.model);
    if (diags_count(diags) > 0)
        answer.code = arena_strdup(arena, diags_get(diags, 0)->code);
    assert_int_equal(answer.ok, diags_errors(diags) == 0);
    diags_free(diags);
    return answer;
}

static uint64_t total_of(struct arena *arena, const char *text) {
    struct answer answer = read(arena, text);
    if (!answer.ok)
        fail_msg("%s: %s", text, answer.code);
    return parameters_count(&answer.model).total;
}

static void refused(struct arena *arena, const char *text, const char *code) {
    struct answer answer = read(arena, text);
    if (answer.ok || strcmp(answer.code, code) != 0)
        fail_msg("%s: [%s], not [%s]", text, answer.code, code);
}

#define MPT(more)                                                                                  \
    "{\"model_type\":\"mpt\",\"d_model\":64,\"n_heads\":4,\"n_layers\":2,\"vocab_size\":100,"      \
    "\"max_seq_len\":128" more "}"

/* Layers of 64 wide: q and output 64 x 64 each, k and v 64 x 16 a head, FFN 2 x 64 x 256, two norms
   without bias; a tied table of 100 x 64 and the last norm. */
static void reads_mpt(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t ends = 100 * 64 + 64, rest = 2 * 64 * 64 + 2 * 64 * 256 + 2 * 64, head = 2 * 64 * 16;
    assert_int_equal(total_of(arena, MPT("")), ends + 2 * (rest + 4 * head));
    assert_int_equal(total_of(arena, MPT(",\"attn_config\":{\"kv_n_heads\":2}")),
                     ends + 2 * (rest + 2 * head));
    assert_int_equal(
        total_of(arena, MPT(",\"attn_config\":{\"attn_type\":\"multiquery_attention\"}")),
        ends + 2 * (rest + head));
    /* norms of queries and keys over the whole width */
    assert_int_equal(total_of(arena, MPT(",\"attn_config\":{\"qk_ln\":true}")),
                     ends + 2 * (rest + 4 * head + 2 * 64));
    refused(arena, MPT(",\"attn_config\":{\"kv_n_heads\":0}"), "config-range");
    refused(arena, MPT(",\"attn_config\":{\"kv_n_heads\":3}"), "config-heads");
    refused(arena, MPT(",\"no_bias\":false"), "unsupported-variant");
    arena_free(arena);
}

#define CLASSIC(type, more)                                                                        \
    "{\"model_type\":\"" type "\",\"hidden_size\":64,\"num_attention_heads\":4,"                   \
    "\"num_hidden_layers\":2,\"vocab_size\":100" more "}"

/* Learned positions are weights: without their number there is no count. */
static void refuses_unknown_positions(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t without = total_of(arena, CLASSIC("bloom", ""));
    assert_int_equal(total_of(arena, CLASSIC("bloom", ",\"n_embed\":64")), without);
    refused(arena, CLASSIC("gpt2", ""), "config-missing-key");
    refused(arena, CLASSIC("opt", ""), "config-missing-key");
    assert_int_equal(total_of(arena, CLASSIC("gpt2", ",\"n_positions\":32")) -
                         total_of(arena, CLASSIC("gpt2", ",\"n_positions\":16")),
                     16 * 64);
    assert_int_equal(total_of(arena, CLASSIC("opt", ",\"max_position_embeddings\":32,"
                                                    "\"ffn_dim\":256")) -
                         total_of(arena, CLASSIC("gpt2", ",\"n_positions\":32")),
                     2 * 64);
    arena_free(arena);
}

/* Falcon 40B under its first name: grouped heads and two norms without the later key. */
static void reads_falcons_first_configs(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t grouped = total_of(arena, CLASSIC("falcon", ",\"num_kv_heads\":2,"
                                                         "\"new_decoder_architecture\":true"));
    assert_int_equal(grouped,
                     100 * 64 + 2 * 64 + 2 * (2 * 64 * 64 + 2 * 64 * 32 + 2 * 64 * 256 + 4 * 64));
    assert_int_equal(total_of(arena, CLASSIC("RefinedWeb", ",\"n_head_kv\":2")), grouped);
    assert_int_equal(total_of(arena, CLASSIC("RefinedWebModel", "")),
                     grouped - 2 * (2 * 64 * 16 + 2 * 64));
    arena_free(arena);
}

#define BAMBA(more)                                                                                \
    "{\"model_type\":\"bamba\",\"hidden_size\":64,\"num_attention_heads\":4,"                      \
    "\"num_key_value_heads\":2,\"num_hidden_layers\":3,\"vocab_size\":100,"                        \
    "\"intermediate_size\":128,\"mamba_n_heads\":8,\"mamba_d_state\":16,\"mamba_n_groups\":1,"     \
    "\"mamba_d_head\":\"auto\"" more "}"

/* Two Mamba-2 layers (heads of 2 x 64 / 8) and one that attends. */
static void reads_bamba(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t inner = 128, conv = inner + 2 * 16;
    uint64_t mamba = 64 * (inner + conv + 8) + conv * 4 + conv + 3 * 8 + inner + inner * 64;
    uint64_t full = 2 * 64 * 64 + 2 * 64 * 32, rest = 3 * 64 * 128 + 2 * 64;
    assert_int_equal(total_of(arena, BAMBA(",\"attn_layer_indices\":[1]")),
                     2 * 100 * 64 + 64 + 2 * mamba + full + 3 * rest);
    refused(arena, BAMBA(""), "config-missing-key");
    refused(arena, BAMBA(",\"attn_layer_indices\":\"1\""), "config-type");
    refused(arena, BAMBA(",\"attn_layer_indices\":[1],\"mamba_expand\":0"), "config-heads");
    arena_free(arena);
}

#define ERNIE(more)                                                                                \
    "{\"model_type\":\"ernie4_5_moe\",\"hidden_size\":64,\"num_attention_heads\":4,"               \
    "\"num_hidden_layers\":6,\"vocab_size\":100,\"intermediate_size\":128,"                        \
    "\"moe_intermediate_size\":32,\"moe_num_experts\":4,\"moe_k\":2" more "}"

/* Layers with experts: from start to end, each whose number, counted from one, the interval
   divides. */
static void counts_ernies_layers(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t moe = 4 * 3 * 64 * 32 + 64 * 4 + 4, dense = 3 * 64 * 128;
    uint64_t rest = 2 * 64 + 4 * 64 * 64, ends = 100 * 64 + 64;
    static const struct {
        const char *text;
        uint64_t experts;
    } cases[] = {{ERNIE(""), 5},
                 {ERNIE(",\"moe_layer_start_index\":1,\"moe_layer_end_index\":5"), 5},
                 {ERNIE(",\"moe_layer_start_index\":1,\"moe_layer_end_index\":3"), 3},
                 {ERNIE(",\"moe_layer_start_index\":0,\"moe_layer_end_index\":-1"), 6},
                 {ERNIE(",\"moe_layer_start_index\":2,\"moe_layer_interval\":2"), 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(total_of(arena, cases[i].text),
                         ends + 6 * rest + cases[i].experts * moe + (6 - cases[i].experts) * dense);
    arena_free(arena);
}

#define STEP(more)                                                                                 \
    "{\"model_type\":\"step3p5\",\"hidden_size\":64,\"num_attention_heads\":4,"                    \
    "\"num_attention_groups\":2,\"head_dim\":16,\"num_hidden_layers\":4,\"vocab_size\":100,"       \
    "\"intermediate_size\":128,\"moe_intermediate_size\":32,\"moe_num_experts\":4,"                \
    "\"moe_top_k\":2" more "}"

/* Step names its layers with experts in a text. */
static void reads_steps_list_of_layers(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t moe = 4 * 3 * 64 * 32 + 64 * 4, dense = 3 * 64 * 128;
    uint64_t all = total_of(arena, STEP(",\"moe_layers_enum\":\"0,1,2,3\""));
    assert_int_equal(all - total_of(arena, STEP(",\"moe_layers_enum\":\"1,3\"")),
                     2 * (moe - dense));
    assert_int_equal(all - total_of(arena, STEP(",\"moe_layers_enum\":\"3\"")), 3 * (moe - dense));
    refused(arena, STEP(",\"moe_layers_enum\":\"1,x\""), "config-type");
    refused(arena, STEP(",\"moe_layers_enum\":\"1,4\""), "config-range");
    refused(arena,
            STEP(",\"attention_other_setting\":{\"num_attention_heads\":6,"
                 "\"num_attention_groups\":4}"),
            "config-heads");
    refused(arena, STEP(",\"attention_other_setting\":{\"num_attention_groups\":2}"),
            "config-missing-key");
    arena_free(arena);
}

#define LLAMA(more)                                                                                \
    "{\"model_type\":\"llama\",\"hidden_size\":64,\"num_attention_heads\":4,"                      \
    "\"num_hidden_layers\":2,\"vocab_size\":100,\"intermediate_size\":128" more "}"
#define QUANTISED(more) LLAMA(",\"quantization_config\":{" more "}")

static void tells_how_weights_are_stored(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum precision precision;
        double bits;
        const char *name;
    } cases[] = {
        {LLAMA(",\"torch_dtype\":\"float16\""), PRECISION_FP16, 0, NULL},
        {LLAMA(",\"torch_dtype\":\"float32\""), PRECISION_FP32, 0, NULL},
        {QUANTISED("\"quant_method\":\"fp8\",\"weight_block_size\":[128,128]"), PRECISION_FP8_BLOCK,
         0, NULL},
        {QUANTISED("\"quant_method\":\"fp8\",\"weight_block_size\":null"), PRECISION_FP8, 0, NULL},
        {QUANTISED("\"quant_method\":\"fp8\""), PRECISION_FP8, 0, NULL},
        {QUANTISED("\"quant_method\":\"gptq\",\"bits\":4,\"group_size\":128"), PRECISION_GPTQ, 0,
         NULL},
        {QUANTISED("\"quant_method\":\"gptq\",\"bits\":4,\"group_size\":32"), PRECISION_GPTQ,
         4 + 20.0 / 32, "GPTQ INT4 g32"},
        {QUANTISED("\"quant_method\":\"gptq\",\"bits\":8"), PRECISION_INT8, 0, NULL},
        {QUANTISED("\"quant_method\":\"gptq\",\"bits\":3,\"group_size\":128"), PRECISION_GPTQ,
         3 + 19.0 / 128, "GPTQ INT3 g128"},
        {QUANTISED("\"quant_method\":\"gptq\",\"bits\":3"), PRECISION_GPTQ, 3 + 19.0 / 128,
         "GPTQ INT3 g128"},
        {QUANTISED("\"quant_method\":\"gptq\",\"bits\":2,\"group_size\":-1"), PRECISION_GPTQ, 2,
         "GPTQ INT2"},
        {QUANTISED("\"quant_method\":\"gptq\",\"bits\":4,\"group_size\":2.5"), PRECISION_GPTQ, 0,
         NULL},
        {QUANTISED("\"quant_method\":\"awq\",\"bits\":4,\"group_size\":64"), PRECISION_AWQ,
         4 + 20.0 / 64, "AWQ INT4 g64"},
        {QUANTISED("\"quant_method\":\"compressed-tensors\",\"config_groups\":{\"group_0\":"
                   "{\"weights\":{\"num_bits\":6,\"type\":\"int\",\"strategy\":\"channel\"}}}"),
         PRECISION_INT4_G128, 6, "INT6"},
        {QUANTISED("\"quant_method\":\"compressed-tensors\",\"config_groups\":{\"group_0\":"
                   "{\"weights\":{\"num_bits\":4,\"type\":\"int\",\"group_size\":32}}}"),
         PRECISION_INT4_G128, 4.5, "INT4 g32"},
        {QUANTISED("\"quant_method\":\"awq\",\"bits\":4,\"group_size\":128"), PRECISION_AWQ, 0,
         NULL},
        {QUANTISED("\"quant_method\":\"bitsandbytes\",\"load_in_4bit\":true"), PRECISION_NF4, 0,
         NULL},
        {QUANTISED("\"quant_method\":\"bitsandbytes\",\"load_in_8bit\":true"), PRECISION_INT8, 0,
         NULL},
        {QUANTISED("\"quant_method\":\"compressed-tensors\",\"config_groups\":{\"group_0\":"
                   "{\"weights\":{\"num_bits\":8,\"type\":\"float\",\"strategy\":\"block\"}}}"),
         PRECISION_FP8_BLOCK, 0, NULL},
        {QUANTISED("\"quant_method\":\"compressed-tensors\",\"config_groups\":{\"group_0\":"
                   "{\"weights\":{\"num_bits\":8,\"type\":\"int\"}}}"),
         PRECISION_INT8, 0, NULL},
        {QUANTISED("\"quant_method\":\"modelopt\",\"quant_algo\":\"FP8\""), PRECISION_FP8, 0, NULL},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer = read(arena, cases[i].text);
        if (!answer.ok || *answer.code || answer.model.native_precision != cases[i].precision)
            fail_msg("%s: [%s] %d", cases[i].text, answer.code, answer.model.native_precision);
        assert_float_equal(answer.model.native_bits, cases[i].bits, 1e-12);
        const char *name = answer.model.native_name;
        assert_string_equal(name ? name : "", cases[i].name ? cases[i].name : "");
    }
    /* What is not known is said; the shape is known all the same. */
    struct answer unknown = read(arena, QUANTISED("\"quant_method\":\"hqq\""));
    assert_true(unknown.ok);
    assert_string_equal(unknown.code, "unknown-quantisation");
    arena_free(arena);
}

#define SEARCHED(block)                                                                            \
    "{\"model_type\":\"nemotron-nas\",\"hidden_size\":64,\"num_attention_heads\":4,"               \
    "\"num_hidden_layers\":1,\"vocab_size\":100,\"block_configs\":[" block "]}"

static void reads_searched_blocks(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t ends = 2 * 100 * 64 + 64, attention = 2 * 64 * 64 + 2 * 64 * 32, linear = 64 * 64;
    assert_int_equal(total_of(arena, SEARCHED("{\"attention\":{\"n_heads_in_group\":2},"
                                              "\"ffn\":{\"ffn_mult\":1.5}}")),
                     ends + 2 * 64 + attention + 3 * 64 * 256);
    assert_int_equal(total_of(arena, SEARCHED("{\"attention\":{\"n_heads_in_group\":2},"
                                              "\"ffn\":{\"intermediate_size\":96}}")),
                     ends + 2 * 64 + attention + 3 * 64 * 96);
    assert_int_equal(total_of(arena, SEARCHED("{\"attention\":{\"replace_with_linear\":true},"
                                              "\"ffn\":{\"replace_with_linear\":true}}")),
                     ends + 2 * 64 + 2 * linear);
    assert_int_equal(total_of(arena, SEARCHED("{\"attention\":{\"no_op\":true},"
                                              "\"ffn\":{\"no_op\":true}}")),
                     ends);
    static const char *const wrong[] = {
        SEARCHED("1"),
        SEARCHED("{\"ffn\":{\"ffn_mult\":1}}"),
        SEARCHED("{\"attention\":{},\"ffn\":{\"ffn_mult\":1}}"),
        SEARCHED("{\"attention\":{\"n_heads_in_group\":3},\"ffn\":{\"ffn_mult\":1}}"),
        SEARCHED("{\"attention\":{\"n_heads_in_group\":1.5},\"ffn\":{\"ffn_mult\":1}}"),
        SEARCHED("{\"attention\":{\"n_heads_in_group\":2},\"ffn\":{\"ffn_mult\":-1}}"),
        SEARCHED("{\"attention\":{\"n_heads_in_group\":2},\"ffn\":{\"ffn_mult\":1e300}}"),
        SEARCHED("{\"attention\":{\"n_heads_in_group\":2},\"ffn\":{}}"),
        SEARCHED("{\"attention\":{\"n_heads_in_group\":2},\"ffn\":{\"intermediate_size\":9.5}}"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        refused(arena, wrong[i], "config-layer-type");
    arena_free(arena);
}

#define NEMOTRON_H(more)                                                                           \
    "{\"model_type\":\"nemotron_h\",\"hidden_size\":64,\"num_attention_heads\":4,"                 \
    "\"vocab_size\":100,\"intermediate_size\":128,\"mamba_num_heads\":8,\"mamba_head_dim\":16,"    \
    "\"ssm_state_size\":16,\"n_groups\":1" more "}"

static void reads_patterns_of_layers(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t two = total_of(arena, NEMOTRON_H(",\"hybrid_override_pattern\":\"*-\""));
    assert_int_equal(two, 2 * 100 * 64 + 64 + 4 * 64 * 64 + 2 * 64 * 128 + 2 * 64);
    refused(arena, NEMOTRON_H(",\"hybrid_override_pattern\":\"*?\""), "config-layer-type");
    refused(arena, NEMOTRON_H(""), "config-missing-key");
    refused(arena, NEMOTRON_H(",\"layers_block_type\":[\"moe\",\"lstm\"]"), "config-missing-key");
    refused(arena, NEMOTRON_H(",\"layers_block_type\":[\"lstm\"]"), "config-layer-type");
    refused(arena, NEMOTRON_H(",\"hybrid_override_pattern\":\"*-\",\"num_hidden_layers\":3"),
            "config-layers");
    struct answer heads =
        read(arena, NEMOTRON_H(",\"hybrid_override_pattern\":\"*-\",\"num_nextn_predict_layers\":2,"
                               "\"mtp_hybrid_override_pattern\":\"*\""));
    assert_int_equal(parameters_count(&heads.model).mtp,
                     2 * (2 * 64 * 64 + 3 * 64 + 4 * 64 * 64 + 64));
    refused(arena,
            NEMOTRON_H(",\"hybrid_override_pattern\":\"*-\",\"num_nextn_predict_layers\":1,"
                       "\"mtp_hybrid_override_pattern\":\"*?\""),
            "config-layer-type");
    /* heads of a shape that is not said are not counted as none */
    struct answer unsaid = read(
        arena, NEMOTRON_H(",\"hybrid_override_pattern\":\"*-\",\"num_nextn_predict_layers\":1"));
    assert_true(unsaid.ok);
    assert_false(unsaid.model.mtp_stated);
    arena_free(arena);
}

/* A null window is no window, whatever the family's class would take. */
static void null_means_no_window(void **state) {
    (void)state;
    struct arena *arena = arena_new();
#define EXAONE(window)                                                                             \
    "{\"model_type\":\"exaone4\",\"hidden_size\":64,\"num_attention_heads\":4,"                    \
    "\"num_hidden_layers\":4,\"vocab_size\":100,\"intermediate_size\":128" window "}"
    struct answer sliding = read(arena, EXAONE("")),
                  whole = read(arena, EXAONE(",\"sliding_window\":null"));
    assert_true(sliding.ok && whole.ok);
    assert_int_equal(sliding.model.run_count, 2);
    assert_int_equal(whole.model.run_count, 1);
    assert_int_equal(whole.model.runs[0].attention.window_tokens, 0);
    arena_free(arena);
}

/* Sizes whose products leave 64 bits are refused, in whatever part they stand. */
static void refuses_products_beyond_64_bits(void **state) {
    (void)state;
    static const char *const texts[] = {
        /* query map of latent attention: 4096 x 2^22 x 2^14 x 2^23 */
        "{\"model_type\":\"deepseek_v2\",\"hidden_size\":1,\"num_attention_heads\":16384,"
        "\"num_hidden_layers\":4096,\"vocab_size\":1,\"intermediate_size\":1,"
        "\"q_lora_rank\":4194304,\"kv_lora_rank\":1,\"qk_rope_head_dim\":4194304,"
        "\"qk_nope_head_dim\":4194304,\"v_head_dim\":1}",
        /* the indexer */
        "{\"model_type\":\"deepseek_v32\",\"hidden_size\":1,\"num_attention_heads\":1,"
        "\"num_hidden_layers\":4096,\"vocab_size\":1,\"intermediate_size\":1,"
        "\"q_lora_rank\":4194304,\"kv_lora_rank\":1,\"qk_rope_head_dim\":1,"
        "\"qk_nope_head_dim\":1,\"v_head_dim\":1,\"index_topk\":1,\"index_n_heads\":16384,"
        "\"index_head_dim\":4194304}",
        /* groups of a state space */
        "{\"model_type\":\"nemotron_h\",\"hidden_size\":4194304,\"num_attention_heads\":1,"
        "\"vocab_size\":1,\"mamba_num_heads\":1,\"mamba_head_dim\":1,\"ssm_state_size\":4194304,"
        "\"n_groups\":16384,\"hybrid_override_pattern\":\"M\"}",
        /* keys of linear attention */
        "{\"model_type\":\"qwen3_5_text\",\"hidden_size\":4194304,\"num_attention_heads\":1,"
        "\"num_hidden_layers\":4096,\"vocab_size\":1,\"intermediate_size\":1,"
        "\"linear_num_key_heads\":16384,\"linear_key_head_dim\":4194304,"
        "\"linear_num_value_heads\":1,\"linear_value_head_dim\":1}",
        /* grouped output maps, counted by their reader */
        "{\"model_type\":\"deepseek_v4\",\"hidden_size\":1,\"num_attention_heads\":16384,"
        "\"num_hidden_layers\":1,\"vocab_size\":1,\"head_dim\":4194304,\"q_lora_rank\":1,"
        "\"o_lora_rank\":4194304,\"o_groups\":1,\"compress_ratios\":[0],\"n_routed_experts\":1,"
        "\"num_experts_per_tok\":1,\"moe_intermediate_size\":1}",
        /* shared experts: 1024 x 2^22 leaves 32 bits */
        "{\"model_type\":\"deepseek_v2\",\"hidden_size\":1,\"num_attention_heads\":1,"
        "\"num_hidden_layers\":1,\"vocab_size\":1,\"intermediate_size\":1,\"kv_lora_rank\":1,"
        "\"qk_rope_head_dim\":1,\"qk_nope_head_dim\":1,\"v_head_dim\":1,\"n_routed_experts\":1,"
        "\"num_experts_per_tok\":1,\"moe_intermediate_size\":4194304,\"n_shared_experts\":1024}",
        /* a vision tower's merger: (2^22 x 64 x 64) squared */
        "{\"model_type\":\"qwen2_5_vl\",\"hidden_size\":64,\"num_attention_heads\":4,"
        "\"num_hidden_layers\":2,\"vocab_size\":100,\"intermediate_size\":128,\"vision_config\":"
        "{\"hidden_size\":4194304,\"intermediate_size\":1,\"depth\":1,\"patch_size\":1,"
        "\"temporal_patch_size\":1,\"spatial_merge_size\":64,\"out_hidden_size\":1}}",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refused(arena, texts[i], "config-range");
    arena_free(arena);
}

#define DECI(heads)                                                                                \
    "{\"model_type\":\"deci\",\"hidden_size\":64,\"intermediate_size\":96,"                        \
    "\"num_attention_heads\":4,\"num_hidden_layers\":3,\"vocab_size\":100,"                        \
    "\"max_position_embeddings\":128,\"tie_word_embeddings\":true" heads "}"

/* As Llama: q and output 64 x 64 each, k and v 64 x 16 a head, three FFN matrices 64 x 96, two
   norms; a tied table of 100 x 64 and the last norm. */
static void reads_key_value_heads_by_layer(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    uint64_t ends = 100 * 64 + 64, rest = 2 * 64 * 64 + 3 * 64 * 96 + 2 * 64, head = 2 * 64 * 16;
    assert_int_equal(total_of(arena, DECI(",\"num_key_value_heads_per_layer\":[4,2,1]")),
                     ends + 3 * rest + 7 * head);
    assert_int_equal(total_of(arena, DECI(",\"num_key_value_heads\":2")),
                     ends + 3 * rest + 6 * head);
    refused(arena, DECI(",\"num_key_value_heads_per_layer\":[4,3,1]"), "config-range");
    refused(arena, DECI(",\"num_key_value_heads_per_layer\":[4,8,1]"), "config-range");
    arena_free(arena);
}

/* Keys that belong into a part's own object are not taken from the whole. */
static void looks_into_parts_alone(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    refused(arena,
            "{\"model_type\":\"kimi_linear\",\"hidden_size\":64,\"num_attention_heads\":4,"
            "\"num_hidden_layers\":2,\"vocab_size\":100,\"head_dim\":72,\"num_heads\":4,"
            "\"kv_lora_rank\":16,\"qk_rope_head_dim\":8,\"qk_nope_head_dim\":8,\"v_head_dim\":8,"
            "\"linear_attn_config\":{\"full_attn_layers\":[2],\"num_heads\":4}}",
            "config-missing-key");
    refused(arena,
            "{\"model_type\":\"minimax_m3\",\"hidden_size\":64,\"num_attention_heads\":4,"
            "\"num_hidden_layers\":2,\"vocab_size\":100,\"intermediate_size\":32,"
            "\"dense_intermediate_size\":128,\"num_local_experts\":4,\"num_experts_per_tok\":2,"
            "\"sparse_attention_config\":{\"sparse_attention_freq\":[1],"
            "\"sparse_num_index_heads\":1,\"sparse_index_dim\":16}}",
            "config-layers");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_mpt),
        cmocka_unit_test(refuses_unknown_positions),
        cmocka_unit_test(reads_falcons_first_configs),
        cmocka_unit_test(reads_bamba),
        cmocka_unit_test(counts_ernies_layers),
        cmocka_unit_test(reads_steps_list_of_layers),
        cmocka_unit_test(tells_how_weights_are_stored),
        cmocka_unit_test(reads_searched_blocks),
        cmocka_unit_test(reads_patterns_of_layers),
        cmocka_unit_test(null_means_no_window),
        cmocka_unit_test(refuses_products_beyond_64_bits),
        cmocka_unit_test(reads_key_value_heads_by_layer),
        cmocka_unit_test(looks_into_parts_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
