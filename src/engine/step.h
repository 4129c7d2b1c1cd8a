/* Time of one step: tokens of decoding and prefilling sequences run through the model once.
   One equation for every engine and GPU; the engines differ in their calibration. */
#ifndef ENGINE_STEP_H
#define ENGINE_STEP_H

#include "catalog/calibration.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STEP_ATTENTIONS 8

/* Layers that keep the same kind of cache. All figures are of ONE GPU and summed over layers. */
struct step_attention {
    double kv_bytes_per_key;      /* cache read for each key a decoding query looks at */
    double window_keys;           /* 0: the whole context */
    double fixed_bytes;           /* constant state read per decoding sequence */
    double prefill_flop_per_pair; /* scores and values of one query and one key */
    double decode_flop_per_key;
    double heads; /* query heads x layers */
};

/* Sizes of a model on a GPU group, before any calibration: bytes and FLOP of one GPU and step. */
struct step_shape {
    double layers, hidden;
    double weight_bytes; /* read in every step: attention, dense FFN, shared experts, norms */
    double expert_bytes; /* all routed experts this GPU holds */
    double head_bytes;
    double experts, experts_per_token; /* 0: dense */
    double token_flop, expert_token_flop, head_flop;
    struct step_attention attention[STEP_ATTENTIONS];
    size_t attention_count;
    double group;                                      /* GPUs that reduce together; 1: none */
    double all_reduces;                                /* of a step */
    double expert_layers, expert_width, expert_groups; /* width of one GPU's shard of an expert */
    double memory_bytes_per_s, flop_per_s, flop16_per_s, link_bytes_per_s;
    enum compute unit; /* that flop_per_s belongs to */
    bool unpacked;     /* weights are narrower than the unit: unpacked before the product */
    bool block_scaled; /* 8-bit weights with a scale per block */
    bool same_tokens;  /* every sequence of the batch is the same text (some benchmarks) */
};

/* A shape with its calibration folded in: seconds, ready for millions of evaluations. */
struct step_model {
    double weights_s, token_s, head_s, head_token_s, activation_s;
    double experts, log_untouched, experts_per_token, experts_s, expert_token_s, expert_pad_tokens;
    struct {
        double key_s, key_compute_s, fixed_s, pair_s, window;
    } attention[STEP_ATTENTIONS];
    size_t attention_count;
    double reduce_s, reduce_token_s;
    double step_s, sequence_s, request_s, prompt_burst, pipeline_gain;
    double power;
    bool same_tokens;
};

struct step_load {
    double decoding;      /* sequences that go on */
    double decode_tokens; /* run for them: one each, more when drafts are verified */
    double context;       /* keys each of them looks at, mean */
    double prefill_tokens;
    double prefill_context; /* keys each of those looks at, mean */
    double sampled;         /* rows that need the LM head */
};

struct step_time {
    double compute_s, memory_s, communication_s, overhead_s;
};

/* Of `attention` only what is counted is written. */
void step_model_set(struct step_model *model, const struct step_shape *shape,
                    const struct calibration *calibration, struct calibration_family family);
/* The same, the rest zero. */
struct step_model step_model_make(const struct step_shape *shape,
                                  const struct calibration *calibration,
                                  struct calibration_family family);
/* Seconds of a step. At least 10 million a second on one core for dense models. */
double step_seconds(const struct step_model *model, const struct step_load *load);
/* The same of a step that decodes; *plain_s: and of it without its prompt tokens. */
double step_seconds_both(const struct step_model *model, const struct step_load *load,
                         double *plain_s);
/* The same, taken apart: step_seconds() joins compute and memory smoothly and adds the others. */
struct step_time step_parts(const struct step_model *model, const struct step_load *load);

/* Distinct experts of `experts` that `tokens` tokens with k each meet: E(1-(1-k/E)^T). */
double step_experts_touched(double experts, double experts_per_token, double tokens);

#endif
