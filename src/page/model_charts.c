/* A model's charts: throughput by GPU, the Pareto frontier of speed and price, and the price of
   idling against the API market. */
#include "page/economics.h"

#include "engine/combination.h"
#include "engine/cost.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>

#define MOST_GPUS 5
#define MOST_POINTS 10

struct curve {
    uint32_t gpu;
    const struct pick *pick;
    size_t count;
    double batch[MOST_POINTS], rate[MOST_POINTS], each[MOST_POINTS], million[MOST_POINTS];
    enum provenance from[MOST_POINTS];
    enum chart_mark marks[MOST_POINTS];
};

static void trace(const struct model_page *m, struct curve *curve) {
    const struct catalog *catalog = m->plan->catalog;
    const struct pick *pick = curve->pick;
    struct scenario scenario = plan_scenario(m->plan, m->model, &catalog->gpus[curve->gpu],
                                             pick->gpus, pick->weights, m->workload, 1);
    struct combination ready = {0};
    combination_begin(&ready, &scenario);
    combination_workload(&ready, m->workload->input_tokens, m->workload->output_tokens);
    double limit = fmin(combination_max_batch(&ready), 256);
    for (double batch = 1; curve->count < MOST_POINTS; batch *= 2) {
        size_t i = curve->count;
        struct outcome outcome = combination_at(&ready, fmin(batch, limit));
        if (!outcome.feasible)
            break;
        struct cost cost = cost_of(&outcome, &scenario, pick->usd_per_hour, catalog->site.gamma, 1);
        curve->batch[i] = outcome.batch;
        curve->rate[i] = outcome.output_tokens_per_s;
        curve->each[i] = outcome.output_tokens_per_s_per_request;
        curve->million[i] = cost.usd_per_million_output;
        curve->from[i] = outcome.provenance;
        curve->marks[i] = draft_mark(outcome.provenance);
        curve->count++;
        if (batch >= limit)
            break;
    }
}

static const char *curve_name(const struct model_page *m, const struct curve *curve) {
    return words_gpus(m->arena, curve->pick->gpus, phrase_gpu(&m->plan->catalog->gpus[curve->gpu]));
}

static const char *throughput_finding(const struct model_page *m, const struct curve *curves,
                                      size_t count) {
    const struct curve *fastest = &curves[0];
    for (size_t i = 1; i < count; i++)
        if (curves[i].rate[curves[i].count - 1] > fastest->rate[fastest->count - 1])
            fastest = &curves[i];
    return arena_printf(m->arena, "%s %s the most: %s at %s requests", curve_name(m, fastest),
                        fastest->pick->gpus > 1 ? "give" : "gives",
                        words_unit(m->arena, fastest->rate[fastest->count - 1], "tokens/s"),
                        words_exact(m->arena, fastest->batch[fastest->count - 1]));
}

static void throughput_chart(struct model_page *m, struct curve *curves, size_t count) {
    struct chart_series *series = ARENA_ARRAY(m->arena, count, struct chart_series);
    for (size_t i = 0; i < count; i++)
        series[i] = (struct chart_series){.name = curve_name(m, &curves[i]),
                                          .kind = SERIES_LINE,
                                          .mark = curves[i].marks[0],
                                          .marks = curves[i].marks,
                                          .colour = (int)i,
                                          .x = curves[i].batch,
                                          .y = curves[i].rate,
                                          .count = curves[i].count};
    struct chart *chart = ARENA_NEW(m->arena, struct chart);
    *chart = (struct chart){.kind = CHART_LINE,
                            .id = "throughput",
                            .title = throughput_finding(m, curves, count),
                            .x = {.label = "Requests at once", .unit = "", .log = true},
                            .y = {.label = "Output", .unit = "tokens/s", .log = true},
                            .series = series,
                            .series_count = count};
    draft_chart(&m->draft, "throughput", chart, NULL);
}

struct point {
    double each, million;
    size_t curve;
    enum provenance from;
};

static int faster_first(const void *left, const void *right) {
    const struct point *a = left, *b = right;
    if (a->each != b->each)
        return a->each > b->each ? -1 : 1;
    return (a->million > b->million) - (a->million < b->million);
}

/* Points no other point beats in both speed and price, slowest first. */
static size_t frontier(struct point *points, size_t count) {
    size_t kept = 0;
    qsort(points, count, sizeof *points, faster_first);
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (points[i].million >= least)
            continue;
        least = points[i].million;
        points[kept++] = points[i];
    }
    for (size_t i = 0; i < kept / 2; i++) {
        struct point swap = points[i];
        points[i] = points[kept - 1 - i];
        points[kept - 1 - i] = swap;
    }
    return kept;
}

static const char *pareto_finding(const struct model_page *m, const struct curve *curves,
                                  const struct point *points, size_t count) {
    const struct curve *slow = &curves[points[0].curve], *fast = &curves[points[count - 1].curve];
    size_t changes = 0, first = 0;
    for (size_t i = 1; i < count; i++)
        if (points[i].curve != points[i - 1].curve && changes++ == 0)
            first = i;
    const char *verb = slow->pick->gpus > 1 ? "are" : "is";
    if (changes == 0)
        return arena_printf(m->arena, "%s %s cheapest at every speed", curve_name(m, slow), verb);
    if (changes == 1)
        return arena_printf(m->arena, "%s %s cheapest up to %s each, then %s", curve_name(m, slow),
                            verb, words_unit(m->arena, points[first - 1].each, "tokens/s"),
                            curve_name(m, fast));
    if (slow == fast)
        return arena_printf(m->arena, "%s %s cheapest when slow and when fast", curve_name(m, slow),
                            verb);
    return arena_printf(m->arena, "%s %s cheapest when slow, %s when fast", curve_name(m, slow),
                        verb, curve_name(m, fast));
}

static struct table *frontier_table(struct model_page *m, const struct curve *curves,
                                    const struct point *points, size_t count) {
    static const struct column columns[] = {
        {"gpus", "On the frontier", NULL, false, false},
        {"output_tokens_per_s_per_request", "Each request", "tokens/s", true, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
    };
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        enum provenance from = points[i].from;
        rows_put(&rows, value_text(curve_name(m, &curves[points[i].curve])));
        rows_put(&rows, value_from(value_number(m->arena, points[i].each), from, NULL));
        rows_put(&rows, value_from(value_usd(m->arena, points[i].million), from, NULL));
    }
    return rows_table(&rows, "Nothing is both faster and cheaper than these");
}

static void pareto_chart(struct model_page *m, struct curve *curves, size_t count) {
    struct point *points = ARENA_ARRAY(m->arena, count * MOST_POINTS, struct point);
    struct chart_series *series = ARENA_ARRAY(m->arena, count + 1, struct chart_series);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < curves[i].count; k++)
            points[n++] =
                (struct point){curves[i].each[k], curves[i].million[k], i, curves[i].from[k]};
        series[i] = (struct chart_series){.name = curve_name(m, &curves[i]),
                                          .kind = SERIES_POINTS,
                                          .mark = curves[i].marks[0],
                                          .marks = curves[i].marks,
                                          .colour = (int)i,
                                          .x = curves[i].each,
                                          .y = curves[i].million,
                                          .count = curves[i].count};
    }
    size_t kept = frontier(points, n);
    double *x = ARENA_ARRAY(m->arena, kept, double), *y = ARENA_ARRAY(m->arena, kept, double);
    for (size_t i = 0; i < kept; i++)
        x[i] = points[i].each, y[i] = points[i].million;
    series[count] = (struct chart_series){
        .name = "Best", .kind = SERIES_FRONTIER, .colour = 5, .x = x, .y = y, .count = kept};
    struct chart *chart = model_speed_price_chart(
        m->arena, "pareto", pareto_finding(m, curves, points, kept), series, count + 1);
    draft_chart(&m->draft, "pareto", chart, frontier_table(m, curves, points, kept));
}

struct chart *model_speed_price_chart(struct arena *arena, const char *id, const char *title,
                                      const struct chart_series *series, size_t series_count) {
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){.kind = CHART_SCATTER,
                            .id = id,
                            .title = title,
                            .x = {.label = "Each request", .unit = "tokens/s", .log = true},
                            .y = {.label = "Always busy",
                                  .unit = "$ per 1M output tokens",
                                  .log = true,
                                  .less_is_better = true},
                            .series = series,
                            .series_count = series_count};
    return chart;
}

void model_charts(struct model_page *m) {
    uint32_t gpus[MOST_GPUS];
    size_t chosen = plan_cheapest(m->plan, m->index, true, gpus, MOST_GPUS), count = 0;
    struct curve *curves = ARENA_ARRAY(m->arena, MOST_GPUS, struct curve);
    for (size_t i = 0; i < chosen; i++) {
        struct curve *curve = &curves[count];
        *curve = (struct curve){.gpu = gpus[i], .pick = plan_pick(m->plan, m->index, gpus[i])};
        trace(m, curve);
        count += curve->count >= 2;
    }
    if (count == 0)
        return;
    pareto_chart(m, curves, count);
    throughput_chart(m, curves, count);
}
