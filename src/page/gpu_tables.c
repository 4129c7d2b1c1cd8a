/* What runs on a GPU, and who rents it. */
#include "page/gpu.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

#define SHOWN_PRICES 20

static void model_cells(struct gpu_page *g, struct rows *rows, uint32_t m, double most) {
    struct arena *arena = g->arena;
    const struct model *model = &g->plan->catalog->models[m];
    const struct pick *pick = plan_pick(g->plan, m, g->index);
    rows_put(rows, value_link(model->name, href_combination(arena, model, g->gpu)));
    if (pick->reason != REASON_NONE) {
        rows_put_infeasible(rows, pick->reason, 3);
        rows_put(rows, value_text(phrase_reason(pick->reason)));
        rows_put_infeasible(rows, REASON_NONE, 1);
        return;
    }
    rows_put(rows, value_from(value_usd(arena, pick->usd_per_million), pick->provenance, NULL));
    rows_put(rows,
             value_from(value_number(arena, pick->output_tokens_per_s), pick->provenance, NULL));
    rows_put(rows, value_exact(arena, pick->gpus));
    rows_put(rows, value_text(phrase_weights(model, pick->weights, g->gpu)));
    rows_put(rows, value_bar(value_from(value_number(arena, pick->tokens_per_usd), pick->provenance,
                                        NULL),
                             pick->tokens_per_usd / most));
}

void gpu_models(struct gpu_page *g) {
    static const struct column columns[] = {
        {"model", "Model", NULL, false, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"gpus", "GPUs", NULL, true, false},
        {"weights", "Weights, or why not", NULL, false, false},
        {"output_tokens_per_usd", "Output tokens / $", NULL, true, false},
    };
    size_t count = g->plan->catalog->model_count;
    struct rows rows = rows_begin(g->arena, columns, COUNT_OF(columns), count);
    double most = 0;
    for (uint32_t m = 0; m < count; m++)
        most = fmax(most, plan_pick(g->plan, m, g->index)->tokens_per_usd);
    for (int without = 0; without < 2; without++) /* what does not run comes last */
        for (uint32_t m = 0; m < count; m++)
            if ((plan_pick(g->plan, m, g->index)->reason != REASON_NONE) == without)
                model_cells(g, &rows, m, most);
    struct table *table = draft_table(&g->draft, "models", "Every model on it", &rows,
                                      phrase_workload(g->arena, g->workload));
    if (table)
        table->sortable = table->downloadable = true;
}

void gpu_prices(struct gpu_page *g) {
    static const struct column columns[] = {
        {"platform", "Platform", NULL, false, true},
        PRICE_COLUMNS,
        {"price_age_days", "Price age", NULL, true, false},
        {"gpu_count", "GPUs", NULL, true, false},
        {"instance", "Instance", NULL, false, false},
        {"region", "Region", NULL, false, true},
        {"note", "Note", NULL, false, false},
    };
    struct arena *arena = g->arena;
    const struct gpu_market *market = g->market;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), market->count);
    for (size_t i = 0; i < market->count; i++) {
        const struct listing *listing = &market->listings[i];
        const struct offer *offer = listing->offer;
        double gpus = offer->gpu_count ? offer->gpu_count : 1;
        rows_put(&rows, listing->link);
        rows_put_prices(&rows, offer);
        rows_put(&rows, value_from(listing->age, FROM_INPUT, NULL));
        rows_put(&rows, value_exact(arena, gpus));
        rows_put(&rows, value_text(offer->instance));
        rows_put(&rows, value_text(offer->region));
        rows_put(&rows, value_text(listing_note(listing)));
    }
    rows_drop_empty(&rows);
    struct table *table = draft_table(&g->draft, "prices", "Price by platform", &rows,
                                      "$ per GPU-hour; cheapest on demand first");
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_PRICES;
}
