/* How a checkpoint stores its weights: quantization_config, else torch_dtype. */
#include "read/hf.h"

#include <string.h>

static const char *text_of(const struct json *object, const char *key) {
    const struct json *value = object ? json_get(object, key) : NULL;
    return value && value->kind == JSON_STRING ? value->string : "";
}

static bool list_mentions(const struct json *list, const char *word) {
    if (!list || list->kind != JSON_ARRAY)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind == JSON_STRING && strstr(list->items[i]->string, word))
            return true;
    return false;
}

static enum precision plain(struct hf *hf, const char *dtype) {
    const char *name = strncmp(dtype, "torch.", 6) == 0 ? dtype + 6 : dtype;
    if (strcmp(name, "float32") == 0)
        return PRECISION_FP32;
    if (strcmp(name, "float16") == 0)
        return PRECISION_FP16;
    if (strcmp(name, "bfloat16") != 0 && strcmp(name, "auto") != 0)
        diag_add(hf->diags, DIAG_WARNING, "unknown-dtype", hf->root->place,
                 "how wide \"%.40s\" is is not known; weights are taken as bfloat16", dtype);
    return PRECISION_BF16;
}

static double number_of(const struct json *object, const char *key, double fallback) {
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_NUMBER ? value->number : fallback;
}

/* compressed-tensors describes groups of layers; the first group says the format. */
static enum precision compressed(const struct json *q) {
    const struct json *groups = json_get(q, "config_groups");
    if (!groups || groups->kind != JSON_OBJECT || groups->count == 0)
        return PRECISION_BF16;
    const struct json *weights = json_get(groups->items[0], "weights");
    bool is_float = strcmp(text_of(weights, "type"), "float") == 0;
    bool in_blocks = strcmp(text_of(weights, "strategy"), "block") == 0;
    double bits = number_of(weights, "num_bits", 16);
    if (bits > 8)
        return PRECISION_BF16;
    if (bits > 4 && is_float)
        return in_blocks ? PRECISION_FP8_BLOCK : PRECISION_FP8;
    if (!is_float)
        return bits == 8 ? PRECISION_INT8 : PRECISION_INT4_G128;
    return number_of(weights, "group_size", 32) == 16 ? PRECISION_NVFP4 : PRECISION_MXFP4;
}

static enum precision modelopt(const char *algorithm, enum precision otherwise) {
    if (strstr(algorithm, "NVFP4") || strcmp(algorithm, "MIXED_PRECISION") == 0)
        return PRECISION_NVFP4;
    return strstr(algorithm, "FP8") ? PRECISION_FP8 : otherwise;
}

/* The format; `otherwise` after a warning where it is not known. */
static enum precision quantised(struct hf *hf, const struct json *q, enum precision otherwise) {
    const char *method = text_of(q, "quant_method");
    const struct json *block = json_get(q, "weight_block_size");
    if (strcmp(method, "fp8") == 0)
        return block && block->kind == JSON_ARRAY ? PRECISION_FP8_BLOCK : PRECISION_FP8;
    if (strcmp(method, "fbgemm_fp8") == 0)
        return PRECISION_FP8;
    if (strcmp(method, "mxfp4") == 0)
        return PRECISION_MXFP4;
    if (strcmp(method, "compressed-tensors") == 0)
        return compressed(q);
    bool gptq = strcmp(method, "gptq") == 0;
    if (gptq || strcmp(method, "awq") == 0)
        return number_of(q, "bits", 4) == 8 ? PRECISION_INT8
               : gptq                       ? PRECISION_GPTQ
                                            : PRECISION_AWQ;
    if (strcmp(method, "bitsandbytes") == 0)
        return json_is_true(json_get(q, "load_in_4bit")) ? PRECISION_NF4 : PRECISION_INT8;
    enum precision known = modelopt(text_of(q, "quant_algo"), PRECISION_COUNT);
    if (known != PRECISION_COUNT)
        return known;
    diag_add(hf->diags, DIAG_WARNING, "unknown-quantisation", q->place,
             "how \"%s\" stores weights is not known; they are taken as they were before it",
             *method ? method : text_of(q, "quant_algo"));
    return otherwise;
}

/* Integer weights of other than 4 bits, or in groups of another size than 128, whose scales weigh
   more or less; a scale a channel weighs next to nothing. A zero beside the scale of the asymmetric
   formats is as wide as a weight. Where the config states no size, the formats' own default. */
static void read_groups(struct hf *hf, const struct json *q) {
    struct model *m = hf->model;
    enum precision native = m->native_precision;
    bool asymmetric = native == PRECISION_AWQ || native == PRECISION_GPTQ;
    if (native != PRECISION_INT4_G128 && !asymmetric)
        return;
    const struct json *groups = json_get(q, "config_groups"), *weights = q;
    if (groups && groups->kind == JSON_OBJECT && groups->count)
        weights = json_get(groups->items[0], "weights");
    bool channels = strcmp(text_of(weights, "strategy"), "channel") == 0;
    double size = number_of(weights, "group_size", channels ? -1 : 128);
    double bits = number_of(weights, asymmetric ? "bits" : "num_bits", 4);
    bool whole = size == -1, grouped = size >= 8 && size <= 65536 && size == (int)size;
    if ((!whole && !grouped) || !(bits >= 1 && bits <= 8) || bits != (int)bits ||
        (size == 128 && bits == 4))
        return;
    const char *family = native == PRECISION_AWQ ? "AWQ " : asymmetric ? "GPTQ " : "";
    m->native_bits = bits + (whole ? 0 : (asymmetric ? 16 + bits : 16) / size);
    m->native_name = whole ? arena_printf(hf->arena, "%sINT%d", family, (int)bits)
                           : arena_printf(hf->arena, "%sINT%d g%d", family, (int)bits, (int)size);
}

void hf_read_storage(struct hf *hf) {
    struct model *m = hf->model;
    m->native_precision = m->native_rest =
        plain(hf, hf_string_or(hf, "torch_dtype|dtype", "bfloat16"));
    const struct json *q = hf_value(hf, "quantization_config");
    if (q && q->kind != JSON_OBJECT && q->kind != JSON_NULL)
        hf_refuse(hf, q, "config-type", "\"quantization_config\" must be an object");
    if (!q || q->kind != JSON_OBJECT)
        return;
    enum precision rest = m->native_rest;
    m->native_precision = quantised(hf, q, rest);
    read_groups(hf, q);
    bool keeps_attention = list_mentions(json_get(q, "modules_to_not_convert"), "self_attn") ||
                           list_mentions(json_get(q, "ignore"), "self_attn");
    if (strcmp(text_of(q, "quant_method"), "mxfp4") == 0)
        keeps_attention = true; /* OpenAI's checkpoints convert experts only */
    if (strcmp(hf_string_or(hf, "expert_dtype", ""), "fp4") == 0) { /* DeepSeek-V4 */
        m->native_rest = m->native_precision;
        m->native_precision = PRECISION_MXFP4;
        m->native_experts_only = true;
    } else {
        m->native_experts_only = keeps_attention && m->native_precision != rest;
    }
}
