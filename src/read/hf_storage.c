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

static enum precision plain(const char *dtype) {
    if (strcmp(dtype, "float32") == 0)
        return PRECISION_FP32;
    return strcmp(dtype, "float16") == 0 ? PRECISION_FP16 : PRECISION_BF16;
}

static enum precision four_bit(const char *method) {
    if (strcmp(method, "awq") == 0)
        return PRECISION_AWQ;
    return strcmp(method, "gptq") == 0 ? PRECISION_GPTQ : PRECISION_INT4_G128;
}

/* compressed-tensors describes groups of layers; the first group says the format. */
static enum precision compressed(const struct json *q) {
    const struct json *groups = json_get(q, "config_groups");
    if (!groups || groups->kind != JSON_OBJECT || groups->count == 0)
        return PRECISION_BF16;
    const struct json *weights = json_get(groups->items[0], "weights");
    const struct json *bits = weights ? json_get(weights, "num_bits") : NULL;
    bool is_float = strcmp(text_of(weights, "type"), "float") == 0;
    const struct json *group = weights ? json_get(weights, "group_size") : NULL;
    if (!bits || bits->kind != JSON_NUMBER)
        return PRECISION_BF16;
    if (bits->number > 4)
        return is_float ? PRECISION_FP8 : PRECISION_INT8;
    if (!is_float)
        return PRECISION_INT4_G128;
    bool by_16 = group && group->kind == JSON_NUMBER && group->number == 16;
    return by_16 ? PRECISION_NVFP4 : PRECISION_MXFP4;
}

static enum precision modelopt(const char *algorithm, enum precision otherwise) {
    if (strstr(algorithm, "NVFP4") || strcmp(algorithm, "MIXED_PRECISION") == 0)
        return PRECISION_NVFP4;
    return strstr(algorithm, "FP8") ? PRECISION_FP8 : otherwise;
}

static enum precision quantised(const struct json *q, enum precision otherwise) {
    const char *method = text_of(q, "quant_method");
    if (strcmp(method, "fp8") == 0)
        return json_get(q, "weight_block_size") ? PRECISION_FP8_BLOCK : PRECISION_FP8;
    if (strcmp(method, "fbgemm_fp8") == 0)
        return PRECISION_FP8;
    if (strcmp(method, "mxfp4") == 0)
        return PRECISION_MXFP4;
    if (strcmp(method, "compressed-tensors") == 0)
        return compressed(q);
    if (strcmp(method, "awq") == 0 || strcmp(method, "gptq") == 0)
        return four_bit(method);
    if (strcmp(method, "bitsandbytes") == 0)
        return json_is_true(json_get(q, "load_in_4bit")) ? PRECISION_NF4 : PRECISION_INT8;
    return modelopt(text_of(q, "quant_algo"), otherwise);
}

/* Integer weights in groups of another size than 128: the scales weigh more or less. */
static double bits_of_groups(const struct json *q, enum precision native) {
    const struct json *groups = json_get(q, "config_groups"), *weights = q;
    bool asymmetric = native == PRECISION_AWQ || native == PRECISION_GPTQ;
    if (groups && groups->kind == JSON_OBJECT && groups->count)
        weights = json_get(groups->items[0], "weights");
    const struct json *size = weights ? json_get(weights, "group_size") : NULL;
    if (!size || size->kind != JSON_NUMBER || !(size->number >= 8 && size->number <= 65536))
        return 0;
    if (native != PRECISION_INT4_G128 && !asymmetric)
        return 0;
    return size->number == 128 ? 0 : 4 + (asymmetric ? 20 : 16) / size->number;
}

void hf_read_storage(struct hf *hf) {
    struct model *m = hf->model;
    m->native_precision = m->native_rest = plain(hf_string_or(hf, "torch_dtype|dtype", "bfloat16"));
    const struct json *q = hf_value(hf, "quantization_config");
    if (!q || q->kind != JSON_OBJECT)
        return;
    enum precision rest = m->native_rest;
    m->native_precision = quantised(q, rest);
    m->native_bits = bits_of_groups(q, m->native_precision);
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
