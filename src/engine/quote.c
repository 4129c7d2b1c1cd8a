/* Offers as quotes: kind of price, age, the cheapest for a number of GPUs. */
#include "engine/quote.h"
#include "base/str.h"

#include <math.h>
#include <string.h>

const char *price_kind_name(enum price_kind kind) {
    static const char *const names[] = {[PRICE_ON_DEMAND] = "on-demand",
                                        [PRICE_SPOT] = "spot",
                                        [PRICE_RESERVED_1Y] = "reserved-1y",
                                        [PRICE_RESERVED_3Y] = "reserved-3y"};
    return names[kind];
}

/* Exactly n digits; false at anything else, the end of the text too. */
static bool read_digits(const char *text, unsigned n, unsigned *number) {
    *number = 0;
    for (unsigned i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *number = *number * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

/* Days since -400-03-01 (Howard Hinnant, chrono-compatible low-level date algorithms). */
static bool day_number(const char *date, int *day) {
    unsigned y, m, d;
    if (!date || !read_digits(date, 4, &y) || date[4] != '-' || !read_digits(date + 5, 2, &m) ||
        date[7] != '-' || !read_digits(date + 8, 2, &d) || date[10] != '\0' || m < 1 || m > 12 ||
        d < 1 || d > 31)
        return false;
    y += m > 2 ? 400 : 399;
    unsigned era = y / 400, of_era = y - era * 400;
    unsigned of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    *day = (int)(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year);
    return true;
}

bool quote_days(const char *from, const char *to, int *days) {
    int a, b;
    if (!day_number(from, &a) || !day_number(to, &b))
        return false;
    *days = b - a;
    return true;
}

static double usd_of(const struct offer *offer, enum price_kind kind) {
    switch (kind) {
    case PRICE_SPOT:
        return offer->spot_usd_per_hour;
    case PRICE_RESERVED_1Y:
        return offer->reserved_1y_usd_per_hour;
    case PRICE_RESERVED_3Y:
        return offer->reserved_3y_usd_per_hour;
    default:
        return offer->on_demand_usd_per_hour;
    }
}

bool quote_is_old(const struct site *site, const char *as_of, int *age_days) {
    if (quote_days(as_of, site->as_of, age_days))
        return *age_days > 0 && (uint32_t)*age_days > site->max_price_age_days;
    *age_days = -1;
    return true;
}

struct quote quote_of(const struct site *site, const struct offer *offer, enum price_kind kind) {
    struct quote quote = {offer, kind, usd_of(offer, kind), NAN, -1, true, {1, 1, 0}};
    quote.usd_per_gpu_hour = quote.usd_per_hour / (offer->gpu_count ? offer->gpu_count : 1);
    quote.stale = quote_is_old(site, offer->as_of, &quote.age_days);
    return quote;
}

bool quote_counts(const struct offer *offer) {
    bool whole = offer->kind != OFFER_COMPONENT && offer->kind != OFFER_INDEX;
    return offer->gpu && !offer->gpu->announced && offer->gpu_count > 0 && offer->current &&
           !offer->duplicate && !offer->implausible && whole;
}

int quote_tie(const struct offer *a, const struct offer *b) {
    if (a->gpu_count != b->gpu_count)
        return a->gpu_count < b->gpu_count ? -1 : 1;
    int order = str_order(a->platform_id, b->platform_id);
    if (order == 0)
        order = str_order(a->instance, b->instance);
    if (order == 0)
        order = str_order(a->region, b->region);
    if (order == 0)
        order = str_order(a->place.file, b->place.file);
    if (order == 0 && a->place.line != b->place.line)
        order = a->place.line < b->place.line ? -1 : 1;
    return order;
}

struct room quote_room(const struct offer *offer, uint32_t gpus) {
    uint32_t node = gpu_per_node(offer->gpu), count = offer->gpu_count;
    if (count == 0 || gpus == 0)
        return (struct room){0, 0, 0};
    if (count >= gpus)
        return (struct room){1, count / gpus, count % gpus};
    if (offer->per_gpu && gpus <= node)
        return (struct room){gpus, 1, 0};
    if (count == node && gpus % node == 0)
        return (struct room){gpus / node, 1, 0};
    return (struct room){0, 0, 0};
}

double quote_usd_in(const struct room *room, double usd) {
    return usd * ((double)room->instances / room->replicas);
}

struct quote quote_group(const struct site *site, const struct offer *offer, uint32_t gpus,
                         enum price_kind kind) {
    struct quote quote = quote_of(site, offer, kind);
    quote.room = quote_room(offer, gpus);
    if (!quote.room.instances)
        return (struct quote){NULL, kind, NAN, NAN, -1, false, {0, 0, 0}};
    quote.usd_per_hour = quote_usd_in(&quote.room, quote.usd_per_hour);
    return quote;
}

bool quote_before(const struct quote *a, const struct quote *b) {
    if (!b->offer)
        return true;
    if (a->usd_per_hour < b->usd_per_hour || a->usd_per_hour > b->usd_per_hour)
        return a->usd_per_hour < b->usd_per_hour;
    return quote_tie(a->offer, b->offer) < 0;
}

/* Dates are only read of offers that are no dearer than the best so far. */
static bool may_win(const struct offer *offer, uint32_t gpus, enum price_kind kind,
                    const struct quote *best) {
    struct room room = quote_room(offer, gpus);
    double usd = room.instances ? quote_usd_in(&room, usd_of(offer, kind)) : NAN;
    return usd > 0 && (!best->offer || usd <= best->usd_per_hour);
}

struct quote quote_cheapest(const struct catalog *catalog, const struct gpu *gpu, uint32_t gpus,
                            enum price_kind kind, bool stale_too) {
    struct quote best = {NULL, kind, NAN, NAN, -1, false, {0, 0, 0}};
    const struct offer *offer;
    for (size_t at = 0; (offer = catalog_next_current(catalog, gpu, &at));) {
        if (!quote_counts(offer) || !may_win(offer, gpus, kind, &best))
            continue;
        struct quote quote = quote_group(&catalog->site, offer, gpus, kind);
        if (quote.usd_per_hour > 0 && (stale_too || !quote.stale) && quote_before(&quote, &best))
            best = quote;
    }
    return best;
}
