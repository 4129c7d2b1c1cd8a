/* Batches under targets, the cheapest configuration that keeps them, frontiers per precision. */
#include "engine/targets.h"

#include "engine/cost.h"

#include <math.h>
#include <stdlib.h>

static bool keeps(const struct target *target, double ttft_s, double tpot_s) {
    return (!(target->ttft_s > 0) || ttft_s <= target->ttft_s) &&
           (!(target->tpot_s > 0) || tpot_s <= target->tpot_s);
}

static bool met(const struct target *target, const struct pace *pace) {
    return keeps(target, pace->ttft_s, pace->tpot_s);
}

struct pace target_busiest_pace(const struct combination *ready, const struct target *target,
                                double limit) {
    struct pace found = combination_pace(ready, limit);
    if (!found.feasible || met(target, &found))
        return found;
    double low = 1, high = limit;
    found = combination_pace(ready, low);
    found.feasible = found.feasible && met(target, &found);
    while (found.feasible && high - low > 1) {
        double middle = floor((low + high) / 2);
        struct pace pace = combination_pace(ready, middle);
        if (met(target, &pace)) {
            low = middle;
            found = pace;
        } else {
            high = middle;
        }
    }
    return found;
}

struct outcome target_busiest(const struct combination *ready, const struct target *target,
                              double limit) {
    struct pace pace = target_busiest_pace(ready, target, limit);
    struct outcome found = combination_at(ready, pace.batch);
    found.feasible = pace.feasible;
    return found;
}

/* The step time is nearly a line in the batch, so a secant lands within a request or two. */
struct pace target_reading_pace(const struct combination *ready, double limit) {
    struct pace full = combination_pace(ready, limit);
    if (!full.feasible || limit <= 1 ||
        full.output_tokens_per_s_per_request >= TARGET_READING_TOKENS_PER_S)
        return full;
    struct pace found = combination_pace(ready, 1);
    double low = 1, high = limit, at_low = 1 / found.output_tokens_per_s_per_request;
    double at_high = 1 / full.output_tokens_per_s_per_request;
    double target = fmin(TARGET_READING_TOKENS_PER_S, found.output_tokens_per_s_per_request / 2);
    if (full.output_tokens_per_s_per_request >= target)
        return full;
    /* Secants alone can close in from one side only, where the line bends (mixtures of experts). */
    for (int i = 0; i < 8 && high - low > 1; i++) {
        double guess = i % 2 ? sqrt(low * high)
                             : low + (high - low) * (1 / target - at_low) / (at_high - at_low);
        guess = floor(fmin(fmax(guess, low + 1), high - 1));
        struct pace pace = combination_pace(ready, guess);
        double speed = pace.output_tokens_per_s_per_request;
        if (speed >= target) {
            low = guess, at_low = 1 / speed, found = pace;
            if (speed < target * 1.02)
                break;
        } else {
            high = guess, at_high = 1 / speed;
        }
    }
    return found;
}

struct outcome target_reading(const struct combination *ready, double limit) {
    return combination_at(ready, target_reading_pace(ready, limit).batch);
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
                              const struct pace *pace, const struct quote *quote) {
    return cost_of_pace(pace, &c->scenario, quote->usd_per_hour, search->catalog->site.gamma, 1)
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

/* Begins the place with this number; `ready` has a combination for each of the site's counts, since
   what depends on the count but on no GPU is kept. */
static struct combination *begin_place(const struct target_search *search,
                                       struct combination *ready, size_t place) {
    const struct site *site = &search->catalog->site;
    size_t size = place % site->gpu_count_count;
    struct scenario s =
        target_scenario(search, &search->catalog->gpus[place / site->gpu_count_count],
                        site->gpu_counts[size], search->weights);
    combination_begin(&ready[size], &s);
    return &ready[size];
}

/* Fills floors[workload x places]; INFINITY where nothing runs. */
static void find_floors(const struct target_search *search, struct combination *sizes,
                        struct floor_price *floors, size_t places) {
    const struct site *site = &search->catalog->site;
    for (size_t i = 0; i < places; i++) {
        const struct quote *quote = &search->quotes[i];
        for (size_t w = 0; w < site->workload_count; w++)
            floors[w * places + i] = (struct floor_price){i, INFINITY};
        if (!quote->offer)
            continue;
        struct combination *ready = begin_place(search, sizes, i);
        for (size_t w = 0; w < site->workload_count; w++) {
            combination_workload(ready, site->workloads[w].input_tokens,
                                 site->workloads[w].output_tokens);
            if (!ready->begun.feasible)
                continue;
            struct pace pace = combination_pace(ready, largest_batch(ready));
            if (pace.feasible)
                floors[w * places + i].usd = usd_per_million(search, ready, &pace, quote);
        }
    }
}

/* Those that run, cheapest first; returns how many. */
static size_t sort_floors(struct floor_price *floors, size_t places) {
    size_t count = 0;
    for (size_t i = 0; i < places; i++)
        if (isfinite(floors[i].usd))
            floors[count++] = floors[i];
    if (count > 1)
        qsort(floors, count, sizeof *floors, by_floor);
    return count;
}

/* Places in order of their floors, until no bound is below what was found. */
static void find_best(const struct target_search *search, struct combination *sizes,
                      const struct floor_price *floors, size_t places,
                      const struct workload *workload, const struct target *target,
                      struct target_best *best) {
    const struct site *site = &search->catalog->site;
    *best = (struct target_best){.usd_per_million_output = INFINITY};
    for (size_t k = 0; k < places && floors[k].usd < best->usd_per_million_output; k++) {
        size_t i = floors[k].place;
        struct combination *ready = begin_place(search, sizes, i);
        combination_workload(ready, workload->input_tokens, workload->output_tokens);
        struct pace pace = target_busiest_pace(ready, target, largest_batch(ready));
        if (!pace.feasible)
            continue;
        double usd = usd_per_million(search, ready, &pace, &search->quotes[i]);
        if (usd < best->usd_per_million_output)
            *best = (struct target_best){&search->catalog->gpus[i / site->gpu_count_count],
                                         ready->scenario.gpu_count,
                                         combination_at(ready, pace.batch), search->quotes[i], usd};
    }
}

void targets_best(const struct target_search *search, const struct target *targets, size_t count,
                  struct target_best *best, struct arena *arena) {
    const struct site *site = &search->catalog->site;
    size_t places = search->catalog->gpu_count * site->gpu_count_count;
    struct floor_price *floors =
        arena_room(arena, places * site->workload_count + 1, sizeof *floors);
    struct combination *sizes = ARENA_ARRAY(arena, site->gpu_count_count + 1, struct combination);
    find_floors(search, sizes, floors, places);
    for (size_t w = 0; w < site->workload_count; w++) {
        struct floor_price *own = floors + w * places;
        size_t running = sort_floors(own, places);
        for (size_t t = 0; t < count; t++)
            find_best(search, sizes, own, running, &site->workloads[w], &targets[t],
                      &best[w * count + t]);
    }
}

enum { BATCHES = 9 }; /* 1, 2, 4 ... 256 */

static size_t trace(const struct target_search *search, const struct combination *ready,
                    const struct quote *quote, struct frontier_point *points) {
    double limit = largest_batch(ready), batch = 1;
    size_t n = 0;
    for (; n < BATCHES && batch <= limit; batch *= 2) {
        struct pace pace = combination_pace(ready, batch);
        if (!pace.feasible)
            break;
        points[n++] = (struct frontier_point){ready->scenario.gpu,
                                              ready->scenario.gpu_count,
                                              ready->scenario.weights,
                                              batch,
                                              pace.output_tokens_per_s_per_request,
                                              usd_per_million(search, ready, &pace, quote),
                                              pace.provenance};
    }
    return n;
}

size_t targets_frontier(const struct target_search *search, const struct gpu *const *gpus,
                        size_t gpu_count, const enum precision *precisions, size_t precision_count,
                        const struct workload *workload, struct frontier_point **points,
                        struct pareto_point **pareto, size_t *on_frontier, struct arena *arena) {
    const struct site *site = &search->catalog->site;
    size_t sizes = site->gpu_count_count, n = 0;
    size_t most = gpu_count * sizes * precision_count * BATCHES;
    struct combination *places =
        ARENA_ARRAY(arena, sizes * precision_count + 1, struct combination);
    *points = arena_room(arena, most + 1, sizeof **points);
    *pareto = arena_room(arena, most + 1, sizeof **pareto);
    for (size_t i = 0; i < gpu_count * sizes * precision_count; i++) {
        const struct gpu *gpu = gpus[i / precision_count / sizes];
        size_t size = i / precision_count % sizes, p = i % precision_count;
        size_t at = (size_t)(gpu - search->catalog->gpus) * sizes + size;
        struct scenario s = target_scenario(search, gpu, site->gpu_counts[size], precisions[p]);
        if (!search->quotes[at].offer)
            continue;
        struct combination *ready = &places[i % (sizes * precision_count)];
        combination_begin(ready, &s);
        combination_workload(ready, workload->input_tokens, workload->output_tokens);
        if (ready->begun.feasible)
            n += trace(search, ready, &search->quotes[at], *points + n);
    }
    for (size_t i = 0; i < n; i++) {
        const struct frontier_point *point = &(*points)[i];
        (*pareto)[i] = (struct pareto_point){point->output_tokens_per_s_per_request,
                                             point->usd_per_million_output, (int)point->weights, i};
    }
    *on_frontier = economics_pareto(*pareto, n);
    return n;
}
