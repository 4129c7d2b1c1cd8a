/* Dated prices of a GPU: what it cost where and when. */
#ifndef ENGINE_HISTORY_H
#define ENGINE_HISTORY_H

#include "base/arena.h"
#include "engine/quote.h"

struct price_point {
    int day;                 /* since 1970-01-01 */
    double usd_per_gpu_hour; /* the lowest of that day */
    const struct offer *offer;
};

/* An offer of a GPU that has a place in its history: no component, no market index, no repetition.
 */
bool history_counts(const struct offer *offer);

struct priced_platform {
    const char *id, *name;
    size_t offers; /* dated ones of the GPU with such a price */
    const struct price_point *points;
    size_t count; /* a point a day, oldest first */
};
/* The series of a GPU at each platform under one kind of contract, instances of any size; those
   with most offers first. Undated offers, components and market indices are left out, months
   without a day stand on their first. */
struct priced_platform *history_platforms(const struct catalog *catalog, const struct gpu *gpu,
                                          enum price_kind kind, struct arena *arena, size_t *count);
/* YYYY-MM-DD or YYYY-MM as days since 1970-01-01; false when it is no date. */
bool history_day(const char *date, int *day);

#endif
