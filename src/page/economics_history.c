/* What a GPU has cost where: its dated on-demand prices, platform by platform. */
#include "page/economics.h"

#include "engine/history.h"
#include "page/phrases.h"
#include "page/words.h"

enum { MOST_PLATFORMS = 6, FEWEST_POINTS = 3 };

static const char *finding(struct arena *arena, const struct gpu *gpu,
                           const struct chart_series *first) {
    double from = first->y[0], to = first->y[first->count - 1];
    const char *verb = to > from * 1.02 ? "rose" : to < from * 0.98 ? "fell" : "stayed, going";
    return arena_printf(arena, "%s at %s %s from %s to %s", phrase_gpu(gpu), first->name, verb,
                        words_usd(arena, from), words_usd(arena, to));
}

void economics_history(struct draft *draft, const struct page_plan *plan, uint32_t gpu) {
    struct arena *arena = draft->arena;
    const struct priced_platform *list = plan->gpu_markets[gpu].prices;
    size_t platforms = plan->gpu_markets[gpu].price_count, used = 0;
    struct chart_series *series = ARENA_ARRAY(arena, MOST_PLATFORMS, struct chart_series);
    for (size_t i = 0; i < platforms && used < MOST_PLATFORMS; i++) {
        const struct price_point *points = list[i].points;
        size_t count = list[i].count;
        if (count < FEWEST_POINTS)
            continue;
        double *x = ARENA_ARRAY(arena, count, double), *y = ARENA_ARRAY(arena, count, double);
        for (size_t k = 0; k < count; k++)
            x[k] = points[k].day, y[k] = points[k].usd_per_gpu_hour;
        series[used] = (struct chart_series){.name = list[i].name,
                                             .kind = SERIES_STEP,
                                             .colour = (int)used,
                                             .x = x,
                                             .y = y,
                                             .count = count};
        used++;
    }
    if (used == 0)
        return;
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_LINE,
        .id = "price-history",
        .title = finding(arena, &plan->catalog->gpus[gpu], &series[0]),
        .x = {.label = "Day", .unit = "", .date = true},
        .y = {.label = "On demand, lowest of the day", .unit = "$ per GPU-hour", .from_zero = true},
        .series = series,
        .series_count = used,
        .height = 280};
    draft_chart(draft, "price_history", chart, NULL);
}
