/* Frontiers of speed against price, and which input moves a price most. */
#include "engine/economics.h"

#include <math.h>
#include <stdlib.h>

static int by_group_and_price(const void *a, const void *b) {
    const struct pareto_point *p = a, *q = b;
    if (p->group != q->group)
        return p->group < q->group ? -1 : 1;
    bool finite_p = isfinite(p->usd_per_million) && isfinite(p->tokens_per_s_per_user);
    bool finite_q = isfinite(q->usd_per_million) && isfinite(q->tokens_per_s_per_user);
    if (finite_p != finite_q)
        return finite_p ? -1 : 1;
    if (finite_p &&
        (p->usd_per_million < q->usd_per_million || p->usd_per_million > q->usd_per_million))
        return p->usd_per_million < q->usd_per_million ? -1 : 1;
    if (finite_p && (p->tokens_per_s_per_user > q->tokens_per_s_per_user ||
                     p->tokens_per_s_per_user < q->tokens_per_s_per_user))
        return p->tokens_per_s_per_user > q->tokens_per_s_per_user ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

size_t economics_pareto(struct pareto_point *points, size_t count) {
    size_t found = 0;
    double fastest = -INFINITY;
    if (count > 1)
        qsort(points, count, sizeof *points, by_group_and_price);
    for (size_t i = 0; i < count; i++) {
        struct pareto_point *p = &points[i];
        if (i == 0 || p->group != points[i - 1].group)
            fastest = -INFINITY;
        p->frontier = isfinite(p->usd_per_million) && isfinite(p->tokens_per_s_per_user) &&
                      p->tokens_per_s_per_user > fastest;
        if (p->frontier) {
            fastest = p->tokens_per_s_per_user;
            found++;
        }
    }
    return found;
}

static const char *const factor_names[FACTORS] = {[FACTOR_PRICE] = "price per hour",
                                                  [FACTOR_UTILISATION] = "utilisation",
                                                  [FACTOR_GAMMA] = "input price / output price",
                                                  [FACTOR_INPUT] = "input tokens",
                                                  [FACTOR_OUTPUT] = "output tokens"};

struct point { /* all that the price of a token depends on */
    double value[FACTORS];
};

static double usd_at(const struct scenario *asked, struct point point) {
    struct scenario s = *asked;
    s.input_tokens = fmax(round(point.value[FACTOR_INPUT]), 1);
    s.output_tokens = fmax(round(point.value[FACTOR_OUTPUT]), 1);
    struct outcome out = estimate(&s);
    return cost_of(&out, &s, point.value[FACTOR_PRICE], point.value[FACTOR_GAMMA],
                   point.value[FACTOR_UTILISATION])
        .usd_per_million_output;
}

static int widest_first(const void *a, const void *b) {
    const struct sensitivity *p = a, *q = b;
    double wide_p = fabs(p->usd_high - p->usd_low), wide_q = fabs(q->usd_high - q->usd_low);
    if (wide_p > wide_q || (isfinite(wide_p) && !isfinite(wide_q)))
        return -1;
    if (wide_p < wide_q || (!isfinite(wide_p) && isfinite(wide_q)))
        return 1;
    return (int)p->factor - (int)q->factor;
}

void economics_tornado(const struct scenario *scenario, double usd_per_hour, double gamma,
                       double utilisation, double swing, struct sensitivity rows[FACTORS]) {
    struct point middle = {
        {usd_per_hour, utilisation, gamma, scenario->input_tokens, scenario->output_tokens}};
    for (int f = 0; f < FACTORS; f++) {
        struct point low = middle, high = middle;
        low.value[f] *= 1 - swing;
        high.value[f] *= 1 + swing;
        if (f == FACTOR_UTILISATION)
            high.value[f] = fmin(high.value[f], 1);
        rows[f] =
            (struct sensitivity){(enum factor)f, factor_names[f],       low.value[f],
                                 high.value[f],  usd_at(scenario, low), usd_at(scenario, high)};
    }
    qsort(rows, FACTORS, sizeof *rows, widest_first);
}
