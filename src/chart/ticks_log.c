/* Ticks of logarithmic axes: 1, 2 and 5 under three decades, else whole decades. */
#include "chart/ticks.h"

#include "base/num.h"
#include "chart/text.h"

#include <math.h>

static const int MANTISSAS[] = {1, 2, 5};

/* The index-th of ..., 0.5, 1, 2, 5, 10, ... (index 0 is 1). */
static double value_125(int index) {
    int decade = (index >= 0 ? index : index - 2) / 3;
    return tick_value((struct tick_step){MANTISSAS[index - 3 * decade], decade}, 1);
}

/* The index-th of ..., 0.5, 1, 5, 10, 50, ... (index 0 is 1): where 1, 2 and 5 are too many. */
static double value_15(int index) {
    int decade = (index >= 0 ? index : index - 1) / 2;
    return tick_value((struct tick_step){index == 2 * decade ? 1 : 5, decade}, 1);
}

static double value_decade(int index) {
    return tick_value((struct tick_step){1, index}, 1);
}

/* Thousands as k where a tick of the axis reaches ten of them: no "1,000" under "10k". */
static const char *label(struct arena *arena, double value, double largest) {
    static const struct {
        double unit, axis; /* the axis reaches so far */
        const char *suffix;
    } UNITS[] = {{1e12, 0, "T"}, {1e9, 0, "B"}, {1e6, 0, "M"}, {1e3, 1e4, "k"}};
    for (size_t i = 0; i < 4; i++)
        if (value >= UNITS[i].unit && largest >= UNITS[i].axis && value < 1e15)
            return text_fixed(arena, value / UNITS[i].unit, 0, UNITS[i].suffix);
    if (value >= 1 && value < 1e15)
        return text_fixed(arena, value, 0, "");
    if (value >= 0.00001 && value < 1)
        return text_fixed(arena, value, (int)ceil(-log10(value) - 1e-9), "");
    char out[NUM_MAX];
    num_shortest(out, value);
    return arena_strdup(arena, out);
}

/* Ticks value(k x stride): those inside the range (keep), or reaching over both ends. */
static bool try_values(struct arena *arena, const struct tick_request *request,
                       double (*value)(int), int stride, bool keep, size_t fewest,
                       struct ticks *ticks) {
    double slack = 1 + 1e-9;
    int per_decade = value == value_125 ? 3 : value == value_15 ? 2 : 1;
    int k = (int)floor(log10(request->lo) * per_decade / stride) - 2;
    while (value((k + 1) * stride) <= request->lo * slack)
        k++;
    if (keep && value(k * stride) * slack < request->lo)
        k++;
    ticks->count = 0;
    for (;; k++) {
        double v = value(k * stride);
        if (keep && v > request->hi * slack)
            break;
        if (ticks->count == TICKS_MAX || !(v > 0) || !isfinite(v))
            return false;
        ticks->values[ticks->count++] = v;
        if (v * slack >= request->hi)
            break;
    }
    if (ticks->count < fewest || ticks->count < 1)
        return false;
    for (size_t i = 0; i < ticks->count; i++)
        ticks->labels[i] = label(arena, ticks->values[i], ticks->values[ticks->count - 1]);
    ticks->lo = fmin(request->lo, keep ? request->lo : ticks->values[0]);
    ticks->hi = fmax(request->hi, keep ? request->hi : ticks->values[ticks->count - 1]);
    return ticks_fit(ticks, request);
}

bool ticks_log(struct arena *arena, const struct tick_request *request, size_t fewest,
               struct ticks *ticks) {
    double decades = log10(request->hi / request->lo);
    struct tick_request even = *request; /* even steps need not reach over the ends */
    even.keep = true;
    if (decades < 3 && try_values(arena, request, value_125, 1, true, fewest, ticks))
        return true;
    if (decades < 3 && try_values(arena, request, value_15, 1, true, fewest, ticks))
        return true;
    if (decades < 0.9 && ticks_linear(arena, &even, fewest, ticks))
        return true;
    if (decades < 3 && try_values(arena, request, value_125, 1, false, fewest, ticks))
        return true;
    /* Ticks that reach over both ends span less than two strides more than the data. */
    for (int stride = 1; stride <= 512 && decades / stride + 3 > (double)fewest; stride *= 2) {
        for (int by = stride; by <= stride * 3 / 2; by += stride > 1 ? stride / 2 : 1)
            for (int keep = 1; keep >= 0; keep--)
                if (try_values(arena, request, value_decade, by, keep, fewest, ticks))
                    return true;
    }
    return decades < 3 && ticks_linear(arena, &even, fewest, ticks);
}
