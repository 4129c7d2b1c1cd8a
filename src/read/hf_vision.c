/* Vision towers: counted where their shape is known, apart from the decoder. */
#include "read/hf.h"

#include <string.h>

/* Pixtral (Mistral 3): patches, 24 or so gated layers with RMS norms, a patch merger and two maps.
 */
static uint64_t pixtral(struct hf *hf, uint64_t text) {
    uint64_t h = hf_u32(hf, "hidden_size", 1, HF_MAX_WIDTH);
    uint64_t width = hf_u32(hf, "intermediate_size", 1, HF_MAX_WIDTH);
    uint64_t layers = hf_u32(hf, "num_hidden_layers", 1, HF_MAX_LAYERS);
    uint64_t patch = hf_u32(hf, "patch_size", 1, 1024),
             colours = hf_u32_or(hf, "num_channels", 3, 64);
    uint64_t merge = hf_u32_or(hf, "spatial_merge_size", 2, 64);
    uint64_t tower = colours * patch * patch * h + h + layers * (4 * h * h + 3 * h * width + 2 * h);
    return tower + h + merge * merge * h * h + h * text + text * text;
}

/* SigLIP (Gemma 3): biased layers, learned positions, a norm and one map to the text. */
static uint64_t siglip(struct hf *hf, uint64_t text) {
    uint64_t h = hf_u32(hf, "hidden_size", 1, HF_MAX_WIDTH);
    uint64_t width = hf_u32(hf, "intermediate_size", 1, HF_MAX_WIDTH);
    uint64_t layers = hf_u32(hf, "num_hidden_layers", 1, HF_MAX_LAYERS);
    uint64_t patch = hf_u32(hf, "patch_size", 1, 1024), side = hf_u32(hf, "image_size", 1, 65536);
    uint64_t across = patch ? side / patch : 0, places = across * across;
    uint64_t layer = 4 * (h * h + h) + 2 * h * width + width + h + 4 * h;
    return 3 * patch * patch * h + h + places * h + layers * layer + 2 * h + h + h * text;
}

/* Qwen2.5-VL: RMS norms, gated biased FFN, biased q/k/v, a merger of 2 x 2 patches. */
static uint64_t qwen25(struct hf *hf) {
    uint64_t h = hf_u32(hf, "hidden_size", 1, HF_MAX_WIDTH);
    uint64_t width = hf_u32(hf, "intermediate_size", 1, HF_MAX_WIDTH);
    uint64_t layers = hf_u32(hf, "depth", 1, HF_MAX_LAYERS);
    uint64_t patch = hf_u32(hf, "patch_size", 1, 1024),
             frames = hf_u32(hf, "temporal_patch_size", 1, 64);
    uint64_t merge = hf_u32(hf, "spatial_merge_size", 1, 64),
             out = hf_u32(hf, "out_hidden_size", 1, HF_MAX_WIDTH);
    uint64_t wide = h * merge * merge;
    uint64_t layer = 4 * (h * h + h) + 3 * h * width + 2 * width + h + 2 * h;
    return 3 * frames * patch * patch * h + layers * layer + h + wide * wide + wide + wide * out +
           out;
}

/* Qwen3-VL and Qwen3.5: LayerNorms, biased maps, learned positions, a merger at the end and one for
   each layer whose output is added deeper in the text (deepstack). */
static uint64_t qwen3(struct hf *hf) {
    uint64_t h = hf_u32(hf, "hidden_size", 1, HF_MAX_WIDTH);
    uint64_t width = hf_u32(hf, "intermediate_size", 1, HF_MAX_WIDTH);
    uint64_t layers = hf_u32(hf, "depth", 1, HF_MAX_LAYERS);
    uint64_t patch = hf_u32(hf, "patch_size", 1, 1024),
             frames = hf_u32(hf, "temporal_patch_size", 1, 64);
    uint64_t merge = hf_u32(hf, "spatial_merge_size", 1, 64),
             out = hf_u32(hf, "out_hidden_size", 1, HF_MAX_WIDTH);
    uint64_t places = hf_u32(hf, "num_position_embeddings", 1, HF_MAX_CONTEXT);
    const struct json *deep = hf_list(hf, "deepstack_visual_indexes", 0);
    uint64_t wide = h * merge * merge, maps = wide * wide + wide + wide * out + out;
    uint64_t layer = 4 * (h * h + h) + 2 * h * width + width + h + 4 * h;
    return 3 * frames * patch * patch * h + h + places * h + layers * layer + maps + 2 * h +
           (deep ? deep->count : 0) * (maps + 2 * wide);
}

/* Gemma 4: layers like the text's, positions by row and column, one map to the text. */
static uint64_t gemma4(struct hf *hf, uint64_t text) {
    uint64_t h = hf_u32(hf, "hidden_size", 1, HF_MAX_WIDTH);
    uint64_t width = hf_u32(hf, "intermediate_size", 1, HF_MAX_WIDTH);
    uint64_t layers = hf_u32(hf, "num_hidden_layers", 1, HF_MAX_LAYERS);
    uint64_t heads = hf_u32(hf, "num_attention_heads", 1, HF_MAX_HEADS);
    uint64_t kv_heads = hf_u32(hf, "num_key_value_heads", 1, HF_MAX_HEADS);
    uint64_t dim = hf_u32(hf, "head_dim", 1, HF_MAX_WIDTH);
    uint64_t patch = hf_u32(hf, "patch_size", 1, 1024);
    uint64_t places = hf_u32(hf, "position_embedding_size", 1, HF_MAX_CONTEXT);
    uint64_t layer = 2 * h * dim * (heads + kv_heads) + 2 * dim + 3 * h * width + 4 * h;
    return 3 * patch * patch * h + 2 * places * h + layers * layer + h * text;
}

/* True when the tower's own object says all of these; nothing is taken from elsewhere. */
static bool says(const struct json *tower, const char *const *keys) {
    for (; *keys; keys++)
        if (!json_get(tower, *keys))
            return false;
    return true;
}

/* The tower's size, or 0 when its kind is not known. Its keys are read from its own object. */
static uint64_t tower_of(struct hf *hf, const char *type) {
    static const char *const pixtral_keys[] = {"hidden_size", "intermediate_size",
                                               "num_hidden_layers", "patch_size", NULL};
    static const char *const siglip_keys[] = {
        "hidden_size", "intermediate_size", "num_hidden_layers", "patch_size", "image_size", NULL};
    static const char *const qwen_keys[] = {
        "hidden_size",         "intermediate_size",  "depth",           "patch_size",
        "temporal_patch_size", "spatial_merge_size", "out_hidden_size", NULL};
    static const char *const gemma4_keys[] = {
        "hidden_size", "intermediate_size",   "num_hidden_layers", "num_attention_heads",
        "head_dim",    "num_key_value_heads", "patch_size",        "position_embedding_size",
        NULL};
    const struct json *tower = hf->text;
    bool gemma3 = strcmp(hf->model->model_type, "gemma3_text") == 0;
    uint64_t text = hf->model->hidden_size;
    if (strcmp(type, "pixtral") == 0)
        return says(tower, pixtral_keys) ? pixtral(hf, text) : 0;
    if (strcmp(type, "siglip_vision_model") == 0 && gemma3)
        return says(tower, siglip_keys) ? siglip(hf, text) : 0;
    if (strcmp(type, "gemma4_vision") == 0)
        return says(tower, gemma4_keys) ? gemma4(hf, text) : 0;
    if (strncmp(type, "qwen2_5_vl", 10) == 0)
        return says(tower, qwen_keys) ? qwen25(hf) : 0;
    if (strncmp(type, "qwen3_vl", 8) != 0 && strncmp(type, "qwen3_5", 7) != 0)
        return 0;
    return says(tower, qwen_keys) && json_get(tower, "num_position_embeddings") ? qwen3(hf) : 0;
}

void hf_read_vision(struct hf *hf) {
    const struct json *tower = json_get(hf->root, "vision_config");
    const struct json *audio = json_get(hf->root, "audio_config");
    bool seen = tower && tower->kind == JSON_OBJECT;
    bool heard = audio && audio->kind == JSON_OBJECT;
    hf->model->vision = seen || heard;
    if (!seen || heard)
        return;
    const struct json *type = json_get(tower, "model_type"), *text = hf->text;
    const char *name = type && type->kind == JSON_STRING ? type->string : hf->model->model_type;
    hf->text = tower;
    hf->model->vision_parameters = tower_of(hf, name);
    hf->text = text;
}
