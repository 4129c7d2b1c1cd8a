/* The table of number formats: one row a format, found by id or usual name. */
#include "catalog/precision.h"

#include "base/str.h"

#include <stddef.h>

/* Block formats: bits of the value plus its share of the scale. The GGUF rows are averages over a
   whole Llama 70B file, embeddings and norms included. */
static const struct precision_info table[PRECISION_COUNT] = {
    [PRECISION_FP32] = {"fp32", "FP32", 32, false, true, true, COMPUTE_FP32, "IEEE 754"},
    [PRECISION_BF16] = {"bf16", "BF16", 16, false, true, true, COMPUTE_16, "bfloat16"},
    [PRECISION_FP16] = {"fp16", "FP16", 16, false, true, true, COMPUTE_16, "IEEE 754"},
    [PRECISION_FP8] = {"fp8", "FP8", 8, false, true, true, COMPUTE_FP8,
                       "arXiv 2209.05433, one scale a tensor"},
    [PRECISION_FP8_BLOCK] = {"fp8-block", "FP8 block", 8 + 32.0 / (128 * 128), false, true, false,
                             COMPUTE_FP8, "arXiv 2412.19437 section 3.3, FP32 scale per 128 x 128"},
    [PRECISION_INT8] = {"int8", "INT8", 8, false, true, true, COMPUTE_INT8,
                        "arXiv 2211.10438, one scale an output channel"},
    [PRECISION_INT4_G128] = {"int4", "INT4 g128", 4 + 16.0 / 128, false, true, false, COMPUTE_16,
                             "arXiv 2210.17323, FP16 scale per 128 weights"},
    [PRECISION_AWQ] = {"awq", "AWQ INT4 g128", 4 + 20.0 / 128, false, true, false, COMPUTE_16,
                       "arXiv 2306.00978, FP16 scale and 4 bit zero per 128 weights"},
    [PRECISION_GPTQ] = {"gptq", "GPTQ INT4 g128", 4 + 20.0 / 128, false, true, false, COMPUTE_16,
                        "arXiv 2210.17323, FP16 scale and 4 bit zero per 128 weights"},
    [PRECISION_NF4] = {"nf4", "NF4", 4 + 0.127, false, true, false, COMPUTE_16,
                       "arXiv 2305.14314 section 3, double quantisation"},
    [PRECISION_MXFP4] = {"mxfp4", "MXFP4", 4.25, false, true, false, COMPUTE_FP4,
                         "OCP Microscaling Formats 1.0, 8 bit scale per 32"},
    [PRECISION_NVFP4] = {"nvfp4", "NVFP4", 4.5, false, true, false, COMPUTE_FP4,
                         "NVIDIA NVFP4, FP8 scale per 16"},
    [PRECISION_GGUF_Q2_K] = {"q2_k", "GGUF Q2_K", 2.99, true, true, false, COMPUTE_16,
                             "gpustack/gguf-parser-go README, Llama 70B"},
    [PRECISION_GGUF_Q3_K_M] = {"q3_k_m", "GGUF Q3_K_M", 3.89, true, true, false, COMPUTE_16,
                               "gpustack/gguf-parser-go README, Llama 70B"},
    [PRECISION_GGUF_Q4_0] = {"q4_0", "GGUF Q4_0", 4.55, true, true, false, COMPUTE_16,
                             "gpustack/gguf-parser-go README, Llama 70B"},
    [PRECISION_GGUF_Q4_K_M] = {"q4_k_m", "GGUF Q4_K_M", 4.82, true, true, false, COMPUTE_16,
                               "gpustack/gguf-parser-go README, Llama 70B"},
    [PRECISION_GGUF_Q5_K_M] = {"q5_k_m", "GGUF Q5_K_M", 5.66, true, true, false, COMPUTE_16,
                               "gpustack/gguf-parser-go README, Llama 70B"},
    [PRECISION_GGUF_Q6_K] = {"q6_k", "GGUF Q6_K", 6.56, true, true, false, COMPUTE_16,
                             "gpustack/gguf-parser-go README, Llama 70B"},
    [PRECISION_GGUF_Q8_0] = {"q8_0", "GGUF Q8_0", 8.5, true, true, false, COMPUTE_16,
                             "gpustack/gguf-parser-go README, Llama 70B"},
    [PRECISION_INT4] = {"int4-kv", "INT4 KV", 4 + 32.0 / 64, false, false, true, COMPUTE_16,
                        "arXiv 2402.02750, FP16 scale and zero per 64"},
};

static const struct {
    const char *name;
    enum precision precision;
} aliases[] = {
    {"float32", PRECISION_FP32},
    {"f32", PRECISION_FP32},
    {"bfloat16", PRECISION_BF16},
    {"float16", PRECISION_FP16},
    {"f16", PRECISION_FP16},
    {"half", PRECISION_FP16},
    {"e4m3", PRECISION_FP8},
    {"fp8_e4m3", PRECISION_FP8},
    {"float8", PRECISION_FP8},
    {"fp8_e5m2", PRECISION_FP8},
    {"w8a8-fp8", PRECISION_FP8},
    {"fp8_block", PRECISION_FP8_BLOCK},
    {"w8a8", PRECISION_INT8},
    {"w8a16", PRECISION_INT8},
    {"int4-g128", PRECISION_INT4_G128},
    {"int4_g128", PRECISION_INT4_G128},
    {"w4a16", PRECISION_INT4_G128},
    {"int4_awq", PRECISION_AWQ},
    {"awq-int4", PRECISION_AWQ},
    {"gptq-int4", PRECISION_GPTQ},
    {"mx-fp4", PRECISION_MXFP4},
    {"fp4", PRECISION_NVFP4},
    {"nv-fp4", PRECISION_NVFP4},
    {"bnb-nf4", PRECISION_NF4},
};

const struct precision_info *precision_info(enum precision precision) {
    return precision >= 0 && precision < PRECISION_COUNT ? &table[precision] : NULL;
}

enum precision precision_find(const char *name) {
    struct str wanted = str_of(name);
    for (int i = 0; i < PRECISION_COUNT; i++)
        if (str_equal_nocase(wanted, str_of(table[i].id)) ||
            str_equal_nocase(wanted, str_of(table[i].name)))
            return (enum precision)i;
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (str_equal_nocase(wanted, str_of(aliases[i].name)))
            return aliases[i].precision;
    return PRECISION_NONE;
}

enum precision precision_for_weights(const char *name) {
    enum precision found = precision_find(name);
    return found != PRECISION_NONE && table[found].for_weights ? found : PRECISION_NONE;
}

enum precision precision_for_kv(const char *name) {
    enum precision found = precision_find(name);
    if (found == PRECISION_INT4_G128)
        found = PRECISION_INT4;
    return found != PRECISION_NONE && table[found].for_kv ? found : PRECISION_NONE;
}
