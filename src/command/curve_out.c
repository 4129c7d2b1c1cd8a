/* Curves over context and batch as JSON and as a table. */
#include "command/curve_out.h"

#include "base/num.h"
#include "command/json_out.h"
#include "engine/accuracy.h"
#include "engine/curve.h"

#include <math.h>

#define MOST_POINTS 64
#define REPLY_TOKENS 256.0
#define POINTS_PER_DOUBLING 1

static double rate_of(const struct outcome *o) {
    return o->feasible ? o->output_tokens_per_s : NAN;
}

static void put_split(struct json_out *j, const struct phase *step) {
    json_out_open(j, "decode_step", '{');
    json_out_number(j, "step_s", step->time_s);
    json_out_number(j, "memory_s", step->memory_s);
    json_out_number(j, "compute_s", step->compute_s);
    json_out_number(j, "communication_s", step->communication_s);
    json_out_number(j, "overhead_s", step->overhead_s);
    json_out_text(j, "bound", bound_name(step->bound));
    json_out_close(j, '}');
}

static void put_point(struct json_out *j, const struct curve_point *p) {
    const struct outcome *o = &p->ours;
    json_out_open(j, NULL, '{');
    json_out_number(j, "context_tokens", p->context_tokens);
    json_out_number(j, "batch", p->batch);
    json_out_bool(j, "feasible", o->feasible);
    json_out_text(j, "reason", o->feasible ? NULL : reason_code(o->reason));
    json_out_text(j, "provenance", o->feasible ? provenance_name(o->provenance) : NULL);
    json_out_number(j, "output_tokens_per_s", rate_of(o));
    json_out_number(j, "output_tokens_per_s_per_request", o->output_tokens_per_s_per_request);
    json_out_number(j, "theory_output_tokens_per_s", rate_of(&p->theory));
    json_out_number(j, "efficiency", rate_of(o) / rate_of(&p->theory));
    json_out_number(j, "ttft_s", o->ttft_s);
    json_out_number(j, "tpot_s", o->tpot_s);
    json_out_number(j, "kv_bytes_per_sequence", p->kv_bytes);
    json_out_number(j, "read_bytes_per_step", p->read_bytes);
    json_out_number(j, "kv_share_of_reads", p->kv_share);
    json_out_number(j, "effective_bandwidth_bytes_per_s", p->bandwidth_bytes_per_s);
    json_out_number(j, "bandwidth_share", p->bandwidth_share);
    json_out_number(j, "fragmentation_share", p->waste_share);
    json_out_number(j, "prefill_share", p->prefill_share);
    json_out_number(j, "arithmetic_intensity", o->arithmetic_intensity);
    put_split(j, &o->decode);
    json_out_close(j, '}');
}

/* Rows of this very set-up: what was measured over what theory and engine say. */
static void put_measured(struct json_out *j, const struct project *project,
                         const struct scenario *s) {
    struct scenario theory = *s;
    theory.calibration = NULL;
    theory.serving = SERVING_STATIC;
    theory.compute_efficiency = theory.memory_efficiency = 1;
    json_out_open(j, "measured", '[');
    for (size_t i = 0; i < project->catalog.benchmark_count; i++) {
        const struct benchmark *row = &project->catalog.benchmarks[i];
        if (!curve_measures(s, row))
            continue;
        theory.batch = row->batch;
        struct outcome ideal = estimate(&theory);
        struct accuracy_row ours = accuracy_of(row, &project->calibrations);
        json_out_open(j, NULL, '{');
        json_out_whole(j, "batch", row->batch);
        json_out_number(j, "output_tokens_per_s", row->output_tokens_per_s_system);
        json_out_number(j, "efficiency", row->output_tokens_per_s_system / rate_of(&ideal));
        json_out_number(j, "predicted_over_measured", ours.ratio);
        json_out_text(j, "engine", row->engine);
        json_out_text(j, "source", row->source);
        json_out_text(j, "date", row->date);
        json_out_close(j, '}');
    }
    json_out_close(j, ']');
}

static void put_crossover(struct json_out *j, const struct scenario *s, double batch) {
    json_out_open(j, "kv_outgrows_weights_at_tokens", '{');
    json_out_number(j, "one_sequence", curve_crossover(s->model, s->weights, s->kv, 1));
    json_out_number(j, "batch", curve_crossover(s->model, s->weights, s->kv, batch));
    json_out_close(j, '}');
}

static void put_json(struct buf *out, const struct project *project, const struct answer *a,
                     int curve, const struct curve_point *points, size_t n) {
    const struct scenario *s = &a->scenario;
    struct json_out json = {.out = out}, *j = &json;
    double batch = a->outcome.batch > 0 ? a->outcome.batch : 1;
    json_out_open(j, NULL, '{');
    json_out_text(j, "curve", curve == CURVE_CONTEXT ? "context" : "batch");
    answer_json_setup(a, j);
    json_out_number(j, "weights_bytes", memory_weights_bytes(s->model, s->weights));
    json_out_number(j, "ridge_point", a->outcome.ridge_point);
    json_out_number(j, "critical_batch", a->outcome.critical_batch);
    put_crossover(j, s, batch);
    json_out_open(j, "points", '[');
    for (size_t i = 0; i < n; i++)
        put_point(j, &points[i]);
    json_out_close(j, ']');
    put_measured(j, project, s);
    json_out_close(j, '}');
    buf_putc(out, '\n');
}

static void put_cell(struct buf *out, double value, int digits) {
    char text[NUM_MAX] = "-";
    if (isfinite(value))
        num_significant(text, value, digits);
    buf_printf(out, " %10s", text);
}

static void put_table(struct buf *out, const struct curve_point *points, size_t n) {
    buf_printf(out, " %9s %10s %10s %10s %10s %10s %10s %10s %10s  %s\n", "context", "batch",
               "tokens/s", "theory", "KV share", "GB/s", "of peak", "waste", "prefill", "bound by");
    for (size_t i = 0; i < n; i++) {
        const struct curve_point *p = &points[i];
        const double cells[] = {rate_of(&p->ours),  rate_of(&p->theory),
                                p->kv_share,        p->bandwidth_bytes_per_s / 1e9,
                                p->bandwidth_share, p->waste_share,
                                p->prefill_share};
        put_cell(out, p->context_tokens, 6);
        put_cell(out, p->batch, 4);
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
            put_cell(out, cells[k], 3);
        buf_printf(out, "  %s\n",
                   p->ours.feasible ? bound_name(p->ours.decode.bound)
                                    : reason_code(p->ours.reason));
    }
}

void curve_put(struct buf *out, const struct project *project, const struct answer *a, int curve,
               double limit, bool json) {
    struct curve_point points[MOST_POINTS];
    struct curve_ask ask = {.batch = limit,
                            .reply_tokens = REPLY_TOKENS,
                            .per_doubling = POINTS_PER_DOUBLING,
                            .with_theory = true};
    if (curve == CURVE_CONTEXT)
        ask.batch = a->outcome.batch > 0 ? a->outcome.batch : 1;
    size_t n = curve == CURVE_CONTEXT ? curve_contexts(&a->scenario, &ask, points, MOST_POINTS)
                                      : curve_batches(&a->scenario, &ask, points, MOST_POINTS);
    if (json)
        put_json(out, project, a, curve, points, n);
    else
        put_table(out, points, n);
}
