/* Prices so far below all others of their GPU that it cannot cost that: a slip of the point or of
   the unit. They are said and kept, and not ranked: one wrong row would lead every page. */
#include "read/offers_level.h"

#include "base/num.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST_OFFERS = 5 };
/* The lowest asks of private hosts for old GPUs stand at a twelfth of the median. */
#define LEAST_SHARE (1.0 / 20)

struct level { /* an offer's price of one GPU for an hour, on demand */
    const struct gpu *gpu;
    double usd;
};

static bool is_priced(const struct offer *o) {
    return o->gpu && o->rankable && o->current && !o->duplicate && o->gpu_count > 0 &&
           o->on_demand_usd_per_hour > 0;
}

static int by_gpu(const void *left, const void *right) {
    const struct level *a = left, *b = right;
    if (a->gpu != b->gpu)
        return a->gpu < b->gpu ? -1 : 1;
    return (a->usd > b->usd) - (a->usd < b->usd);
}

/* Of a GPU's prices in order; NaN when these are too few to tell. */
static double median_of(const struct level *levels, size_t count, const struct gpu *gpu) {
    size_t first = 0, high = count;
    while (first < high) {
        size_t middle = first + (high - first) / 2;
        if (levels[middle].gpu < gpu)
            first = middle + 1;
        else
            high = middle;
    }
    size_t end = first;
    while (end < count && levels[end].gpu == gpu)
        end++;
    return end - first < LEAST_OFFERS ? NAN : levels[first + (end - first) / 2].usd;
}

static void judge(struct offer *o, double median, struct diags *diags) {
    double usd = o->on_demand_usd_per_hour / o->gpu_count;
    char mine[NUM_MAX], others[NUM_MAX];
    o->implausible = usd < median * LEAST_SHARE;
    if (!o->implausible)
        return;
    num_significant(mine, usd, 2);
    num_significant(others, median, 2);
    diag_add(diags, DIAG_WARNING, "price-implausible", o->place,
             "%s, %s x %u: %s USD per GPU-hour, others %s: not ranked", o->platform,
             o->gpu_as_stated, o->gpu_count, mine, others);
}

void offers_mark_implausible(struct arena *arena, struct offer *offers, size_t count,
                             struct diags *diags) {
    struct level *levels = ARENA_ARRAY(arena, count + 1, struct level);
    size_t priced = 0;
    for (size_t i = 0; i < count; i++)
        if (is_priced(&offers[i]))
            levels[priced++] = (struct level){offers[i].gpu, offers[i].on_demand_usd_per_hour /
                                                                 offers[i].gpu_count};
    if (priced)
        qsort(levels, priced, sizeof *levels, by_gpu);
    for (size_t i = 0; i < count; i++)
        if (is_priced(&offers[i]))
            judge(&offers[i], median_of(levels, priced, offers[i].gpu), diags);
}
