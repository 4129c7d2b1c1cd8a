/* The cheapest place under latency targets, workload by workload, and the frontier of speed and
   price of each precision. */
#include "page/economics.h"

#include "engine/sweep.h"
#include "engine/targets.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

/* The limits of MLPerf Inference for a 70B model, interactive and server, and none. */
static const struct {
    const char *name;
    struct target target;
} wanted[] = {{"interactive: 0.45 s, 40 ms", {0.45, 0.04}},
              {"server: 2 s, 200 ms", {2, 0.2}},
              {"no limit", {0, 0}}};

static void target_row(struct model_page *m, struct rows *rows, const struct target_best *best) {
    struct arena *arena = m->arena;
    if (!best->gpu) {
        rows_put(rows, value_text("nothing for rent keeps it"));
        for (int i = 0; i < 7; i++)
            rows_put(rows, value_none());
        return;
    }
    enum provenance from = best->outcome.provenance;
    rows_put(rows, value_link(words_gpus(arena, best->gpus, phrase_gpu(best->gpu)),
                              href_combination(arena, m->model, best->gpu)));
    rows_put(rows, value_link(best->quote.offer->platform,
                              href_platform(arena, best->quote.offer->platform_id)));
    rows_put(rows, value_exact(arena, best->outcome.batch));
    rows_put(rows, value_from(value_number(arena, best->outcome.output_tokens_per_s), from, NULL));
    rows_put(rows, value_from(value_seconds(arena, best->outcome.ttft_s), from, NULL));
    rows_put(rows, value_from(value_ms(arena, best->outcome.tpot_s), from, NULL));
    rows_put(rows, value_from(value_usd(arena, best->usd_per_million_output), from, NULL));
    rows_put(rows, value_from(value_usd(arena, best->usd_per_million_output /
                                                   m->plan->catalog->site.utilisation),
                              from, NULL));
}

void economics_targets(struct model_page *m) {
    struct arena *arena = m->arena;
    const struct site *site = &m->plan->catalog->site;
    const struct column fixed[] = {
        {"workload", "Workload", NULL, false, true},
        {"target", "Longest first token, per token", NULL, false, true},
        {"gpus", "Cheapest", NULL, false, false},
        {"platform", "at", NULL, false, false},
        {"batch", "At once", NULL, true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"ttft_s", "First token", NULL, true, false},
        {"tpot_ms", "Per token", "ms", true, false},
        {"usd_per_million_output", "$ / 1M output", "always busy", true, false},
        {"usd_per_million_output_in_use", "$ / 1M output",
         arena_printf(arena, "at %s use", words_percent(arena, site->utilisation)), true, false},
    };
    struct column *columns = ARENA_ARRAY(arena, COUNT_OF(fixed), struct column);
    struct target targets[COUNT_OF(wanted)];
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        columns[i] = fixed[i];
    for (size_t i = 0; i < COUNT_OF(wanted); i++)
        targets[i] = wanted[i].target;
    if (m->best->gpu == UINT32_MAX || m->best->pick.fallback)
        return;
    struct target_search search = economics_search(m);
    size_t count = site->workload_count * COUNT_OF(wanted);
    struct target_best *best = ARENA_ARRAY(arena, count, struct target_best);
    targets_best(&search, targets, COUNT_OF(wanted), best, arena);
    struct rows rows = rows_begin(arena, columns, COUNT_OF(fixed), 16);
    const struct gpu **gpus = ARENA_ARRAY(arena, count + 1, const struct gpu *);
    for (size_t i = 0; i < count; i++) {
        gpus[i] = best[i].gpu;
        rows_put(&rows, value_text(site->workloads[i / COUNT_OF(wanted)].name));
        rows_put(&rows, value_text(wanted[i % COUNT_OF(wanted)].name));
        target_row(m, &rows, &best[i]);
    }
    struct table *table = draft_table(
        &m->draft, "targets", "Cheapest under latency targets", &rows,
        WORDS_JOIN(arena, phrase_weights_among(arena, m->model, search.weights, gpus, count),
                   " weights, on demand; limits of MLPerf Inference"));
    if (table)
        table->downloadable = true;
}

enum { FRONTIER_GPUS = 5, MOST_PRECISIONS = 5 };

static struct chart_series frontier_series(struct model_page *m,
                                           const struct frontier_point *points,
                                           const struct pareto_point *pareto, size_t count,
                                           int colour) {
    double *x = ARENA_ARRAY(m->arena, count + 1, double);
    double *y = ARENA_ARRAY(m->arena, count + 1, double);
    enum chart_mark *marks = ARENA_ARRAY(m->arena, count + 1, enum chart_mark);
    const struct gpu **gpus = ARENA_ARRAY(m->arena, count + 1, const struct gpu *);
    struct chart_series series = {.kind = SERIES_FRONTIER,
                                  .mark = MARK_HALF,
                                  .marks = marks,
                                  .colour = colour,
                                  .x = x,
                                  .y = y};
    for (size_t i = 0; i < count; i++) {
        gpus[series.count] = points[pareto[i].index].gpu;
        marks[series.count] = draft_mark(points[pareto[i].index].provenance);
        x[series.count] = pareto[i].tokens_per_s_per_user;
        y[series.count++] = pareto[i].usd_per_million;
    }
    series.name = phrase_weights_among(m->arena, m->model, (enum precision)pareto[0].group, gpus,
                                       series.count);
    return series;
}

static void frontier_rows(struct model_page *m, struct rows *rows,
                          const struct frontier_point *points, const struct pareto_point *pareto,
                          size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct frontier_point *p = &points[pareto[i].index];
        rows_put(rows, value_text(phrase_weights(m->model, p->weights, p->gpu)));
        rows_put(rows, value_text(words_gpus(m->arena, p->gpus, phrase_gpu(p->gpu))));
        rows_put(rows, value_exact(m->arena, p->batch));
        rows_put(rows, value_from(value_number(m->arena, p->output_tokens_per_s_per_request),
                                  p->provenance, NULL));
        rows_put(rows,
                 value_from(value_usd(m->arena, p->usd_per_million_output), p->provenance, NULL));
    }
}

static const char *frontier_finding(struct model_page *m, const struct frontier_point *points,
                                    size_t count) {
    const struct frontier_point *least = &points[0];
    for (size_t i = 1; i < count; i++)
        if (points[i].usd_per_million_output < least->usd_per_million_output)
            least = &points[i];
    return arena_printf(m->arena, "%s on %s is the cheapest: %s, %s each",
                        phrase_weights(m->model, least->weights, least->gpu),
                        words_gpus(m->arena, least->gpus, phrase_gpu(least->gpu)),
                        words_usd(m->arena, least->usd_per_million_output),
                        words_unit(m->arena, least->output_tokens_per_s_per_request, "tokens/s"));
}

void economics_frontier(struct model_page *m) {
    static const struct column columns[] = {
        {"weights", "Weights", NULL, false, true},
        {"gpus", "GPUs", NULL, false, true},
        {"batch", "At once", NULL, true, false},
        {"output_tokens_per_s_per_request", "Each request", "tokens/s", true, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
    };
    uint32_t indices[FRONTIER_GPUS];
    const struct gpu *gpus[FRONTIER_GPUS];
    enum precision precisions[MOST_PRECISIONS];
    size_t gpu_count = plan_cheapest(m->plan, m->index, true, indices, FRONTIER_GPUS);
    if (gpu_count == 0)
        return;
    for (size_t i = 0; i < gpu_count; i++)
        gpus[i] = &m->plan->catalog->gpus[indices[i]];
    size_t kinds = sweep_precisions(&m->plan->catalog->site, m->model, precisions, MOST_PRECISIONS),
           used = 0, on_frontier;
    struct target_search search = economics_search(m);
    struct frontier_point *points;
    struct pareto_point *pareto;
    size_t n = targets_frontier(&search, gpus, gpu_count, precisions, kinds, m->workload, &points,
                                &pareto, &on_frontier, m->arena);
    if (n == 0)
        return;
    struct chart_series *series = ARENA_ARRAY(m->arena, kinds, struct chart_series);
    for (size_t from = 0, to; from < on_frontier; from = to) {
        for (to = from; to < on_frontier && pareto[to].group == pareto[from].group; to++)
            ;
        series[used] = frontier_series(m, points, pareto + from, to - from, (int)used);
        used++;
    }
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), 64);
    frontier_rows(m, &rows, points, pareto, on_frontier);
    struct chart *chart =
        model_speed_price_chart(m->arena, "frontier", frontier_finding(m, points, n), series, used);
    struct table *table =
        rows_table(&rows, "Nothing of its precision is both faster and cheaper than these");
    table->downloadable = true;
    draft_chart(&m->draft, "frontier", chart, table);
}
