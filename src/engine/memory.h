/* Memory for inference: weights with scales, KV by kind, what fits. */
#ifndef ENGINE_MEMORY_H
#define ENGINE_MEMORY_H

#include "catalog/gpu.h"
#include "catalog/model.h"

/* Bytes of all weights as loaded for text generation (no MTP), embeddings, head, norms and router
   at 16 bit where the format leaves them so. model.md section 2. */
double memory_weights_bytes(const struct model *model, enum precision weights);
/* Bytes the weights of one GPU take with tensor parallel t (what cannot be split is replicated). */
double memory_weights_bytes_per_gpu(const struct model *model, enum precision weights, uint32_t t,
                                    uint32_t p);
/* KV cache and constant state of ONE sequence of `context` tokens, summed over the tensor-parallel
   group: heads replicated when t > kv_heads, MLA latent replicated t times, windows capped. */
double memory_kv_bytes(const struct model *model, enum precision kv, double context, uint32_t t);
/* Growth per token at short context (all windows still growing), t = 1. */
double memory_kv_bytes_per_token(const struct model *model, enum precision kv);
/* Of that, the constant state (SSM, linear attention). */
double memory_state_bytes(const struct model *model, enum precision kv);

enum memory_budget { BUDGET_OF_TOTAL, BUDGET_OF_FREE };

struct memory_plan {
    double fraction;                /* 0.9 */
    enum memory_budget budget;
    uint32_t block_tokens;          /* paged KV block, 16; 1 = contiguous */
    uint32_t max_prefill_tokens;    /* largest chunk of one step, 8192 */
    double runtime_bytes_per_gpu;   /* context, graphs, communication buffers; NaN = by engine */
};

struct memory_use { /* all GPUs of one replica together unless _per_gpu */
    double weights_bytes, kv_bytes_per_token, kv_bytes_per_sequence, kv_budget_bytes;
    double activation_bytes, runtime_bytes, total_bytes, capacity_bytes;
    double fragmentation_bytes; /* waste of the last block of each sequence */
    double max_batch;           /* sequences of input + output tokens that fit; 0 = none */
    double max_context_tokens;  /* of one sequence */
    uint32_t min_gpus;          /* fewest of this GPU with t dividing the heads; 0 = none <= 64 */
};

/* engine: "vllm", "tensorrt-llm" ... chooses budget style, activation and runtime constants. */
struct memory_plan memory_plan_of(const char *engine);

#endif
