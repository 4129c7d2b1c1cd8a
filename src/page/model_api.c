/* Own GPUs against the API market: break-even use, and what was measured of this model. */
#include "page/model.h"

#include "engine/accuracy.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

#define SHOWN_PRICES 10
#define SHOWN_MEASUREMENTS 12

static void price_cells(struct model_page *m, struct rows *rows, size_t i) {
    struct arena *arena = m->arena;
    const struct model_market *market = &m->plan->model_markets[m->index];
    const struct api_price *price = market->prices[i];
    const char *note = market->notes[i];
    const struct pick *pick = &m->best->pick;
    double million = api_usd_per_million(m->plan, price, m->workload);
    double use = m->best->gpu == UINT32_MAX ? NAN : pick->usd_per_million / million;
    const char *source = phrase_api_source(arena, price);
    rows_put(rows, value_text(price->provider));
    rows_put(rows, value_usd(arena, million));
    rows_put(rows,
             value_from(value_usd_listed(arena, price->input_usd_per_million), FROM_INPUT, source));
    rows_put(rows, value_from(value_usd_listed(arena, price->output_usd_per_million), FROM_INPUT,
                              source));
    rows_put(rows, value_from(value_usd_listed(arena, price->cached_input_usd_per_million),
                              FROM_INPUT, source));
    rows_put(rows, value_age(arena, plan_age_days(m->plan, price->as_of)));
    if (!isfinite(use) || use > 1) {
        rows_put(rows, isfinite(use) ? value_text("never") : value_none());
        rows_put(rows, value_none());
        rows_put(rows, value_text(note));
        return;
    }
    /* Tokens a day at which renting costs as much as the API. */
    double day_tokens = pick->output_tokens_per_s * 86400 * use;
    rows_put(rows, value_from(value_percent(arena, use), pick->provenance, NULL));
    rows_put(rows, value_from(value_number(arena, day_tokens / 1e6), pick->provenance, NULL));
    rows_put(rows, value_text(note));
}

/* The price of a token against how busy the GPUs are, with the API market as level lines. */
static void use_chart(struct model_page *m, double median) {
    static const double uses[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1};
    struct arena *arena = m->arena;
    const struct pick *pick = &m->best->pick;
    size_t n = COUNT_OF(uses);
    const struct model_market *market = &m->plan->model_markets[m->index];
    double cheapest = INFINITY;
    for (size_t i = 0; i < (market->fresh ? market->fresh : market->count); i++)
        cheapest = fmin(cheapest, api_usd_per_million(m->plan, market->prices[i], m->workload));
    double *x = ARENA_ARRAY(arena, n, double), *own = ARENA_ARRAY(arena, n, double);
    double *api = ARENA_ARRAY(arena, n, double), *low = ARENA_ARRAY(arena, n, double);
    for (size_t i = 0; i < n; i++)
        x[i] = 100 * uses[i], own[i] = pick->usd_per_million / uses[i], api[i] = median,
        low[i] = cheapest;
    struct chart_series *series = ARENA_ARRAY(arena, 3, struct chart_series);
    series[0] = (struct chart_series){
        .name = "Own GPUs", .kind = SERIES_LINE, .colour = 0, .x = x, .y = own, .count = n};
    series[1] = (struct chart_series){.name = "API median",
                                      .kind = SERIES_LINE,
                                      .colour = 1,
                                      .dashed = true,
                                      .x = x,
                                      .y = api,
                                      .count = n};
    series[2] = (struct chart_series){.name = "Cheapest API",
                                      .kind = SERIES_LINE,
                                      .colour = 2,
                                      .dashed = true,
                                      .x = x,
                                      .y = low,
                                      .count = n};
    double use = pick->usd_per_million / median;
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_LINE,
        .id = "use",
        .title = use > 1 ? "The API median is cheaper than own GPUs at any use"
                         : arena_printf(arena, "Own GPUs beat the API median from %s use up",
                                        words_percent(arena, use)),
        .x = {.label = "Use of the paid hours", .unit = "%", .log = true},
        .y = {.label = "Price", .unit = "$ per 1M output tokens", .log = true},
        .series = series,
        .series_count = cheapest < median * 0.95 ? 3 : 2,
        .height = 280};
    draft_chart_alone(&m->draft, "use", chart, NULL);
}

void model_api(struct model_page *m) {
    static const struct column columns[] = {
        {"provider", "Provider", NULL, false, true},
        {"usd_per_million_output", "All in", "$ / 1M output", true, false},
        {"input_usd_per_million", "Input", "$ / 1M", true, false},
        {"output_usd_per_million", "Output", "$ / 1M", true, false},
        {"cached_input_usd_per_million", "Cached input", "$ / 1M", true, false},
        {"price_age_days", "Price age", NULL, true, false},
        {"break_even_use", "Own GPUs pay from", "share of paid hours", true, false},
        {"break_even_million_output_per_day", "or from", "1M output tokens a day", true, false},
        {"note", "Note", NULL, false, false},
    };
    const struct model_market *market = &m->plan->model_markets[m->index];
    double median = api_median(m->plan, m->index);
    if (isfinite(median) && m->best->gpu != UINT32_MAX)
        use_chart(m, median);
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), market->count);
    for (size_t i = 0; i < market->count; i++)
        price_cells(m, &rows, i);
    rows_drop_empty(&rows);
    struct table *table =
        draft_table(&m->draft, "api",
                    m->best->gpu == UINT32_MAX ? "API prices" : "API prices, and when own GPUs pay",
                    &rows, phrase_workload(m->arena, m->workload));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_PRICES;
}

static void measured_cells(struct model_page *m, struct rows *rows, const struct benchmark *row) {
    struct arena *arena = m->arena;
    const struct accuracy_row *accuracy = measured_accuracy(m->plan, row);
    const char *source = phrase_measured_source(arena, row->source, row->date);
    rows_put(rows, value_link(
                       words_gpus(arena, row->gpu_count ? row->gpu_count : 1, phrase_gpu(row->gpu)),
                       href_combination(arena, m->model, row->gpu)));
    rows_put(rows, row->batch ? value_exact(arena, row->batch) : value_text("engine's choice"));
    rows_put(rows, value_from(value_number(arena, row->output_tokens_per_s_system), FROM_MEASURED,
                              source));
    if (accuracy->skipped) {
        struct value none = value_none();
        none.reason = accuracy->skipped;
        rows_put(rows, none);
        rows_put(rows, value_none());
    } else {
        double predicted = accuracy->ratio * row->output_tokens_per_s_system;
        rows_put(rows, value_from(value_number(arena, predicted), accuracy->provenance, NULL));
        rows_put(rows, value_percent(arena, accuracy->ratio - 1));
    }
    rows_put(rows, value_exact(arena, row->input_tokens));
    rows_put(rows, value_exact(arena, row->output_tokens));
    rows_put(rows, value_text(phrase_engine(m->plan, row->engine)));
    rows_put(rows, value_text(phrase_weights(m->model, row->weights, row->gpu)));
}

void model_measured(struct model_page *m) {
    static const struct column columns[] = {
        {"gpus", "GPUs", NULL, false, true},
        {"batch", "Batch", NULL, true, false},
        {"measured_tokens_per_s", "Measured", "output tokens/s", true, false},
        {"predicted_tokens_per_s", "Predicted", "output tokens/s", true, false},
        {"error", "Off by", NULL, true, false},
        {"input_tokens", "In", "tokens", true, false},
        {"output_tokens", "Out", "tokens", true, false},
        {"engine", "Engine", NULL, false, true},
        {"weights", "Weights", NULL, false, true},
    };
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), 16);
    for (size_t i = 0; i < m->plan->measured_count; i++)
        if (m->plan->measured[i]->model == m->model)
            measured_cells(m, &rows, m->plan->measured[i]);
    struct table *table =
        draft_table(&m->draft, "measured", "Measured, and what was predicted", &rows,
                    words_plural(m->arena, (double)rows_count(&rows), "measurement"));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_MEASUREMENTS;
}
