/* The best configuration of every model on every GPU: precision, GPU count and batch. */
#include "page/plan.h"

#include "base/pool.h"
#include "engine/calibration.h"
#include "engine/cost.h"
#include "engine/sweep.h"
#include "engine/targets.h"

#include <math.h>

const struct pick *plan_pick(const struct page_plan *plan, uint32_t model, uint32_t gpu) {
    return &plan->picks[model * plan->catalog->gpu_count + gpu];
}

const struct best *plan_best(const struct page_plan *plan, uint32_t model, size_t workload) {
    return &plan->bests[model * plan->catalog->site.workload_count + workload];
}

struct scenario plan_scenario(const struct page_plan *plan, const struct model *model,
                              const struct gpu *gpu, uint32_t gpus, enum precision weights,
                              const struct workload *workload, double batch) {
    struct scenario scenario = scenario_default(model, gpu);
    scenario.gpu_count = gpus;
    scenario.weights = weights;
    scenario.kv = plan->catalog->site.kv_precision;
    scenario.input_tokens = workload->input_tokens;
    scenario.output_tokens = workload->output_tokens;
    scenario.batch = batch;
    scenario.calibration = plan->engines[gpu - plan->catalog->gpus];
    if (scenario.calibration)
        scenario.serving = SERVING_CONTINUOUS;
    return scenario;
}

static void price(const struct page_plan *plan, const struct scenario *scenario,
                  const struct pace *pace, struct pick *pick) {
    size_t g = (size_t)(scenario->gpu - plan->catalog->gpus);
    pick->usd_per_hour = pick->usd_per_million = pick->tokens_per_usd = NAN;
    pick->listing = market_cheapest(&plan->gpu_markets[g], pick->gpus);
    if (!pick->listing)
        return;
    pick->usd_per_hour = listing_usd_per_hour(pick->listing, pick->gpus);
    struct cost cost =
        cost_of_pace(pace, scenario, pick->usd_per_hour, plan->catalog->site.gamma, 1);
    pick->usd_per_million = cost.usd_per_million_output;
    pick->tokens_per_usd = cost.output_tokens_per_usd;
}

double pick_usd_per_million(const struct pick *pick, const struct listing *listing) {
    return pick->usd_per_million * listing_usd_per_hour(listing, pick->gpus) / pick->usd_per_hour;
}

void pick_begin(const struct page_plan *plan, struct combination *place, uint32_t model,
                uint32_t gpu, uint32_t gpus, enum precision weights) {
    const struct catalog *catalog = plan->catalog;
    struct scenario scenario = plan_scenario(plan, &catalog->models[model], &catalog->gpus[gpu],
                                             gpus, weights, &catalog->site.workloads[0], 0);
    combination_begin(place, &scenario);
}

/* Of a place that is ready for its workload. */
static struct pick pick_ready(const struct page_plan *plan, const struct combination *place) {
    const struct scenario *scenario = &place->scenario;
    struct pick pick = {.weights = scenario->weights,
                        .gpus = scenario->gpu_count,
                        .usd_per_million = NAN,
                        .tokens_per_usd = NAN};
    pick.max_batch = combination_max_batch(place);
    pick.reason = place->begun.reason;
    if (pick.reason == REASON_NONE && pick.max_batch < 1)
        pick.reason = REASON_DOES_NOT_FIT;
    if (pick.reason != REASON_NONE)
        return pick;
    struct pace pace = target_reading_pace(place, fmin(pick.max_batch, TARGET_LARGEST_BATCH));
    pick.provenance = pace.provenance;
    pick.extrapolated_why = pace.extrapolated_why;
    pick.batch = pace.batch;
    pick.output_tokens_per_s = pace.output_tokens_per_s;
    pick.total_tokens_per_s = pace.total_tokens_per_s;
    pick.output_tokens_per_s_per_request = pace.output_tokens_per_s_per_request;
    pick.ttft_s = pace.ttft_s;
    price(plan, scenario, &pace, &pick);
    return pick;
}

struct pick pick_at(const struct page_plan *plan, struct combination *place,
                    const struct workload *workload) {
    combination_workload(place, workload->input_tokens, workload->output_tokens);
    return pick_ready(plan, place);
}

struct pick pick_of(const struct page_plan *plan, uint32_t model, uint32_t gpu, uint32_t gpus,
                    enum precision weights, const struct workload *workload) {
    struct combination place = {0};
    pick_begin(plan, &place, model, gpu, gpus, weights);
    return pick_at(plan, &place, workload);
}

/* What each number of GPUs keeps from one GPU to the next: 1, 2, 4 ... 64. */
enum { PLACES = 7 };
struct places {
    struct combination of[PLACES];
};

struct places *places_new(struct arena *arena) {
    return ARENA_NEW(arena, struct places);
}

static struct combination *place_of(struct places *places, uint32_t gpus) {
    size_t at = 0;
    while (at + 1 < PLACES && 1u << at < gpus)
        at++;
    return &places->of[at];
}

static struct combination *begin(const struct page_plan *plan, struct places *places,
                                 uint32_t model, uint32_t gpu, uint32_t gpus,
                                 enum precision weights) {
    struct combination *place = place_of(places, gpus);
    pick_begin(plan, place, model, gpu, gpus, weights);
    return place;
}

/* Cheaper per token; without a price, faster per GPU. */
static bool better(const struct pick *a, const struct pick *b) {
    if (a->reason != REASON_NONE || b->reason != REASON_NONE)
        return a->reason == REASON_NONE;
    bool priced_a = isfinite(a->usd_per_million), priced_b = isfinite(b->usd_per_million);
    if (priced_a != priced_b)
        return priced_a;
    if (priced_a)
        return a->usd_per_million < b->usd_per_million;
    return a->output_tokens_per_s / a->gpus > b->output_tokens_per_s / b->gpus;
}

/* The smallest group that serves: 1, 2, 4 ... on one node, then whole nodes. 0: none up to 64. Its
   place is left ready for the first workload. */
uint32_t plan_fewest(const struct page_plan *plan, struct places *places, uint32_t model,
                     uint32_t gpu, enum precision weights, enum reason *why) {
    const struct catalog *catalog = plan->catalog;
    const struct gpu *on = &catalog->gpus[gpu];
    uint32_t node = gpu_per_node(on);
    bool nodes =
        on->node_link_bytes_per_s > 0 &&
        (on->link == LINK_NVLINK || on->link == LINK_INFINITY_FABRIC || on->link == LINK_OTHER);
    const struct workload *workload = &catalog->site.workloads[0];
    enum reason unasked;
    uint32_t gpus = 1, most = nodes ? 64 : node;
    if (!why) { /* what the weights alone are too large for need not say so */
        double bytes = memory_weights_bytes(&catalog->models[model], weights);
        while (gpus <= most && gpus * on->memory_bytes < bytes)
            gpus *= 2;
        why = &unasked;
    }
    *why = REASON_DOES_NOT_FIT;
    for (; gpus <= most; gpus *= 2) {
        struct combination *place = begin(plan, places, model, gpu, gpus, weights);
        combination_workload(place, workload->input_tokens, workload->output_tokens);
        enum reason reason = place->begun.reason;
        if (reason == REASON_NONE)
            return gpus;
        if (reason != REASON_DOES_NOT_FIT) {
            *why = reason;
            if (reason != REASON_HEADS_NOT_DIVISIBLE)
                return 0;
        }
        /* Weights alone tell how many more it takes at least. */
        while (gpus * 2 <= 64 && gpus * 2 * on->memory_bytes < place->weights_bytes)
            gpus *= 2;
    }
    return 0;
}

/* Fewest GPUs, whose place is ready, and up to four times as many: more memory makes room for a
   larger batch. */
static struct pick best_count(const struct page_plan *plan, struct places *places, uint32_t model,
                              uint32_t gpu, enum precision weights, uint32_t least) {
    const struct workload *workload = &plan->catalog->site.workloads[0];
    uint32_t node = gpu_per_node(&plan->catalog->gpus[gpu]);
    struct pick best = pick_ready(plan, place_of(places, least));
    for (uint32_t gpus = least * 2; gpus <= node && gpus <= least * 4; gpus *= 2) {
        struct pick pick = pick_at(plan, begin(plan, places, model, gpu, gpus, weights), workload);
        if (better(&pick, &best))
            best = pick;
    }
    best.min_gpus = least;
    return best;
}

static struct pick best_on(const struct page_plan *plan, struct places *places, uint32_t model,
                           uint32_t gpu) {
    static const enum precision lower[] = {PRECISION_FP8, PRECISION_INT8, PRECISION_AWQ};
    enum precision own = plan->precisions[model];
    struct pick none = {.weights = own, .gpus = 1, .usd_per_million = NAN, .tokens_per_usd = NAN};
    uint32_t least = plan_fewest(plan, places, model, gpu, own, &none.reason);
    if (least)
        return best_count(plan, places, model, gpu, own, least);
    for (size_t i = 0; i < sizeof lower / sizeof *lower; i++) {
        if (precision_info(lower[i])->bits_per_weight >= precision_info(own)->bits_per_weight ||
            !(least = plan_fewest(plan, places, model, gpu, lower[i], NULL)))
            continue;
        struct pick pick = best_count(plan, places, model, gpu, lower[i], least);
        pick.fallback = true;
        if (pick.reason == REASON_NONE)
            return pick;
    }
    if (none.reason == REASON_PRECISION_UNSUPPORTED) /* what of the smallest it does compute? */
        plan_fewest(plan, places, model, gpu, PRECISION_AWQ, &none.reason);
    return none;
}

static bool rankable(const struct page_plan *plan, uint32_t gpu, const struct pick *pick) {
    return pick->reason == REASON_NONE && pick->listing && !plan->catalog->gpus[gpu].announced;
}

static bool beats(const struct pick *pick, const struct best *best) {
    if (best->gpu == UINT32_MAX)
        return true;
    if (pick->fallback != best->pick.fallback)
        return best->pick.fallback;
    return pick->usd_per_million < best->pick.usd_per_million;
}

/* Why no GPU for rent serves the model: what is wrong on most of them. */
static enum reason why_nowhere(const struct page_plan *plan, uint32_t model) {
    size_t counts[REASON_COUNT] = {0};
    enum reason most = REASON_NO_PRICE;
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++) {
        enum reason reason = plan_pick(plan, model, g)->reason;
        if (reason != REASON_NONE && plan->gpu_markets[g].ranked && ++counts[reason] > counts[most])
            most = reason;
    }
    return most;
}

static void choose_bests(struct page_plan *plan, struct places *places, uint32_t model) {
    const struct catalog *catalog = plan->catalog;
    size_t workloads = catalog->site.workload_count;
    struct best *bests = &plan->bests[model * workloads];
    for (size_t w = 0; w < workloads; w++)
        bests[w].gpu = UINT32_MAX;
    for (uint32_t g = 0; g < catalog->gpu_count; g++) {
        const struct pick *first = plan_pick(plan, model, g);
        if (!rankable(plan, g, first))
            continue;
        struct combination *place = begin(plan, places, model, g, first->gpus, first->weights);
        for (size_t w = 0; w < workloads; w++) {
            struct pick pick = *first;
            if (w > 0)
                pick = pick_at(plan, place, &catalog->site.workloads[w]);
            pick.fallback = first->fallback;
            if (rankable(plan, g, &pick) && beats(&pick, &bests[w]))
                bests[w] = (struct best){g, pick};
        }
    }
    for (size_t w = 0; w < workloads; w++)
        if (bests[w].gpu == UINT32_MAX)
            bests[w].pick.reason = w == 0 ? why_nowhere(plan, model) : REASON_CONTEXT_TOO_LONG;
}

static void pick_model(void *context, size_t index, unsigned worker) {
    struct page_plan *plan = context;
    struct places places = {0};
    (void)worker;
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++)
        plan->picks[index * plan->catalog->gpu_count + g] =
            best_on(plan, &places, (uint32_t)index, g);
    choose_bests(plan, &places, (uint32_t)index);
}

/* Of the models with at least that many parameters; the first when nothing was measured. */
static uint32_t most_measured(const struct page_plan *plan, const size_t *counts, double least) {
    uint32_t best = UINT32_MAX;
    for (uint32_t m = 0; m < plan->catalog->model_count; m++)
        if ((double)plan->parameters[m].total >= least &&
            (best == UINT32_MAX || counts[m] > counts[best]))
            best = m;
    return best == UINT32_MAX ? 0 : best;
}

static void choose_references(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    size_t *counts = ARENA_ARRAY(arena, catalog->model_count + 1, size_t);
    for (size_t i = 0; i < catalog->benchmark_count; i++)
        if (catalog->benchmarks[i].model)
            counts[catalog->benchmarks[i].model - catalog->models]++;
    plan->reference_model = most_measured(plan, counts, 0);
    plan->headline_model = most_measured(plan, counts, 30e9);
}

/* Machines whose memory the host shares run llama.cpp; the others the site's engine. */
static void choose_engines(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    plan->engines = ARENA_ARRAY(arena, catalog->gpu_count + 1, const struct calibration *);
    for (size_t g = 0; plan->calibrations && g < catalog->gpu_count; g++)
        plan->engines[g] = calibration_set_find(plan->calibrations, catalog->gpus[g].unified_memory
                                                                        ? "llama.cpp"
                                                                        : catalog->site.engine);
}

void pick_build(struct arena *arena, struct page_plan *plan, unsigned jobs) {
    const struct catalog *catalog = plan->catalog;
    choose_engines(arena, plan);
    size_t models = catalog->model_count;
    plan->parameters = ARENA_ARRAY(arena, models + 1, struct parameters);
    plan->precisions = ARENA_ARRAY(arena, models + 1, enum precision);
    plan->picks = ARENA_ARRAY(arena, models * catalog->gpu_count + 1, struct pick);
    plan->bests = ARENA_ARRAY(arena, models * catalog->site.workload_count + 1, struct best);
    for (size_t m = 0; m < models; m++) {
        plan->parameters[m] = parameters_count(&catalog->models[m]);
        plan->precisions[m] = sweep_own_precision(&catalog->models[m]);
    }
    choose_references(arena, plan);
    if (catalog->site.workload_count > 0)
        pool_run(jobs, models, pick_model, plan);
}

size_t plan_cheapest(const struct page_plan *plan, uint32_t model, bool own, uint32_t *gpus,
                     size_t most) {
    size_t n = 0;
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++) {
        const struct pick *pick = plan_pick(plan, model, g);
        if (!rankable(plan, g, pick) || (own && pick->fallback))
            continue;
        size_t at = n;
        while (at > 0 &&
               plan_pick(plan, model, gpus[at - 1])->usd_per_million > pick->usd_per_million)
            at--;
        if (at == most)
            continue;
        n += n < most;
        for (size_t k = n - 1; k > at; k--)
            gpus[k] = gpus[k - 1];
        gpus[at] = g;
    }
    return n;
}

struct energy pick_energy(const struct page_plan *plan, struct places *places, uint32_t model,
                          uint32_t gpu, const struct pick *pick, const struct workload *workload) {
    struct combination *ready = begin(plan, places, model, gpu, pick->gpus, pick->weights);
    combination_workload(ready, workload->input_tokens, workload->output_tokens);
    struct outcome outcome = combination_at(ready, pick->batch);
    struct energy_place place = energy_place_of(&plan->catalog->site);
    return energy_of(&outcome, &ready->scenario, &place);
}
