/* Fitted parameters of one serving engine: what they mean, where they hold, how good they are. */
#ifndef CATALOG_CALIBRATION_H
#define CATALOG_CALIBRATION_H

#include "catalog/gpu.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each has a name, unit, bounds and prior in calibration_parameters[]. */
enum calibration_parameter {
    CAL_WEIGHT_EFFICIENCY, /* share of peak bandwidth when streaming weights */
    CAL_KV_EFFICIENCY,     /* the same for the KV cache */
    CAL_STREAM_LIMIT,      /* bandwidth that one kernel's loads in flight sustain; 0: no limit */
    CAL_COMPUTE_16,        /* share of the dense 16-bit peak in large products */
    CAL_COMPUTE_8,         /* share of the dense 8-bit peak */
    CAL_COMPUTE_4,         /* share of the dense 4-bit peak */
    CAL_COMPUTE_BLOCK,     /* factor on COMPUTE_8 when scales stand per block */
    CAL_COMPUTE_UNPACKED,  /* factor on COMPUTE_16 when weights are unpacked first */
    CAL_PREFILL_ATTENTION, /* share of the 16-bit peak, scores and values of prompts */
    CAL_DECODE_ATTENTION,  /* the same for decoding, every query head by itself */
    CAL_SCORE_BYTES,       /* moved per head, query and key when scores are kept; 0: fused */
    CAL_LINK_EFFICIENCY,   /* share of the link's bandwidth in an all-reduce */
    CAL_ALL_REDUCE_S,      /* latency of one all-reduce of two GPUs */
    CAL_ALL_REDUCE_GROWTH, /* more of it for each doubling of the group */
    CAL_SMOOTH_POWER,      /* q of (memory^q + compute^q)^(1/q); 1 adds, large is the maximum */
    CAL_ACTIVATION_PASSES, /* hidden-size vectors moved per token and layer */
    CAL_EXPERT_WEIGHT,     /* factor on WEIGHT_EFFICIENCY for routed experts */
    CAL_EXPERT_COMPUTE,    /* factor on COMPUTE_* for grouped expert products */
    CAL_EXPERT_PAD_TOKENS, /* rows an expert's product is padded by, on average */
    CAL_EXPERT_WIDTH,      /* width at which a shard of an expert reaches half efficiency */
    CAL_EXPERT_IMBALANCE,  /* more work on the fullest GPU for each doubling of expert groups */
    CAL_EXPERT_LAYER_S,    /* routing, sorting and gathering in a layer with experts */
    CAL_STEP_S,            /* scheduler and host work of a step */
    CAL_LAYER_S,           /* launches and small kernels of a layer */
    CAL_SEQUENCE_S,        /* sampling and detokenising one sequence in a step */
    CAL_REQUEST_S,         /* host work for a request that arrives while others run */
    CAL_PROMPT_BURST,      /* prompts before it, in square roots of the sequences at once */
    CAL_PIPELINE_GAIN,     /* share of the ideal speed-up of a prompt over a layer split */
    CALIBRATION_PARAMETERS
};

struct calibration_parameter_info {
    const char *name; /* "weight_efficiency", as in the file */
    const char *unit; /* "1", "s", "B" */
    const char *meaning;
    double prior, low, high;
    double sigma; /* of the prior, in natural logarithms */
};
extern const struct calibration_parameter_info calibration_parameters[CALIBRATION_PARAMETERS];

/* GPUs of one architecture behave alike: factors on compute and on bandwidth efficiencies. */
struct calibration_family {
    const char *name; /* "Hopper", "Ampere GeForce" */
    double compute, memory;
    uint32_t rows; /* of the data that saw it; 0: factors are the prior */
};

struct calibration_error { /* absolute relative error over `rows` */
    uint32_t rows;
    double median, mean, within_25; /* shares, 0.05 = 5 % */
};

struct calibration_range { /* of the rows used */
    double input_min, input_max, output_min, output_max, context_max, batch_max;
    uint32_t tensor_parallel_max;
    uint32_t weights; /* bit per enum precision seen */
    bool experts;     /* mixture-of-experts rows seen */
};

#define CALIBRATION_FAMILIES 16

struct calibration {
    const char *engine;  /* "vllm" */
    const char *name;    /* "vLLM" */
    const char *version; /* software it describes: "2025" */
    const char *until;   /* rows dated before this use it, YYYY-MM; NULL: the newest */
    double value[CALIBRATION_PARAMETERS];
    struct calibration_family family[CALIBRATION_FAMILIES];
    size_t family_count;
    struct calibration_range range;
    uint32_t rows;
    struct calibration_error fitted;   /* on the rows used */
    struct calibration_error left_out; /* every row predicted without its model */
    struct calibration_error left_out_gpu, left_out_source;
    const char *const *sources; /* names of the benchmark sources used */
    size_t source_count;
    const struct calibration_kept *kept; /* by calibration_set_keep(); or NULL */
};

/* Families of a catalog's GPUs, found once for the many who ask. A changed copy of the calibration
   is not `of`, and has them found anew. */
struct calibration_kept {
    const struct calibration *of;
    const struct gpu *gpus;
    size_t gpu_count;
    const struct calibration_family *families;
};

/* Rows of one class predicted by fits that did not see what is left out. */
struct calibration_left_out {
    const char *key;  /* "model", "gpu" or "source" */
    const char *name; /* what was left out; "all": each in turn */
    const char *kind; /* class of the rows: "dense", "experts" ... */
    struct calibration_error error;
};

struct calibration_set {
    const struct calibration *items; /* by engine, newest first within one */
    size_t count;
    const struct calibration_left_out *left_out; /* may be empty */
    size_t left_out_count;
};

/* Newest calibration of an engine ("vllm", "TensorRT-LLM", "trtllm"); NULL when there is none. */
const struct calibration *calibration_set_find(const struct calibration_set *set,
                                               const char *engine);
/* The one for software of a date (YYYY-MM-DD or YYYY-MM; NULL: the newest). */
const struct calibration *calibration_set_find_dated(const struct calibration_set *set,
                                                     const char *engine, const char *date);
/* The one that stands in for an engine that was never measured: programs for one user batch and
   split layers as llama.cpp does, servers batch as vLLM does. NULL when neither is in the set. */
const struct calibration *calibration_set_kin(const struct calibration_set *set,
                                              const char *engine);
/* "vllm", "tensorrt-llm", "sglang", "llama.cpp" or the text itself. */
const char *calibration_engine_id(const char *name);
/* The family a GPU belongs to: its architecture, consumer parts apart. */
const char *calibration_family_name(const struct gpu *gpu);
/* Keeps with each calibration the families of these GPUs, which must not change from then on. */
struct arena;
void calibration_set_keep(struct arena *arena, struct calibration_set *set, const struct gpu *gpus,
                          size_t gpu_count);
/* Factors of that family; when the data never saw it rows is 0, and they are those of its nearest
   kin, or 1. */
struct calibration_family calibration_family_of(const struct calibration *calibration,
                                                const struct gpu *gpu);

#endif
