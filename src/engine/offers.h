/* The cheapest and fastest way to serve a model: configurations (GPU, GPUs per replica, precision,
   batch) that meet the targets, and the offers that run them. */
#ifndef ENGINE_OFFERS_H
#define ENGINE_OFFERS_H

#include "base/arena.h"
#include "engine/cost.h"
#include "engine/sweep.h"
#include "engine/targets.h"

struct search {
    const struct catalog *catalog;
    const struct model *model;
    double input_tokens, output_tokens;
    const struct calibration *calibration;
    enum serving serving;
    enum precision weights; /* PRECISION_NONE: the model's own and the site's */
    double compute_efficiency, memory_efficiency;
    struct target target; /* all 0: the reading speed of target_reading */
    enum price_kind kind;
    double gamma, utilisation;
    bool stale_too; /* stale quotes are listed too, after all current ones */
};
/* The model's own precision, static serving, the site's gamma and utilisation, on demand. */
struct search search_default(const struct catalog *catalog, const struct model *model,
                             const struct workload *workload);

/* One replica at the largest batch under the targets. */
struct configuration {
    const struct gpu *gpu;
    uint32_t gpus; /* of one replica */
    enum precision weights;
    struct outcome outcome; /* batch and rates of one replica; infeasible with its reason */
    bool misses_targets;    /* feasible, but no batch meets the targets */
};
/* In order of GPU, count and precision; GPUs that no offer names or that are announced only are
   left out. */
struct configuration *search_configurations(const struct search *search, struct arena *arena,
                                            size_t *count);

/* An offer running as many replicas of a configuration as what is rented holds (quote_room). */
struct offered {
    struct quote quote; /* of the GPUs of one replica */
    const struct configuration *configuration;
    uint32_t replicas;
    double usd_per_hour;        /* of all that is rented */
    double output_tokens_per_s; /* of all replicas */
    struct cost cost;           /* at the search's gamma and utilisation */
    bool stale;
};
/* The best configuration on every offer that can run one, cheapest $/1M output first; stale ones
   (only when asked for) after all others. Equal prices: faster first, then quote_tie. */
struct offered *search_offers(const struct search *search,
                              const struct configuration *configurations, size_t count,
                              struct arena *arena, size_t *found);
/* First of each platform or GPU of a ranked list, in its order; returns how many. `firsts` holds as
   many as the list. */
enum offered_by { BY_PLATFORM, BY_GPU };
size_t offered_firsts(const struct offered *ranked, size_t count, enum offered_by by,
                      const struct offered **firsts);

#endif
