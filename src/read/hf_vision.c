/* Vision towers: counted where their shape is known, apart from the decoder. */
#include "read/hf.h"

#include <math.h>
#include <string.h>

/* What the known towers have in common. Sizes are doubles: exact for every tower there is, and the
   square of a merger too wide for 64 bits is only large. */
struct tower {
    double hidden, width, layers, patch;
};

static struct tower tower_keys(struct hf *hf) {
    struct tower t;
    t.hidden = hf_u32(hf, "hidden_size", 1, HF_MAX_WIDTH);
    t.width = hf_u32(hf, "intermediate_size", 1, HF_MAX_WIDTH);
    t.layers = hf_u32(hf, "num_hidden_layers|depth", 1, HF_MAX_LAYERS);
    t.patch = hf_u32(hf, "patch_size", 1, 1024);
    return t;
}

/* LayerNorms and biases on every map. */
static double biased_layer(double h, double width) {
    return 4 * (h * h + h) + 2 * h * width + width + h + 4 * h;
}

/* Pixtral (Mistral 3): patches, 24 or so gated layers with RMS norms, a patch merger and two maps.
 */
static double pixtral(struct hf *hf, double text, double merge) {
    struct tower t = tower_keys(hf);
    double h = t.hidden, colours = hf_u32_or(hf, "num_channels", 3, 64);
    double tower =
        colours * t.patch * t.patch * h + h + t.layers * (4 * h * h + 3 * h * t.width + 2 * h);
    return tower + h + merge * merge * h * h + h * text + text * text;
}

/* SigLIP (Gemma 3): biased layers, learned positions, a norm and one map to the text. */
static double siglip(struct hf *hf, double text) {
    struct tower t = tower_keys(hf);
    double h = t.hidden, across = floor(hf_u32(hf, "image_size", 1, 65536) / fmax(t.patch, 1));
    return 3 * t.patch * t.patch * h + h + across * across * h +
           t.layers * biased_layer(h, t.width) + 2 * h + h + h * text;
}

/* What Qwen's towers have besides: maps from a patch of all frames, and of a merger of
   merge x merge patches. */
struct qwen_tower {
    struct tower common;
    double patch_map, wide, merger;
};

static struct qwen_tower qwen_keys(struct hf *hf) {
    struct qwen_tower q = {.common = tower_keys(hf)};
    double frames = hf_u32(hf, "temporal_patch_size", 1, 64);
    double merge = hf_u32(hf, "spatial_merge_size", 1, 64);
    double out = hf_u32(hf, "out_hidden_size", 1, HF_MAX_WIDTH);
    q.patch_map = 3 * frames * q.common.patch * q.common.patch * q.common.hidden;
    q.wide = q.common.hidden * merge * merge;
    q.merger = q.wide * q.wide + q.wide + q.wide * out + out;
    return q;
}

/* Qwen2.5-VL: RMS norms, gated biased FFN, biased q/k/v, a merger of 2 x 2 patches. */
static double qwen25(struct hf *hf) {
    struct qwen_tower q = qwen_keys(hf);
    double h = q.common.hidden, width = q.common.width;
    double layer = 4 * (h * h + h) + 3 * h * width + 2 * width + h + 2 * h;
    return q.patch_map + q.common.layers * layer + h + q.merger;
}

/* Qwen3-VL and Qwen3.5: LayerNorms, biased maps, learned positions, a merger at the end and one for
   each layer whose output is added deeper in the text (deepstack). */
static double qwen3(struct hf *hf) {
    struct qwen_tower q = qwen_keys(hf);
    double h = q.common.hidden, layer = biased_layer(h, q.common.width);
    double places = hf_u32(hf, "num_position_embeddings", 1, HF_MAX_CONTEXT);
    const struct json *deep = hf_list(hf, "deepstack_visual_indexes", 0);
    return q.patch_map + h + places * h + q.common.layers * layer + q.merger + 2 * h +
           (deep ? (double)deep->count : 0) * (q.merger + 2 * q.wide);
}

/* Gemma 4: layers like the text's, positions by row and column, one map to the text. */
static double gemma4(struct hf *hf, double text) {
    struct tower t = tower_keys(hf);
    double heads = hf_u32(hf, "num_attention_heads", 1, HF_MAX_HEADS);
    double kv_heads = hf_u32(hf, "num_key_value_heads", 1, HF_MAX_HEADS);
    double h = t.hidden, dim = hf_u32(hf, "head_dim", 1, HF_MAX_WIDTH);
    double places = hf_u32(hf, "position_embedding_size", 1, HF_MAX_CONTEXT);
    double layer = 2 * h * dim * (heads + kv_heads) + 2 * dim + 3 * h * t.width + 4 * h;
    return 3 * t.patch * t.patch * h + 2 * places * h + t.layers * layer + h * text;
}

/* True when the tower's own object says all of these; nothing is taken from elsewhere. */
static bool states(const struct json *tower, const char *const *keys) {
    for (; *keys; keys++)
        if (!json_get(tower, *keys))
            return false;
    return true;
}

/* The tower's size, or 0 when its kind is not known. Its keys are read from its own object. */
static double tower_of(struct hf *hf, const char *type, double merge) {
    static const char *const pixtral_keys[] = {"hidden_size", "intermediate_size",
                                               "num_hidden_layers", "patch_size", NULL};
    static const char *const siglip_keys[] = {
        "hidden_size", "intermediate_size", "num_hidden_layers", "patch_size", "image_size", NULL};
    static const char *const qwen_required[] = {
        "hidden_size",         "intermediate_size",  "depth",           "patch_size",
        "temporal_patch_size", "spatial_merge_size", "out_hidden_size", NULL};
    static const char *const gemma4_keys[] = {
        "hidden_size", "intermediate_size",   "num_hidden_layers", "num_attention_heads",
        "head_dim",    "num_key_value_heads", "patch_size",        "position_embedding_size",
        NULL};
    const struct json *tower = hf->text;
    bool gemma3 = strcmp(hf->model->model_type, "gemma3_text") == 0;
    double text = hf->model->hidden_size;
    if (strcmp(type, "pixtral") == 0)
        return states(tower, pixtral_keys) ? pixtral(hf, text, merge) : 0;
    if (strcmp(type, "siglip_vision_model") == 0 && gemma3)
        return states(tower, siglip_keys) ? siglip(hf, text) : 0;
    if (strcmp(type, "gemma4_vision") == 0)
        return states(tower, gemma4_keys) ? gemma4(hf, text) : 0;
    if (strncmp(type, "qwen2_5_vl", 10) == 0)
        return states(tower, qwen_required) ? qwen25(hf) : 0;
    if (strncmp(type, "qwen3_vl", 8) != 0 && strncmp(type, "qwen3_5", 7) != 0)
        return 0;
    return states(tower, qwen_required) && json_get(tower, "num_position_embeddings") ? qwen3(hf)
                                                                                      : 0;
}

void hf_read_vision(struct hf *hf) {
    const struct json *tower = json_get(hf->root, "vision_config");
    const struct json *audio = json_get(hf->root, "audio_config");
    bool seen = tower && tower->kind == JSON_OBJECT;
    bool heard = audio && audio->kind == JSON_OBJECT;
    hf->model->vision = seen || heard;
    if (!seen || heard)
        return;
    const struct json *type = json_get(tower, "model_type");
    const char *name = type && type->kind == JSON_STRING ? type->string : hf->model->model_type;
    uint32_t merge = hf_u32_or(hf, "spatial_merge_size", 2, 64); /* Mistral 3 keeps it outside */
    const struct json *text = hf_enter(hf, tower);
    double parameters = tower_of(hf, name, merge);
    hf_leave(hf, text);
    if (parameters > 1e15)
        hf_refuse(hf, tower, "config-range", "these sizes give more than 1e15 parameters");
    hf->model->vision_parameters = hf->failed ? 0 : (uint64_t)parameters;
}
