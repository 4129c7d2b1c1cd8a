/* Keys of configs that few models state: what they change, and what is refused of them. */
#include "base/arena.h"
#include "base/diag.h"
#include "engine/parameters.h"
#include "read/read.h"

#include "arena_state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool read(struct arena *arena, const char *text, struct model *model, const char **code) {
    struct diags *diags = diags_new();
    memset(model, 0, sizeof *model);
    bool ok = read_model(arena, "config.json", text, strlen(text), diags, model);
    *code = diags_count(diags) ? arena_strdup(arena, diags_get(diags, 0)->code) : "";
    diags_free(diags);
    return ok;
}

static struct model good(struct arena *arena, const char *text) {
    struct model model;
    const char *code;
    if (!read(arena, text, &model, &code))
        fail_msg("%s: %s", text, code);
    return model;
}

static int64_t total_of(struct arena *arena, const char *text) {
    struct model model = good(arena, text);
    return (int64_t)parameters_count(&model).total;
}

/* Windows of the layers in thousands of tokens, layers that are alike together: "444-" are three of
   4,000 and one without. */
static const char *windows(struct arena *arena, const char *text) {
    struct model model = good(arena, text);
    char *out = arena_alloc(arena, model.layer_count + 1), *at = out;
    for (size_t i = 0; i < model.run_count; i++)
        for (uint32_t k = 0; k < model.runs[i].count; k++) {
            uint32_t window = model.runs[i].attention.window_tokens;
            *at++ = window ? (char)('0' + window / 1000) : '-';
        }
    *at = '\0';
    return out;
}

#define CONFIG(type, more)                                                                         \
    "{\"model_type\":\"" type "\",\"hidden_size\":64,\"num_attention_heads\":4,"                   \
    "\"num_hidden_layers\":4,\"vocab_size\":100,\"intermediate_size\":128" more "}"

/* Each of four layers: what the key adds or takes, from the modelling code of the family. */
static void flags_change_the_count(void **state) {
    struct arena *arena = *state;
    /* attention_bias of GPT-NeoX: of q, k, v and output */
    assert_int_equal(total_of(arena, CONFIG("gpt_neox", "")) -
                         total_of(arena, CONFIG("gpt_neox", ",\"attention_bias\":false")),
                     4 * 4 * 64);
    /* Phi: two LayerNorms with bias, each of one head's width */
    assert_int_equal(total_of(arena, CONFIG("phi", ",\"qk_layernorm\":true")) -
                         total_of(arena, CONFIG("phi", "")),
                     4 * 4 * 16);
    /* StableLM: a parallel block has one LayerNorm with bias less; q and k a norm a head without */
    assert_int_equal(total_of(arena, CONFIG("stablelm", "")) -
                         total_of(arena, CONFIG("stablelm", ",\"use_parallel_residual\":true")),
                     4 * 2 * 64);
    assert_int_equal(total_of(arena, CONFIG("stablelm", ",\"qk_layernorm\":true")) -
                         total_of(arena, CONFIG("stablelm", "")),
                     4 * 2 * 64);
    /* InternLM2: "bias" is of q, k, v and output, and on where the config is silent */
    assert_int_equal(total_of(arena, CONFIG("internlm2", "")) -
                         total_of(arena, CONFIG("internlm2", ",\"bias\":false")),
                     4 * 4 * 64);
    /* Granite 4 without experts: the shared FFN has a width of its own */
#define GRANITE(more)                                                                              \
    CONFIG("granitemoehybrid", ",\"layer_types\":[\"attention\",\"attention\",\"attention\","      \
                               "\"attention\"]" more)
    assert_int_equal(total_of(arena, GRANITE(",\"shared_intermediate_size\":256")) -
                         total_of(arena, GRANITE("")),
                     4 * 3 * 64 * 128);
}

/* Qwen 3 MoE and its kin name the layers that stay dense. */
static void named_layers_stay_dense(void **state) {
    struct arena *arena = *state;
#define MOE(more)                                                                                  \
    CONFIG("qwen3_moe", ",\"moe_intermediate_size\":32,\"num_experts\":8,"                         \
                        "\"num_experts_per_tok\":2" more)
    int64_t moe = 8 * 3 * 64 * 32 + 64 * 8, dense = 3 * 64 * 128;
    assert_int_equal(total_of(arena, MOE("")) - total_of(arena, MOE(",\"mlp_only_layers\":[0,2]")),
                     2 * (moe - dense));
}

static void windows_go_by_layer(void **state) {
    struct arena *arena = *state;
#define EXAONE(more) CONFIG("exaone4", ",\"sliding_window\":4000" more)
    assert_string_equal(windows(arena, EXAONE("")), "444-");
    assert_string_equal(windows(arena, EXAONE(",\"sliding_window_pattern\":2")), "44--");
    assert_string_equal(windows(arena, EXAONE(",\"sliding_window_pattern\":\"LG\"")), "44--");
    assert_string_equal(windows(arena, EXAONE(",\"sliding_window_pattern\":\"LGGG\"")), "4---");
    assert_string_equal(
        windows(arena,
                EXAONE(",\"layer_types\":[\"sliding_attention\",\"full_attention\","
                       "\"chunked_attention\",\"attention\"],\"attention_chunk_size\":2000")),
        "4--2");
#define LLAMA4(more)                                                                               \
    CONFIG("llama4_text", ",\"attention_chunk_size\":8000,\"num_local_experts\":4,"                \
                          "\"num_experts_per_tok\":1,\"intermediate_size_mlp\":256" more)
    assert_string_equal(windows(arena, LLAMA4("")), "888-");
    assert_string_equal(windows(arena, LLAMA4(",\"no_rope_layers\":[1,0,0,1]")), "88--");
}

static void what_does_not_fit_is_refused(void **state) {
    static const struct {
        const char *code, *text;
    } wrong[] = {
        {"config-range",
         "{\"model_type\":\"gpt_neox\",\"hidden_size\":64,\"num_attention_heads\":4,"
         "\"num_hidden_layers\":2,\"vocab_size\":100,\"intermediate_size\":0}"},
        {"config-missing-key", CONFIG("deepseek_v4", "")},
        {"config-layers", CONFIG("deepseek_v4", ",\"compress_ratios\":[0,4]")},
        {"config-heads",
         CONFIG("deepseek_v4", ",\"compress_ratios\":[0,4,4,4],\"head_dim\":16,\"q_lora_rank\":8,"
                               "\"o_lora_rank\":8,\"o_groups\":7")},
        {"config-heads",
         CONFIG("gemma4_text",
                ",\"num_key_value_heads\":2,\"head_dim\":16,\"attention_k_eq_v\":true,"
                "\"num_global_key_value_heads\":3,\"sliding_window\":512,\"layer_types\":["
                "\"full_attention\",\"full_attention\",\"full_attention\",\"full_attention\"]")},
        {"config-missing-key", CONFIG("minimax_text_01", ",\"num_local_experts\":4,"
                                                         "\"num_experts_per_tok\":2")},
        {"config-heads", CONFIG("mimo_v2_flash", ",\"num_key_value_heads\":2,\"head_dim\":16,"
                                                 "\"swa_num_key_value_heads\":3,"
                                                 "\"sliding_window\":128,"
                                                 "\"hybrid_layer_pattern\":[0,1,1,0]")},
        {"config-missing-key", CONFIG("nemotron-nas", "")},
        {"config-layer-type", CONFIG("nemotron-nas", ",\"block_configs\":[{},{},{},{}]")},
        {"config-heads",
         "{\"model_type\":\"dbrx\",\"d_model\":64,\"n_heads\":4,\"n_layers\":2,\"vocab_size\":100,"
         "\"max_seq_len\":64,\"attn_config\":{\"kv_n_heads\":2},\"ffn_config\":{"
         "\"moe_num_experts\":4,\"moe_top_k\":5,\"ffn_hidden_size\":32}}"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct model model;
        const char *code;
        if (read(*state, wrong[i].text, &model, &code) || strcmp(code, wrong[i].code) != 0)
            fail_msg("%s: [%s], not [%s]", wrong[i].text, code, wrong[i].code);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_change_the_count), cmocka_unit_test(named_layers_stay_dense),
        cmocka_unit_test(windows_go_by_layer), cmocka_unit_test(what_does_not_fit_is_refused)};
    return cmocka_run_group_tests_name("read/hf_odd", tests, begin_arena, end_arena);
}
