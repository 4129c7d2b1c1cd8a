/* The batch and the configuration that keep latency targets, and the frontier of speed and price.
 */
#ifndef ENGINE_TARGETS_H
#define ENGINE_TARGETS_H

#include "base/arena.h"
#include "engine/combination.h"
#include "engine/economics.h"
#include "engine/quote.h"

struct target { /* 0: no limit */
    double ttft_s, tpot_s;
};

/* The largest whole batch up to `limit` that keeps a target, as its outcome; infeasible where not
   even one sequence does. Latencies grow with the batch. */
struct outcome target_busiest(const struct combination *ready, const struct target *target,
                              double limit);
/* The same without what the times are made of. */
struct pace target_busiest_pace(const struct combination *ready, const struct target *target,
                                double limit);
/* A busy server that stays pleasant: as many requests at once as leave each of them this
   many tokens/s, faster than anyone reads, or half of what a lone request gets where that is less.
   What pages and `offers` quote where nothing else is asked. */
#define TARGET_READING_TOKENS_PER_S 20.0
struct outcome target_reading(const struct combination *ready, double limit);
struct pace target_reading_pace(const struct combination *ready, double limit);
#define TARGET_LARGEST_BATCH 256.0

/* Cheapest current quotes: catalog.gpus x site.gpu_counts, row-major. */
struct quote *quote_table(const struct catalog *catalog, enum price_kind kind, bool stale_too,
                          struct arena *arena);

struct target_search {
    const struct catalog *catalog;
    const struct model *model;
    enum precision weights;
    const struct calibration *calibration; /* NULL: first principles */
    enum serving serving;
    const struct quote *quotes; /* quote_table */
};
/* A replica there, continuous or static as the search says; lengths and batch are the default's. */
struct scenario target_scenario(const struct target_search *search, const struct gpu *gpu,
                                uint32_t gpus, enum precision weights);

struct target_best {
    const struct gpu *gpu; /* NULL: nothing on offer keeps the target */
    uint32_t gpus;         /* of one replica */
    struct outcome outcome;
    struct quote quote;
    double usd_per_million_output; /* always busy, at the site's gamma */
};
/* The cheapest replica for each workload of the site and each target: best[workload x targets +
   target]. Ties: the GPU that stands earlier, then fewer GPUs. */
void targets_best(const struct target_search *search, const struct target *targets, size_t count,
                  struct target_best *best, struct arena *arena);

struct frontier_point {
    const struct gpu *gpu;
    uint32_t gpus;
    enum precision weights;
    double batch, output_tokens_per_s_per_request, usd_per_million_output;
    enum provenance provenance;
};
/* One frontier a precision (group: the precision): batches 1, 2, 4 ... of the site's GPU counts on
   the given GPUs, always busy; points[i] belongs to pareto[i].index. Returns how many points there
   are; *pareto holds those on a frontier as economics_pareto leaves them. */
size_t targets_frontier(const struct target_search *search, const struct gpu *const *gpus,
                        size_t gpu_count, const enum precision *precisions, size_t precision_count,
                        const struct workload *workload, struct frontier_point **points,
                        struct pareto_point **pareto, size_t *on_frontier, struct arena *arena);

#endif
