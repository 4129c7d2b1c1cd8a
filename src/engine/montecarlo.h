/* Bands around a price: lengths, price and efficiency drawn at random, the same draws for a seed at
   any number of threads. */
#ifndef ENGINE_MONTECARLO_H
#define ENGINE_MONTECARLO_H

#include "base/arena.h"
#include "engine/cost.h"

struct montecarlo {
    struct scenario scenario; /* batch stated; lengths are the medians */
    double usd_per_hour, gamma, utilisation;
    double input_sigma, output_sigma;       /* log-normal, of the natural logarithm */
    double price_low, price_high;           /* uniform factors on usd_per_hour */
    double efficiency_low, efficiency_high; /* uniform: first principles, of both peaks; calibrated
                                               engines, a factor on the rate */
    uint64_t seed;
    uint32_t samples;
    const struct montecarlo_draw *draws; /* of montecarlo_draw_all(); NULL: drawn as it runs */
};
/* The shipped widths: lengths 0.5, price 0.8 to 1.25, efficiency 0.5 to 0.9 of the peaks for first
   principles and +- the calibration's mean left-out error for others; seed 1, 4,096 samples. */
struct montecarlo montecarlo_default(const struct scenario *scenario, double usd_per_hour,
                                     double gamma, double utilisation);

/* What chance decides of a sample: factors on the lengths, shares of the ranges of price and
   efficiency. */
struct montecarlo_draw {
    double input, output, price, efficiency;
};
/* All samples of this seed and these sigmas: runs that have them in common draw once. */
const struct montecarlo_draw *montecarlo_draw_all(const struct montecarlo *montecarlo,
                                                  struct arena *arena);

struct montecarlo_band { /* $ per 1M output tokens at gamma */
    uint64_t seed;
    uint32_t drawn, infeasible, trimmed, kept; /* drawn = infeasible + trimmed + kept */
    double p10, p50, p90, mean; /* of what lies within 1.5 interquartile ranges of the quartiles */
    double median_of_all;       /* nothing trimmed: the article's way */
};
/* NaN throughout when no sample is feasible. The arena holds the samples. */
struct montecarlo_band montecarlo_run(const struct montecarlo *montecarlo, unsigned jobs,
                                      struct arena *arena);

#endif
