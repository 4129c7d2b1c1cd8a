/* A Hugging Face config.json: finds the decoder's object and its family, and lets that read. */
#include "read/hf.h"

#include "base/str.h"
#include "read/hf_model.h"

#include <string.h>

static const struct hf_family *const groups[] = {
    hf_dense_families,      hf_moe_families,    hf_classic_families,  hf_gemma_families,
    hf_latent_families,     hf_hybrid_families, hf_nemotron_families, hf_mixed_families,
    hf_compressed_families, hf_mamba_families,
};

/* Wrappers whose inner object may leave model_type to the wrapper's class. */
static const struct {
    const char *wrapper, *inner;
} inner_types[] = {
    {"mistral3", "mistral"},
    {"gemma3", "gemma3_text"},
    {"llama4", "llama4_text"},
    {"mllama", "mllama_text_model"},
    {"qwen2_5_vl", "qwen2_5_vl"},
    {"qwen2_vl", "qwen2_vl"},
    {"qwen3_vl", "qwen3_vl_text"},
    {"qwen3_vl_moe", "qwen3_vl_moe_text"},
    {"qwen3_5", "qwen3_5_text"},
    {"qwen3_5_moe", "qwen3_5_moe_text"},
    {"gemma4", "gemma4_text"},
    {"minimax_m3_vl", "minimax_m3"},
    {"kimi_k25", "kimi_k2"},
    {"kimi_k3", "kimi_linear"},
    {"llava", "llama"},
};

static const struct hf_family *find_family(const char *type) {
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (const struct hf_family *f = groups[g]; f->type; f++)
            if (strcmp(f->type, type) == 0)
                return f;
    return NULL;
}

/* Whether both are one name but for case, hyphens and the like: "Qwen3MoE", "qwen3_moe". */
static bool same_letters(const char *a, const char *b) {
    static const char marks[] = "_-. ";
    for (; *a || *b; a++, b++) {
        a += strspn(a, marks);
        b += strspn(b, marks);
        if (!str_equal_nocase((struct str){a, *a != 0}, (struct str){b, *b != 0}))
            return false;
        if (!*a)
            break;
    }
    return true;
}

/* The known family of the same letters, or NULL. */
static const char *near_family(const char *type) {
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (const struct hf_family *f = groups[g]; f->type; f++)
            if (same_letters(type, f->type))
                return f->type;
    return NULL;
}

static const struct json *decoder_object(const struct json *root) {
    static const char *const keys[] = {"text_config", "llm_config", "language_config"};
    const struct json *thinker = json_get(root, "thinker_config"); /* Qwen Omni */
    if (thinker && thinker->kind == JSON_OBJECT)
        root = thinker;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct json *inner = json_get(root, keys[i]);
        if (inner && inner->kind == JSON_OBJECT)
            return inner;
    }
    return root;
}

static const char *type_of(const struct json *object) {
    const struct json *type = json_get(object, "model_type");
    return type && type->kind == JSON_STRING ? type->string : NULL;
}

/* The decoder's model type, or NULL after a diagnostic. */
static const char *decoder_type(struct hf *hf) {
    const char *inner = type_of(hf->text), *outer = type_of(hf->root);
    if (inner && find_family(inner))
        return inner;
    for (size_t i = 0; outer && i < sizeof inner_types / sizeof *inner_types; i++)
        if (strcmp(inner_types[i].wrapper, outer) == 0 && (!inner || hf->text == hf->root))
            return inner_types[i].inner;
    const char *named = inner ? inner : outer;
    if (!named)
        hf_refuse(hf, hf->text, "config-no-model-type",
                  "\"model_type\" is missing, so the architecture is not known");
    return named;
}

/* True when the object describes something else than a decoder. */
static bool not_a_config(struct hf *hf) {
    if (json_get(hf->root, "quantization") && !json_get(hf->root, "model_type")) {
        hf_refuse(hf, hf->root, "not-a-model-config",
                  "this file describes a quantisation; the model is in config.json beside it");
        return true;
    }
    return false;
}

/* A bound far above any model keeps every later product inside 64 bits. */
static bool sane(struct hf *hf) {
    const struct model *m = hf->model;
    double sum = 2.0 * m->vocab_size * m->hidden_size + (double)m->extra_embedding_parameters;
    for (size_t i = 0; i < hf->run_count; i++) {
        const struct attention *a = &hf->runs[i].attention;
        const struct ffn *f = &hf->runs[i].ffn;
        double heads =
            (double)a->query_heads + a->kv_heads + a->linear_key_heads + a->linear_value_heads;
        double dim = (double)a->head_dim + a->value_head_dim + a->linear_key_dim +
                     a->linear_value_dim + a->rope_head_dim + a->nope_head_dim;
        double out = 4 * heads * dim + (double)a->index_heads * a->index_head_dim +
                     2.0 * a->ssm_groups * a->ssm_state;
        double in = (double)m->hidden_size + a->q_lora_rank + a->kv_lora_rank + a->conv_kernel;
        double width = (double)f->width + f->shared_width + (double)f->experts * f->expert_width;
        double wide = (double)m->hidden_size + f->expert_input;
        sum += hf->runs[i].count * (in * out + 3 * wide * width + (double)a->extra_parameters +
                                    (double)f->extra_parameters);
    }
    if (sum < 1e16)
        return true;
    hf_refuse(hf, hf->text, "config-range", "these sizes give more than 1e16 parameters");
    return false;
}

bool hf_read_model(struct arena *arena, const struct json *root, struct diags *diags,
                   struct model *model) {
    struct hf hf = {.arena = arena, .diags = diags, .root = root, .model = model};
    hf.text = decoder_object(root);
    if (not_a_config(&hf))
        return false;
    const char *type = decoder_type(&hf);
    if (!type)
        return false;
    const struct hf_family *family = find_family(type);
    const char *near = family ? NULL : near_family(type);
    if (!family) {
        hf_refuse(&hf, json_get(hf.text, "model_type"), "unknown-architecture",
                  "the architecture \"%.200s\" is not known%s%s%s; its parameters are not guessed. "
                  "Built like one "
                  "that is: give its model_type; else the index of its weights",
                  type, near ? " (\"" : "", near ? near : "", near ? "\" is)" : "");
        return false;
    }
    model->model_type = arena_strdup(arena, type);
    family->read(&hf, family);
    if (!hf.failed)
        hf_read_storage(&hf);
    if (!hf.failed)
        hf_read_vision(&hf);
    if (hf.failed || !sane(&hf))
        return false;
    model->runs = hf.runs;
    model->run_count = hf.run_count;
    return true;
}
