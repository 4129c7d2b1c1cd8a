/* Number formats for weights and KV cache: bits per weight with scales, and what computes them. */
#ifndef CATALOG_PRECISION_H
#define CATALOG_PRECISION_H

#include <stdbool.h>

enum precision {
    PRECISION_FP32,
    PRECISION_BF16,
    PRECISION_FP16,
    PRECISION_FP8,       /* per-tensor scale */
    PRECISION_FP8_BLOCK, /* one fp32 scale per 128 x 128 block */
    PRECISION_INT8,      /* per-channel scale */
    PRECISION_INT4_G128, /* fp16 scale per 128 */
    PRECISION_AWQ,       /* int4, fp16 scale and int4 zero per 128 */
    PRECISION_GPTQ,
    PRECISION_NF4, /* double quantisation, 0.127 bit a parameter */
    PRECISION_MXFP4,
    PRECISION_NVFP4,
    PRECISION_GGUF_Q2_K,
    PRECISION_GGUF_Q3_K_M,
    PRECISION_GGUF_Q4_0,
    PRECISION_GGUF_Q4_K_M,
    PRECISION_GGUF_Q5_K_M,
    PRECISION_GGUF_Q6_K,
    PRECISION_GGUF_Q8_0,
    PRECISION_INT4, /* KV cache only: 4 bit with fp16 scale and zero per 64 */
    PRECISION_COUNT,
    PRECISION_NONE = -1
};

/* The arithmetic unit that does the matrix products. */
enum compute { COMPUTE_FP32, COMPUTE_16, COMPUTE_FP8, COMPUTE_INT8, COMPUTE_FP4, COMPUTE_COUNT };

struct precision_info {
    const char *id;         /* "bf16", "fp8", "fp8-block", "q4_k_m" ... */
    const char *name;       /* "BF16" */
    double bits_per_weight; /* quantised tensors, with scales */
    bool whole_model;       /* GGUF averages already include embeddings and norms */
    bool for_weights, for_kv;
    enum compute compute; /* preferred unit; a GPU without it computes at 16 bit */
    const char *source;
};

const struct precision_info *precision_info(enum precision precision);
/* By id or usual name ("fp16", "w4a16", "Q4_K_M"); PRECISION_NONE when unknown. */
enum precision precision_find(const char *name);
/* The same for one use; PRECISION_NONE where the format does not serve it. "int4" is another
   format in a cache than in weights. */
enum precision precision_for_weights(const char *name);
enum precision precision_for_kv(const char *name);

#endif
