/* Time of one step: see step.h. Weights and products follow the roofline (Williams, Waterman and
   Patterson 2009) joined by a power mean; experts by their expected number; all-reduce by latency
   and bandwidth (Hockney 1994). */
#include "engine/step.h"

#include <math.h>

double step_experts_touched(double experts, double experts_per_token, double tokens) {
    if (experts <= 0)
        return 0;
    return experts * (1 - pow(1 - experts_per_token / experts, tokens));
}

static double ratio(double amount, double rate) {
    return rate > 0 ? amount / rate : 0;
}

/* Share of the peak of the unit that the weights' products run on. */
static double compute_efficiency(const struct step_shape *shape, const double *value) {
    double efficiency = value[CAL_COMPUTE_16];
    if (shape->unit == COMPUTE_FP8 || shape->unit == COMPUTE_INT8)
        efficiency = value[CAL_COMPUTE_8] * (shape->block_scaled ? value[CAL_COMPUTE_BLOCK] : 1);
    if (shape->unit == COMPUTE_FP4)
        efficiency = value[CAL_COMPUTE_4];
    return shape->unpacked ? efficiency * value[CAL_COMPUTE_UNPACKED] : efficiency;
}

/* A narrow shard of an expert leaves part of each tile and of each burst empty; the fullest of
   several expert groups keeps the others waiting. */
static void fold_experts(struct step_model *model, const struct step_shape *shape,
                         const double *value, double memory, double compute) {
    model->experts = shape->experts > 0 ? shape->experts : 0;
    if (shape->experts <= 0)
        return;
    double narrow = shape->expert_width / (shape->expert_width + value[CAL_EXPERT_WIDTH]);
    double uneven = 1 + value[CAL_EXPERT_IMBALANCE] * log2(fmax(shape->expert_groups, 1));
    model->experts_per_token = shape->experts_per_token;
    model->log_untouched = log1p(-shape->experts_per_token / shape->experts);
    model->experts_s =
        uneven * ratio(shape->expert_bytes, memory * value[CAL_EXPERT_WEIGHT] * narrow);
    model->expert_token_s =
        uneven * ratio(shape->expert_token_flop, compute * value[CAL_EXPERT_COMPUTE] * narrow);
    model->expert_pad_tokens = value[CAL_EXPERT_PAD_TOKENS];
    model->step_s += shape->expert_layers * value[CAL_EXPERT_LAYER_S];
}

static void fold_attention(struct step_model *model, const struct step_shape *shape,
                           const double *value, double memory, double compute) {
    model->attention_count = shape->attention_count;
    for (size_t i = 0; i < shape->attention_count; i++) {
        const struct step_attention *kind = &shape->attention[i];
        model->attention[i].key_s = ratio(kind->kv_bytes_per_key, memory);
        model->attention[i].key_compute_s =
            ratio(kind->decode_flop_per_key, compute * value[CAL_DECODE_ATTENTION]);
        model->attention[i].fixed_s = ratio(kind->fixed_bytes, memory);
        model->attention[i].pair_s =
            ratio(kind->prefill_flop_per_pair, compute * value[CAL_PREFILL_ATTENTION]) +
            ratio(kind->heads * value[CAL_SCORE_BYTES], memory);
        model->attention[i].window = kind->window_keys > 0 ? kind->window_keys : INFINITY;
    }
}

static void fold_communication(struct step_model *model, const struct step_shape *shape,
                               const double *value) {
    model->reduce_s = model->reduce_token_s = 0;
    if (shape->group <= 1)
        return;
    double latency_s =
        value[CAL_ALL_REDUCE_S] * (1 + value[CAL_ALL_REDUCE_GROWTH] * log2(shape->group / 2));
    double token_bytes = 2 * shape->hidden * 2 * (shape->group - 1) / shape->group;
    model->reduce_s = shape->all_reduces * latency_s;
    model->reduce_token_s = shape->all_reduces * ratio(token_bytes, shape->link_bytes_per_s *
                                                                        value[CAL_LINK_EFFICIENCY]);
}

/* A kernel that keeps few loads in flight draws the same from a faster memory (Little's law). */
static double sustained(double rate, double limit) {
    if (!(limit > 0))
        return rate;
    return rate / pow(1 + pow(rate / limit, 8), 1.0 / 8);
}

void step_model_set(struct step_model *model, const struct step_shape *shape,
                    const struct calibration *calibration, struct calibration_family family) {
    const double *value = calibration->value;
    double reached = shape->memory_bytes_per_s * family.memory, limit = value[CAL_STREAM_LIMIT];
    double weights = sustained(reached * value[CAL_WEIGHT_EFFICIENCY], limit);
    double kv = sustained(reached * value[CAL_KV_EFFICIENCY], limit);
    double compute = shape->flop_per_s * compute_efficiency(shape, value) * family.compute;
    double head = shape->flop16_per_s * value[CAL_COMPUTE_16] * family.compute;

    model->weights_s = ratio(shape->weight_bytes, weights);
    model->token_s = ratio(shape->token_flop, compute);
    model->head_s = ratio(shape->head_bytes, weights);
    model->head_token_s = ratio(shape->head_flop, head);
    model->activation_s = ratio(shape->layers * shape->hidden * 2 * value[CAL_ACTIVATION_PASSES],
                                shape->memory_bytes_per_s);
    model->step_s = value[CAL_STEP_S] + shape->layers * value[CAL_LAYER_S];
    fold_experts(model, shape, value, weights, compute);
    fold_attention(model, shape, value, kv, shape->flop16_per_s * family.compute);
    fold_communication(model, shape, value);
    model->sequence_s = value[CAL_SEQUENCE_S];
    model->request_s = value[CAL_REQUEST_S];
    model->prompt_burst = value[CAL_PROMPT_BURST];
    model->pipeline_gain = value[CAL_PIPELINE_GAIN];
    model->power = value[CAL_SMOOTH_POWER];
    model->same_tokens = shape->same_tokens;
}

struct step_model step_model_make(const struct step_shape *shape,
                                  const struct calibration *calibration,
                                  struct calibration_family family) {
    struct step_model model = {0};
    step_model_set(&model, shape, calibration, family);
    return model;
}

/* (a^q + b^q)^(1/q); q = 1, the usual case, costs nothing. */
static inline double join(double a, double b, double power) {
    if (power <= 1)
        return a + b;
    double high = a > b ? a : b, low = a > b ? b : a;
    return high > 0 ? high * pow(1 + pow(low / high, power), 1 / power) : 0;
}

struct expert_time {
    double memory_s, compute_s;
};

/* Padding: each touched expert's rows are rounded up to a tile. */
static inline struct expert_time expert_seconds(const struct step_model *model, double tokens,
                                                bool prefilling) {
    double distinct = model->same_tokens && !prefilling ? 1 : tokens;
    double share = -expm1(distinct * model->log_untouched);
    double padding = share * model->experts * model->expert_pad_tokens / model->experts_per_token;
    return (struct expert_time){share * model->experts_s,
                                (tokens + padding) * model->expert_token_s};
}

static inline double least(double a, double b) {
    return a < b ? a : b;
}

double step_seconds(const struct step_model *model, const struct step_load *load) {
    double tokens = load->decode_tokens + load->prefill_tokens;
    double seconds = join(model->weights_s, tokens * model->token_s, model->power) +
                     join(model->head_s, load->sampled * model->head_token_s, model->power);
    if (model->experts > 0 && tokens > 0) {
        struct expert_time routed = expert_seconds(model, tokens, load->prefill_tokens > 0);
        seconds += join(routed.memory_s, routed.compute_s, model->power);
    }
    for (size_t i = 0; i < model->attention_count; i++) {
        double window = model->attention[i].window;
        double keys = least(load->context, window);
        seconds +=
            load->decoding * (keys * model->attention[i].key_s + model->attention[i].fixed_s);
        seconds += load->decode_tokens * keys * model->attention[i].key_compute_s;
        seconds += load->prefill_tokens * least(load->prefill_context, window) *
                   model->attention[i].pair_s;
    }
    return seconds + tokens * (model->activation_s + model->reduce_token_s) + model->reduce_s +
           model->step_s + load->decoding * model->sequence_s;
}

/* Of the routed experts. */
static inline double routed_seconds(const struct step_model *model, double tokens,
                                    bool prefilling) {
    struct expert_time routed = expert_seconds(model, tokens, prefilling);
    return join(routed.memory_s, routed.compute_s, model->power);
}

double step_seconds_both(const struct step_model *model, const struct step_load *load,
                         double *plain_s) {
    double decode = load->decode_tokens, prefill = load->prefill_tokens, all = decode + prefill;
    double head = join(model->head_s, load->sampled * model->head_token_s, model->power);
    double mixed = join(model->weights_s, all * model->token_s, model->power) + head;
    double plain = join(model->weights_s, decode * model->token_s, model->power) + head;
    if (model->experts > 0 && decode > 0) {
        mixed += routed_seconds(model, all, prefill > 0);
        plain += routed_seconds(model, decode, false);
    }
    for (size_t i = 0; i < model->attention_count; i++) {
        double window = model->attention[i].window, keys = least(load->context, window);
        double cache =
            load->decoding * (keys * model->attention[i].key_s + model->attention[i].fixed_s);
        double scores = decode * keys * model->attention[i].key_compute_s;
        plain = plain + cache + scores;
        mixed = mixed + cache + scores +
                prefill * least(load->prefill_context, window) * model->attention[i].pair_s;
    }
    double token_s = model->activation_s + model->reduce_token_s;
    double sequences_s = load->decoding * model->sequence_s;
    *plain_s = plain + decode * token_s + model->reduce_s + model->step_s + sequences_s;
    return mixed + all * token_s + model->reduce_s + model->step_s + sequences_s;
}

struct step_time step_parts(const struct step_model *model, const struct step_load *load) {
    double tokens = load->decode_tokens + load->prefill_tokens;
    struct step_time time = {0};
    time.memory_s = model->weights_s + model->head_s + tokens * model->activation_s;
    time.compute_s = tokens * model->token_s + load->sampled * model->head_token_s;
    if (model->experts > 0 && tokens > 0) {
        struct expert_time routed = expert_seconds(model, tokens, load->prefill_tokens > 0);
        time.memory_s += routed.memory_s;
        time.compute_s += routed.compute_s;
    }
    for (size_t i = 0; i < model->attention_count; i++) {
        double window = model->attention[i].window;
        double keys = least(load->context, window);
        time.memory_s +=
            load->decoding * (keys * model->attention[i].key_s + model->attention[i].fixed_s);
        time.compute_s += load->decode_tokens * keys * model->attention[i].key_compute_s +
                          load->prefill_tokens * least(load->prefill_context, window) *
                              model->attention[i].pair_s;
    }
    time.communication_s = model->reduce_s + tokens * model->reduce_token_s;
    time.overhead_s = model->step_s + load->decoding * model->sequence_s;
    return time;
}
