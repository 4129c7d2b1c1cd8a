/* Prices so far below all others of their GPU that it cannot cost that: a slip of the point or of
   the unit. They are said and kept, and not ranked: one wrong row would lead every page. */
#include "read/offers_level.h"

#include "base/num.h"
#include "base/sample.h"

#include <stdlib.h>

enum { LEAST_OFFERS = 5 };
/* The lowest asks of private hosts for old GPUs stand at a twelfth of the median. */
#define LEAST_SHARE (1.0 / 20)
/* Machines of several are not sold so far below; the price of one GPU written for eight is an
   eighth of what it should be. */
#define LEAST_SHARE_OF_NODES (1.0 / 5)
enum { NODE_GPUS = 4 };

struct level {
    struct offer *offer;
    double usd; /* of one GPU for an hour, on demand */
};

static bool is_priced(const struct offer *o) {
    return o->gpu && o->rankable && o->current && !o->duplicate && o->gpu_count > 0 &&
           o->on_demand_usd_per_hour > 0;
}

/* By GPU, then as the offers stand. */
static int by_gpu(const void *left, const void *right) {
    const struct offer *a = ((const struct level *)left)->offer;
    const struct offer *b = ((const struct level *)right)->offer;
    if (a->gpu != b->gpu)
        return a->gpu < b->gpu ? -1 : 1;
    return (a > b) - (a < b);
}

static void judge(const struct level *level, double median, struct diags *diags) {
    struct offer *o = level->offer;
    char mine[NUM_MAX], others[NUM_MAX];
    bool node = o->gpu_count >= NODE_GPUS;
    o->implausible = level->usd < median * (node ? LEAST_SHARE_OF_NODES : LEAST_SHARE);
    if (!o->implausible)
        return;
    num_significant(mine, level->usd, 2);
    num_significant(others, median, 2);
    bool of_one = node && offer_costs_one(o, median);
    diag_add(diags, DIAG_WARNING, of_one ? "price-per-gpu" : "price-implausible", o->place,
             "%s, %s x %u: %s USD per GPU-hour, others %s: not ranked%s", o->platform,
             o->gpu_as_stated, o->gpu_count, mine, others, of_one ? "; " OFFER_COSTS_ONE : "");
}

/* Those of one GPU. */
static void judge_all(const struct level *levels, size_t count, double *room, struct diags *diags) {
    for (size_t i = 0; i < count; i++)
        room[i] = levels[i].usd;
    double median = sample_median(room, count);
    for (size_t i = 0; count >= LEAST_OFFERS && i < count; i++)
        judge(&levels[i], median, diags);
}

void offers_mark_implausible(struct arena *arena, struct offer *offers, size_t count,
                             struct diags *diags) {
    struct level *levels = ARENA_ARRAY(arena, count + 1, struct level);
    double *room = ARENA_ARRAY(arena, count + 1, double);
    size_t priced = 0;
    for (size_t i = 0; i < count; i++)
        if (is_priced(&offers[i]))
            levels[priced++] =
                (struct level){&offers[i], offers[i].on_demand_usd_per_hour / offers[i].gpu_count};
    if (priced)
        qsort(levels, priced, sizeof *levels, by_gpu);
    for (size_t from = 0, i = 1; i <= priced; i++) {
        if (i < priced && levels[i].offer->gpu == levels[from].offer->gpu)
            continue;
        judge_all(levels + from, i - from, room, diags);
        from = i;
    }
}
