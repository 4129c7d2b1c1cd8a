/* Why an API can be cheaper than one's own GPUs: what its seller may do that a quoted price does
   not, one step after another. */
#ifndef ENGINE_GAP_H
#define ENGINE_GAP_H

#include "engine/targets.h"

enum gap_step {
    GAP_QUOTED,          /* at the site's utilisation and the reading speed */
    GAP_ALWAYS_BUSY,     /* every paid second in use */
    GAP_LARGEST_BATCH,   /* as many requests at once as fit, however slow each becomes */
    GAP_LOWER_PRECISION, /* the cheapest of the site's precisions, on the same kind of GPU */
    GAP_HALF_CACHED,     /* half of every prompt found in the prefix cache */
    GAP_CONTRACT,        /* the cheapest contract there is for the GPUs: spot or reserved */
    GAP_STEPS
};
const char *gap_name(enum gap_step step);

struct gap {
    double usd_per_million_output[GAP_STEPS]; /* each with all steps before it; NaN: not known */
    enum precision weights;                   /* after GAP_LOWER_PRECISION */
    uint32_t gpus;
    enum price_kind contract;
};
/* For one kind of GPU and the number that the quoted price stands for. */
struct gap gap_of(const struct target_search *search, const struct workload *workload,
                  const struct gpu *gpu, uint32_t gpus);

#endif
