/* Dated prices of a GPU, a point a day. */
#include "engine/history.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool history_day(const char *date, int *day) {
    char whole[11];
    if (!date)
        return false;
    if (strlen(date) == 7) {
        memcpy(whole, date, 7);
        memcpy(whole + 7, "-01", 4);
        date = whole;
    }
    return quote_days("1970-01-01", date, day);
}

bool history_counts(const struct offer *offer) {
    return offer->gpu && offer->gpu_count > 0 && !offer->duplicate && !offer->implausible &&
           offer->kind != OFFER_COMPONENT && offer->kind != OFFER_INDEX;
}

static bool point_of(const struct catalog *catalog, const struct offer *offer, enum price_kind kind,
                     struct price_point *point) {
    struct quote quote = quote_of(&catalog->site, offer, kind);
    point->usd_per_gpu_hour = quote.usd_per_gpu_hour;
    point->offer = offer;
    return quote.usd_per_gpu_hour > 0 && history_day(offer->as_of, &point->day);
}

static int by_day(const void *a, const void *b) {
    const struct price_point *p = a, *q = b;
    if (p->day != q->day)
        return p->day < q->day ? -1 : 1;
    if (p->usd_per_gpu_hour < q->usd_per_gpu_hour || p->usd_per_gpu_hour > q->usd_per_gpu_hour)
        return p->usd_per_gpu_hour < q->usd_per_gpu_hour ? -1 : 1;
    return quote_tie(p->offer, q->offer);
}

static int by_offers(const void *a, const void *b) {
    const struct priced_platform *p = a, *q = b;
    if (p->offers != q->offers)
        return p->offers > q->offers ? -1 : 1;
    return strcmp(p->id, q->id);
}

static size_t count_offers(const struct catalog *catalog, const struct gpu *gpu) {
    size_t count = 0, at = 0;
    const struct offer *offer;
    while ((offer = catalog_next_offer(catalog, gpu, &at)))
        count += history_counts(offer);
    return count;
}

/* The platform of an offer in the list; those added last come first, as a platform's offers lie
   together. */
static size_t platform_of(struct priced_platform *list, size_t *count, const struct offer *offer) {
    size_t k = *count;
    while (k > 0 && strcmp(list[k - 1].id, offer->platform_id) != 0)
        k--;
    if (k > 0)
        return k - 1;
    list[*count] = (struct priced_platform){.id = offer->platform_id, .name = offer->platform};
    return (*count)++;
}

/* Oldest first, and of each day the lowest. */
static size_t settle_days(struct price_point *points, size_t count) {
    size_t days = 0;
    if (count > 1)
        qsort(points, count, sizeof *points, by_day);
    for (size_t i = 0; i < count; i++)
        if (days == 0 || points[days - 1].day != points[i].day)
            points[days++] = points[i];
    return days;
}

/* Points with their platforms, as the offers come. */
struct found {
    struct price_point *points;
    size_t *platforms;
    size_t count;
};

static struct found find_points(const struct catalog *catalog, const struct gpu *gpu,
                                enum price_kind kind, struct arena *arena,
                                struct priced_platform *list, size_t *count, size_t most) {
    struct found found = {.points = ARENA_ARRAY(arena, most + 1, struct price_point),
                          .platforms = ARENA_ARRAY(arena, most + 1, size_t)};
    const struct offer *o;
    for (size_t at = 0; (o = catalog_next_offer(catalog, gpu, &at));) {
        if (!history_counts(o) || !point_of(catalog, o, kind, &found.points[found.count]))
            continue;
        size_t k = platform_of(list, count, o);
        found.platforms[found.count++] = k;
        list[k].offers++;
    }
    return found;
}

struct priced_platform *history_platforms(const struct catalog *catalog, const struct gpu *gpu,
                                          enum price_kind kind, struct arena *arena,
                                          size_t *count) {
    size_t most = count_offers(catalog, gpu);
    struct priced_platform *list = ARENA_ARRAY(arena, most + 1, struct priced_platform);
    *count = 0;
    struct found found = find_points(catalog, gpu, kind, arena, list, count, most);
    struct price_point *sorted = ARENA_ARRAY(arena, found.count + 1, struct price_point);
    struct price_point **ends = ARENA_ARRAY(arena, *count + 1, struct price_point *);
    for (size_t k = 0, at = 0; k < *count; at += list[k++].offers)
        list[k].points = ends[k] = sorted + at;
    for (size_t i = 0; i < found.count; i++)
        *ends[found.platforms[i]]++ = found.points[i];
    for (size_t k = 0, at = 0; k < *count; at += list[k++].offers)
        list[k].count = settle_days(sorted + at, list[k].offers);
    if (*count > 1)
        qsort(list, *count, sizeof *list, by_offers);
    return list;
}
