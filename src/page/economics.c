/* Own GPUs, rented or bought, against the API prices of a model. */
#include "page/economics.h"

#include "engine/compare.h"
#include "engine/gap.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

#define REQUESTS_PER_USER_PER_DAY 20
#define SHOWN_PRICES 12

struct scenario economics_scenario(const struct model_page *m, uint32_t gpu) {
    const struct pick *pick = plan_pick(m->plan, m->index, gpu);
    return plan_scenario(m->plan, m->model, &m->plan->catalog->gpus[gpu], pick->gpus, pick->weights,
                         m->workload, pick->batch);
}

struct target_search economics_search(const struct model_page *m) {
    const struct calibration *engine = m->plan->engines[m->best->gpu];
    return (struct target_search){.catalog = m->plan->catalog,
                                  .model = m->model,
                                  .weights = m->best->pick.weights,
                                  .calibration = engine,
                                  .serving = engine ? SERVING_CONTINUOUS : SERVING_STATIC,
                                  .quotes = m->plan->quotes};
}

static struct served served_by(const struct model_page *m, double usd_per_hour) {
    return (struct served){usd_per_hour, m->best->pick.output_tokens_per_s,
                           m->workload->input_tokens, m->workload->output_tokens,
                           m->plan->catalog->site.utilisation};
}

static void even_cells(struct rows *rows, const struct break_even *even, enum provenance from) {
    struct arena *arena = rows->arena;
    if (!even->ever) {
        rows_put(rows, value_text("never"));
        rows_put(rows, value_none());
        rows_put(rows, value_none());
        return;
    }
    rows_put(rows, value_from(value_percent(arena, even->utilisation), from, NULL));
    rows_put(rows, value_from(value_number(arena, even->tokens_per_month / 1e6), from, NULL));
    rows_put(rows, value_from(value_number(arena, even->users), from, NULL));
}

static void api_cells(struct model_page *m, struct rows *rows, const struct api_row *rented,
                      const struct api_row *bought) {
    struct arena *arena = m->arena;
    const struct api_price *price = rented->price;
    enum provenance from = m->best->pick.provenance;
    double own = m->best->pick.usd_per_million / m->plan->catalog->site.utilisation;
    rows_put(rows, value_text(price->provider));
    rows_put(rows, value_usd(arena, rented->usd_per_million_output));
    rows_put(rows, value_from(value_usd_listed(arena, price->input_usd_per_million), FROM_INPUT,
                              phrase_api_source(arena, price)));
    rows_put(rows, value_usd_listed(arena, price->output_usd_per_million));
    rows_put(rows, value_age(arena, rented->age_days));
    rows_put(rows,
             value_from(value_times(arena, own / rented->usd_per_million_output), from, NULL));
    rows_put(rows, value_from(value_percent(arena, rented->margin), from, NULL));
    even_cells(rows, &rented->even, from);
    rows_put(rows, bought->even.ever
                       ? value_from(value_percent(arena, bought->even.utilisation), from, NULL)
                   : isfinite(bought->even.utilisation) ? value_text("never")
                                                        : value_none());
    rows_put(rows, value_text(phrase_unranked(rented->stale, rented->doubtful)));
}

void economics_supply(struct model_page *m) {
    static const struct column columns[] = {
        {"provider", "API", NULL, false, true},
        {"usd_per_million_output", "All in", "$ / 1M output", true, false},
        {"input_usd_per_million", "Input", "$ / 1M", true, false},
        {"output_usd_per_million", "Output", "$ / 1M", true, false},
        {"price_age_days", "Price age", NULL, true, false},
        {"own_over_api", "Own GPUs", "of this price", true, false},
        {"margin", "Margin", "over own GPUs", true, false},
        {"break_even_use", "Renting pays from", "use", true, false},
        {"break_even_million_tokens_per_month", "or from", "1M in + out a month", true, false},
        {"break_even_users", "or from", "users", true, false},
        {"break_even_use_bought", "Buying pays from", "use", true, false},
        {"note", "Note", NULL, false, false},
    };
    if (m->best->gpu == UINT32_MAX)
        return;
    const struct catalog *catalog = m->plan->catalog;
    const struct pick *pick = &m->best->pick;
    struct purchase purchase = compare_purchase(catalog, &catalog->gpus[m->best->gpu]);
    double bought_usd = economics_purchase_usd_per_hour(&purchase, pick->gpus);
    struct api_case rented = {catalog, m->model, served_by(m, pick->usd_per_hour), 0,
                              REQUESTS_PER_USER_PER_DAY};
    struct api_case bought = rented;
    bought.served = served_by(m, bought_usd);
    size_t count, fresh;
    const struct api_row *apis = compare_apis(&rented, m->arena, &count, &fresh);
    const struct api_row *beside = compare_apis(&bought, m->arena, &count, &fresh);
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++)
        api_cells(m, &rows, &apis[i], &beside[i]);
    rows_drop_empty(&rows);
    struct table *table = draft_table(
        &m->draft, "supply", "Rent, buy or API", &rows,
        arena_printf(
            m->arena,
            "%s; own: %s, rented for %s or bought for %s an hour; margins at %s use; users "
            "ask %d times a day",
            phrase_workload(m->arena, m->workload),
            words_gpus(m->arena, pick->gpus, phrase_gpu(&catalog->gpus[m->best->gpu])),
            words_usd_listed(m->arena, pick->usd_per_hour), words_usd(m->arena, bought_usd),
            words_percent(m->arena, catalog->site.utilisation), REQUESTS_PER_USER_PER_DAY));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_PRICES;
}

void economics_contracts(struct model_page *m) {
    static const struct column columns[] = {
        {"contract", "Contract", NULL, false, false},
        {"platform", "Cheapest at", NULL, false, false},
        {"usd_per_hour", "$ / h", NULL, true, false},
        {"price_age_days", "Price age", NULL, true, false},
        {"usd_per_million_output", "$ / 1M output", "always busy", true, false},
        {"pays_from_use", "Beats on demand from", "use", true, false},
    };
    static const char *const names[PRICE_KINDS] = {"On demand", "Spot", "1 year", "3 years"};
    if (m->best->gpu == UINT32_MAX)
        return;
    const struct pick *pick = &m->best->pick;
    struct served served = served_by(m, pick->usd_per_hour);
    struct contract list[PRICE_KINDS];
    compare_contracts(m->plan->catalog, &m->plan->catalog->gpus[m->best->gpu], pick->gpus, &served,
                      m->plan->catalog->site.gamma, list);
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), PRICE_KINDS);
    for (int k = 0; k < PRICE_KINDS; k++) {
        const struct quote *quote = &list[k].quote;
        if (!quote->offer)
            continue;
        rows_put(&rows, value_text(names[k]));
        rows_put(&rows, value_link(quote->offer->platform,
                                   href_platform(m->arena, quote->offer->platform_id)));
        rows_put(&rows, value_from(value_usd_listed(m->arena, quote->usd_per_hour), FROM_INPUT,
                                   phrase_price_source(m->arena, quote->offer)));
        rows_put(&rows, value_age(m->arena, quote->age_days));
        rows_put(&rows, value_from(value_usd(m->arena, list[k].usd_per_million_output),
                                   pick->provenance, NULL));
        rows_put(&rows, value_percent(m->arena, list[k].pays_from_use));
    }
    if (rows_count(&rows) < 2)
        return;
    rows_drop_empty(&rows);
    draft_table(
        &m->draft, "contracts", "On demand, spot or reserved", &rows,
        words_gpus(m->arena, pick->gpus, phrase_gpu(&m->plan->catalog->gpus[m->best->gpu])));
}

static void gap_row(struct rows *rows, const char *name, double usd, double before,
                    enum provenance from) {
    rows_put(rows, value_text(name));
    rows_put(rows, value_from(value_usd(rows->arena, usd), from, NULL));
    rows_put(rows, value_times(rows->arena, usd / before));
}

static const char *gap_words(struct model_page *m, const struct gap *gap, int step) {
    const char *name = gap_name((enum gap_step)step);
    const struct gpu *gpu = &m->plan->catalog->gpus[m->best->gpu];
    if (step == GAP_LOWER_PRECISION)
        return arena_printf(m->arena, "%s: %s on %s", name,
                            phrase_weights(m->model, gap->weights, gpu),
                            words_gpus(m->arena, gap->gpus, phrase_gpu(gpu)));
    if (step == GAP_CONTRACT)
        return arena_printf(m->arena, "%s: %s", name, price_kind_name(gap->contract));
    return name;
}

static const char *gap_finding(struct model_page *m, const struct gap *gap, double low) {
    static const char *const enough[GAP_STEPS] = {
        [GAP_QUOTED] = "own GPUs are below that as quoted",
        [GAP_ALWAYS_BUSY] = "own GPUs reach that when always busy",
        [GAP_LARGEST_BATCH] = "own GPUs reach that with the largest batch, always busy",
        [GAP_LOWER_PRECISION] = "own GPUs reach that in the cheapest precision",
        [GAP_HALF_CACHED] = "own GPUs reach that when half of each prompt is cached",
        [GAP_CONTRACT] = "own GPUs reach that on the cheapest contract"};
    const double *usd = gap->usd_per_million_output;
    const char *lowest = words_usd(m->arena, low);
    for (int i = 0; i < GAP_STEPS; i++)
        if (usd[i] <= low)
            return arena_printf(m->arena, "The cheapest API asks %s: %s", lowest, enough[i]);
    return arena_printf(m->arena, "The cheapest API asks %s, %s below all that is known here",
                        lowest, words_times(m->arena, usd[GAP_CONTRACT] / low));
}

void economics_gap(struct model_page *m) {
    static const struct column columns[] = {
        {"step", "What a seller may do", NULL, false, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"factor", "Factor", NULL, true, false},
    };
    if (m->best->gpu == UINT32_MAX || m->best->pick.fallback)
        return;
    struct api_case what = {m->plan->catalog, m->model, served_by(m, m->best->pick.usd_per_hour), 0,
                            REQUESTS_PER_USER_PER_DAY};
    size_t count, fresh;
    const struct api_row *apis = compare_apis(&what, m->arena, &count, &fresh);
    if (fresh == 0)
        return;
    struct target_search search = economics_search(m);
    struct gap gap =
        gap_of(&search, m->workload, &m->plan->catalog->gpus[m->best->gpu], m->best->pick.gpus);
    const double *usd = gap.usd_per_million_output;
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), GAP_STEPS + 2);
    enum provenance from = m->best->pick.provenance;
    for (int i = 0; i < GAP_STEPS; i++)
        gap_row(&rows, gap_words(m, &gap, i), usd[i], i ? usd[i - 1] : NAN, from);
    double low = apis[0].usd_per_million_output;
    double median = compare_api_median(apis, count, fresh, m->arena);
    gap_row(&rows, arena_printf(m->arena, "Cheapest API: %s", apis[0].price->provider), low, NAN,
            FROM_INPUT);
    gap_row(&rows, "Median API", median, NAN, FROM_INPUT);
    draft_table(&m->draft, "gap", "Why an API can be cheaper", &rows, gap_finding(m, &gap, low));
}
