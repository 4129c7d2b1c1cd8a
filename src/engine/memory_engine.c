/* What a serving engine keeps besides weights and KV cache: activations, graphs, buffers; and how
   it budgets the rest. */
#include "engine/memory.h"
#include "engine/parameters.h"

#include <math.h>
#include <string.h>

#define MIB (1024.0 * 1024.0)
#define GIB (1024.0 * MIB)

/* vLLM's profiling run samples for every sequence it may hold: logits at 32 bits, their sort,
   probabilities and sums. Measured on H100: 4.76 GiB at 128,256 words and 1,024 sequences (Llama
   3.1 8B), 5.56 to 5.64 at 151,936 (Qwen3), 7.38 at 201,088 (gpt-oss 20B); llm-d planner's
   empirical vLLM memory results. */
#define SAMPLER_BYTES (4.76 * GIB / (128256.0 * 1024.0))

/* Sizes from which vLLM takes its larger defaults (vllm/engine/arg_utils.py). */
#define LARGE_GPU_BYTES (70 * GIB)

enum engine_kind { ENGINE_VLLM, ENGINE_TENSORRT, ENGINE_SGLANG, ENGINE_LLAMA_CPP };

static enum engine_kind kind_of(const char *engine) {
    if (!engine || engine[0] == 'v')
        return ENGINE_VLLM;
    if (strncmp(engine, "tensorrt", 8) == 0 || strncmp(engine, "trt", 3) == 0)
        return ENGINE_TENSORRT;
    if (strcmp(engine, "sglang") == 0)
        return ENGINE_SGLANG;
    return strncmp(engine, "llama", 5) == 0 ? ENGINE_LLAMA_CPP : ENGINE_VLLM;
}

struct memory_plan memory_plan_of(const char *engine) {
    switch (kind_of(engine)) {
    case ENGINE_TENSORRT:
        return (struct memory_plan){0.9, BUDGET_OF_FREE, 32, 8192, NAN, 0};
    case ENGINE_SGLANG:
        return (struct memory_plan){0.84, BUDGET_OF_TOTAL, 1, 8192, NAN, 0};
    case ENGINE_LLAMA_CPP:
        return (struct memory_plan){1, BUDGET_OF_TOTAL, 1, 512, NAN, 0};
    case ENGINE_VLLM:
        break;
    }
    return (struct memory_plan){0.9, BUDGET_OF_TOTAL, 16, 8192, NAN, 1024};
}

double memory_widest_ffn(const struct model *model) {
    double widest = 0;
    if (model->widest_ffn > 0)
        return model->widest_ffn;
    for (size_t i = 0; i < model->run_count; i++) {
        const struct ffn *f = &model->runs[i].ffn;
        double width = f->kind == FFN_DENSE ? f->width : f->shared_width;
        if (f->kind == FFN_MOE)
            width += (double)f->experts_per_token * f->expert_width;
        widest = fmax(widest, (f->gated || f->expert_gated ? 3 : 2) * width);
    }
    return widest;
}

/* Index into the constants of TensorRT-LLM's workspace, measured at t = 1, 2, 4, 8. */
static int step_of(uint32_t t) {
    return t >= 8 ? 3 : t >= 4 ? 2 : t >= 2 ? 1 : 0;
}

/* Mistral's models with a picture tower were measured without the sampler's peak: 2.12 GiB for
   Mistral Small 3.2 on H100, where the rule gives 4.87 (same source). */
static bool samples_in_profile(const struct model *model) {
    const char *type = model->model_type ? model->model_type : "";
    return !model->vision || (strcmp(type, "mistral") != 0 && strcmp(type, "ministral3") != 0);
}

bool memory_is_large(const struct gpu *gpu) {
    return gpu->memory_bytes >= LARGE_GPU_BYTES;
}

double memory_activation_bytes_per_gpu(const struct memory_case *c) {
    static const double dense[] = {11, 6.5, 5, 5}, experts[] = {22, 13, 10, 10};
    const struct model *m = c->model;
    double tokens = c->plan.max_prefill_tokens, h = m->hidden_size;
    if (kind_of(c->engine) == ENGINE_TENSORRT)
        return 2 * tokens * h * (parameters_have_experts(m) ? experts : dense)[step_of(c->t)];
    bool large = memory_is_large(c->gpu);
    double sequences = c->plan.max_sequences;
    if (!large && kind_of(c->engine) == ENGINE_VLLM) {
        tokens = fmin(tokens, 2048);
        sequences = fmin(sequences, 256);
    }
    /* Two residual streams, the norm's output, q, k, v and the widest part of the FFN. */
    double forward = 2 * tokens * (5 * h + memory_widest_ffn(m) / c->t);
    return samples_in_profile(m) ? fmax(forward, sequences * m->vocab_size * SAMPLER_BYTES)
                                 : forward;
}

double memory_runtime_bytes_per_gpu(const struct memory_case *c) {
    static const double nccl[] = {0, 342 * MIB, 392 * MIB, 392 * MIB};
    if (!isnan(c->plan.runtime_bytes_per_gpu))
        return c->plan.runtime_bytes_per_gpu;
    switch (kind_of(c->engine)) {
    case ENGINE_TENSORRT: /* fitted to the capacities aiconfigurator measured on H100 and GB300 */
        return nccl[step_of(c->t)] + 0.48 * GIB + 0.0066 * c->gpu->memory_bytes +
               0.1 * memory_weights_bytes_per_gpu(c->model, c->weights, c->t, c->p) +
               1.3 * GIB * step_of(c->t);
    case ENGINE_LLAMA_CPP:
        return 0.5 * GIB;
    case ENGINE_VLLM:
    case ENGINE_SGLANG:
        break;
    }
    return c->t > 1 || c->p > 1 ? 0.55 * GIB : 0.13 * GIB;
}

/* vLLM pads the hidden size of MXFP4 experts to a multiple of 256 for its kernels: 13.47 GiB
   measured for gpt-oss 20B (hidden size 2,880) where the checkpoint has 12.82. */
static double padding_bytes(const struct memory_case *c) {
    if (c->weights != PRECISION_MXFP4 || kind_of(c->engine) != ENGINE_VLLM || !c->engine)
        return 0;
    double h = c->model->hidden_size, padded = ceil(h / 256) * 256;
    double experts = (double)parameters_count(c->model).experts;
    return experts * (padded / h - 1) * precision_info(c->weights)->bits_per_weight / 8 / c->t /
           c->p;
}

double memory_loaded_bytes_per_gpu(const struct memory_case *c) {
    double vision = 2 * (double)c->model->vision_parameters / c->t; /* on the first stage */
    return memory_weights_bytes_per_gpu(c->model, c->weights, c->t, c->p) + padding_bytes(c) +
           (c->p == 1 ? vision : 0);
}

double memory_kv_budget_per_gpu(const struct memory_case *c) {
    struct memory_case spread = *c; /* attention is replicated, but small beside the experts */
    spread.t *= c->attention_replicas > 1 ? c->attention_replicas : 1;
    return memory_kv_budget_beside(&spread, memory_loaded_bytes_per_gpu(&spread),
                                   memory_activation_bytes_per_gpu(&spread),
                                   memory_runtime_bytes_per_gpu(&spread));
}

double memory_kv_budget_beside(const struct memory_case *c, double loaded, double activation,
                               double runtime) {
    double capacity = gpu_capacity_bytes(c->gpu);
    double rest = loaded + activation + runtime;
    if (c->plan.budget == BUDGET_OF_FREE)
        return (capacity - rest) * c->plan.fraction;
    return capacity * c->plan.fraction - rest;
}
