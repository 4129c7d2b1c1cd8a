/* Where to run a model: the cheapest offers, and every GPU with what it takes or why not. */
#include "page/model.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>

#define SHOWN_OFFERS 12

struct offer_row {
    uint32_t gpu;
    const struct pick *pick;
    const struct listing *listing;
    double million;
};

static int cheaper_first(const void *left, const void *right) {
    const struct offer_row *a = left, *b = right;
    if (a->million != b->million)
        return a->million < b->million ? -1 : 1;
    if (a->gpu != b->gpu)
        return a->gpu < b->gpu ? -1 : 1;
    return (a->listing > b->listing) - (a->listing < b->listing);
}

static size_t collect(struct model_page *m, struct offer_row *out) {
    size_t n = 0;
    for (uint32_t g = 0; g < m->plan->catalog->gpu_count; g++) {
        const struct pick *pick = plan_pick(m->plan, m->index, g);
        const struct gpu *gpu = &m->plan->catalog->gpus[g];
        if (pick->reason != REASON_NONE || !pick->listing || gpu->announced)
            continue;
        const struct gpu_market *market = &m->plan->gpu_markets[g];
        for (size_t i = 0; i < market->ranked; i++) {
            const struct listing *listing = &market->listings[i];
            if (listing_runs(listing, pick->gpus))
                out[n++] =
                    (struct offer_row){g, pick, listing, pick_usd_per_million(pick, listing)};
        }
    }
    qsort(out, n, sizeof *out, cheaper_first);
    return n;
}

/* What the offers of one GPU have in common. */
struct offer_common {
    struct value gpus, weights, output, each;
};

static struct offer_common common_cells(struct model_page *m, const struct offer_row *row) {
    struct arena *arena = m->arena;
    const struct gpu *gpu = &m->plan->catalog->gpus[row->gpu];
    const struct pick *pick = row->pick;
    return (struct offer_common){
        .gpus = value_link(words_gpus(arena, pick->gpus, phrase_gpu(gpu)),
                           href_combination(arena, m->model, gpu)),
        .weights = value_text(phrase_weights(m->model, pick->weights, gpu)),
        .output =
            value_from(value_number(arena, pick->output_tokens_per_s), pick->provenance, NULL),
        .each = value_from(value_number(arena, pick->output_tokens_per_s_per_request),
                           pick->provenance, NULL)};
}

static void offer_cells(struct model_page *m, struct rows *rows, const struct offer_row *row,
                        const struct offer_common *common, double least) {
    struct arena *arena = m->arena;
    const struct pick *pick = row->pick;
    double usd_per_hour = listing_usd_per_hour(row->listing, pick->gpus);
    rows_put(rows, row->listing->link);
    rows_put(rows, common->gpus);
    rows_put(rows, value_bar(value_from(value_usd(arena, row->million), pick->provenance, NULL),
                             least / row->million));
    rows_put(rows, value_from(value_usd(arena, row->million / m->plan->catalog->site.utilisation),
                              pick->provenance, NULL));
    rows_put(rows, common->output);
    rows_put(rows, common->each);
    rows_put(rows,
             value_from(value_usd_listed(arena, usd_per_hour), FROM_INPUT, row->listing->source));
    rows_put(rows, row->listing->age);
    rows_put(rows, common->weights);
    rows_put(rows, value_number(arena, pick->output_tokens_per_s * 3600 / usd_per_hour));
}

static void put_offers(struct model_page *m, struct rows *rows, const struct offer_row *all,
                       size_t count) {
    struct offer_common *common =
        ARENA_ARRAY(m->arena, m->plan->catalog->gpu_count + 1, struct offer_common);
    for (size_t i = 0; i < count; i++) {
        struct offer_common *cells = &common[all[i].gpu];
        if (!cells->gpus.text)
            *cells = common_cells(m, &all[i]);
        offer_cells(m, rows, &all[i], cells, all[0].million);
    }
}

void model_offers(struct model_page *m) {
    struct arena *arena = m->arena;
    size_t most = 0;
    for (size_t g = 0; g < m->plan->catalog->gpu_count; g++)
        most += m->plan->gpu_markets[g].ranked;
    struct offer_row *all = arena_room(arena, most + 1, sizeof *all);
    size_t count = collect(m, all);
    struct column *columns = ARENA_ARRAY(arena, 10, struct column);
    const struct column fixed[] = {
        {"platform", "Platform", NULL, false, true},
        {"gpus", "GPUs", NULL, false, true},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"usd_per_million_output_in_use", NULL, NULL, true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"output_tokens_per_s_per_request", "Each", "tokens/s", true, false},
        {"usd_per_hour", "$ / h", NULL, true, false},
        {"price_age_days", "Price age", NULL, true, false},
        {"weights", "Weights", NULL, false, true},
        {"output_tokens_per_usd", "Output tokens / $", NULL, true, false},
    };
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        columns[i] = fixed[i];
    columns[3].head =
        arena_printf(arena, "at %s use", words_percent(arena, m->plan->catalog->site.utilisation));
    struct rows rows = rows_begin(arena, columns, COUNT_OF(fixed), count);
    put_offers(m, &rows, all, count);
    struct table *table =
        draft_table(&m->draft, "offers", "Cheapest offers", &rows,
                    arena_printf(arena, "%s; on demand", phrase_workload(arena, m->workload)));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_OFFERS;
}

/* What only the twins carry: they are the data of the pages of each GPU as well. */
#define GPU_TWIN_COLUMNS 12
static void gpu_twin_cells(struct model_page *m, struct places *places, struct rows *rows,
                           uint32_t g, const struct pick *pick) {
    struct arena *arena = m->arena;
    const struct site *site = &m->plan->catalog->site;
    struct energy energy = pick_energy(m->plan, places, m->index, g, pick, m->workload);
    rows_put(rows, value_exact(arena, pick->min_gpus));
    rows_put(rows, value_exact(arena, pick->max_batch));
    rows_put(rows, value_exact(arena, pick->batch));
    const double speed[] = {pick->output_tokens_per_s_per_request, pick->total_tokens_per_s};
    for (size_t i = 0; i < COUNT_OF(speed); i++)
        rows_put(rows, value_from(value_number(arena, speed[i]), pick->provenance, NULL));
    rows_put(rows, value_from(value_seconds(arena, pick->ttft_s), pick->provenance, NULL));
    rows_put(rows, pick->listing ? value_usd_listed(arena, pick->listing->usd_per_gpu_hour)
                                 : value_none());
    rows_put(rows, value_from(value_usd(arena, pick->usd_per_million / site->utilisation),
                              pick->provenance, NULL));
    rows_put(rows, value_number(arena, pick->tokens_per_usd));
    const double power[] = {energy.joules_per_output_token, energy.kwh_per_million_output,
                            energy.gco2_per_million_output};
    for (size_t i = 0; i < COUNT_OF(power); i++)
        rows_put(rows, value_from(value_number(arena, power[i]), energy.provenance, NULL));
}

static void gpu_cells(struct model_page *m, struct places *places, struct rows *rows, uint32_t g) {
    struct arena *arena = m->arena;
    const struct gpu *gpu = &m->plan->catalog->gpus[g];
    const struct pick *pick = plan_pick(m->plan, m->index, g);
    rows_put(rows, value_link(phrase_gpu(gpu), href_combination(arena, m->model, gpu)));
    struct value memory = value_from(value_gb(arena, gpu->memory_bytes), FROM_INPUT, NULL);
    if (pick->reason != REASON_NONE) {
        rows_put_infeasible(rows, pick->reason, 1);
        rows_put(rows, value_text(phrase_reason(pick->reason)));
        rows_put_infeasible(rows, REASON_NONE, 3);
        rows_put(rows, memory);
        rows_put_infeasible(rows, REASON_NONE, GPU_TWIN_COLUMNS);
        return;
    }
    rows_put(rows, value_from(value_usd(arena, pick->usd_per_million), pick->provenance, NULL));
    rows_put(rows, gpu->announced  ? value_text("announced")
                   : pick->listing ? value_text(m->plan->platforms[pick->listing->platform].name)
                                   : value_text(phrase_reason(REASON_NO_PRICE)));
    rows_put(rows,
             value_from(value_number(arena, pick->output_tokens_per_s), pick->provenance, NULL));
    rows_put(rows, value_exact(arena, pick->gpus));
    rows_put(rows, value_text(phrase_weights(m->model, pick->weights, gpu)));
    rows_put(rows, memory);
    gpu_twin_cells(m, places, rows, g, pick);
}

/* By price; then what runs without one, then what does not run, both as the catalog lists them. */
static double gpu_rank(const struct model_page *m, uint32_t g) {
    const struct pick *pick = plan_pick(m->plan, m->index, g);
    if (pick->reason != REASON_NONE)
        return INFINITY;
    bool priced = pick->listing && !m->plan->catalog->gpus[g].announced;
    return priced ? pick->usd_per_million : 1e300;
}

static const uint32_t *cheapest_gpus(const struct model_page *m) {
    size_t count = m->plan->catalog->gpu_count;
    uint32_t *order = ARENA_ARRAY(m->arena, count + 1, uint32_t);
    double *ranks = ARENA_ARRAY(m->arena, count + 1, double);
    for (uint32_t g = 0; g < count; g++) {
        double rank = gpu_rank(m, g);
        size_t at = g;
        for (; at > 0 && ranks[at - 1] > rank; at--)
            ranks[at] = ranks[at - 1], order[at] = order[at - 1];
        ranks[at] = rank, order[at] = g;
    }
    return order;
}

void model_gpus(struct model_page *m) {
    static const struct column columns[] = {
        {"gpu", "GPU", NULL, false, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"where", "Cheapest at, or why not", NULL, false, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"gpus", "GPUs", NULL, true, false},
        {"weights", "Weights", NULL, false, false},
        {"memory_gb", "Memory", "GB", true, false},
        {"fewest_gpus", "Fewest", "GPUs", true, false},
        {"max_batch", "Largest batch", NULL, true, false},
        {"batch", "At once", NULL, true, false},
        {"output_tokens_per_s_per_request", "Each", "tokens/s", true, false},
        {"total_tokens_per_s", "Together", "tokens/s", true, false},
        {"ttft_s", "First token", "s", true, false},
        {"usd_per_gpu_hour", "$ / GPU-hour", NULL, true, false},
        {"usd_per_million_output_in_use", "$ / 1M output", "at the site's use", true, false},
        {"output_tokens_per_usd", "Output tokens / $", NULL, true, false},
        {"joules_per_output_token", "Energy", "J per output token", true, false},
        {"kwh_per_million_output", "Energy", "kWh per 1M output", true, false},
        {"gco2_per_million_output", "CO\xE2\x82\x82", "g per 1M output", true, false},
    };
    size_t count = m->plan->catalog->gpu_count;
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), count);
    struct places *places = places_new(m->arena);
    const uint32_t *order = cheapest_gpus(m);
    for (size_t i = 0; i < count; i++)
        gpu_cells(m, places, &rows, order[i]);
    struct table *table = draft_table(&m->draft, "gpus", "On every GPU", &rows,
                                      phrase_workload(m->arena, m->workload));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_columns = COUNT_OF(columns) - GPU_TWIN_COLUMNS;
}
