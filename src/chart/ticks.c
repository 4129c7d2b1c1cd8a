/* Where an axis is marked and what stands there: 1-2-5 steps by integer index, then legibility. */
#include "chart/ticks.h"

#include "base/num.h"
#include "chart/scale.h"
#include "chart/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LABEL_GAP 10.0
#define LARGEST (SCALE_LARGEST / 1e10) /* room for domains that reach over the data */

/* units x 10^exponent, rounded once; zero below all doubles, infinite above. */
static double from_decimal(double units, int exponent) {
    char out[NUM_MAX];
    double value;
    size_t n = num_fixed(out, units, 0);
    n += (size_t)snprintf(out + n, 16, "e%d", exponent);
    if (!num_parse(out, n, &value))
        value = exponent < 0 ? 0 : copysign(INFINITY, units);
    return value;
}

/* Powers of ten that doubles hold exactly. */
static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

double tick_value(struct tick_step step, double index) {
    double units = index * step.mantissa;
    double value;
    if (step.exponent >= -22 && step.exponent <= 22) /* exact powers: rounds as the literal does */
        value = step.exponent < 0 ? units / tens[-step.exponent] : units * tens[step.exponent];
    else
        value = from_decimal(units, step.exponent);
    return value == 0 ? 0 : value; /* no minus zero */
}

/* On an upright logarithmic axis the closest two decide. */
static bool lines_fit(const struct ticks *ticks, const struct tick_request *request) {
    double closest = INFINITY;
    for (size_t i = 1; i < ticks->count; i++) {
        double factor = ticks->values[i] / ticks->values[i - 1];
        closest = factor < closest ? factor : closest;
    }
    return log(closest) / log(ticks->hi / ticks->lo) * request->length >= LINE_HEIGHT;
}

bool ticks_fit(const struct ticks *ticks, const struct tick_request *request) {
    if (request->log && request->vertical)
        return ticks->count < 2 || lines_fit(ticks, request);
    struct scale scale = scale_make(request->log, ticks->lo, ticks->hi, 0, request->length);
    double before = ticks->count > 1 ? scale_at(&scale, ticks->values[0]) : 0;
    for (size_t i = 1; i < ticks->count; i++) {
        double at = scale_at(&scale, ticks->values[i]), apart = at - before;
        before = at;
        double need = LINE_HEIGHT;
        if (!request->vertical)
            need =
                (text_width(ticks->labels[i]) + text_width(ticks->labels[i - 1])) / 2 + LABEL_GAP;
        if (apart < need || strcmp(ticks->labels[i], ticks->labels[i - 1]) == 0)
            return false;
    }
    return true;
}

/* Thousands as k, M, B, T where that leaves at most one decimal. Returns the power of ten. */
static int suffix_power(double largest, int exponent) {
    if (largest < 1e4)
        return 0;
    int power = largest < 1e6 ? 3 : largest < 1e9 ? 6 : largest < 1e12 ? 9 : 12;
    return exponent >= power - 1 && largest < 1e15 ? power : 0;
}

void ticks_label_linear(struct arena *arena, struct ticks *ticks, int exponent) {
    double largest = fmax(fabs(ticks->values[0]), fabs(ticks->values[ticks->count - 1]));
    int power = suffix_power(largest, exponent);
    static const char *const SUFFIX[] = {"", "k", "M", "B", "T"};
    int decimals = exponent < power ? power - exponent : 0;
    for (size_t i = 0; i < ticks->count; i++) {
        double value = ticks->values[i];
        if (value == 0) {
            ticks->labels[i] = "0";
        } else if (decimals > 9 || largest >= 1e15) {
            char out[NUM_MAX];
            num_shortest(out, value);
            ticks->labels[i] = arena_strdup(arena, out);
        } else {
            ticks->labels[i] = text_fixed(arena, value / tens[power], decimals, SUFFIX[power / 3]);
        }
    }
}

/* The ticks of one step, not yet written. */
struct trial {
    struct tick_step step;
    size_t count;
    double first, lo, hi; /* index of the first tick; the domain */
    double bad;           /* INFINITY: they do not do */
};

/* Fewer is better than crowded, near the usual spacing is best, empty axis ends cost. */
static double badness(const struct tick_request *request, const struct trial *trial) {
    double target = fmin(fmax(request->length / (request->vertical ? 50 : 85), 3), 6);
    double waste = (trial->hi - trial->lo) / (request->hi - request->lo) - 1;
    return fabs((double)trial->count - target) + 10 * waste;
}

/* Inside the range when `keep`, else reaching over both ends. */
static struct trial try_step(const struct tick_request *request, struct tick_step step, bool keep,
                             size_t fewest) {
    struct trial trial = {.step = step, .lo = request->lo, .hi = request->hi, .bad = INFINITY};
    double width = tick_value(step, 1), slack = 1e-9;
    double first = keep ? ceil(request->lo / width - slack) : floor(request->lo / width + slack);
    double last = keep ? floor(request->hi / width + slack) : ceil(request->hi / width - slack);
    double count = last - first + 1;
    if (!(count >= (double)fewest && count <= TICKS_MAX))
        return trial;
    trial.first = first;
    trial.count = (size_t)count;
    if (!keep) {
        trial.lo = fmin(tick_value(step, first), request->lo);
        trial.hi = fmax(tick_value(step, last), request->hi);
    }
    if (!request->log || trial.lo > 0)
        trial.bad = badness(request, &trial);
    return trial;
}

static void write_trial(struct arena *arena, const struct trial *trial, struct ticks *ticks) {
    *ticks = (struct ticks){.lo = trial->lo, .hi = trial->hi, .count = trial->count};
    for (size_t i = 0; i < ticks->count; i++)
        ticks->values[i] = tick_value(trial->step, trial->first + (double)i);
    ticks_label_linear(arena, ticks, trial->step.exponent);
}

/* The least bad trial of those whose labels fit. */
static bool choose(struct arena *arena, const struct tick_request *request, struct trial *trials,
                   size_t count, struct ticks *ticks) {
    for (;;) {
        struct trial *best = &trials[0];
        for (size_t i = 1; i < count; i++)
            if (trials[i].bad < best->bad)
                best = &trials[i];
        if (!(best->bad < INFINITY))
            return false;
        write_trial(arena, best, ticks);
        if (ticks_fit(ticks, request))
            return true;
        best->bad = INFINITY;
    }
}

bool ticks_linear(struct arena *arena, const struct tick_request *request, size_t fewest,
                  struct ticks *ticks) {
    static const int MANTISSAS[] = {1, 2, 5};
    double span = request->hi - request->lo;
    struct trial trials[24];
    size_t count = 0;
    int lowest = (int)floor(log10(span / TICKS_MAX)) - 1;
    for (int i = 0; i < 12; i++) {
        struct tick_step step = {MANTISSAS[i % 3], lowest + i / 3};
        double steps = span / tick_value(step, 1); /* less than two ticks lie outside the range */
        if (steps > TICKS_MAX + 1 || steps + 3 < (double)fewest)
            continue;
        for (int keep = request->keep; keep >= 0; keep--) {
            trials[count] = try_step(request, step, keep, fewest);
            count += trials[count].bad < INFINITY;
        }
    }
    return count && choose(arena, request, trials, count, ticks);
}

/* A range that can be divided: ordered, finite, and wide enough for doubles to tell ticks apart. */
static struct tick_request sane(const struct tick_request *request) {
    struct tick_request r = *request;
    if (!isfinite(r.lo) || !isfinite(r.hi))
        r.lo = r.log ? 1 : 0, r.hi = r.log ? 10 : 1;
    if (r.lo > r.hi)
        r.lo = request->hi, r.hi = request->lo;
    r.lo = fmin(fmax(r.lo, r.log ? 1 / LARGEST : -LARGEST), LARGEST);
    r.hi = fmin(fmax(r.hi, r.log ? 1 / LARGEST : -LARGEST), LARGEST);
    double size = fmax(fabs(r.lo), fabs(r.hi));
    if (size < 1 / LARGEST && !r.log)
        r.lo = r.hi = size = 0;
    if (r.hi - r.lo <= size * 1e-9) {
        double half = size > 0 ? size / 2 : 0.5;
        if (r.date && size < 1e6)
            half = 15;
        r.lo -= half;
        r.hi += half;
    }
    return r;
}

static bool make(struct arena *arena, const struct tick_request *request, size_t fewest,
                 struct ticks *ticks) {
    if (request->date)
        return ticks_date(arena, request, fewest, ticks);
    if (request->log)
        return ticks_log(arena, request, fewest, ticks);
    return ticks_linear(arena, request, fewest, ticks);
}

struct ticks ticks_make(struct arena *arena, const struct tick_request *request) {
    struct tick_request r = sane(request);
    struct ticks ticks;
    /* Short axes, as of small multiples, are not stretched for the sake of a fourth label. */
    size_t room = (size_t)fmin(fmax(r.length / (r.vertical ? 35 : 60), 2), TICKS_FEWEST);
    for (size_t fewest = room; fewest > 0; fewest--)
        if (make(arena, &r, fewest, &ticks))
            return ticks;
    ticks = (struct ticks){.lo = r.lo, .hi = r.hi}; /* no room for a single label */
    return ticks;
}
