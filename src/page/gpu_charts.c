/* A GPU's roofline, and the history of its price. */
#include "page/gpu.h"

#include "base/sample.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_MONTHS 40
#define FEWEST_SELLERS 3 /* in a month of the price history */
#define FEWEST_MONTHS 3

/* The reference model's decode steps as points under the roof: batch 1, 8, 64 and the pick's. */
static struct chart_series decode_points(struct gpu_page *g) {
    struct chart_series series = {.kind = SERIES_POINTS, .colour = 2, .mark = MARK_HALF};
    uint32_t reference = g->plan->reference_model;
    const struct model *model = &g->plan->catalog->models[reference];
    const struct pick *pick = plan_pick(g->plan, reference, g->index);
    if (g->plan->catalog->model_count == 0 || pick->reason != REASON_NONE)
        return series;
    double *x = ARENA_ARRAY(g->arena, 4, double), *y = ARENA_ARRAY(g->arena, 4, double);
    const char **labels = ARENA_ARRAY(g->arena, 4, const char *);
    enum chart_mark *marks = ARENA_ARRAY(g->arena, 4, enum chart_mark);
    const double batches[] = {1, 8, 64, pick->batch};
    for (size_t i = 0; i < COUNT_OF(batches); i++) {
        if (batches[i] > pick->batch || (i == 3 && series.count && batches[i] <= batches[2] &&
                                         batches[i] == batches[series.count - 1]))
            continue;
        struct scenario scenario = plan_scenario(g->plan, model, g->gpu, pick->gpus, pick->weights,
                                                 g->workload, batches[i]);
        struct outcome outcome = estimate(&scenario);
        if (!outcome.feasible || !(outcome.arithmetic_intensity > 0))
            continue;
        x[series.count] = outcome.arithmetic_intensity;
        y[series.count] =
            outcome.decode.flop * batches[i] / outcome.decode.time_s / pick->gpus / 1e12;
        marks[series.count] = draft_mark(outcome.provenance);
        labels[series.count] =
            arena_printf(g->arena, "batch %s", words_exact(g->arena, batches[i]));
        series.count++;
    }
    series.name = arena_printf(g->arena, "%s, decoding", model->name);
    series.x = x;
    series.y = y;
    series.labels = labels;
    series.marks = marks;
    series.mark = marks[0];
    return series;
}

/* "91", and "1,190" as the ridge itself is rounded. */
static const char *requests_at_ridge(struct arena *arena, double ridge) {
    return ridge < 1000 ? words_exact(arena, round(ridge)) : words_number(arena, ridge);
}

void gpu_roofline(struct gpu_page *g) {
    static const char *const names[COMPUTE_COUNT] = {NULL, "16 bit", "FP8", "INT8", "FP4"};
    struct arena *arena = g->arena;
    double bandwidth = g->gpu->memory_bytes_per_s, peak16 = g->gpu->flop_per_s[COMPUTE_16];
    if (!(bandwidth > 0 && peak16 > 0))
        return;
    struct chart_series *series = ARENA_ARRAY(arena, COMPUTE_COUNT + 1, struct chart_series);
    size_t n = 0;
    double drawn = 0;
    for (int unit = COMPUTE_16; unit < COMPUTE_COUNT; unit++) {
        double peak = g->gpu->flop_per_s[unit];
        if (!(peak > 0) || peak == drawn)
            continue;
        drawn = peak;
        double *x = ARENA_ARRAY(arena, 3, double), *y = ARENA_ARRAY(arena, 3, double);
        x[0] = 0.5, x[1] = peak / bandwidth, x[2] = fmax(4096, 4 * peak / bandwidth);
        for (int i = 0; i < 3; i++)
            y[i] = fmin(peak, x[i] * bandwidth) / 1e12;
        series[n] = (struct chart_series){.name = names[unit],
                                          .kind = SERIES_LINE,
                                          .colour = n == 0 ? 0 : (int)n + 2,
                                          .x = x,
                                          .y = y,
                                          .count = 3};
        n++;
    }
    struct chart_series points = decode_points(g);
    if (points.count)
        series[n++] = points;
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_ROOFLINE,
        .id = "roofline",
        .title =
            arena_printf(arena, "Memory is the limit below %s: about %s requests at once in 16 bit",
                         words_unit(arena, peak16 / bandwidth, "FLOP per byte"),
                         requests_at_ridge(arena, peak16 / bandwidth)),
        .x = {.label = "Arithmetic intensity", .unit = "FLOP per byte", .log = true},
        .y = {.label = "Reachable", .unit = "TFLOP/s per GPU", .log = true},
        .series = series,
        .series_count = n};
    draft_chart(&g->draft, "roofline", chart, NULL);
}

struct month {
    int number;     /* months since year 0 */
    double *prices; /* of a GPU-hour: each seller's lowest, cheapest first */
    const char **sellers;
    size_t count;
};

static int month_of(const char *date) {
    int year = atoi(date), month = strlen(date) >= 7 ? atoi(date + 5) : 1;
    return year * 12 + month - 1;
}

/* One price a seller: a list of forty regions is no forty opinions. */
static void month_add(struct month *month, const struct offer *offer) {
    double price = offer->on_demand_usd_per_hour / offer->gpu_count;
    for (size_t i = 0; i < month->count; i++)
        if (strcmp(month->sellers[i], offer->platform_id) == 0) {
            month->prices[i] = fmin(month->prices[i], price);
            return;
        }
    month->sellers[month->count] = offer->platform_id;
    month->prices[month->count++] = price;
}

/* The latest months of the history, which comes oldest first. */
static size_t collect_months(const struct gpu_page *g, struct month *months) {
    size_t most = g->market->history_count + 1, n = 0;
    double *prices = ARENA_ARRAY(g->arena, most, double);
    const char **sellers = ARENA_ARRAY(g->arena, most, const char *);
    for (size_t i = 0; i < g->market->history_count; i++) {
        int number = month_of(g->market->history[i]->as_of);
        if (n == 0 || months[n - 1].number != number) {
            if (n == MOST_MONTHS) {
                memmove(months, months + 1, (MOST_MONTHS - 1) * sizeof *months);
                n--;
            }
            months[n++] =
                (struct month){.number = number, .prices = prices + i, .sellers = sellers + i};
        }
        month_add(&months[n - 1], g->market->history[i]);
    }
    size_t full = 0; /* one or two sellers make no market, unless there is nothing else */
    for (size_t i = 0; i < n; i++)
        full += months[i].count >= FEWEST_SELLERS;
    for (size_t i = 0, kept = 0; full >= FEWEST_MONTHS && i < n; i++)
        if (months[i].count >= FEWEST_SELLERS)
            months[kept++] = months[i];
    return full >= FEWEST_MONTHS ? full : n;
}

/* Days from 1970-01-01 to the middle of a month; months count from year 0. */
static double days_of_month(int number) {
    return floor((number - 1970 * 12) * 365.2425 / 12) + 15;
}

static const char *month_words(struct arena *arena, int number) {
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return arena_printf(arena, "%s %d", names[number % 12], number / 12);
}

/* The same with how many sellers stand behind each month; their prices are in order. */
static const struct table *history_table(struct arena *arena, const struct month *months, size_t n,
                                         const char *caption) {
    static const struct column columns[] = {
        {"month", "Month", NULL, false, false},
        {"median", "Median", "$ per GPU-hour", true, false},
        {"lowest", "Lowest", "$ per GPU-hour", true, false},
        {"sellers", "Sellers", NULL, true, false},
    };
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), n);
    for (size_t i = 0; i < n; i++) {
        rows_put(&rows, value_text(month_words(arena, months[i].number)));
        rows_put(&rows, value_usd_listed(arena, sample_median(months[i].prices, months[i].count)));
        rows_put(&rows, value_usd_listed(arena, months[i].prices[0]));
        rows_put(&rows, value_exact(arena, (double)months[i].count));
    }
    return rows_table(&rows, caption);
}

void gpu_history(struct gpu_page *g) {
    struct arena *arena = g->arena;
    struct month *months = ARENA_ARRAY(arena, MOST_MONTHS, struct month);
    size_t n = collect_months(g, months);
    if (n < FEWEST_MONTHS)
        return;
    const char **labels = ARENA_ARRAY(arena, n, const char *);
    double *x = ARENA_ARRAY(arena, n, double), *low = ARENA_ARRAY(arena, n, double);
    double *median = ARENA_ARRAY(arena, n, double);
    for (size_t i = 0; i < n; i++) {
        const struct month *month = &months[i];
        x[i] = days_of_month(month->number);
        median[i] = sample_median(month->prices, month->count);
        low[i] = month->prices[0];
        labels[i] = month_words(arena, month->number);
    }
    struct chart_series *series = ARENA_ARRAY(arena, 2, struct chart_series);
    series[0] = (struct chart_series){
        .name = "Median", .kind = SERIES_LINE, .colour = 0, .x = x, .y = median, .count = n};
    series[1] = (struct chart_series){
        .name = "Lowest", .kind = SERIES_LINE, .colour = 1, .x = x, .y = low, .count = n};
    double least = INFINITY, most = 0;
    for (size_t i = 0; i < n; i++)
        least = fmin(least, median[i]), most = fmax(most, median[i]);
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_LINE,
        .id = "history",
        .title =
            arena_printf(arena, "The median of %s: %s in %s; %s to %s since %s",
                         words_plural(arena, (double)months[n - 1].count, "seller"),
                         words_usd_listed(arena, median[n - 1]), labels[n - 1],
                         words_usd_listed(arena, least), words_usd_listed(arena, most), labels[0]),
        .x = {.label = "Month", .unit = "", .date = true},
        .y = {.label = "On demand", .unit = "$ per GPU-hour", .from_zero = true},
        .series = series,
        .series_count = 2,
        .height = 280};
    draft_chart(&g->draft, "history", chart, history_table(arena, months, n, chart->title));
}
