/* Compares two catalogs cell by cell: the cheapest way to run each model on each GPU for each
   workload, who wins, and which input line moved it. */
#include "command/diff_compare.h"

#include "base/num.h"
#include "base/pool.h"
#include "engine/offers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct cell {
    double usd_per_million; /* NaN: nothing runs */
    double output_tokens_per_s;
    const struct offer *offer;
    uint32_t gpus; /* of one replica */
};

struct side {
    const struct project *project;
    struct diff_index offers;
    struct cell *cells; /* model x workload x GPU */
};

static size_t cell_index(const struct catalog *c, size_t model, size_t workload, size_t gpu) {
    return (model * c->site.workload_count + workload) * c->gpu_count + gpu;
}

static void fill_workload(struct side *side, size_t model, size_t workload, struct arena *arena) {
    const struct project *project = side->project;
    const struct catalog *catalog = &project->catalog;
    struct search search =
        search_default(catalog, &catalog->models[model], &catalog->site.workloads[workload]);
    search.calibration = calibration_set_find(&project->calibrations, catalog->site.engine);
    search.serving = search.calibration ? SERVING_CONTINUOUS : SERVING_STATIC; /* as the pages */
    size_t count, found;
    struct configuration *ways = search_configurations(&search, arena, &count);
    struct offered *offered = search_offers(&search, ways, count, arena, &found);
    for (size_t i = found; i-- > 0;) { /* backwards: the cheapest stays */
        const struct offered *o = &offered[i];
        size_t gpu = (size_t)(o->configuration->gpu - catalog->gpus);
        side->cells[cell_index(catalog, model, workload, gpu)] =
            (struct cell){o->cost.usd_per_million_output, o->output_tokens_per_s, o->quote.offer,
                          o->configuration->gpus};
    }
}

static void fill_model(void *context, size_t model, unsigned worker) {
    struct side *side = context;
    struct arena *arena = arena_new();
    (void)worker;
    for (size_t w = 0; w < side->project->catalog.site.workload_count; w++) {
        arena_reset(arena);
        fill_workload(side, model, w, arena);
    }
    arena_free(arena);
}

static struct side side_of(struct arena *arena, const struct project *project, unsigned jobs) {
    const struct catalog *c = &project->catalog;
    size_t cells = c->model_count * c->site.workload_count * c->gpu_count;
    struct side side = {project, diff_index_of(arena, c), ARENA_ARRAY(arena, cells, struct cell)};
    for (size_t i = 0; i < cells; i++)
        side.cells[i].usd_per_million = (double)NAN;
    pool_run(jobs, c->model_count, fill_model, &side);
    return side;
}

struct pair { /* the same model and workload on both sides */
    struct side *old, *new;
    size_t old_model, new_model, old_workload, new_workload;
};

/* Which input moved the cell: the old best offer's price, a new or cheaper offer, or the speed. */
static const char *cause(struct arena *arena, const struct pair *p, const struct cell *was,
                         const struct cell *is) {
    const struct offer *then = was->offer, *now = is->offer;
    const struct offer *then_now = diff_counterpart(&p->new->offers, then);
    const struct offer *now_then = diff_counterpart(&p->old->offers, now);
    const char *to = then_now == now ? "" : arena_printf(arena, "; now at %s", now->platform);
    if (!then_now)
        return arena_printf(arena, "%s is gone (was %s:%u)%s", then->platform, then->place.file,
                            then->place.line, to);
    if (then_now->on_demand_usd_per_hour != then->on_demand_usd_per_hour)
        return arena_printf(arena, "price of %s (%s:%u)%s", then->platform, then_now->place.file,
                            then_now->place.line, to);
    if (!now_then || now_then->on_demand_usd_per_hour != now->on_demand_usd_per_hour)
        return arena_printf(arena, "%s of %s (%s:%u)", now_then ? "price" : "new offer",
                            now->platform, now->place.file, now->place.line);
    if (was->output_tokens_per_s != is->output_tokens_per_s)
        return "speed: model, GPU or calibration";
    return "settings of the site";
}

static const char *runs_on(struct arena *arena, const struct gpu *gpu, const struct cell *cell) {
    return arena_printf(arena, "%u x %s at %s", cell->gpus, gpu->short_name, cell->offer->platform);
}

static const struct cell *old_cell(const struct pair *p, size_t gpu) {
    return &p->old
                ->cells[cell_index(&p->old->project->catalog, p->old_model, p->old_workload, gpu)];
}

static const struct cell *new_cell(const struct pair *p, size_t gpu) {
    return &p->new
                ->cells[cell_index(&p->new->project->catalog, p->new_model, p->new_workload, gpu)];
}

static struct diff_cell cell_of(const struct pair *p, const struct gpu *gpu) {
    const struct catalog *c = &p->new->project->catalog;
    return (struct diff_cell){c->models[p->new_model].id, c->site.workloads[p->new_workload].id,
                              gpu->id};
}

static void compare_cell(struct diff *diff, const struct pair *p, const struct gpu *gpu,
                         const struct cell *was, const struct cell *is) {
    double before = was ? was->usd_per_million : (double)NAN;
    double after = is ? is->usd_per_million : (double)NAN;
    if (isnan(before) && isnan(after))
        return;
    diff->cells++;
    if (isnan(before) != isnan(after))
        diff_coverage(diff, cell_of(p, gpu), isnan(after), isnan(after) ? before : after);
    else if (was && is && before != after)
        diff_cell(diff, cell_of(p, gpu), before, after)->values[6] =
            diff_text(cause(diff->arena, p, was, is));
}

static size_t cheapest(const struct pair *p, bool new, size_t gpus) {
    size_t best = gpus;
    for (size_t g = 0; g < gpus; g++) {
        const struct cell *cell = new ? new_cell(p, g) : old_cell(p, g);
        const struct cell *first =
            best == gpus ? NULL : (new ? new_cell(p, best) : old_cell(p, best));
        if (!isnan(cell->usd_per_million) &&
            (!first || cell->usd_per_million < first->usd_per_million))
            best = g;
    }
    return best;
}

static void compare_winner(struct diff *diff, const struct pair *p) {
    const struct catalog *old = &p->old->project->catalog, *new = &p->new->project->catalog;
    size_t was = cheapest(p, false, old->gpu_count), is = cheapest(p, true, new->gpu_count);
    if (was == old->gpu_count || is == new->gpu_count)
        return;
    const struct cell *before = old_cell(p, was), *after = new_cell(p, is);
    bool other = strcmp(old->gpus[was].id, new->gpus[is].id) != 0 ||
                 strcmp(before->offer->platform_id, after->offer->platform_id) != 0;
    struct diff_cell cell = cell_of(p, &new->gpus[is]);
    diff_winner(diff,
                (struct diff_best){cell.model, cell.workload, before->usd_per_million,
                                   after->usd_per_million},
                other, runs_on(diff->arena, &old->gpus[was], before),
                runs_on(diff->arena, &new->gpus[is], after));
}

static void compare_pair(struct diff *diff, const struct pair *p) {
    const struct catalog *old = &p->old->project->catalog, *new = &p->new->project->catalog;
    for (size_t g = 0; g < new->gpu_count; g++) {
        size_t o = 0;
        while (o < old->gpu_count && strcmp(old->gpus[o].id, new->gpus[g].id) != 0)
            o++;
        compare_cell(diff, p, &new->gpus[g], o < old->gpu_count ? old_cell(p, o) : NULL,
                     new_cell(p, g));
    }
    for (size_t o = 0; o < old->gpu_count; o++) {
        size_t g = 0;
        while (g < new->gpu_count && strcmp(old->gpus[o].id, new->gpus[g].id) != 0)
            g++;
        if (g == new->gpu_count)
            compare_cell(diff, p, &old->gpus[o], old_cell(p, o), NULL);
    }
    compare_winner(diff, p);
}

/* The cells of a model for a workload that stands on one side only. */
static void compare_none(struct diff *diff, const struct side *side, size_t model, size_t workload,
                         bool lost) {
    const struct catalog *c = &side->project->catalog;
    for (size_t g = 0; g < c->gpu_count; g++) {
        double usd = side->cells[cell_index(c, model, workload, g)].usd_per_million;
        if (isnan(usd))
            continue;
        diff->cells++;
        diff_coverage(
            diff,
            (struct diff_cell){c->models[model].id, c->site.workloads[workload].id, c->gpus[g].id},
            lost, usd);
    }
}

static size_t model_of(const struct catalog *catalog, const char *id) {
    size_t i = 0;
    while (i < catalog->model_count && strcmp(catalog->models[i].id, id) != 0)
        i++;
    return i;
}

static size_t workload_of(const struct catalog *catalog, const char *id) {
    size_t i = 0;
    while (i < catalog->site.workload_count && strcmp(catalog->site.workloads[i].id, id) != 0)
        i++;
    return i;
}

/* Of `one`, what the other has too and what it has not; pairs are compared once, from the new. */
static void compare_side(struct diff *diff, struct side *one, struct side *other, bool is_old) {
    const struct catalog *c = &one->project->catalog, *o = &other->project->catalog;
    for (size_t m = 0; m < c->model_count; m++)
        for (size_t w = 0; w < c->site.workload_count; w++) {
            size_t k = model_of(o, c->models[m].id), v = workload_of(o, c->site.workloads[w].id);
            if (k == o->model_count || v == o->site.workload_count)
                compare_none(diff, one, m, w, is_old);
            else if (!is_old)
                compare_pair(diff, &(struct pair){other, one, k, m, v, w});
        }
}

struct diff diff_compare(struct arena *arena, const struct project *old, const struct project *new,
                         unsigned jobs) {
    struct diff diff = diff_begin(arena);
    struct side before = side_of(arena, old, jobs), after = side_of(arena, new, jobs);
    diff_offers(&diff, &before.offers, &after.offers);
    diff_facts(&diff, &old->catalog, &new->catalog);
    diff_api_prices(&diff, &old->catalog, &new->catalog);
    compare_side(&diff, &after, &before, false);
    compare_side(&diff, &before, &after, true);
    diff_end(&diff);
    return diff;
}
