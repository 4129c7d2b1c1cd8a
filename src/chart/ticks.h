/* Where an axis is marked and what stands there: 1-2-5 steps by integer index, then legibility. */
#ifndef CHART_TICKS_H
#define CHART_TICKS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

#define TICKS_MAX 8
#define TICKS_FEWEST 4

struct tick_request {
    double lo, hi; /* the data's range; need not be ordered or apart */
    bool log;      /* lo and hi > 0 */
    bool date;     /* days since 1970-01-01 */
    bool keep;     /* let the domain end with the data where that leaves enough ticks */
    bool vertical;
    double length; /* of the axis, user units */
};

struct ticks {
    double lo, hi; /* the axis's domain: the data's range, widened to ticks where needed */
    size_t count;
    double values[TICKS_MAX]; /* ascending */
    const char *labels[TICKS_MAX];
};

/* 4 to 8 ticks where the length has room for four labels, else 2 or 3. Labels differ from each
   other, never read "-0", and do not overlap. */
struct ticks ticks_make(struct arena *arena, const struct tick_request *request);

/* For the files ticks*.c. */
struct tick_step { /* step = mantissa x 10^exponent, ticks at index x step */
    int mantissa, exponent;
};
double tick_value(struct tick_step step, double index);
/* True when labels at their places leave each other room. */
bool ticks_fit(const struct ticks *ticks, const struct tick_request *request);
void ticks_label_linear(struct arena *arena, struct ticks *ticks, int exponent);
bool ticks_linear(struct arena *arena, const struct tick_request *request, size_t fewest,
                  struct ticks *ticks);
bool ticks_log(struct arena *arena, const struct tick_request *request, size_t fewest,
               struct ticks *ticks);
bool ticks_date(struct arena *arena, const struct tick_request *request, size_t fewest,
                struct ticks *ticks);

#endif
