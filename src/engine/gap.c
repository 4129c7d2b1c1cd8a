/* From a quoted price to what an API's seller can reach, step by step. */
#include "engine/gap.h"

#include "engine/cost.h"
#include "engine/sweep.h"

#include <math.h>

const char *gap_name(enum gap_step step) {
    static const char *const names[] = {[GAP_QUOTED] = "Own GPUs as quoted here",
                                        [GAP_ALWAYS_BUSY] = "busy in every paid second",
                                        [GAP_LARGEST_BATCH] = "and the largest batch that fits",
                                        [GAP_LOWER_PRECISION] = "and the cheapest precision",
                                        [GAP_HALF_CACHED] = "and half of each prompt cached",
                                        [GAP_CONTRACT] = "and the cheapest contract"};
    return names[step];
}

struct begun_place {
    struct combination ready;
    struct quote quote;
};

static void begin(const struct target_search *search, const struct workload *workload,
                  const struct gpu *gpu, uint32_t gpus, enum precision weights, double cached,
                  struct begun_place *place) {
    struct scenario s = target_scenario(search, gpu, gpus, weights);
    s.prefix_hit_rate = cached;
    combination_begin(&place->ready, &s);
    combination_workload(&place->ready, workload->input_tokens, workload->output_tokens);
}

static double usd_at(const struct target_search *search, const struct begun_place *place,
                     bool reading) {
    double limit = fmin(combination_max_batch(&place->ready), TARGET_LARGEST_BATCH);
    if (!place->ready.begun.feasible || !(limit >= 1))
        return NAN;
    struct pace pace = reading ? target_reading_pace(&place->ready, limit)
                               : combination_pace(&place->ready, limit);
    return cost_of_pace(&pace, &place->ready.scenario, place->quote.usd_per_hour,
                        search->catalog->site.gamma, 1)
        .usd_per_million_output;
}

/* The cheapest of the site's precisions and counts at the largest batch. */
static double lower_precision(const struct target_search *search, const struct workload *workload,
                              const struct gpu *gpu, struct begun_place *place, struct gap *gap) {
    const struct site *site = &search->catalog->site;
    enum precision precisions[PRECISION_COUNT];
    size_t kinds = sweep_precisions(site, search->model, precisions, PRECISION_COUNT);
    size_t row = (size_t)(gpu - search->catalog->gpus) * site->gpu_count_count;
    double least = gap->usd_per_million_output[GAP_LARGEST_BATCH];
    for (size_t p = 0; p < kinds; p++)
        for (size_t n = 0; n < site->gpu_count_count; n++) {
            begin(search, workload, gpu, site->gpu_counts[n], precisions[p], 0, place);
            place->quote = search->quotes[row + n];
            double usd = place->quote.offer ? usd_at(search, place, false) : NAN;
            if (usd < least) {
                least = usd;
                gap->weights = precisions[p];
                gap->gpus = site->gpu_counts[n];
            }
        }
    return least;
}

/* Share of the on-demand price that the cheapest contract asks. */
static double contract_share(const struct target_search *search, const struct gpu *gpu,
                             double on_demand, struct gap *gap) {
    double least = on_demand;
    for (int k = PRICE_ON_DEMAND + 1; k < PRICE_KINDS; k++) {
        struct quote quote =
            quote_cheapest(search->catalog, gpu, gap->gpus, (enum price_kind)k, false);
        if (quote.usd_per_hour < least) {
            least = quote.usd_per_hour;
            gap->contract = (enum price_kind)k;
        }
    }
    return least / on_demand;
}

struct gap gap_of(const struct target_search *search, const struct workload *workload,
                  const struct gpu *gpu, uint32_t gpus) {
    struct gap gap = {.weights = search->weights, .gpus = gpus, .contract = PRICE_ON_DEMAND};
    struct begun_place place = {
        .quote = quote_cheapest(search->catalog, gpu, gpus, PRICE_ON_DEMAND, false)};
    double *usd = gap.usd_per_million_output;
    begin(search, workload, gpu, gpus, search->weights, 0, &place);
    usd[GAP_ALWAYS_BUSY] = usd_at(search, &place, true);
    usd[GAP_QUOTED] = usd[GAP_ALWAYS_BUSY] / search->catalog->site.utilisation;
    usd[GAP_LARGEST_BATCH] = usd_at(search, &place, false);
    usd[GAP_LOWER_PRECISION] = lower_precision(search, workload, gpu, &place, &gap);
    begin(search, workload, gpu, gap.gpus, gap.weights, 0.5, &place);
    place.quote = quote_cheapest(search->catalog, gpu, gap.gpus, PRICE_ON_DEMAND, false);
    usd[GAP_HALF_CACHED] = usd_at(search, &place, false);
    usd[GAP_CONTRACT] =
        usd[GAP_HALF_CACHED] * contract_share(search, gpu, place.quote.usd_per_hour, &gap);
    return gap;
}
