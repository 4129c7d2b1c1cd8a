/* A model as its config describes it: runs of equal layers, embeddings, extras. Plain data. */
#ifndef CATALOG_MODEL_H
#define CATALOG_MODEL_H

#include "base/diag.h"
#include "catalog/precision.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum attention_kind {
    ATTENTION_NONE,           /* a layer with only an FFN (Nemotron-H '-', nemotron-nas no-op) */
    ATTENTION_SOFTMAX,        /* MHA, GQA, MQA; whole context, sliding window or chunked */
    ATTENTION_MLA,            /* latent KV, with or without a sparse indexer */
    ATTENTION_GATED_DELTANET, /* Qwen3-Next, Qwen3.5, Kimi linear: constant state */
    ATTENTION_MAMBA2,
    ATTENTION_LIGHTNING,  /* MiniMax-01: linear attention with constant state */
    ATTENTION_COMPRESSED, /* DeepSeek V4: KV compressed by a ratio, with window */
    ATTENTION_LINEAR      /* nemotron-nas: one linear map in place of attention */
};

struct attention {
    enum attention_kind kind;
    uint32_t query_heads, kv_heads, head_dim, value_head_dim;
    uint32_t window_tokens; /* 0: whole context; else sliding window or chunk */
    bool q_bias, k_bias, v_bias, o_bias;
    bool qk_norm;      /* per-head RMS norms of head_dim */
    bool qk_norm_full; /* norms over all heads (OLMo-2, MiniMax-M2) */
    bool output_gate;  /* doubled q projection */
    bool sinks;        /* one parameter a query head */
    bool shares_kv;    /* uses an earlier layer's KV: no cache, no k/v weights (Gemma 3n/4) */
    bool k_is_v;       /* one projection serves as K and V (Gemma 4 global layers) */
    /* MLA */
    uint32_t q_lora_rank, kv_lora_rank, rope_head_dim, nope_head_dim;
    uint32_t index_heads, index_head_dim, index_topk; /* sparse indexer; 0 = none */
    uint32_t index_key_dim; /* softmax layers with an index branch (MiniMax-M3): its cached keys, at
                               16 bits */
    /* compressed attention */
    uint32_t compress_ratio, output_lora_rank, output_groups;
    /* linear attention and SSM */
    uint32_t linear_key_heads, linear_key_dim, linear_value_heads, linear_value_dim;
    uint32_t conv_kernel, ssm_state, ssm_groups;
    /* Parameters the fields above do not give (family-specific), per layer. */
    uint64_t extra_parameters;
    bool counted; /* extra_parameters is the whole count of this attention; the fields only shape
                     its cache and its split */
    /* Constant state in elements per sequence and layer, at the KV precision or state_bytes. */
    uint64_t state_elements;
    uint32_t state_bytes_per_element; /* 0: follows the KV precision */
};

enum ffn_kind { FFN_NONE, FFN_DENSE, FFN_MOE };

struct ffn {
    enum ffn_kind kind;
    uint32_t width; /* dense width */
    bool gated, bias;
    uint32_t experts, experts_per_token, expert_width;
    bool expert_bias, expert_gated;
    uint32_t shared_width;     /* all shared experts together; 0 = none */
    bool shared_gate;          /* one h -> 1 gate (Qwen2-MoE, Qwen3-Next) */
    bool router_bias;          /* also DeepSeek's correction bias, E parameters */
    uint32_t expert_input;     /* latent width the experts see; 0 = hidden size */
    bool dense_beside_experts; /* Gemma 4: dense FFN and experts in one layer */
    uint64_t extra_parameters;
};

/* `count` layers that are equal; order between runs is not kept. */
struct layer_run {
    uint32_t count;
    struct attention attention;
    struct ffn ffn;
    uint64_t norm_parameters; /* per layer, all norms of the hidden size with their biases */
};

struct published_count {
    double total, active; /* parameters; NaN when not published */
    bool exact;           /* total is a count, not a rounded figure */
    const char *source;
    const char *counts; /* what it counts otherwise ("with MTP", "FP4 scales"); NULL: the same */
    int64_t difference; /* total minus ours, as `counts` explains it part by part; 0: none */
};

struct parameters;       /* engine/parameters.h */
struct layer_parameters; /* the same */
struct memory_kv;        /* engine/memory.h */
struct step_shape;       /* engine/step.h */

struct model {
    const char *id;     /* slug, unique: "llama-3.3-70b" */
    const char *name;   /* "Llama 3.3 70B Instruct" */
    const char *hf_id;  /* "meta-llama/Llama-3.3-70B-Instruct" or NULL */
    const char *family; /* "Llama 3", for grouping */
    const char *model_type;
    const char *release_date; /* YYYY-MM-DD, YYYY-MM or NULL */
    const char *license_id;   /* NULL when unknown */
    const char *source, *source_date;
    const char *const *aliases;
    size_t alias_count;
    struct place place; /* where it was read */

    uint32_t hidden_size, layer_count, vocab_size;
    uint32_t context_tokens; /* longest the config allows; 0 = not said */
    bool tied_embeddings;
    const struct layer_run *runs;
    size_t run_count;
    uint64_t final_norm_parameters;
    uint64_t extra_embedding_parameters; /* learned positions, per-layer embeddings, type ... */
    uint64_t extra_other_parameters;     /* projections outside layers */
    uint64_t head_bias_parameters;
    uint64_t mtp_parameters; /* next-token-prediction parts outside mtp_runs, apart from total */
    const struct layer_run *mtp_runs; /* whole layers of the prediction heads */
    size_t mtp_run_count;
    bool mtp_stated;   /* the config says whether there are any, and their shape is known */
    bool weights_only; /* read from a safetensors index: the size is known, no shape */
    bool vision;       /* has a vision or audio tower */
    uint64_t vision_parameters;      /* 0: the config does not say */
    enum precision native_precision; /* as the checkpoint stores its weights */
    double native_bits;         /* a weight with its scales, where the checkpoint's groups differ
                                   from the format's usual ones; 0: they do not */
    const char *native_name;    /* then what it is called, "GPTQ INT3 g64"; NULL: as usual */
    bool native_experts_only;   /* only routed experts are stored so (gpt-oss, Kimi K2.5) */
    enum precision native_rest; /* then the other matrices are stored so */
    bool router_fp32;           /* quantised checkpoints keep the router at 32 bits */

    const struct published_count *published;
    size_t published_count;

    /* Counted once for the many who ask; NULL: counted each time. */
    const struct parameters *counts;
    const struct layer_parameters *run_counts; /* one a run */
    const double *weights_bytes;               /* engine/memory.h: by precision */
    const double *layer_bytes;                 /* the same: a row a precision */
    const struct memory_kv *kv_lines;          /* the same: by memory_kept_kv() */
    double widest_ffn;                         /* the same; 0: not kept */
    uint64_t splits;                           /* bit t: tensor parallel over t GPUs; 0: not kept */
    const struct step_shape *frames;           /* engine/shape.h: by memory_kept_kv() */
};

#endif
