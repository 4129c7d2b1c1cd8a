/* One combination: what is asked and what comes out. Engines fill `struct outcome`; nothing here
   fails: what does not fit is an outcome with a reason. */
#ifndef ENGINE_ESTIMATE_H
#define ENGINE_ESTIMATE_H

#include "base/str.h"
#include "catalog/catalog.h"
#include "engine/memory.h"
#include "engine/parameters.h"

enum reason {
    REASON_NONE,
    REASON_DOES_NOT_FIT,          /* weights + runtime + one sequence exceed memory */
    REASON_HEADS_NOT_DIVISIBLE,   /* tensor parallel degree does not divide the heads */
    REASON_PRECISION_UNSUPPORTED, /* GPU cannot run this weight format */
    REASON_CONTEXT_TOO_LONG,      /* input + output exceed the model's context */
    REASON_NO_PRICE,
    REASON_STALE_PRICE,
    REASON_SPEC_MISSING, /* the GPU row lacks a figure this needs */
    REASON_COUNT
};
const char *reason_code(enum reason reason);     /* "does-not-fit" */
const char *reason_sentence(enum reason reason); /* "The weights and one sequence need more ..." */

enum provenance {
    FROM_MEASURED,
    FROM_CALIBRATED,
    FROM_EXTRAPOLATED,
    FROM_FIRST_PRINCIPLES,
    FROM_INPUT
};
struct str provenance_str(enum provenance provenance); /* "measured" */
static inline const char *provenance_name(enum provenance provenance) {
    return provenance_str(provenance).p;
}

enum serving { SERVING_STATIC, SERVING_CONTINUOUS };
enum bound { BOUND_COMPUTE, BOUND_MEMORY, BOUND_COMMUNICATION, BOUND_OVERHEAD };
const char *bound_name(enum bound bound);

struct calibration; /* engine/calibration.h: fitted parameters of one engine */

struct scenario {
    const struct model *model;
    const struct gpu *gpu;
    uint32_t gpu_count; /* tensor_parallel x pipeline_parallel x data_parallel */
    uint32_t tensor_parallel, pipeline_parallel, data_parallel, expert_parallel; /* 0 = by rule */
    const struct calibration *calibration; /* NULL: first principles */
    enum precision weights, kv;
    double input_tokens, output_tokens;
    double batch; /* sequences at once over all replicas; 0 = the largest that fits */
    enum serving serving;
    double compute_efficiency, memory_efficiency; /* first principles only; 1 = peak */
    double prefix_hit_rate;        /* share of input tokens found in the prefix cache, 0..1 */
    double speculative_acceptance; /* 0 = off */
    double speculative_tokens;
};
/* 16-bit weights and KV, static, batch 1, efficiencies 1. */
static inline struct scenario scenario_default(const struct model *model, const struct gpu *gpu) {
    return (struct scenario){.model = model,
                             .gpu = gpu,
                             .gpu_count = 1,
                             .weights = PRECISION_BF16,
                             .kv = PRECISION_BF16,
                             .input_tokens = 2035,
                             .output_tokens = 300,
                             .batch = 1,
                             .serving = SERVING_STATIC,
                             .compute_efficiency = 1,
                             .memory_efficiency = 1};
}

struct phase {
    double time_s; /* prefill: whole batch, one prompt when continuous; decode: mean step */
    double flop;   /* prefill: one sequence; decode: mean per token */
    double compute_s, memory_s, communication_s, overhead_s;
    enum bound bound;
};

struct outcome {
    bool feasible;
    enum reason reason;
    enum provenance provenance;
    const char *extrapolated_why; /* NULL unless extrapolated */
    bool memory_exceeded;         /* first principles: reported, does not cap the batch */
    uint32_t tensor_parallel, pipeline_parallel, data_parallel;
    double batch; /* resolved */
    struct parameters parameters;
    struct memory_use memory;
    struct phase prefill, decode;
    double output_tokens_per_s, total_tokens_per_s, output_tokens_per_s_per_request;
    double ttft_s, tpot_s, request_s;
    double arithmetic_intensity, ridge_point, critical_batch;
};

/* The part of an outcome that searches over batches look at. */
struct pace {
    bool feasible;
    enum provenance provenance;
    const char *extrapolated_why;
    double batch;
    double output_tokens_per_s, total_tokens_per_s, output_tokens_per_s_per_request;
    double ttft_s, tpot_s, request_s;
};

/* The one entry: picks the engine from scenario.calibration. Pure. */
struct outcome estimate(const struct scenario *scenario);
/* Memory part only (fits or not, budget, largest batch ...). */
struct memory_use estimate_memory(const struct scenario *scenario, enum reason *reason);

/* How the GPUs work together: the scenario's degrees where it states them, else tensor parallel
   over all GPUs of a node and pipeline stages across nodes. False when the tensor parallel degree
   does not divide the attention heads of some layer (key-value heads may be replicated) or the
   degrees do not multiply to the count. */
bool estimate_parallel(const struct scenario *scenario, uint32_t *tensor, uint32_t *pipeline,
                       uint32_t *data);
/* Data-parallel groups whose experts are spread over all of them (expert parallel); 1: none. */
static inline uint32_t estimate_attention_replicas(const struct scenario *scenario, uint32_t data) {
    return scenario->expert_parallel > 1 && data > 1 ? data : 1;
}
/* An outcome of which nothing is known yet: times and rates NaN, not feasible. */
struct outcome estimate_unknown(enum provenance provenance);
/* What every engine starts from: parameters, parallel degrees, memory, the resolved batch and the
   reasons that need no clock; all times and rates NaN. feasible stays true with memory_exceeded
   when only the asked batch does not fit: the engine decides what that means. */
struct outcome estimate_begin(const struct scenario *scenario, enum provenance provenance);

/* The basic model of "Tokenomics from first principles", closed form; _loop is the test oracle. */
struct outcome first_principles(const struct scenario *scenario);
struct outcome first_principles_loop(const struct scenario *scenario);
/* The step-time model with a calibration's fitted parameters. */
struct outcome calibrated(const struct scenario *scenario);

#endif
