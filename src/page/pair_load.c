/* Load: throughput against the batch in theory, calibrated and measured, and where a step's time
   goes. */
#include "page/pair.h"

#include "base/sample.h"
#include "engine/accuracy.h"
#include "engine/combination.h"
#include "engine/cost.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

#define MOST_BATCHES 24

struct load {
    struct scenario scenario; /* without the batch */
    struct measured_curve measured;
    size_t count;
    double batch[MOST_BATCHES];
    struct outcome ours[MOST_BATCHES];
    double rate[MOST_BATCHES], theory_rate[MOST_BATCHES], measured_rate[MOST_BATCHES];
    bool calibrated;
};

static void measured_batches(struct load *load) {
    load->scenario.batch = 1;
    for (size_t i = 0; i < load->measured.count && load->count < MOST_BATCHES; i++) {
        double batch = load->measured.rows[i]->batch;
        if (batch > 0 && (load->count == 0 || batch > load->batch[load->count - 1]))
            load->batch[load->count++] = batch;
    }
}

/* What was measured at three batches or more, else the page's own configuration. */
static void choose_setup(struct pair *c, struct load *load) {
    load->measured = measured_longest(c->plan, c->model_index, c->gpu_index);
    if (load->measured.count >= 3) {
        load->scenario = measured_scenario(c->plan, load->measured.rows[0]);
        measured_batches(load);
        return;
    }
    load->measured.count = 0;
    load->scenario =
        plan_scenario(c->plan, c->model, c->gpu, c->pick->gpus, c->pick->weights, c->workload, 0);
}

static double rate_of(const struct outcome *outcome) {
    return outcome->feasible ? outcome->output_tokens_per_s : NAN;
}

/* The prediction is that of the accuracy page, which knows how the row was run. */
static void set_measured(const struct page_plan *plan, struct load *load, size_t i,
                         const struct benchmark *row) {
    const struct accuracy_row *accuracy = measured_accuracy(plan, row);
    load->measured_rate[i] = row->output_tokens_per_s_system;
    if (load->calibrated && !accuracy->skipped && isfinite(accuracy->ratio))
        load->rate[i] = accuracy->ratio * row->output_tokens_per_s_system;
}

static void evaluate(const struct page_plan *plan, struct load *load) {
    struct scenario scenario = load->scenario;
    struct combination ours = {0}, theory = {0};
    load->calibrated = scenario.calibration != NULL;
    combination_begin(&ours, &scenario);
    combination_workload(&ours, scenario.input_tokens, scenario.output_tokens);
    scenario.calibration = NULL;
    scenario.serving = SERVING_STATIC;
    combination_begin(&theory, &scenario);
    combination_workload(&theory, scenario.input_tokens, scenario.output_tokens);
    if (load->count == 0) { /* 1, 2, 4 ... to the largest that fits */
        double top = fmin(combination_max_batch(&ours), 256);
        for (double b = 1; b < top && load->count + 1 < MOST_BATCHES; b *= 2)
            load->batch[load->count++] = b;
        load->batch[load->count++] = fmax(top, 1);
    }
    for (size_t i = 0; i < load->count; i++) {
        load->ours[i] = combination_at(&ours, load->batch[i]);
        struct outcome ideal = combination_at(&theory, load->batch[i]);
        load->rate[i] = rate_of(&load->ours[i]);
        load->theory_rate[i] = rate_of(&ideal);
        load->measured_rate[i] = NAN;
        for (size_t r = 0; r < load->measured.count; r++)
            if (load->measured.rows[r]->batch == load->batch[i])
                set_measured(plan, load, i, load->measured.rows[r]);
    }
}

/* Median of |predicted/measured - 1| over the batches that were measured. */
static double median_error(const struct load *load, const double *predicted) {
    double errors[MOST_BATCHES];
    size_t n = 0;
    for (size_t i = 0; i < load->count; i++)
        if (isfinite(load->measured_rate[i]) && isfinite(predicted[i]))
            errors[n++] = fabs(predicted[i] / load->measured_rate[i] - 1);
    return sample_median(errors, n);
}

/* The first batch after which doubling gains less than a quarter. */
static const char *levelling(struct arena *arena, const struct load *load) {
    size_t last = load->count - 1;
    if (load->count < 2)
        return "One request at a time is all that fits";
    for (size_t i = 1; i <= last; i++) {
        double doublings = log2(load->batch[i] / load->batch[i - 1]);
        double gain = pow(load->rate[i] / load->rate[i - 1], 1 / doublings);
        if (gain < 1.25)
            return arena_printf(arena, "Throughput levels off from batch %s, near %s",
                                words_exact(arena, load->batch[i - 1]),
                                words_unit(arena, load->rate[i], "tokens/s"));
    }
    return arena_printf(arena, "Throughput still grows at batch %s: %s what one request gets",
                        words_exact(arena, load->batch[last]),
                        words_times(arena, load->rate[last] / load->rate[0]));
}

static const char *finding(struct arena *arena, const struct load *load) {
    double error = median_error(load, load->rate);
    if (!isfinite(error))
        return levelling(arena, load);
    const char *own = words_percent(arena, error);
    if (!load->calibrated)
        return arena_printf(arena, "First principles miss the measurements by %s", own);
    return arena_printf(arena,
                        "The calibrated engine misses the measurements by %s, first "
                        "principles by %s",
                        own, words_percent(arena, median_error(load, load->theory_rate)));
}

static void load_cells(struct pair *c, const struct load *load, struct rows *rows, size_t i,
                       double usd_per_hour) {
    struct arena *arena = c->arena;
    const struct outcome *ours = &load->ours[i];
    enum provenance from = ours->provenance;
    rows_put(rows, value_exact(arena, load->batch[i]));
    rows_put(rows,
             value_from(value_number(arena, load->theory_rate[i]), FROM_FIRST_PRINCIPLES, NULL));
    if (load->calibrated)
        rows_put(rows, value_from(value_number(arena, load->rate[i]), from, NULL));
    if (load->measured.count)
        rows_put(rows, value_from(value_number(arena, load->measured_rate[i]), FROM_MEASURED,
                                  load->measured.rows[0]->source));
    if (!ours->feasible) {
        rows_put_infeasible(rows, ours->reason, 3);
        return;
    }
    struct cost cost =
        cost_of(ours, &load->scenario, usd_per_hour, c->plan->catalog->site.gamma, 1);
    rows_put(rows,
             value_from(value_number(arena, ours->output_tokens_per_s_per_request), from, NULL));
    rows_put(rows, value_from(value_seconds(arena, ours->ttft_s), from, NULL));
    rows_put(rows, value_from(value_usd(arena, cost.usd_per_million_output), from, NULL));
}

/* Columns of what was calibrated or measured only where something was. */
static struct table *load_table(struct pair *c, const struct load *load) {
    static const struct column all[] = {
        {"batch", "Batch", NULL, true, false},
        {"first_principles_tokens_per_s", "First principles", "tokens/s", true, false},
        {"tokens_per_s", "Calibrated", "tokens/s", true, false},
        {"measured_tokens_per_s", "Measured", "tokens/s", true, false},
        {"tokens_per_s_per_request", "Each", "tokens/s", true, false},
        {"ttft_s", "First token", NULL, true, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
    };
    struct arena *arena = c->arena;
    struct column *columns = ARENA_ARRAY(arena, COUNT_OF(all), struct column);
    size_t used = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if ((i != 2 || load->calibrated) && (i != 3 || load->measured.count))
            columns[used++] = all[i];
    struct rows rows = rows_begin(arena, columns, used, load->count);
    double hour =
        c->pick->listing ? listing_usd_per_hour(c->pick->listing, load->scenario.gpu_count) : NAN;
    for (size_t i = 0; i < load->count; i++)
        load_cells(c, load, &rows, i, hour);
    return rows_table(&rows,
                      arena_printf(arena, "%s, %s, %s tokens in, %s out%s%s",
                                   words_gpus(arena, load->scenario.gpu_count, phrase_gpu(c->gpu)),
                                   phrase_precision(load->scenario.weights),
                                   words_exact(arena, load->scenario.input_tokens),
                                   words_exact(arena, load->scenario.output_tokens),
                                   load->measured.count ? "; measured: " : "",
                                   load->measured.count ? load->measured.rows[0]->source : ""));
}

static const double *copy(struct arena *arena, const double *values, size_t count) {
    double *out = ARENA_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++)
        out[i] = values[i];
    return out;
}

static void throughput_chart(struct pair *c, const struct load *load) {
    struct arena *arena = c->arena;
    struct chart_series *series = ARENA_ARRAY(arena, 3, struct chart_series);
    struct chart *chart = ARENA_NEW(arena, struct chart);
    const double *x = copy(arena, load->batch, load->count);
    size_t n = 0;
    series[n++] = (struct chart_series){.name = "First principles",
                                        .kind = SERIES_LINE,
                                        .colour = 1,
                                        .dashed = true,
                                        .x = x,
                                        .y = copy(arena, load->theory_rate, load->count),
                                        .count = load->count};
    if (load->calibrated)
        series[n++] = (struct chart_series){.name = "Calibrated",
                                            .kind = SERIES_LINE,
                                            .colour = 0,
                                            .x = x,
                                            .y = copy(arena, load->rate, load->count),
                                            .count = load->count};
    if (load->measured.count)
        series[n++] = (struct chart_series){.name = "Measured",
                                            .kind = SERIES_POINTS,
                                            .mark = MARK_FILLED,
                                            .colour = 2,
                                            .x = x,
                                            .y = copy(arena, load->measured_rate, load->count),
                                            .count = load->count};
    *chart = (struct chart){.kind = CHART_LINE,
                            .id = "throughput",
                            .title = finding(arena, load),
                            .x = {.label = "Batch", .unit = "sequences", .log = true},
                            .y = {.label = "Output", .unit = "tokens/s", .log = true},
                            .series = series,
                            .series_count = n};
    draft_chart(&c->draft, "throughput", chart, load_table(c, load));
}

/* How much of the theory is reached: by the measurements, and by the calibrated engine. */
static void efficiency_chart(struct pair *c, const struct load *load) {
    struct arena *arena = c->arena;
    double *measured = ARENA_ARRAY(arena, load->count, double);
    double *ours = ARENA_ARRAY(arena, load->count, double), least = INFINITY, most = 0;
    if (load->measured.count == 0)
        return;
    for (size_t i = 0; i < load->count; i++) {
        measured[i] = round(1000 * load->measured_rate[i] / load->theory_rate[i]) / 10;
        ours[i] = round(1000 * load->rate[i] / load->theory_rate[i]) / 10;
        least = fmin(least, measured[i]); /* skips what was not measured */
        most = fmax(most, measured[i]);
    }
    if (!(most > 0))
        return;
    const double *x = copy(arena, load->batch, load->count);
    struct chart_series *series = ARENA_ARRAY(arena, 2, struct chart_series);
    series[0] = (struct chart_series){.name = "Measured",
                                      .kind = SERIES_POINTS,
                                      .mark = MARK_FILLED,
                                      .x = x,
                                      .y = measured,
                                      .count = load->count};
    series[1] = (struct chart_series){.name = "Calibrated",
                                      .kind = SERIES_LINE,
                                      .mark = MARK_HALF,
                                      .x = x,
                                      .y = ours,
                                      .count = load->count};
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_LINE,
        .id = "efficiency",
        .title = arena_printf(arena, "Measurements reach %s to %s of first principles",
                              words_percent(arena, least / 100), words_percent(arena, most / 100)),
        .x = {.label = "Batch", .unit = "sequences", .log = true},
        .y = {.label = "Of first principles", .unit = "%", .from_zero = true},
        .series = series,
        .series_count = load->calibrated ? 2 : 1,
        .height = 280};
    draft_chart(&c->draft, "efficiency", chart, NULL);
}

static double part(const struct phase *step, int which) {
    const double parts[] = {step->memory_s, step->compute_s, step->communication_s,
                            step->overhead_s};
    return parts[which] / (parts[0] + parts[1] + parts[2] + parts[3]);
}

/* "Memory bounds every step", "Memory bounds the step up to batch 64, compute beyond". */
static const char *split_finding(struct arena *arena, const struct load *load) {
    enum bound first = load->ours[0].decode.bound;
    size_t i = 1;
    while (i < load->count && load->ours[i].decode.bound == first)
        i++;
    if (i == load->count)
        return arena_printf(arena, "Decoding is bound by %s at every batch", bound_name(first));
    return arena_printf(arena, "Decoding is bound by %s below batch %s, then by %s",
                        bound_name(first), words_exact(arena, load->batch[i]),
                        bound_name(load->ours[i].decode.bound));
}

static void split_chart(struct pair *c, const struct load *load) {
    static const char *const names[] = {"Memory", "Compute", "Communication", "Overhead"};
    struct arena *arena = c->arena;
    size_t n = 0, shown = 0;
    const char **labels = ARENA_ARRAY(arena, load->count, const char *);
    double *x = ARENA_ARRAY(arena, load->count, double);
    struct chart_series *series = ARENA_ARRAY(arena, 4, struct chart_series);
    /* Every third batch, and the last: neighbours look alike. */
    size_t *index = ARENA_ARRAY(arena, load->count, size_t);
    for (size_t i = 0; i < load->count && load->ours[i].feasible; i++) {
        if (i % 3 && i + 1 < load->count)
            continue;
        index[shown] = i;
        labels[shown] = words_exact(arena, load->batch[i]);
        x[shown] = (double)shown;
        shown++;
    }
    if (shown < 2)
        return;
    for (int which = 0; which < 4; which++) {
        double *y = ARENA_ARRAY(arena, shown, double), most = 0;
        for (size_t i = 0; i < shown; i++)
            most = fmax(most, y[i] = round(1000 * part(&load->ours[index[i]].decode, which)) / 10);
        if (most > 0)
            series[n++] = (struct chart_series){.name = names[which],
                                                .kind = SERIES_BAR,
                                                .colour = which,
                                                .x = x,
                                                .y = y,
                                                .count = shown};
    }
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_STACKED,
        .id = "split",
        .title = split_finding(arena, load),
        .x = {.label = "Batch", .unit = "sequences", .categories = labels, .category_count = shown},
        .y = {.label = "Share of a decode step's work", .unit = "%", .from_zero = true},
        .series = series,
        .series_count = n,
        .height = 280};
    draft_chart(&c->draft, "split", chart, NULL);
}

void pair_throughput(struct pair *c) {
    struct load load; /* its rows are written before they are read */
    load.count = 0;
    choose_setup(c, &load);
    evaluate(c->plan, &load);
    throughput_chart(c, &load);
    efficiency_chart(c, &load);
    split_chart(c, &load);
}
