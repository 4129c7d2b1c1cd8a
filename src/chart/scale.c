/* Data values to user units, linear or logarithmic. */
#include "chart/scale.h"

#include <math.h>

static bool can_draw(double value, bool log) {
    return fabs(value) <= SCALE_LARGEST && (!log || value >= 1 / SCALE_LARGEST);
}

double scale_at(const struct scale *scale, double value) {
    double share;
    if (!can_draw(value, scale->log))
        return NAN;
    if (scale->log) {
        share = log(value / scale->lo) / log(scale->hi / scale->lo);
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
