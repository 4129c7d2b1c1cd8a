/* Data values to user units, linear or logarithmic. */
#ifndef CHART_SCALE_H
#define CHART_SCALE_H

#include <stdbool.h>
#include <stddef.h>

struct scale {
    bool log;
    double lo, hi;     /* domain; lo < hi, both > 0 when log */
    double start, end; /* where lo and hi fall, in user units */
    double log_span;   /* ln(hi / lo) of a log scale */
};

struct scale scale_make(bool log, double lo, double hi, double start, double end);

/* Range of values; empty (lo > hi) until a value is added. */
struct range {
    double lo, hi;
};
#define RANGE_EMPTY ((struct range){1, 0})

#define SCALE_LARGEST 1e290 /* beyond it, and below its inverse on log scales, nothing is drawn */

/* NaN for what cannot be drawn: NaN, values beyond SCALE_LARGEST, values <= 0 on a log scale: a
   gap, never a clamp. */
double scale_at(const struct scale *scale, double value);
/* Takes in the values that can be drawn. */
void range_add(struct range *range, const double *values, size_t count, bool log);
bool range_is_empty(const struct range *range);

#endif
