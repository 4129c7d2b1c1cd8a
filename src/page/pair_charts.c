/* Charts of a pair under load: throughput and the speed of each request against the batch in
   theory, calibrated and measured, and where a step's time goes. */
#include "page/pair_load.h"

#include "base/sample.h"
#include "page/words.h"

#include <math.h>

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
    double most = 0;
    if (load->count < 2)
        return "One request at a time is all that fits";
    for (size_t i = 0; i <= last; i++)
        most = fmax(most, load->rate[i]);
    for (size_t i = 1; i <= last; i++) {
        double doublings = log2(load->batch[i] / load->batch[i - 1]);
        double gain = pow(load->rate[i] / load->rate[i - 1], 1 / doublings);
        if (gain < 1.25)
            return WORDS_JOIN(arena, "Throughput levels off from batch ",
                              words_exact(arena, load->batch[i - 1]), ": at most ",
                              words_unit(arena, most, "tokens/s"));
    }
    return WORDS_JOIN(
        arena, "Throughput still grows at batch ", words_exact(arena, load->batch[last]), ": ",
        words_times(arena, load->rate[last] / load->rate[0]), " what one request gets");
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

static const double *copy(struct arena *arena, const double *values, size_t count) {
    double *out = arena_room(arena, count, sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = values[i];
    return out;
}

/* What was measured, and a second time shared by the batch: what each request gets. */
static struct chart_series measured_points(struct arena *arena, const struct load *load) {
    double *x = ARENA_ARRAY(arena, 2 * load->count, double);
    double *y = ARENA_ARRAY(arena, 2 * load->count, double);
    for (size_t i = 0; i < load->count; i++) {
        x[i] = x[load->count + i] = load->batch[i];
        y[i] = load->measured_rate[i];
        y[load->count + i] = load->batch[i] > 1 ? y[i] / x[i] : NAN;
    }
    return (struct chart_series){.name = "Measured",
                                 .kind = SERIES_POINTS,
                                 .mark = MARK_FILLED,
                                 .colour = 2,
                                 .x = x,
                                 .y = y,
                                 .count = 2 * load->count};
}

static struct chart_series line(const char *name, const double *x, const double *y, size_t count,
                                int colour) {
    return (struct chart_series){
        .name = name, .kind = SERIES_LINE, .colour = colour, .x = x, .y = y, .count = count};
}

/* Solid as far as the engine was fitted, dashed from there on; all of it solid, and called what it
   is, where it lies within or outside as a whole. Returns how many series that takes. */
static size_t put_calibrated(struct chart_series *out, const struct load *load, const double *x,
                             const double *y) {
    size_t within = load->within, all = load->count;
    if (within == 0 || within == all) {
        out[0] = line(within ? "Calibrated" : "Extrapolated", x, y, all, 0);
        return 1;
    }
    out[0] = line("Calibrated", x, y, within, 0);
    out[1] = line("Extrapolated", x + within - 1, y + within - 1, all - within + 1, 0);
    out[1].dashed = true;
    return 2;
}

void load_throughput(struct pair *c, const struct load *load) {
    struct arena *arena = c->arena;
    struct chart_series *series = arena_room(arena, 5, sizeof *series);
    struct chart *chart = ARENA_NEW(arena, struct chart);
    size_t n = 0, count = load->count;
    const double *x = copy(arena, load->batch, count);
    series[n] = line("First principles", x, copy(arena, load->theory_rate, count), count, 1);
    series[n++].dashed = true;
    if (load->calibrated)
        n += put_calibrated(series + n, load, x, copy(arena, load->rate, count));
    if (load->measured.count)
        series[n++] = measured_points(arena, load);
    if (count > 1)
        series[n++] = line("Each request", x, copy(arena, load->each, count), count,
                           load->calibrated ? 0 : 1);
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
void load_efficiency(struct pair *c, const struct load *load) {
    if (load->measured.count == 0)
        return;
    struct arena *arena = c->arena;
    double *measured = ARENA_ARRAY(arena, load->count, double);
    double *ours = ARENA_ARRAY(arena, load->count, double), least = INFINITY, most = 0;
    enum chart_mark *marks = ARENA_ARRAY(arena, load->count, enum chart_mark);
    for (size_t i = 0; i < load->count; i++) {
        measured[i] = round(1000 * load->measured_rate[i] / load->theory_rate[i]) / 10;
        ours[i] = round(1000 * load->rate[i] / load->theory_rate[i]) / 10;
        marks[i] = draft_mark(load->ours[i].provenance);
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
    series[1] = (struct chart_series){.name = load->within ? "Calibrated" : "Extrapolated",
                                      .kind = SERIES_LINE,
                                      .mark = marks[0],
                                      .marks = marks,
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
    enum bound first = load->decode[0].bound;
    size_t i = 1;
    while (i < load->count && load->decode[i].bound == first)
        i++;
    if (i == load->count)
        return WORDS_JOIN(arena, "Decoding is bound by ", bound_name(first), " at every batch");
    return WORDS_JOIN(arena, "Decoding is bound by ", bound_name(first), " below batch ",
                      words_exact(arena, load->batch[i]), ", then by ",
                      bound_name(load->decode[i].bound));
}

void load_split(struct pair *c, const struct load *load) {
    static const char *const names[] = {"Memory", "Compute", "Communication", "Overhead"};
    struct arena *arena = c->arena;
    size_t n = 0, shown = 0;
    const char **labels = arena_room(arena, load->count, sizeof *labels);
    double *x = arena_room(arena, load->count, sizeof *x);
    struct chart_series *series = arena_room(arena, 4, sizeof *series);
    size_t index[MOST_BATCHES]; /* every third batch, and the last: neighbours look alike */
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
        double *y = arena_room(arena, shown, sizeof *y), most = 0;
        for (size_t i = 0; i < shown; i++)
            most = fmax(most, y[i] = round(1000 * part(&load->decode[index[i]], which)) / 10);
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
