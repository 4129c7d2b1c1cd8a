/* The blocks of a model's price page on the shipped data: there, consistent with the page's other
   figures, and reciprocal where they say the same thing twice. */
#include "engine/gap.h"
#include "golden.h"

#include "engine/compare.h"
#include "page/economics.h"
#include "read/calibration.h"
#include "read/read.h"

#include <string.h>

static struct arena *arena;
static struct catalog catalog;
static struct page_plan *plan;

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    struct diags *diags = diags_new();
    struct source *source = source_open(arena, ".", diags);
    struct calibration_set *engines = ARENA_NEW(arena, struct calibration_set);
    bool read = read_catalog(arena, source, NULL, diags, &catalog) &&
                read_calibrations(arena, source, diags, engines);
    plan = page_plan_new(arena, &catalog, engines, 2);
    diags_free(diags);
    return read ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static struct page *price_page(const char *model) {
    struct page_entry entry = {.path = "models/x/price/index.html"};
    entry.model = (uint32_t)(catalog_find_model(&catalog, model) - catalog.models);
    return page_model_price(plan, &entry, arena);
}

static const struct table *table_of(const struct page *page, const char *name) {
    for (size_t i = 0; i < page->block_count; i++)
        if (strcmp(page->blocks[i].name, name) == 0)
            return page->blocks[i].table;
    return NULL;
}

static double number(const struct table *table, size_t row, const char *key) {
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].key, key) == 0) {
            const struct value *v = &table->cells[row * table->column_count + c];
            return v->kind == VALUE_NUMBER ? v->number : NAN;
        }
    fail_msg("no column %s", key);
    return NAN;
}

static void every_block_is_there(void **state) {
    (void)state;
    static const char *const names[] = {"supply",   "gap",       "bands", "targets",
                                        "frontier", "contracts", "flips", "sensitivity"};
    const struct page *page = price_page("llama-3.3-70b");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct table *table = table_of(page, names[i]);
        if (!table || !table->row_count)
            fail_msg("no %s", names[i]);
    }
    bool history = false;
    for (size_t i = 0; i < page->block_count; i++)
        history |= strcmp(page->blocks[i].name, "price_history") == 0;
    assert_true(history);
}

/* At its break-even use a million of our tokens costs what the API asks; margins say the same. */
static void even_and_margin_agree(void **state) {
    (void)state;
    const struct model *model = catalog_find_model(&catalog, "llama-3.3-70b");
    const struct pick *pick = &plan_best(plan, (uint32_t)(model - catalog.models), 0)->pick;
    const struct table *table = table_of(price_page("llama-3.3-70b"), "supply");
    double use = catalog.site.utilisation;
    size_t evens = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        double api = number(table, i, "usd_per_million_output");
        double even = number(table, i, "break_even_use");
        assert_true(fabs(1 - pick->usd_per_million / use / api - number(table, i, "margin")) <
                    1e-9);
        assert_true(fabs(number(table, i, "own_over_api") * api * use / pick->usd_per_million - 1) <
                    1e-9);
        if (isfinite(even)) {
            assert_true(fabs(pick->usd_per_million / even / api - 1) < 1e-9);
            evens++;
        } else {
            assert_true(pick->usd_per_million > api);
        }
    }
    assert_true(evens > 10);
}

/* Cheapest requests first; none within the age limit stands behind one that is older. */
static void old_prices_stand_apart(void **state) {
    (void)state;
    const struct model *model = catalog_find_model(&catalog, "llama-3.3-70b");
    struct api_case what = {&catalog, model, {2, 100, 2035, 300, 0.5}, 0, 20};
    size_t count, fresh;
    const struct api_row *rows = compare_apis(&what, arena, &count, &fresh);
    assert_true(fresh > 5 && fresh < count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].stale, i >= fresh);
        assert_true(rows[i].stale == (rows[i].age_days < 0 ||
                                      rows[i].age_days > (int)catalog.site.max_price_age_days));
        if (i > 0 && i != fresh)
            assert_true(rows[i].usd_per_request >= rows[i - 1].usd_per_request);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(rows[k].price->provider, rows[i].price->provider);
    }
}

/* Ten times off the median of four or more is doubtful. */
static void prices_far_off_are_doubtful(void **state) {
    (void)state;
    static const double usd[] = {1, 2, 4, 6, 29, 31, 0.31, 0.29};
    static const char *const sellers[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    const struct model *model = catalog_find_model(&catalog, "llama-3.3-70b");
    struct api_price prices[8];
    struct catalog few = catalog;
    for (size_t i = 0; i < 8; i++)
        prices[i] = (struct api_price){.provider = sellers[i],
                                       .model_as_stated = "m",
                                       .model = model,
                                       .input_usd_per_million = usd[i],
                                       .output_usd_per_million = usd[i],
                                       .cached_input_usd_per_million = NAN,
                                       .as_of = catalog.site.as_of,
                                       .current = true};
    few.api_prices = prices;
    few.api_price_count = 8;
    few.model_prices = (struct rows_by_owner){NULL, NULL};
    struct api_case what = {&few, model, {2, 100, 1000, 1000, 0.5}, 0, 20};
    size_t count, fresh;
    const struct api_row *rows = compare_apis(&what, arena, &count, &fresh);
    assert_int_equal(count, 8); /* the median is of 2 and 4 */
    assert_int_equal(fresh, 6);
    assert_string_equal(rows[6].price->provider, "h");
    assert_string_equal(rows[7].price->provider, "f");
    few.api_price_count = 3; /* too few to doubt any */
    compare_apis(&what, arena, &count, &fresh);
    assert_int_equal(fresh, 3);
}

/* Each step of the way from the quoted price to an API's: what the contract is cheaper by. */
static void the_gap_ends_with_the_contract(void **state) {
    (void)state;
    const struct model *model = catalog_find_model(&catalog, "llama-3.3-70b");
    struct model_page m = {
        .plan = plan, .arena = arena, .model = model, .index = (uint32_t)(model - catalog.models)};
    m.best = plan_best(plan, m.index, 0);
    struct target_search search = economics_search(&m);
    const struct pick *pick = &m.best->pick;
    struct gap gap =
        gap_of(&search, &catalog.site.workloads[0], &catalog.gpus[m.best->gpu], pick->gpus);
    const double *usd = gap.usd_per_million_output;
    double on_demand =
        quote_cheapest(&catalog, &catalog.gpus[m.best->gpu], gap.gpus, PRICE_ON_DEMAND, false)
            .usd_per_hour;
    double contract =
        quote_cheapest(&catalog, &catalog.gpus[m.best->gpu], gap.gpus, gap.contract, false)
            .usd_per_hour;
    assert_true(fabs(usd[GAP_QUOTED] * catalog.site.utilisation / usd[GAP_ALWAYS_BUSY] - 1) < 1e-9);
    assert_true(usd[GAP_LARGEST_BATCH] <= usd[GAP_ALWAYS_BUSY]);
    assert_true(usd[GAP_HALF_CACHED] < usd[GAP_LOWER_PRECISION]);
    assert_true(fabs(usd[GAP_CONTRACT] / usd[GAP_HALF_CACHED] - contract / on_demand) < 1e-9);
    assert_true(contract <= on_demand && on_demand != 1);
}

static void targets_cost_more_the_tighter(void **state) {
    (void)state;
    const struct table *table = table_of(price_page("llama-3.3-70b"), "targets");
    for (size_t i = 0; i < table->row_count; i += 3) {
        double tight = number(table, i, "usd_per_million_output");
        double loose = number(table, i + 1, "usd_per_million_output");
        double none = number(table, i + 2, "usd_per_million_output");
        assert_true(!(tight < loose) && !(loose < none));
        if (isfinite(tight))
            assert_true(number(table, i, "ttft_s") <= 0.45 && number(table, i, "tpot_ms") <= 40);
        if (isfinite(loose))
            assert_true(number(table, i + 1, "ttft_s") <= 2);
    }
}

/* The search with floors finds what looking at every place finds. */
static void targets_match_an_exhaustive_search(void **state) {
    (void)state;
    const struct model *model = catalog_find_model(&catalog, "qwen3-32b");
    struct model_page m = {
        .plan = plan, .arena = arena, .model = model, .index = (uint32_t)(model - catalog.models)};
    m.best = plan_best(plan, m.index, 0);
    struct target_search search = economics_search(&m);
    const struct target target = {1, 0.05};
    struct target_best best[16];
    targets_best(&search, &target, 1, best, arena);
    const struct workload *chat = &catalog.site.workloads[0];
    double least = INFINITY;
    for (size_t i = 0; i < catalog.gpu_count * catalog.site.gpu_count_count; i++) {
        const struct quote *quote = &plan->quotes[i];
        if (!quote->offer)
            continue;
        struct scenario s = plan_scenario(plan, model, quote->offer->gpu,
                                          catalog.site.gpu_counts[i % catalog.site.gpu_count_count],
                                          search.weights, chat, 1);
        for (double b = 1; b <= TARGET_LARGEST_BATCH; b++) {
            s.batch = b;
            struct outcome out = estimate(&s);
            if (!out.feasible || out.memory_exceeded || out.ttft_s > target.ttft_s ||
                out.tpot_s > target.tpot_s)
                break;
            double usd = cost_of(&out, &s, quote->usd_per_hour, catalog.site.gamma, 1)
                             .usd_per_million_output;
            least = fmin(least, usd);
        }
    }
    assert_true(fabs(best[0].usd_per_million_output / least - 1) < 1e-9);
    for (size_t w = 0; w < catalog.site.workload_count; w++) {
        const struct workload *workload = &catalog.site.workloads[w];
        const struct outcome *out = &best[w].outcome;
        assert_true(best[w].gpu && out->ttft_s <= 1 && out->tpot_s <= 0.05);
        double each = out->request_s * out->output_tokens_per_s_per_request;
        assert_true(fabs(each / workload->output_tokens - 1) < 1e-9);
    }
}

static void bands_hold_their_order(void **state) {
    (void)state;
    const struct table *table = table_of(price_page("llama-3.3-70b"), "bands");
    for (size_t i = 0; i < table->row_count; i++) {
        assert_true(number(table, i, "p10") < number(table, i, "p50"));
        assert_true(number(table, i, "p50") < number(table, i, "p90"));
        assert_true(number(table, i, "p10") < number(table, i, "usd_per_million_output"));
    }
}

static void every_model_has_a_page(void **state) {
    (void)state;
    for (size_t i = 0; i < catalog.model_count; i++) {
        const struct page *page = price_page(catalog.models[i].id);
        assert_true(page->block_count > 0);
        assert_true(strlen(page->blocks[0].text) > 20);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_block_is_there),
                                       cmocka_unit_test(even_and_margin_agree),
                                       cmocka_unit_test(old_prices_stand_apart),
                                       cmocka_unit_test(prices_far_off_are_doubtful),
                                       cmocka_unit_test(the_gap_ends_with_the_contract),
                                       cmocka_unit_test(targets_cost_more_the_tighter),
                                       cmocka_unit_test(targets_match_an_exhaustive_search),
                                       cmocka_unit_test(bands_hold_their_order),
                                       cmocka_unit_test(every_model_has_a_page)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
