/* Batches under targets, the cheapest configuration that keeps them, frontiers per precision. */
#include "engine/targets.h"

#include "engine/cost.h"

#include <math.h>
#include <stdlib.h>

#define READING_TOKENS_PER_S 20.0

bool target_met(const struct target *target, const struct outcome *out) {
    return (!(target->ttft_s > 0) || out->ttft_s <= target->ttft_s) &&
           (!(target->tpot_s > 0) || out->tpot_s <= target->tpot_s);
}

struct outcome target_busiest(const struct combination *ready, const struct target *target,
                              double limit) {
    struct outcome found = combination_at(ready, limit);
    if (!found.feasible || target_met(target, &found))
        return found;
    double low = 1, high = limit;
    found = combination_at(ready, low);
    found.feasible = found.feasible && target_met(target, &found);
    while (found.feasible && high - low > 1) {
        double middle = floor((low + high) / 2);
        struct outcome out = combination_at(ready, middle);
        if (target_met(target, &out)) {
            low = middle;
            found = out;
        } else {
            high = middle;
        }
    }
    return found;
}

/* The step time is nearly a line in the batch, so a secant lands within a request or two. */
struct outcome target_reading(const struct combination *ready, double limit) {
    struct outcome full = combination_at(ready, limit);
    if (!full.feasible || limit <= 1 ||
        full.output_tokens_per_s_per_request >= READING_TOKENS_PER_S)
        return full;
    struct outcome found = combination_at(ready, 1);
    double low = 1, high = limit, at_low = 1 / found.output_tokens_per_s_per_request;
    double at_high = 1 / full.output_tokens_per_s_per_request;
    double target = fmin(READING_TOKENS_PER_S, found.output_tokens_per_s_per_request / 2);
    if (full.output_tokens_per_s_per_request >= target)
        return full;
    /* Secants alone can close in from one side only, where the line bends (mixtures of experts). */
    for (int i = 0; i < 8 && high - low > 1; i++) {
        double guess = i % 2 ? sqrt(low * high)
                             : low + (high - low) * (1 / target - at_low) / (at_high - at_low);
        guess = floor(fmin(fmax(guess, low + 1), high - 1));
        struct outcome outcome = combination_at(ready, guess);
        double speed = outcome.output_tokens_per_s_per_request;
        if (speed >= target) {
            low = guess, at_low = 1 / speed, found = outcome;
            if (speed < target * 1.02)
                break;
        } else {
            high = guess, at_high = 1 / speed;
        }
    }
    return found;
}

struct quote *quote_table(const struct catalog *catalog, enum price_kind kind, bool stale_too,
                          struct arena *arena) {
    size_t counts = catalog->site.gpu_count_count;
    struct quote *quotes = ARENA_ARRAY(arena, catalog->gpu_count * counts + 1, struct quote);
    for (size_t g = 0; g < catalog->gpu_count; g++)
        for (size_t n = 0; n < counts; n++)
            quotes[g * counts + n] = quote_cheapest(catalog, &catalog->gpus[g],
                                                    catalog->site.gpu_counts[n], kind, stale_too);
    return quotes;
}

struct scenario target_scenario(const struct target_search *search, const struct gpu *gpu,
                                uint32_t gpus, enum precision weights) {
    struct scenario s = scenario_default(search->model, gpu);
    s.gpu_count = gpus;
    s.weights = weights;
    s.kv = search->catalog->site.kv_precision;
    s.calibration = search->calibration;
    s.serving = search->serving;
    return s;
}

static double usd_per_million(const struct target_search *search, const struct combination *c,
                              const struct outcome *out, const struct quote *quote) {
    return cost_of(out, &c->scenario, quote->usd_per_hour, search->catalog->site.gamma, 1)
        .usd_per_million_output;
}

struct floor_price { /* what a place costs at best: at its largest batch, whatever the target */
    size_t place;
    double usd;
};

static int by_floor(const void *a, const void *b) {
    const struct floor_price *p = a, *q = b;
    if (p->usd < q->usd || p->usd > q->usd)
        return p->usd < q->usd ? -1 : 1;
    return (p->place > q->place) - (p->place < q->place);
}

static double largest_batch(const struct combination *ready) {
    return fmin(combination_max_batch(ready), TARGET_LARGEST_BATCH);
}

/* Fills floors[workload x places]; NAN where nothing runs. */
static void find_floors(const struct target_search *search, struct floor_price *floors,
                        size_t places) {
    const struct site *site = &search->catalog->site;
    struct combination ready = {0};
    for (size_t i = 0; i < places; i++) {
        const struct quote *quote = &search->quotes[i];
        for (size_t w = 0; w < site->workload_count; w++)
            floors[w * places + i] = (struct floor_price){i, INFINITY};
        if (!quote->offer)
            continue;
        struct scenario s =
            target_scenario(search, &search->catalog->gpus[i / site->gpu_count_count],
                            site->gpu_counts[i % site->gpu_count_count], search->weights);
        combination_begin(&ready, &s);
        for (size_t w = 0; w < site->workload_count; w++) {
            combination_workload(&ready, site->workloads[w].input_tokens,
                                 site->workloads[w].output_tokens);
            if (!ready.begun.feasible)
                continue;
            struct outcome out = combination_at(&ready, largest_batch(&ready));
            if (out.feasible)
                floors[w * places + i].usd = usd_per_million(search, &ready, &out, quote);
        }
    }
}

/* Places in order of their floors, until no bound is below what was found. */
static void find_best(const struct target_search *search, const struct floor_price *floors,
                      size_t places, const struct workload *workload, const struct target *target,
                      struct target_best *best) {
    const struct site *site = &search->catalog->site;
    *best = (struct target_best){.usd_per_million_output = INFINITY};
    for (size_t k = 0; k < places && floors[k].usd < best->usd_per_million_output; k++) {
        size_t i = floors[k].place;
        const struct gpu *gpu = &search->catalog->gpus[i / site->gpu_count_count];
        uint32_t gpus = site->gpu_counts[i % site->gpu_count_count];
        struct combination ready = {0};
        struct scenario s = target_scenario(search, gpu, gpus, search->weights);
        combination_begin(&ready, &s);
        combination_workload(&ready, workload->input_tokens, workload->output_tokens);
        struct outcome out = target_busiest(&ready, target, largest_batch(&ready));
        if (!out.feasible)
            continue;
        double usd = usd_per_million(search, &ready, &out, &search->quotes[i]);
        if (usd < best->usd_per_million_output)
            *best = (struct target_best){gpu, gpus, out, search->quotes[i], usd};
    }
}

void targets_best(const struct target_search *search, const struct target *targets, size_t count,
                  struct target_best *best, struct arena *arena) {
    const struct site *site = &search->catalog->site;
    size_t places = search->catalog->gpu_count * site->gpu_count_count;
    struct floor_price *floors =
        ARENA_ARRAY(arena, places * site->workload_count + 1, struct floor_price);
    find_floors(search, floors, places);
    for (size_t w = 0; w < site->workload_count; w++) {
        struct floor_price *own = floors + w * places;
        if (places > 1)
            qsort(own, places, sizeof *own, by_floor);
        for (size_t t = 0; t < count; t++)
            find_best(search, own, places, &site->workloads[w], &targets[t], &best[w * count + t]);
    }
}

enum { BATCHES = 9 }; /* 1, 2, 4 ... 256 */

static size_t trace(const struct target_search *search, const struct combination *ready,
                    const struct quote *quote, struct frontier_point *points) {
    double limit = largest_batch(ready), batch = 1;
    size_t n = 0;
    for (; n < BATCHES && batch <= limit; batch *= 2) {
        struct outcome out = combination_at(ready, batch);
        if (!out.feasible)
            break;
        points[n++] = (struct frontier_point){ready->scenario.gpu,
                                              ready->scenario.gpu_count,
                                              ready->scenario.weights,
                                              batch,
                                              out.output_tokens_per_s_per_request,
                                              usd_per_million(search, ready, &out, quote),
                                              out.provenance};
    }
    return n;
}

size_t targets_frontier(const struct target_search *search, const struct gpu *const *gpus,
                        size_t gpu_count, const enum precision *precisions, size_t precision_count,
                        const struct workload *workload, struct frontier_point **points,
                        struct pareto_point **pareto, struct arena *arena) {
    const struct site *site = &search->catalog->site;
    size_t sizes = site->gpu_count_count, n = 0;
    size_t most = gpu_count * sizes * precision_count * BATCHES;
    struct combination *ready = ARENA_ARRAY(arena, precision_count + 1, struct combination);
    *points = ARENA_ARRAY(arena, most + 1, struct frontier_point);
    *pareto = ARENA_ARRAY(arena, most + 1, struct pareto_point);
    for (size_t i = 0; i < gpu_count * sizes * precision_count; i++) {
        const struct gpu *gpu = gpus[i / precision_count / sizes];
        size_t size = i / precision_count % sizes, p = i % precision_count;
        size_t at = (size_t)(gpu - search->catalog->gpus) * sizes + size;
        struct scenario s = target_scenario(search, gpu, site->gpu_counts[size], precisions[p]);
        if (!search->quotes[at].offer)
            continue;
        combination_begin(&ready[p], &s);
        combination_workload(&ready[p], workload->input_tokens, workload->output_tokens);
        if (ready[p].begun.feasible)
            n += trace(search, &ready[p], &search->quotes[at], *points + n);
    }
    for (size_t i = 0; i < n; i++) {
        const struct frontier_point *point = &(*points)[i];
        (*pareto)[i] =
            (struct pareto_point){point->output_tokens_per_s_per_request,
                                  point->usd_per_million_output, (int)point->weights, i, false};
    }
    economics_pareto(*pareto, n);
    return n;
}
