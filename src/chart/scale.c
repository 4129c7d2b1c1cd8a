/* Data values to user units, linear or logarithmic. */
#include "chart/scale.h"

#include <math.h>

static bool can_draw(double value, bool log) {
    return fabs(value) <= SCALE_LARGEST && (!log || value >= 1 / SCALE_LARGEST);
}

struct scale scale_make(bool is_log, double lo, double hi, double start, double end) {
    return (struct scale){is_log, lo, hi, start, end, is_log ? log(hi / lo) : 0};
}

double scale_at(const struct scale *scale, double value) {
    double share;
    if (!can_draw(value, scale->log))
        return NAN;
    if (scale->log) {
        share = log(value / scale->lo) / scale->log_span;
    } else {
        share = (value - scale->lo) / (scale->hi - scale->lo);
    }
    return scale->start + share * (scale->end - scale->start);
}

bool range_is_empty(const struct range *range) {
    return range->lo > range->hi;
}

void range_add(struct range *range, const double *values, size_t count, bool log) {
    for (size_t i = 0; i < count; i++) {
        double v = values[i];
        if (!can_draw(v, log))
            continue;
        if (range_is_empty(range))
            range->lo = range->hi = v;
        else if (v < range->lo)
            range->lo = v;
        else if (v > range->hi)
            range->hi = v;
    }
}
