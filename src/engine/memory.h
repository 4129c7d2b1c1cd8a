/* Memory for inference: weights with scales, KV by kind, what fits. */
#ifndef ENGINE_MEMORY_H
#define ENGINE_MEMORY_H

#include "catalog/gpu.h"
#include "catalog/model.h"

/* Bytes of all weights as loaded for text generation (no MTP), embeddings, head, norms and router
   at 16 bit where the format leaves them so. */
double memory_weights_bytes(const struct model *model, enum precision weights);
/* Bytes the weights of one GPU take with tensor parallel t (what cannot be split is replicated). */
double memory_weights_bytes_per_gpu(const struct model *model, enum precision weights, uint32_t t,
                                    uint32_t p);
/* Its sum over the layers of the model, which parameters_keep() keeps for these degrees. */
double memory_layer_bytes_per_gpu(const struct model *model, enum precision weights, uint32_t t);
enum { MEMORY_KEPT_DEGREES = 5 }; /* t = 1, 2, 4, 8, 16 */
static inline int memory_kept_degree(uint32_t t) {
    static const signed char index[] = {-1, 0,  1,  -1, 2,  -1, -1, -1, 3,
                                        -1, -1, -1, -1, -1, -1, -1, 4};
    return t < sizeof index ? index[t] : -1;
}
/* KV cache and constant state of ONE sequence of `context` tokens, summed over the tensor-parallel
   group: heads replicated when t > kv_heads, MLA latent replicated t times, windows capped. */
double memory_kv_bytes(const struct model *model, enum precision kv, double context, uint32_t t);
/* The same as lines over the context, for many contexts. Models with more sorts of window than
   there are lines are summed layer by layer. */
enum { MEMORY_KV_LINES = 6 };
struct memory_kv {
    const struct model *model;
    enum precision precision;
    uint32_t t;
    bool in_lines;
    double fixed_bytes;
    size_t count;
    struct {
        double bytes_per_token, until_tokens;
    } line[MEMORY_KV_LINES];
};
struct memory_kv memory_kv_of(const struct model *model, enum precision kv, uint32_t t);
/* Widest intermediate of one token, all GPUs together: gate, up and their product, or its experts'.
 */
double memory_widest_ffn(const struct model *model);
/* Where parameters_keep() puts what depends on the bits of the cache and the degree: those of 16
   and of 8 bits; -1: nowhere. */
enum { MEMORY_KEPT_KV = 2 * MEMORY_KEPT_DEGREES };
int memory_kept_kv(enum precision kv, uint32_t t);
double memory_kv_at(const struct memory_kv *kv, double context);
/* Growth per token at short context (all windows still growing), t = 1. */
double memory_kv_bytes_per_token(const struct model *model, enum precision kv);
/* The constant state (SSM, linear attention). */
double memory_state_bytes(const struct model *model, enum precision kv);

enum memory_budget { BUDGET_OF_TOTAL, BUDGET_OF_FREE };

struct memory_plan {
    double fraction; /* 0.9 */
    enum memory_budget budget;
    uint32_t block_tokens;        /* paged KV block, 16; 1 = contiguous */
    uint32_t max_prefill_tokens;  /* largest chunk of one step, 8192 */
    double runtime_bytes_per_gpu; /* context, graphs, communication buffers; NaN = by engine */
    uint32_t max_sequences;       /* the engine's own limit of sequences at once; 0 = none */
};

struct memory_use { /* all GPUs of one replica together unless _per_gpu */
    double weights_bytes, kv_bytes_per_token, kv_bytes_per_sequence, kv_budget_bytes;
    double activation_bytes, runtime_bytes, total_bytes, capacity_bytes;
    double fragmentation_bytes; /* waste of the last block of each sequence */
    double max_batch;           /* sequences of input + output tokens that fit; 0 = none */
    double max_context_tokens;  /* of one sequence */
    uint32_t min_gpus;          /* fewest of this GPU with t dividing the heads; 0 = none <= 64 */
};

/* engine: "vllm", "tensorrt-llm" ... chooses budget style, activation and runtime constants; NULL
   or an unknown one gives the vLLM-like plan. */
struct memory_plan memory_plan_of(const char *engine);

/* True when each of t GPUs gets whole query heads, and KV heads split evenly or are replicated. */
bool memory_tensor_parallel_fits(const struct model *model, uint32_t t);

/* One replica: model on t x p GPUs under a plan. */
struct memory_case {
    const struct model *model;
    const struct gpu *gpu;
    uint32_t t, p;
    enum precision weights, kv;
    struct memory_plan plan;
    const char *engine; /* activation constants and padding rules; NULL as memory_plan_of */
    /* Groups of t x p GPUs that each keep sequences of their own and share all other weights (data
       parallel attention with expert parallel); 0 or 1: none. The case is then one group. */
    uint32_t attention_replicas;
};
/* Bytes one GPU (of the fullest stage) can give to KV; negative when the rest does not fit. */
double memory_kv_budget_per_gpu(const struct memory_case *c);
/* The same where what else lies there is known; without attention replicas. */
double memory_kv_budget_beside(const struct memory_case *c, double loaded_bytes_per_gpu,
                               double activation_bytes_per_gpu, double runtime_bytes_per_gpu);
/* Bytes of the weights on the GPUs of the case, without the engine's padding. */
double memory_case_weights_bytes(const struct memory_case *c);
/* Weights as the engine holds them on one GPU, its padding included. */
double memory_loaded_bytes_per_gpu(const struct memory_case *c);
/* Of the GPU only its size class matters: whether memory_is_large(). */
double memory_activation_bytes_per_gpu(const struct memory_case *c);
bool memory_is_large(const struct gpu *gpu);
double memory_runtime_bytes_per_gpu(const struct memory_case *c);
/* KV of one sequence on one GPU of the fullest stage, in whole blocks. */
double memory_kv_bytes_per_gpu(const struct memory_case *c, double context);
/* What one GPU of the fullest stage has of so many bytes of a sequence's KV. */
double memory_kv_share(const struct memory_case *c, double bytes);
/* Largest number of sequences of `context` tokens; largest context of one sequence (bisection,
   not capped by the model's own limit); fewest GPUs that hold one sequence, split over the heads
   of a node and then over nodes, 0 when none <= 64. */
double memory_max_batch(const struct memory_case *c, double context);
double memory_max_context(const struct memory_case *c);
/* The same where memory_kv_budget_per_gpu(c) is known. */
double memory_max_context_within(const struct memory_case *c, double kv_budget_per_gpu_bytes);
/* The same where the lines of the case are known too. */
double memory_max_context_along(const struct memory_case *c, const struct memory_kv *kv,
                                double kv_budget_per_gpu_bytes);
uint32_t memory_min_gpus(const struct memory_case *c, double context);
/* False where the GPU cannot run this format at all (fp4 needs at least 16-bit matrix units). */
bool memory_precision_runs(const struct gpu *gpu, enum precision weights);

#endif
