/* What a fit hands out: calibrations with the range of their data and their errors. */
#include "base/sample.h"
#include "catalog/gpu.h"
#include "engine/calibrate_problem.h"

#include <math.h>
#include <string.h>

struct calibration_error calibrate_error(const struct calibrate_problem *p,
                                         const struct calibration *software, const double *ratios,
                                         struct arena *scratch) {
    struct calibration_error error = {0};
    double *errors = ARENA_ARRAY(scratch, p->count + 1, double), sum = 0, within = 0;
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        if (p->cases[i].skipped || p->cases[i].calibration != software ||
            p->cases[i].kind == ACCURACY_WAVES || !isfinite(ratios[i]))
            continue;
        errors[n] = fabs(ratios[i] - 1);
        sum += errors[n];
        within += errors[n++] <= 0.25;
    }
    if (n == 0)
        return error;
    error.rows = (uint32_t)n;
    error.median = sample_median(errors, n);
    error.mean = sum / (double)n;
    error.within_25 = within / (double)n;
    return error;
}

static void widen(struct calibration_range *range, const struct accuracy_case *c, bool first) {
    const struct benchmark *row = c->row;
    double context = row->input_tokens + row->output_tokens;
    range->input_min = first ? row->input_tokens : fmin(range->input_min, row->input_tokens);
    range->output_min = first ? row->output_tokens : fmin(range->output_min, row->output_tokens);
    range->input_max = fmax(range->input_max, row->input_tokens);
    range->output_max = fmax(range->output_max, row->output_tokens);
    range->context_max = fmax(range->context_max, context);
    range->batch_max = fmax(range->batch_max, c->serve.batch);
    if (c->tensor_parallel > range->tensor_parallel_max)
        range->tensor_parallel_max = c->tensor_parallel;
    range->weights |= 1u << c->weights;
    if (c->weights == PRECISION_BF16 || c->weights == PRECISION_FP16)
        range->weights |= 1u << PRECISION_BF16 | 1u << PRECISION_FP16;
    range->experts = range->experts || c->shape.experts > 0;
}

static void add_source(struct calibration *out, const char **sources, const char *source) {
    for (size_t i = 0; i < out->source_count; i++)
        if (strcmp(sources[i], source) == 0)
            return;
    sources[out->source_count++] = source;
}

/* Families that this engine, of any version, was measured on; others are known through the other
   engines, but for consumer parts, whose peak means something else there. */
static void count_families(const struct calibrate_problem *p, struct calibration *out) {
    size_t kept = 0;
    for (size_t f = 0; f < p->family_count; f++) {
        struct calibration_family family = out->family[f];
        for (size_t i = 0; i < p->count; i++)
            family.rows += p->used[i] && p->case_family[i] == f &&
                           strcmp(p->cases[i].calibration->engine, out->engine) == 0;
        if (family.rows > 0 || !strstr(family.name, "GeForce"))
            out->family[kept++] = family;
    }
    out->family_count = kept;
}

/* How many prompts come before a new one, per square root of the sequences at once: the median of
   what the measured times to the first token say. It moves no throughput, so it is found after
   the fit. */
static double prompt_burst(const struct calibrate_problem *p, size_t software,
                           const struct calibration *fitted, struct arena *scratch) {
    double *found = ARENA_ARRAY(scratch, p->count + 1, double);
    struct calibration plain = *fitted;
    size_t n = 0;
    plain.value[CAL_PROMPT_BURST] = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct accuracy_case *c = &p->cases[i];
        if (!p->used[i] || p->case_software[i] != software || c->kind == ACCURACY_WAVES ||
            !(c->row->ttft_ms > 0) || c->row->scenario != SCENARIO_FIXED_CONCURRENCY ||
            c->serve.batch < 2)
            continue;
        struct step_model model =
            step_model_make(&c->shape, &plain, plain.family[p->case_family[i]]);
        struct serve_result r = accuracy_serve(c, &model);
        found[n++] = (c->row->ttft_ms * 1e-3 - r.ttft_s) / (r.prefill_s * sqrt(c->serve.batch - 1));
    }
    const struct calibration_parameter_info *info = &calibration_parameters[CAL_PROMPT_BURST];
    if (n < 8)
        return fitted->value[CAL_PROMPT_BURST];
    return fmin(fmax(sample_median(found, n), info->low), info->high);
}

struct calibration_set calibrate_result(const struct calibrate_problem *p, struct arena *arena) {
    struct calibration *items = ARENA_ARRAY(arena, p->software_count + 1, struct calibration);
    double *ratios = ARENA_ARRAY(arena, p->count + 1, double);
    calibrate_ratios(p, ratios);
    for (size_t k = 0; k < p->software_count; k++) {
        struct calibration *out = &items[k];
        const char **sources = ARENA_ARRAY(arena, p->count + 1, const char *);
        problem_expand(p, p->x, k, out);
        out->rows = 0;
        out->range = (struct calibration_range){0};
        out->source_count = 0;
        for (size_t i = 0; i < p->count; i++) {
            if (!p->used[i] || p->case_software[i] != k)
                continue;
            widen(&out->range, &p->cases[i], out->rows++ == 0);
            add_source(out, sources, p->cases[i].row->source ? p->cases[i].row->source : "unnamed");
        }
        out->sources = sources;
        out->value[CAL_PROMPT_BURST] = prompt_burst(p, k, out, arena);
        count_families(p, out);
        out->fitted = calibrate_error(p, &p->software[k], ratios, arena);
        out->left_out = out->left_out_gpu = out->left_out_source = (struct calibration_error){0};
    }
    return (struct calibration_set){.items = items, .count = p->software_count};
}
