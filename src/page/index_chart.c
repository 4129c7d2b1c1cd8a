/* The front page's chart: what a token costs against how many parameters it passes. */
#include "page/index.h"

#include "page/words.h"

#include <math.h>
#include <string.h>

struct line { /* least squares of log y on log x */
    double n, x, y, xx, xy;
};

static void add(struct line *line, double x, double y) {
    line->n += 1;
    line->x += x, line->y += y, line->xx += x * x, line->xy += x * y;
}

static double slope(const struct line *line) {
    double spread = line->n * line->xx - line->x * line->x;
    return spread > 0 ? (line->n * line->xy - line->x * line->y) / spread : NAN;
}

/* What doubling the active parameters multiplies the price by. */
static const char *finding(struct arena *arena, const struct line *line) {
    double factor = pow(2, slope(line));
    if (!isfinite(factor) || line->n < 5)
        return "The price of a token against the parameters it passes";
    return arena_printf(arena, "Twice the active parameters cost %s as much",
                        words_times(arena, factor));
}

void index_chart(struct draft *draft, const struct page_plan *plan) {
    struct arena *arena = draft->arena;
    size_t models = plan->catalog->model_count, n[2] = {0};
    struct chart_series *series = ARENA_ARRAY(arena, 2, struct chart_series);
    double *x[2], *y[2];
    const char **labels[2];
    struct line line = {0};
    for (int kind = 0; kind < 2; kind++) {
        x[kind] = ARENA_ARRAY(arena, models + 1, double);
        y[kind] = ARENA_ARRAY(arena, models + 1, double);
        labels[kind] = ARENA_ARRAY(arena, models + 1, const char *);
    }
    for (uint32_t m = 0; m < models; m++) {
        const struct best *best = plan_best(plan, m, 0);
        if (best->gpu == UINT32_MAX)
            continue;
        double active = (double)plan->parameters[m].active;
        int kind = active < 0.9 * (double)plan->parameters[m].total;
        x[kind][n[kind]] = active / 1e9;
        y[kind][n[kind]] = best->pick.usd_per_million;
        labels[kind][n[kind]++] = plan->catalog->models[m].name;
        add(&line, log(active), log(best->pick.usd_per_million));
    }
    if (n[0] + n[1] < 2)
        return;
    static const char *const names[] = {"Dense", "Mixture of experts"};
    size_t used = 0;
    for (int kind = 0; kind < 2; kind++)
        if (n[kind])
            series[used++] = (struct chart_series){.name = names[kind],
                                                   .kind = SERIES_POINTS,
                                                   .mark = MARK_HALF,
                                                   .colour = kind,
                                                   .x = x[kind],
                                                   .y = y[kind],
                                                   .labels = labels[kind],
                                                   .count = n[kind]};
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_SCATTER,
        .id = "prices",
        .title = finding(arena, &line),
        .x = {.label = "Active parameters", .unit = "billion", .log = true},
        .y = {.label = "Best offer, always busy", .unit = "$ per 1M output tokens", .log = true},
        .series = series,
        .series_count = used};
    draft_chart(draft, "prices", chart, NULL);
}
