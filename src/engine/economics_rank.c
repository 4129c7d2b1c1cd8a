/* Frontiers of speed against price, and which input moves a price most. */
#include "engine/economics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Whether a stands before b: by group, then from cheap to dear. */
static bool stands_before(const struct pareto_point *a, const struct pareto_point *b) {
    return a->group != b->group ? a->group < b->group : a->usd_per_million < b->usd_per_million;
}

/* Of the same group: as cheap and as fast, and no later where they are alike. */
static bool beats(const struct pareto_point *a, const struct pareto_point *b) {
    bool alike = a->usd_per_million == b->usd_per_million &&
                 a->tokens_per_s_per_user == b->tokens_per_s_per_user;
    return a->group == b->group && a->usd_per_million <= b->usd_per_million &&
           a->tokens_per_s_per_user >= b->tokens_per_s_per_user && (!alike || a->index < b->index);
}

/* The frontiers so far lie in front, in order: along each the speed rises with the price, so that a
   point is beaten where its neighbour below beats it, and beats those that follow it. */
size_t economics_pareto(struct pareto_point *points, size_t count) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        struct pareto_point p = points[i];
        if (!isfinite(p.usd_per_million) || !isfinite(p.tokens_per_s_per_user))
            continue;
        size_t at = found, end;
        while (at > 0 && stands_before(&p, &points[at - 1]))
            at--;
        if (at > 0 && beats(&points[at - 1], &p))
            continue;
        while (at > 0 && beats(&p, &points[at - 1]))
            at--;
        for (end = at; end < found && beats(&p, &points[end]); end++)
            ;
        memmove(&points[at + 1], &points[end], (found - end) * sizeof p);
        points[at] = p;
        found += 1 + at - end;
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
