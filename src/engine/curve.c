/* Curves over context and batch: see curve.h. */
#include "engine/curve.h"

#include "catalog/calibration.h"
#include "engine/combination.h"

#include <math.h>
#include <string.h>

double curve_crossover(const struct model *model, enum precision weights, enum precision kv,
                       double batch) {
    double low = 1, high = 1e8, weights_bytes = memory_weights_bytes(model, weights);
    struct memory_kv lines = memory_kv_of(model, kv, 1);
    if (memory_kv_at(&lines, high) * batch < weights_bytes)
        return INFINITY;
    while (high / low > 1.001) {
        double middle = sqrt(low * high);
        if (memory_kv_at(&lines, middle) * batch < weights_bytes)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* What a step reads follows from its operations and their intensity, which knows the experts it
   touches; where there is no intensity, all weights and all KV. */
static double read_bytes_of(const struct scenario *s, const struct curve_point *p) {
    double bytes = p->batch * p->ours.decode.flop / p->ours.arithmetic_intensity;
    return isfinite(bytes) ? bytes
                           : memory_weights_bytes(s->model, s->weights) + p->batch * p->kv_bytes;
}

static double prefill_share_of(const struct scenario *s, const struct outcome *o) {
    bool all_at_once = s->serving == SERVING_STATIC;
    return fmin((all_at_once ? o->ttft_s : o->prefill.time_s) / o->request_s, 1);
}

static void describe(const struct scenario *s, const struct memory_kv *lines,
                     struct curve_point *p) {
    p->kv_bytes = memory_kv_at(lines, p->context_tokens);
    p->read_bytes = p->kv_share = p->bandwidth_bytes_per_s = p->bandwidth_share = p->waste_share =
        p->prefill_share = NAN;
    if (!p->ours.feasible)
        return;
    double middle = memory_kv_at(lines, s->input_tokens + s->output_tokens / 2);
    p->read_bytes = read_bytes_of(s, p);
    p->kv_share = fmin(p->batch * middle / p->read_bytes, 1);
    p->bandwidth_bytes_per_s = p->read_bytes / p->ours.decode.time_s;
    p->bandwidth_share = p->bandwidth_bytes_per_s / (s->gpu->memory_bytes_per_s * s->gpu_count);
    const char *engine = s->calibration ? s->calibration->engine : NULL;
    double spare = (fmax(memory_plan_of(engine).block_tokens, 1) - 1) / 2;
    p->waste_share = spare / (p->context_tokens + spare);
    p->prefill_share = prefill_share_of(s, &p->ours);
}

/* The engine and the theory beside it, each prepared once for many points. */
struct pair_of_engines {
    struct scenario scenario;
    struct combination *ours, theory;
    struct memory_kv lines; /* the cache of one sequence on one GPU */
    bool with_theory;
};

static void begin(struct pair_of_engines *e, const struct scenario *scenario,
                  struct combination *ours, bool with_theory) {
    e->scenario = *scenario;
    e->ours = ours;
    e->lines = memory_kv_of(scenario->model, scenario->kv, 1);
    e->with_theory = with_theory;
    if (!with_theory)
        return;
    struct scenario theory = *scenario;
    memset(&e->theory, 0, sizeof e->theory);
    theory.calibration = NULL;
    theory.serving = SERVING_STATIC;
    theory.compute_efficiency = theory.memory_efficiency = 1;
    combination_begin(&e->theory, &theory);
}

static void set_lengths(struct pair_of_engines *e, double input, double output) {
    e->scenario.input_tokens = input;
    e->scenario.output_tokens = output;
    combination_workload(e->ours, input, output);
    if (e->with_theory)
        combination_workload(&e->theory, input, output);
}

static void set_point(const struct pair_of_engines *e, double batch, struct curve_point *p) {
    p->context_tokens = e->scenario.input_tokens + e->scenario.output_tokens;
    p->batch = batch;
    p->ours = e->ours->begun;
    combination_fill(e->ours, batch, &p->ours);
    p->theory = e->with_theory ? combination_at(&e->theory, batch)
                               : estimate_unknown(FROM_FIRST_PRINCIPLES);
    describe(&e->scenario, &e->lines, p);
}

static size_t along_contexts(const struct scenario *scenario, struct combination *ours,
                             const struct curve_ask *ask, struct curve_point *points, size_t most) {
    double longest = scenario->model->context_tokens ? scenario->model->context_tokens : 32768;
    struct pair_of_engines engines;
    size_t n = 0;
    begin(&engines, scenario, ours, ask->with_theory);
    for (; n < most; n++) {
        double tokens = round(1024 * pow(2, (double)n / ask->per_doubling));
        if (tokens > longest)
            break;
        set_lengths(&engines, tokens - ask->reply_tokens, ask->reply_tokens);
        double fits = combination_max_batch(ours);
        if (fits < 1)
            break;
        set_point(&engines, fmin(fits, ask->batch), &points[n]);
        if (!points[n].ours.feasible)
            break;
    }
    return n;
}

size_t curve_contexts(const struct scenario *scenario, const struct curve_ask *ask,
                      struct curve_point *points, size_t most) {
    struct combination ours = {0};
    combination_begin(&ours, scenario);
    return along_contexts(scenario, &ours, ask, points, most);
}

size_t curve_contexts_of(struct combination *begun, const struct curve_ask *ask,
                         struct curve_point *points, size_t most) {
    struct curve_ask alone = *ask;
    alone.with_theory = false;
    return along_contexts(&begun->scenario, begun, &alone, points, most);
}

size_t curve_batches(const struct scenario *scenario, const struct curve_ask *ask,
                     struct curve_point *points, size_t most) {
    struct pair_of_engines engines;
    size_t n = 0;
    struct combination ours = {0};
    combination_begin(&ours, scenario);
    begin(&engines, scenario, &ours, ask->with_theory);
    set_lengths(&engines, scenario->input_tokens, scenario->output_tokens);
    double top = fmax(fmin(combination_max_batch(&ours), ask->batch), 1);
    for (double b = 1; b < top && n + 1 < most; b *= 2)
        set_point(&engines, b, &points[n++]);
    set_point(&engines, top, &points[n++]);
    return n;
}

static bool is_16_bit(enum precision p) {
    return p == PRECISION_BF16 || p == PRECISION_FP16;
}

bool curve_measures(const struct scenario *s, const struct benchmark *row) {
    enum precision weights =
        row->weights == PRECISION_NONE ? s->model->native_precision : row->weights;
    bool same_weights = weights == s->weights || (is_16_bit(weights) && is_16_bit(s->weights));
    return row->model == s->model && row->gpu == s->gpu && row->gpu_count == s->gpu_count &&
           row->batch > 0 && same_weights && isfinite(row->output_tokens_per_s_system) &&
           row->input_tokens == s->input_tokens && row->output_tokens == s->output_tokens &&
           (!s->calibration || (row->engine && strcmp(calibration_engine_id(row->engine),
                                                      s->calibration->engine) == 0));
}
