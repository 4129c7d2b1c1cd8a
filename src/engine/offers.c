/* Configurations under targets, and the offers that run them, ranked. */
#include "engine/offers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct search search_default(const struct catalog *catalog, const struct model *model,
                             const struct workload *workload) {
    return (struct search){.catalog = catalog,
                           .model = model,
                           .input_tokens = workload->input_tokens,
                           .output_tokens = workload->output_tokens,
                           .weights = sweep_own_precision(model),
                           .compute_efficiency = 1,
                           .memory_efficiency = 1,
                           .gamma = catalog->site.gamma,
                           .utilisation = catalog->site.utilisation};
}

/* Where targets are asked the rate grows with the batch but for rounding. */
static struct configuration best_of(const struct search *search, struct combination *c) {
    struct configuration best = {
        c->scenario.gpu, c->scenario.gpu_count, c->scenario.weights, {0}, false};
    combination_workload(c, search->input_tokens, search->output_tokens);
    best.outcome = c->begun;
    if (!c->begun.feasible)
        return best;
    double limit = fmin(combination_max_batch(c), TARGET_LARGEST_BATCH);
    bool asked = search->target.ttft_s > 0 || search->target.tpot_s > 0;
    struct outcome found =
        asked ? target_busiest(c, &search->target, limit) : target_reading(c, limit);
    best.misses_targets = !found.feasible;
    if (found.feasible)
        best.outcome = found;
    return best;
}

static bool has_offer(const struct catalog *catalog, const struct gpu *gpu) {
    for (size_t i = 0; i < catalog->offer_count; i++)
        if (catalog->offers[i].gpu == gpu && quote_counts(&catalog->offers[i]))
            return true;
    return false;
}

static size_t wanted_precisions(const struct search *search, enum precision *precisions) {
    if (search->weights == PRECISION_NONE)
        return sweep_precisions(&search->catalog->site, search->model, precisions, PRECISION_COUNT);
    precisions[0] = search->weights;
    return 1;
}

struct configuration *search_configurations(const struct search *search, struct arena *arena,
                                            size_t *count) {
    const struct catalog *catalog = search->catalog;
    const struct site *site = &catalog->site;
    enum precision precisions[PRECISION_COUNT];
    size_t kinds = wanted_precisions(search, precisions);
    struct combination *prepared = ARENA_ARRAY(arena, kinds, struct combination);
    struct configuration *list = ARENA_ARRAY(
        arena, catalog->gpu_count * site->gpu_count_count * kinds + 1, struct configuration);
    *count = 0;
    for (size_t g = 0; g < catalog->gpu_count; g++) {
        if (!has_offer(catalog, &catalog->gpus[g]))
            continue;
        for (size_t n = 0; n < site->gpu_count_count; n++)
            for (size_t p = 0; p < kinds; p++) {
                struct scenario s = scenario_default(search->model, &catalog->gpus[g]);
                s.gpu_count = site->gpu_counts[n];
                s.weights = precisions[p];
                s.kv = site->kv_precision;
                s.calibration = search->calibration;
                s.serving = search->serving;
                s.compute_efficiency = search->compute_efficiency;
                s.memory_efficiency = search->memory_efficiency;
                combination_begin(&prepared[p], &s);
                list[(*count)++] = best_of(search, &prepared[p]);
            }
    }
    return list;
}

static bool serves(const struct configuration *c, const struct offer *offer) {
    return c->gpu == offer->gpu && c->outcome.feasible && !c->misses_targets;
}

/* The configuration whose tokens cost least there. */
static struct offered best_on(const struct search *search, const struct offer *offer,
                              const struct configuration *configurations, size_t count) {
    struct offered best = {0};
    double least = INFINITY;
    for (size_t i = 0; i < count; i++) {
        const struct configuration *c = &configurations[i];
        if (!serves(c, offer))
            continue;
        struct quote quote = quote_group(&search->catalog->site, offer, c->gpus, search->kind);
        double usd_per_rate = quote.usd_per_hour / c->outcome.output_tokens_per_s;
        if (quote.offer && usd_per_rate < least) {
            least = usd_per_rate;
            best.quote = quote;
            best.configuration = c;
        }
    }
    if (!best.configuration)
        return best;
    double rate = best.configuration->outcome.output_tokens_per_s;
    best.stale = best.quote.stale;
    best.replicas = best.quote.room.replicas;
    best.usd_per_hour = best.quote.usd_per_hour * best.replicas;
    best.output_tokens_per_s = rate * best.replicas;
    best.cost =
        cost_of_rates(best.output_tokens_per_s,
                      best.output_tokens_per_s * search->input_tokens / search->output_tokens,
                      best.usd_per_hour, search->gamma, search->utilisation);
    return best;
}

static int by_rank(const void *a, const void *b) {
    const struct offered *p = a, *q = b;
    double usd_p = p->cost.usd_per_million_output, usd_q = q->cost.usd_per_million_output;
    if (p->stale != q->stale)
        return p->stale ? 1 : -1;
    if (usd_p < usd_q || usd_p > usd_q)
        return usd_p < usd_q ? -1 : 1;
    if (p->output_tokens_per_s > q->output_tokens_per_s ||
        p->output_tokens_per_s < q->output_tokens_per_s)
        return p->output_tokens_per_s > q->output_tokens_per_s ? -1 : 1;
    return quote_tie(p->quote.offer, q->quote.offer);
}

struct offered *search_offers(const struct search *search,
                              const struct configuration *configurations, size_t count,
                              struct arena *arena, size_t *found) {
    const struct catalog *catalog = search->catalog;
    struct offered *ranked = ARENA_ARRAY(arena, catalog->offer_count + 1, struct offered);
    *found = 0;
    for (size_t i = 0; i < catalog->offer_count; i++) {
        if (!quote_counts(&catalog->offers[i]))
            continue;
        struct quote quote = quote_of(&catalog->site, &catalog->offers[i], search->kind);
        if (!(quote.usd_per_hour > 0) || (quote.stale && !search->stale_too))
            continue;
        struct offered best = best_on(search, quote.offer, configurations, count);
        if (best.configuration)
            ranked[(*found)++] = best;
    }
    if (*found > 1)
        qsort(ranked, *found, sizeof *ranked, by_rank);
    return ranked;
}

static bool same_key(const struct offered *a, const struct offered *b, enum offered_by by) {
    if (by == BY_GPU)
        return a->quote.offer->gpu == b->quote.offer->gpu;
    return strcmp(a->quote.offer->platform_id, b->quote.offer->platform_id) == 0;
}

size_t offered_firsts(const struct offered *ranked, size_t count, enum offered_by by,
                      const struct offered **firsts) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool seen = false;
        for (size_t k = 0; k < kept && !seen; k++)
            seen = same_key(firsts[k], &ranked[i], by);
        if (!seen)
            firsts[kept++] = &ranked[i];
    }
    return kept;
}
