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
    return offer->gpu && offer->gpu_count > 0 && !offer->duplicate &&
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

static size_t count_offers(const struct catalog *catalog, const struct gpu *gpu) {
    size_t count = 0, at = 0;
    const struct offer *offer;
    while ((offer = catalog_next_offer(catalog, gpu, &at)))
        count += history_counts(offer);
    return count;
}

struct price_point *history_of(const struct catalog *catalog, const struct gpu *gpu,
                               const char *platform_id, uint32_t gpu_count, enum price_kind kind,
                               struct arena *arena, size_t *count) {
    size_t most = count_offers(catalog, gpu), n = 0, at = 0;
    struct price_point *points = ARENA_ARRAY(arena, most + 1, struct price_point);
    const struct offer *o;
    while ((o = catalog_next_offer(catalog, gpu, &at)))
        if (history_counts(o) && (!platform_id || strcmp(o->platform_id, platform_id) == 0) &&
            (!gpu_count || o->gpu_count == gpu_count))
            n += point_of(catalog, o, kind, &points[n]);
    if (n > 1)
        qsort(points, n, sizeof *points, by_day);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (*count == 0 || points[*count - 1].day != points[i].day)
            points[(*count)++] = points[i];
    return points;
}

static int by_points(const void *a, const void *b) {
    const struct priced_platform *p = a, *q = b;
    if (p->points != q->points)
        return p->points > q->points ? -1 : 1;
    return strcmp(p->id, q->id);
}

struct priced_platform *history_platforms(const struct catalog *catalog, const struct gpu *gpu,
                                          enum price_kind kind, struct arena *arena,
                                          size_t *count) {
    size_t most = count_offers(catalog, gpu), at = 0;
    struct priced_platform *list = ARENA_ARRAY(arena, most + 1, struct priced_platform);
    const struct offer *o;
    *count = 0;
    while ((o = catalog_next_offer(catalog, gpu, &at))) {
        struct price_point point;
        if (!history_counts(o) || !point_of(catalog, o, kind, &point))
            continue;
        size_t k = 0;
        while (k < *count && strcmp(list[k].id, o->platform_id) != 0)
            k++;
        if (k == *count)
            list[(*count)++] = (struct priced_platform){o->platform_id, o->platform, 0};
        list[k].points++;
    }
    if (*count > 1)
        qsort(list, *count, sizeof *list, by_points);
    return list;
}
