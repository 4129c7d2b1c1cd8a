/* What every engine shares: names of reasons and sources, the default scenario, parallel degrees,
   the checks that need no clock, and the choice of the engine. */
#include "engine/estimate.h"

#include <math.h>
#include <stddef.h>

static const struct {
    const char *code, *sentence;
} reasons[REASON_COUNT] = {
    [REASON_NONE] = {"none", "Nothing stands in the way."},
    [REASON_DOES_NOT_FIT] = {"does-not-fit", "The weights, the runtime and the KV cache of one "
                                             "sequence need more memory than these GPUs have."},
    [REASON_HEADS_NOT_DIVISIBLE] =
        {"heads-not-divisible",
         "The attention heads cannot be divided over this many GPUs: vLLM and "
         "SGLang refuse to start so; llama.cpp splits by layers instead."},
    [REASON_PRECISION_UNSUPPORTED] = {"precision-unsupported",
                                      "This GPU cannot compute with this weight format."},
    [REASON_CONTEXT_TOO_LONG] = {"context-too-long",
                                 "Input and output together exceed the model's context."},
    [REASON_NO_PRICE] = {"no-price", "No price is known for this GPU in this number."},
    [REASON_STALE_PRICE] = {"stale-price", "The only prices known are older than the limit."},
    [REASON_SPEC_MISSING] =
        {"spec-missing",
         "A figure this needs is missing from the description of the GPU or the model."},
};

const char *reason_code(enum reason reason) {
    return reasons[reason].code;
}

const char *reason_sentence(enum reason reason) {
    return reasons[reason].sentence;
}

struct str provenance_str(enum provenance provenance) {
    static const struct str names[] = {[FROM_MEASURED] = STR_CONSTANT("measured"),
                                       [FROM_CALIBRATED] = STR_CONSTANT("calibrated"),
                                       [FROM_EXTRAPOLATED] = STR_CONSTANT("extrapolated"),
                                       [FROM_FIRST_PRINCIPLES] = STR_CONSTANT("first-principles"),
                                       [FROM_INPUT] = STR_CONSTANT("input")};
    return names[provenance];
}

const char *bound_name(enum bound bound) {
    static const char *const names[] = {[BOUND_COMPUTE] = "compute",
                                        [BOUND_MEMORY] = "memory",
                                        [BOUND_COMMUNICATION] = "communication",
                                        [BOUND_OVERHEAD] = "overhead"};
    return names[bound];
}

bool estimate_parallel(const struct scenario *s, uint32_t *tensor, uint32_t *pipeline,
                       uint32_t *data) {
    uint32_t node = s->gpu->max_per_node ? s->gpu->max_per_node : 8, n = s->gpu_count;
    uint32_t p = s->pipeline_parallel, d = s->data_parallel ? s->data_parallel : 1;
    uint32_t t = s->tensor_parallel, of_replica = d > 1 ? n / d : n;
    if (!t) {
        t = p > 1 ? of_replica / p : of_replica;
        if (!p && t > node)
            t = node;
    }
    if (!t)
        return false;
    if (!p)
        p = t < of_replica ? of_replica / t : 1;
    *tensor = t;
    *pipeline = p;
    *data = d;
    return t * p * d == n && memory_tensor_parallel_fits(s->model, t);
}

struct outcome estimate_unknown(enum provenance provenance) {
    struct phase none = {NAN, NAN, NAN, NAN, NAN, NAN, BOUND_COMPUTE};
    return (struct outcome){.provenance = provenance,
                            .prefill = none,
                            .decode = none,
                            .output_tokens_per_s = NAN,
                            .total_tokens_per_s = NAN,
                            .output_tokens_per_s_per_request = NAN,
                            .ttft_s = NAN,
                            .tpot_s = NAN,
                            .request_s = NAN,
                            .arithmetic_intensity = NAN,
                            .ridge_point = NAN,
                            .critical_batch = NAN};
}

struct outcome estimate_begin(const struct scenario *s, enum provenance provenance) {
    struct outcome out = estimate_unknown(provenance);
    enum reason memory_reason = REASON_NONE;
    out.batch = s->batch;
    out.parameters = parameters_count(s->model);
    if (!estimate_parallel(s, &out.tensor_parallel, &out.pipeline_parallel, &out.data_parallel))
        out.reason = REASON_HEADS_NOT_DIVISIBLE;
    out.memory = estimate_memory(s, &memory_reason);
    out.memory_exceeded =
        memory_reason == REASON_NONE && s->batch / out.data_parallel > out.memory.max_batch;
    if (out.reason == REASON_NONE)
        out.reason = memory_reason;
    double context = s->input_tokens + s->output_tokens;
    if (out.reason == REASON_NONE && s->model->context_tokens && context > s->model->context_tokens)
        out.reason = REASON_CONTEXT_TOO_LONG;
    if (!(s->batch > 0))
        out.batch = out.memory.max_batch * (out.data_parallel ? out.data_parallel : 1);
    if (out.reason == REASON_NONE && !(out.batch >= 1))
        out.reason = REASON_DOES_NOT_FIT;
    out.feasible = out.reason == REASON_NONE;
    return out;
}

struct outcome estimate(const struct scenario *scenario) {
    return scenario->calibration ? calibrated(scenario) : first_principles(scenario);
}
