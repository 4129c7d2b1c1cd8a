/* The front page's chart: what a token costs against how many parameters it passes. */
#include "page/index.h"

#include "page/families.h"
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
    struct families families = families_begin(draft->arena, plan);
    struct line line = {0};
    for (uint32_t m = 0; m < plan->catalog->model_count; m++) {
        const struct best *best = plan_best(plan, m, 0);
        if (best->gpu == UINT32_MAX)
            continue;
        families_add(&families, plan, m, best->pick.usd_per_million, best->pick.provenance);
        add(&line, log((double)plan->parameters[m].active), log(best->pick.usd_per_million));
    }
    if (families.count[0] + families.count[1] < 2)
        return;
    draft_chart(draft, "prices",
                families_chart(draft->arena, &families, "prices", finding(draft->arena, &line),
                               (struct chart_axis){.label = "Best offer, always busy",
                                                   .unit = "$ per 1M output tokens",
                                                   .log = true}),
                NULL);
}
