/* The calibrated engines: a scenario becomes a shape, a step model and a serving case. */
#include "engine/estimate.h"
#include "engine/serve.h"
#include "engine/shape.h"

#include "engine/serve_case.h"

#include <math.h>
#include <string.h>

static bool is_llama_cpp(const struct calibration *calibration) {
    return calibration->engine[0] == 'l' && strcmp(calibration->engine, "llama.cpp") == 0;
}

/* Stages, not shards. */
void calibrated_lay_out(struct scenario *s) {
    bool open = !s->tensor_parallel && !s->pipeline_parallel && s->data_parallel <= 1;
    if (open && s->calibration && is_llama_cpp(s->calibration)) {
        s->tensor_parallel = 1;
        s->pipeline_parallel = s->gpu_count;
    }
}

/* Why a result of any batch lies outside the data. */
static const char *outside(const struct scenario *s, const struct calibration_family *family,
                           uint32_t tensor_parallel) {
    const struct calibration_range *range = &s->calibration->range;
    if (family->rows == 0)
        return "no measurement of this engine covers this GPU generation";
    if (!(range->weights >> s->weights & 1))
        return "no measurement of this engine covers this weight precision";
    if (!range->experts && parameters_have_experts(s->model))
        return "no measurement of this engine covers a mixture of experts";
    if (s->input_tokens + s->output_tokens > 1.25 * range->context_max)
        return "the context is longer than any measured with this engine";
    if (tensor_parallel > range->tensor_parallel_max)
        return "more GPUs share a layer than in any measurement of this engine";
    return NULL;
}

static const char *batch_outside(const struct scenario *s, double batch) {
    bool larger = batch > 2 * s->calibration->range.batch_max;
    return larger ? "the batch is larger than any measured with this engine" : NULL;
}

const char *calibrated_extrapolated(const struct scenario *s, uint32_t tensor_parallel,
                                    double batch) {
    struct calibration_family family = calibration_family_of(s->calibration, s->gpu);
    const char *why = outside(s, &family, tensor_parallel);
    return why ? why : batch_outside(s, batch);
}

/* Sequences of one replica; replicas that share their experts count as one. Of fewer than there are
   replicas each has one to itself. */
static double replica_batch(const struct scenario *s, const struct outcome *begun, double batch) {
    bool joint = estimate_attention_replicas(s, begun->data_parallel) > 1;
    return joint ? batch : fmax(batch / begun->data_parallel, 1);
}

/* How an engine takes prompts in. */
static void set_engine(const struct calibration *calibration, struct serve_case *c) {
    struct memory_plan plan = memory_plan_of(calibration->engine);
    c->chunk_tokens = plan.max_prefill_tokens ? plan.max_prefill_tokens : 8192;
    c->pipeline_depth = 0;
    if (is_llama_cpp(calibration)) { /* micro-batches of 512 tokens, four in flight */
        c->chunk_tokens = 512;
        c->pipeline_depth = 4;
    }
}

/* All but the step model and the engine; the batch is that of `begun`. */
static void set_serving(const struct scenario *s, const struct outcome *begun,
                        struct serve_case *c) {
    uint32_t replicas = estimate_attention_replicas(s, begun->data_parallel);
    c->input_tokens = s->input_tokens;
    c->output_tokens = s->output_tokens;
    c->cached_share = s->prefix_hit_rate;
    c->pipeline_stages = begun->pipeline_parallel;
    c->draft_tokens = s->speculative_tokens;
    c->acceptance = s->speculative_acceptance;
    c->batch = replica_batch(s, begun, begun->batch);
    double fit = begun->memory.max_batch; /* a whole number */
    c->held_sequences = (fit > 1 ? fit : 1) * replicas;
}

static struct shape_layout layout_of(const struct scenario *s, const struct outcome *begun) {
    return (struct shape_layout){begun->tensor_parallel, s->expert_parallel,
                                 estimate_attention_replicas(s, begun->data_parallel)};
}

static enum bound largest(const struct step_time *t) {
    double value[] = {[BOUND_COMPUTE] = t->compute_s,
                      [BOUND_MEMORY] = t->memory_s,
                      [BOUND_COMMUNICATION] = t->communication_s,
                      [BOUND_OVERHEAD] = t->overhead_s};
    size_t best = 0;
    for (size_t i = 1; i < 4; i++)
        if (value[i] > value[best])
            best = i;
    return (enum bound)best;
}

static struct phase phase_of(const struct serve_case *c, const struct step_load *load, double steps,
                             double time_s, double flop) {
    struct step_time t = step_parts(&c->model, load);
    return (struct phase){.time_s = time_s,
                          .flop = flop,
                          .compute_s = steps * t.compute_s,
                          .memory_s = steps * t.memory_s,
                          .communication_s = steps * t.communication_s,
                          .overhead_s = steps * t.overhead_s,
                          .bound = largest(&t)};
}

/* FLOP of one token on all GPUs of a replica, attention over `keys` keys included. */
static double token_flop(const struct step_shape *shape, double keys, bool decoding) {
    double flop = shape->token_flop + shape->expert_token_flop + (decoding ? shape->head_flop : 0);
    for (size_t i = 0; i < shape->attention_count; i++) {
        const struct step_attention *kind = &shape->attention[i];
        double seen = kind->window_keys > 0 ? fmin(keys, kind->window_keys) : keys;
        flop += seen * (decoding ? kind->decode_flop_per_key : kind->prefill_flop_per_pair);
    }
    return flop * shape->group;
}

static double step_bytes(const struct step_shape *shape, double batch, double keys) {
    double bytes = shape->weight_bytes + shape->head_bytes;
    if (shape->experts > 0)
        bytes += shape->expert_bytes / shape->experts *
                 step_experts_touched(shape->experts, shape->experts_per_token, batch);
    for (size_t i = 0; i < shape->attention_count; i++) {
        const struct step_attention *kind = &shape->attention[i];
        double seen = kind->window_keys > 0 ? fmin(keys, kind->window_keys) : keys;
        bytes += batch * (seen * kind->kv_bytes_per_key + kind->fixed_bytes);
    }
    return bytes * shape->group;
}

/* `served` of the batch's sequences are those of one replica. */
static struct pace pace_of(const struct serve_case *c, const struct serve_result *r, double batch,
                           double served) {
    struct pace pace = {.feasible = true, .batch = batch};
    pace.output_tokens_per_s = r->output_tokens_per_s * (batch / served);
    pace.total_tokens_per_s = pace.output_tokens_per_s * (1 + c->input_tokens / c->output_tokens);
    pace.output_tokens_per_s_per_request = c->output_tokens / r->request_s;
    pace.ttft_s = r->ttft_s;
    pace.tpot_s = r->tpot_s;
    pace.request_s = r->request_s;
    return pace;
}

/* What the rates are made of: phases and the roofline. */
static void fill(struct outcome *out, const struct scenario *s, const struct serve_case *c,
                 const struct step_shape *shape, const struct serve_result *r) {
    double context = c->input_tokens + c->output_tokens / 2;
    double fresh = c->input_tokens * (1 - c->cached_share);
    double prompt =
        fresh * token_flop(shape, c->input_tokens / 2, false) + shape->head_flop * shape->group;
    double decode = token_flop(shape, context, true);
    bool all_at_once = s->serving == SERVING_STATIC;
    out->prefill =
        phase_of(c, &r->prefill_load, all_at_once ? r->prefill_steps : 1, r->prefill_s, prompt);
    out->decode = phase_of(c, &r->decode_load, 1, r->step_s, decode);
    double bits = precision_info(s->weights)->bits_per_weight;
    double sparse = shape->experts > 0 ? shape->experts / shape->experts_per_token : 1;
    out->arithmetic_intensity = r->running * decode / step_bytes(shape, r->running, context);
    out->ridge_point = shape->flop_per_s / shape->memory_bytes_per_s;
    out->critical_batch = out->ridge_point * bits / 16 * sparse;
}

static bool same_shape(const struct calibrated_place *a, const struct calibrated_place *b) {
    return a->model == b->model && a->weights == b->weights && a->kv == b->kv &&
           a->layout.tensor_parallel == b->layout.tensor_parallel &&
           a->layout.expert_parallel == b->layout.expert_parallel &&
           a->layout.attention_replicas == b->layout.attention_replicas;
}

/* The step model of the place, from what is kept of the last one. */
static void set_place(struct calibrated_case *ready, const struct calibrated_place *place) {
    const struct calibrated_place *kept = &ready->place;
    bool engine = kept->calibration == place->calibration, gpu = kept->gpu == place->gpu;
    bool shape = same_shape(kept, place);
    if (engine && gpu && shape)
        return;
    if (!engine)
        set_engine(place->calibration, &ready->serve);
    if (!engine || !gpu)
        ready->family = calibration_family_of(place->calibration, place->gpu);
    if (!shape)
        ready->shape = shape_of(place->model, place->gpu, place->weights, place->kv, place->layout);
    else if (!gpu)
        shape_move(&ready->shape, place->gpu, place->weights);
    step_model_set(&ready->serve.model, &ready->shape, place->calibration, ready->family);
    ready->place = *place;
}

bool calibrated_prepare(const struct scenario *s, const struct outcome *begun,
                        struct calibrated_case *ready) {
    if (s->gpu->memory_bytes_per_s <= 0 || s->gpu->flop_per_s[COMPUTE_16] <= 0 ||
        gpu_flop_per_s(s->gpu, s->weights, NULL) <= 0)
        return false;
    struct calibrated_place place = {s->model,   s->gpu, s->calibration,
                                     s->weights, s->kv,  layout_of(s, begun)};
    set_place(ready, &place);
    set_serving(s, begun, &ready->serve);
    ready->steady = serve_steady_of(&ready->serve);
    ready->outside = outside(s, &ready->family, begun->tensor_parallel);
    return true;
}

/* Of the outcome's batch; `out` says of how many replicas. */
static struct pace pace_at(const struct scenario *s, const struct calibrated_case *ready,
                           const struct outcome *out, double batch, struct serve_result *r) {
    const struct serve_case *c = &ready->serve;
    double served = replica_batch(s, out, batch);
    if (s->serving == SERVING_STATIC)
        serve_static_at(c, served, r);
    else
        serve_continuous_at(c, &ready->steady, served, r);
    struct pace pace = pace_of(c, r, batch, served);
    pace.extrapolated_why = ready->outside ? ready->outside : batch_outside(s, batch);
    pace.provenance = pace.extrapolated_why ? FROM_EXTRAPOLATED : out->provenance;
    return pace;
}

struct pace calibrated_pace(const struct scenario *s, const struct calibrated_case *ready,
                            const struct outcome *begun, double batch) {
    struct serve_result r;
    return pace_at(s, ready, begun, batch, &r);
}

struct pace calibrated_pace_parts(const struct scenario *s, const struct calibrated_case *ready,
                                  const struct outcome *begun, double batch, struct phase *decode) {
    struct serve_result r;
    struct pace pace = pace_at(s, ready, begun, batch, &r);
    *decode = phase_of(&ready->serve, &r.decode_load, 1, r.step_s, NAN);
    return pace;
}

void calibrated_finish(const struct scenario *s, const struct calibrated_case *ready,
                       struct outcome *out) {
    struct serve_result r;
    struct pace pace = pace_at(s, ready, out, out->batch, &r);
    out->provenance = pace.provenance;
    out->extrapolated_why = pace.extrapolated_why;
    out->output_tokens_per_s = pace.output_tokens_per_s;
    out->total_tokens_per_s = pace.total_tokens_per_s;
    out->output_tokens_per_s_per_request = pace.output_tokens_per_s_per_request;
    out->ttft_s = pace.ttft_s;
    out->tpot_s = pace.tpot_s;
    out->request_s = pace.request_s;
    fill(out, s, &ready->serve, &ready->shape, &r);
}

struct outcome calibrated(const struct scenario *asked) {
    struct scenario s = *asked;
    calibrated_lay_out(&s);
    struct outcome out = estimate_begin(&s, FROM_CALIBRATED);
    struct calibrated_case ready = {0};
    if (out.feasible && calibrated_prepare(&s, &out, &ready))
        calibrated_finish(&s, &ready, &out);
    else if (out.feasible)
        out.feasible = false, out.reason = REASON_SPEC_MISSING;
    return out;
}
