/* Memory, compute, time and cost of training: full fine-tuning (and continued pre-training), LoRA
   and QLoRA, under data, tensor, pipeline and sequence parallelism, ZeRO and offload. */
#ifndef ENGINE_TRAINING_H
#define ENGINE_TRAINING_H

#include "engine/estimate.h"

/* Continued pre-training is full fine-tuning on more tokens. */
enum training_method { TRAINING_FULL, TRAINING_LORA, TRAINING_QLORA, TRAINING_METHODS };
enum training_optimizer {
    OPTIMIZER_ADAMW, /* two FP32 states and an FP32 master copy: 12 bytes a parameter */
    OPTIMIZER_ADAMW_8BIT,
    OPTIMIZER_SGD,
    OPTIMIZER_SGD_MOMENTUM,
    OPTIMIZER_ADAFACTOR, /* a row and a column of each matrix */
    OPTIMIZER_LION,
    OPTIMIZER_MUON,
    TRAINING_OPTIMIZERS
};
enum training_recompute { RECOMPUTE_NONE, RECOMPUTE_SELECTIVE, RECOMPUTE_FULL };
enum training_offload { OFFLOAD_NONE, OFFLOAD_OPTIMIZER, OFFLOAD_ALL /* and parameters, ZeRO 3 */ };
enum lora_targets { LORA_QV, LORA_ATTENTION, LORA_ALL_LINEAR };

const char *training_method_id(enum training_method method);   /* "full", "lora", "qlora" */
const char *training_method_name(enum training_method method); /* "Full fine-tuning" */
/* As reason_sentence(), in the words of training. */
const char *training_reason_sentence(enum reason reason);
const char *training_optimizer_id(enum training_optimizer optimizer); /* "adamw", "lion" ... */

struct training {
    const struct model *model;
    const struct gpu *gpu;
    enum training_method method;
    enum training_optimizer optimizer;
    uint32_t gpu_count, tensor_parallel, pipeline_parallel; /* data parallel is the rest */
    uint32_t virtual_stages; /* m of interleaved pipelining; 0 or 1 = none */
    uint32_t zero_stage;     /* 0..3 */
    bool sequence_parallel, flash_attention, dropout;
    enum training_recompute recompute;
    enum training_offload offload;
    uint32_t lora_rank;
    enum lora_targets lora_targets;
    double gradient_bytes;   /* a trainable parameter: 2 or 4 */
    double sequence_tokens;  /* s */
    double micro_batch;      /* b, sequences of one GPU group at once */
    double global_batch;     /* B, sequences of one iteration */
    double tokens;           /* of the whole run */
    double mfu;              /* model FLOP utilisation, 0..1 */
    double usd_per_gpu_hour; /* NaN: no price */
};
/* Full fine-tuning with AdamW, ZeRO 3, FlashAttention, full recomputation, 4,096 tokens,
   micro-batch 1, one GPU, 1e9 tokens, MFU 0.4. */
struct training training_default(const struct model *model, const struct gpu *gpu);

struct training_memory { /* bytes a GPU of the fullest stage, but host_bytes for the whole job */
    double weights, gradients, optimizer, activations, logits, buffers, total, capacity;
    double host_bytes;
};

struct training_outcome {
    bool feasible;
    enum reason reason;
    uint32_t data_parallel;
    double trainable_parameters, frozen_parameters;
    struct training_memory memory;
    uint32_t min_gpus; /* fewest GPUs for this method and settings; 0 = none <= 1024 */
    uint32_t min_tensor_parallel, min_pipeline_parallel;  /* of that fewest */
    double model_flop_per_token, hardware_flop_per_token; /* hardware adds recomputation */
    double flop_6nd;                                      /* the rule of thumb for the whole run */
    double model_flop;                                    /* of the whole run */
    double iteration_s, run_s, gpu_hours, usd;
    double mfu, hfu;
};
/* Never fails: what does not fit says so, times are still given where the GPU's peak is known. */
struct training_outcome training_estimate(const struct training *t);

/* ---- the parts, each by itself */
/* Trainable parameters: all, or rank x (in + out) of each adapted matrix (arXiv 2106.09685). */
double training_trainable(const struct training *t);
/* Parameters of adapters that a token passes: those of the experts it is sent to. */
double training_adapters_passed(const struct training *t);
/* Optimizer bytes a trainable parameter, without weights and gradients; Adafactor's are not per
   parameter and come from the model's shapes. */
double training_optimizer_bytes(const struct training *t, double parameters);
/* Activations one layer keeps for one micro-batch on one GPU (arXiv 2205.05198 table 2, with the
   model's own head and FFN sizes). */
double training_layer_activation_bytes(const struct training *t, const struct layer_run *run);
/* Of the first pipeline stage, all micro-batches in flight. */
double training_activation_bytes(const struct training *t);
/* Of embedding and logits, where one stage holds both. */
double training_logits_bytes(const struct training *t);
/* Bytes of weights, gradients and optimizer states on one GPU for `parameters` parameters under
   ZeRO over n ranks; `state_bytes` of optimizer a parameter (arXiv 1910.02054 table 1). */
double training_zero_bytes(double parameters, double weight_bytes, double gradient_bytes,
                           double state_bytes, uint32_t stage, double n);
/* FLOPs of one trained token: forward and backward, attention over s tokens included. */
double training_model_flop_per_token(const struct training *t);
double training_hardware_flop_per_token(const struct training *t);
/* The rule of thumb 6ND (arXiv 2001.08361). */
double training_6nd(double parameters, double tokens);
/* DeepSpeed's own estimate (deepspeed.ai memory requirements page), bytes. */
struct deepspeed_memory {
    double gpu_bytes, host_bytes;
};
struct deepspeed_memory training_deepspeed(double parameters, double largest_layer_parameters,
                                           uint32_t stage, uint32_t gpus, uint32_t gpus_per_node,
                                           enum training_offload offload);
/* Of the training's method and settings; 0: none up to 1,024. */
uint32_t training_min_gpus(const struct training *t, uint32_t *tensor, uint32_t *pipeline);

/* ---- one model on many GPUs: what no GPU changes is found once */
struct training_layout { /* bytes on one GPU of a layout, before data parallelism */
    bool known;
    double weights, trainable, states, activations, logits, buffers; /* trainable: parameters */
    double least_total; /* in all, divided over ever so many; where training_fewest.c keeps it */
};
struct training_work {
    bool known;
    double trainable, frozen, active; /* parameters */
    double model_flop_per_token, hardware_flop_per_token;
};
enum training_split { TRAINING_SPLIT_UNKNOWN, TRAINING_SPLITS, TRAINING_SPLITS_NOT };
enum { TRAINING_KEPT_DEGREES = 8, TRAINING_KEPT_STAGES = 11, TRAINING_KEPT_SIZES = 40 };
/* The fewest GPUs of so much memory, so many to a node; no GPUs: none hold it. */
struct training_fewest {
    double memory_bytes;
    uint32_t node, gpus, tensor_parallel, pipeline_parallel;
    struct training_layout layout;
};
/* Filled as it is asked; zeroed memory is a fresh one. It holds for trainings that differ in GPU,
   count, degrees and price only. */
struct training_layouts {
    struct training_work work;
    enum training_split split[TRAINING_KEPT_DEGREES]; /* whether the heads divide */
    struct training_layout layout[TRAINING_KEPT_DEGREES][TRAINING_KEPT_STAGES]; /* 2^i stages */
    size_t size_count; /* many GPUs are of one size */
    struct training_fewest sizes[TRAINING_KEPT_SIZES];
};
/* training_estimate() on training_min_gpus() GPUs in the layout that needs them; the count and the
   degrees of `t` do not matter. Only a reason when no number of GPUs holds it. */
struct training_outcome training_on_fewest(struct training_layouts *kept, const struct training *t);

#endif
