/* Inputs that changed: offers with their prices, GPUs with their figures, models with their size.
 */
#include "base/num.h"
#include "base/str.h"
#include "command/diff_compare.h"
#include "engine/parameters.h"
#include "engine/quote.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Zero: the same thing on offer, whatever its price and date. */
static int compare_things(const struct offer *a, const struct offer *b) {
    int order = str_order(a->platform_id, b->platform_id);
    order = order ? order : str_order(a->gpu_as_stated, b->gpu_as_stated);
    order = order ? order : str_order(a->instance, b->instance);
    order = order ? order : str_order(a->region, b->region);
    return order ? order : (a->gpu_count > b->gpu_count) - (a->gpu_count < b->gpu_count);
}

static int by_thing(const void *left, const void *right) {
    const struct offer *a = *(const struct offer *const *)left;
    const struct offer *b = *(const struct offer *const *)right;
    int order = compare_things(a, b);
    return order ? order : (a > b) - (a < b);
}

enum { KINDS = 4 };
static const char *const kind_names[KINDS] = {"", ", spot", ", reserved 1 year",
                                              ", reserved 3 years"};

/* NaN: not offered so. */
static double price_of(const struct offer *offer, int kind) {
    const double prices[KINDS] = {offer->on_demand_usd_per_hour, offer->spot_usd_per_hour,
                                  offer->reserved_1y_usd_per_hour, offer->reserved_3y_usd_per_hour};
    return prices[kind];
}

static bool shown(const struct offer *offer) {
    bool priced = false;
    for (int kind = 0; kind < KINDS; kind++)
        priced = priced || price_of(offer, kind) > 0;
    return offer->current && !offer->duplicate && priced;
}

struct diff_index diff_index_of(struct arena *arena, const struct catalog *catalog) {
    struct diff_index index = {ARENA_ARRAY(arena, catalog->offer_count + 1, const struct offer *),
                               0};
    for (size_t i = 0; i < catalog->offer_count; i++)
        if (shown(&catalog->offers[i]))
            index.items[index.count++] = &catalog->offers[i];
    if (index.count)
        qsort(index.items, index.count, sizeof *index.items, by_thing);
    return index;
}

const struct offer *diff_counterpart(const struct diff_index *index, const struct offer *offer) {
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_things(index->items[middle], offer) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct offer *found = NULL;
    for (; low < index->count && compare_things(index->items[low], offer) == 0; low++) {
        const struct offer *other = index->items[low];
        if (other->on_demand_usd_per_hour == offer->on_demand_usd_per_hour)
            return other; /* listed twice at different prices: the equal one is meant */
        found = found ? found : other;
    }
    return found;
}

static const char *offer_name(struct arena *arena, const struct offer *offer) {
    return arena_printf(arena, "%s%s%s, %u x %s%s%s", offer->platform, offer->instance ? " " : "",
                        offer->instance ? offer->instance : "", offer->gpu_count,
                        offer->gpu_as_stated, offer->region ? ", " : "",
                        offer->region ? offer->region : "");
}

static void add_offer(struct diff *diff, const char *what, const struct offer *offer, int kind) {
    diff_offer(diff, what,
               arena_printf(diff->arena, "%s%s", offer_name(diff->arena, offer), kind_names[kind]),
               price_of(offer, kind), diff_place(diff->arena, offer->place));
}

/* Where there is none on one side, the price came or went; an offer that did, at its first price.
 */
static void compare_prices(struct diff *diff, const struct offer *was, const struct offer *is) {
    for (int kind = 0; kind < KINDS; kind++) {
        double before = was ? price_of(was, kind) : NAN, after = is ? price_of(is, kind) : NAN;
        if (was && is && before > 0 && after > 0) {
            const char *name = offer_name(diff->arena, is);
            if (before != after)
                diff_price(diff, arena_printf(diff->arena, "%s%s", name, kind_names[kind]), before,
                           after, diff_place(diff->arena, is->place));
        } else if (is && after > 0) {
            add_offer(diff, "new", is, kind);
        } else if (was && before > 0) {
            add_offer(diff, "gone", was, kind);
        }
        if ((!was && after > 0) || (!is && before > 0))
            return;
    }
}

void diff_offers(struct diff *diff, const struct diff_index *old, const struct diff_index *new) {
    for (size_t i = 0; i < new->count; i++)
        compare_prices(diff, diff_counterpart(old, new->items[i]), new->items[i]);
    for (size_t i = 0; i < old->count; i++)
        if (!diff_counterpart(new, old->items[i]))
            compare_prices(diff, old->items[i], NULL);
}

static void add_fact(struct diff *diff, const char *id, const char *what, double before,
                     double after, struct place place) {
    diff_fact(diff, id, what, before, after, diff_place(diff->arena, place));
}

static void compare_gpu(struct diff *diff, const struct gpu *was, const struct gpu *is) {
    static const char *const units[COMPUTE_COUNT] = {"FP32 FLOP/s", "16-bit FLOP/s", "FP8 FLOP/s",
                                                     "INT8 OP/s", "FP4 FLOP/s"};
    add_fact(diff, is->id, "memory, bytes", was->memory_bytes, is->memory_bytes, is->place);
    add_fact(diff, is->id, "bandwidth, bytes/s", was->memory_bytes_per_s, is->memory_bytes_per_s,
             is->place);
    for (int unit = 0; unit < COMPUTE_COUNT; unit++)
        add_fact(diff, is->id, units[unit], was->flop_per_s[unit], is->flop_per_s[unit], is->place);
    add_fact(diff, is->id, "link, bytes/s", was->link_bytes_per_s, is->link_bytes_per_s, is->place);
    add_fact(diff, is->id, "power, W", was->tdp_w, is->tdp_w, is->place);
}

static const struct gpu *gpu_by_id(const struct catalog *catalog, const char *id) {
    for (size_t i = 0; i < catalog->gpu_count; i++)
        if (strcmp(catalog->gpus[i].id, id) == 0)
            return &catalog->gpus[i];
    return NULL;
}

static const struct model *model_by_id(const struct catalog *catalog, const char *id) {
    for (size_t i = 0; i < catalog->model_count; i++)
        if (strcmp(catalog->models[i].id, id) == 0)
            return &catalog->models[i];
    return NULL;
}

static double total(const struct model *model) {
    return model ? (double)parameters_count(model).total : (double)NAN;
}

void diff_facts(struct diff *diff, const struct catalog *old, const struct catalog *new) {
    for (size_t i = 0; i < new->gpu_count; i++) {
        const struct gpu *is = &new->gpus[i], *was = gpu_by_id(old, is->id);
        if (was)
            compare_gpu(diff, was, is);
        else
            add_fact(diff, is->id, "memory, bytes", (double)NAN, is->memory_bytes, is->place);
    }
    for (size_t i = 0; i < old->gpu_count; i++)
        if (!gpu_by_id(new, old->gpus[i].id))
            add_fact(diff, old->gpus[i].id, "memory, bytes", old->gpus[i].memory_bytes, (double)NAN,
                     old->gpus[i].place);
    for (size_t i = 0; i < new->model_count; i++) {
        const struct model *is = &new->models[i];
        add_fact(diff, is->id, "parameters", total(model_by_id(old, is->id)), total(is), is->place);
    }
    for (size_t i = 0; i < old->model_count; i++)
        if (!model_by_id(new, old->models[i].id))
            add_fact(diff, old->models[i].id, "parameters", total(&old->models[i]), (double)NAN,
                     old->models[i].place);
}
