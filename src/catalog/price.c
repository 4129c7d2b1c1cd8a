/* Listings of one GPU that are rates for any number; offers of several at the price of one. */
#include "catalog/price.h"

#include "base/str.h"
#include "catalog/gpu.h"

#include <string.h>

static bool says_per_gpu(const char *text) {
    return text && str_contains_nocase(text, "per GPU");
}

static bool may_be_rate(const struct offer *o) {
    return o->gpu && o->gpu_count == 1 && o->kind != OFFER_MARKETPLACE && !o->gpu->unified_memory;
}

static bool same_product(const struct offer *a, const struct offer *b) {
    return a->gpu == b->gpu && strcmp(a->platform_id, b->platform_id) == 0;
}

/* Cards are rented one by one; boards with links of their own stand in groups. */
static bool linked_group(const struct gpu *gpu) {
    return gpu->link == LINK_NVLINK || gpu->link == LINK_INFINITY_FABRIC;
}

void offers_mark_rates(struct offer *offers, size_t count) {
    for (size_t from = 0, to; from < count; from = to) {
        bool larger = false;
        for (to = from; to < count && same_product(&offers[from], &offers[to]); to++)
            larger |= offers[to].current && offers[to].gpu_count > 1;
        for (size_t i = from; i < to; i++) {
            struct offer *o = &offers[i];
            o->per_gpu = may_be_rate(o) && ((linked_group(o->gpu) && !larger) ||
                                            says_per_gpu(o->instance) || says_per_gpu(o->note));
        }
    }
}

bool offer_costs_one(const struct offer *offer, double median_usd_per_gpu_hour) {
    return offer->gpu_count > 1 &&
           fabs(offer->on_demand_usd_per_hour / median_usd_per_gpu_hour - 1) <= 0.5;
}
