/* A GPU's page: its price history is one price a seller and month. */
#include "golden.h"

#include "page/draft.h"
#include "page/plan.h"

#include "page_fixture.h"

enum { MANY = 150, EARLY = 9, OFFERS = MANY + EARLY, REGIONS = 40, OTHERS = REGIONS + 2 };

static const struct chart *history_of(struct arena *arena, const struct catalog *catalog) {
    struct page_plan *plan = page_plan_new(arena, catalog, NULL, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (strcmp(page_plan_path(plan, i), "gpus/h100-sxm/index.html") == 0) {
            const struct page *page = page_make(plan, i, arena);
            for (size_t b = 0; b < page->block_count; b++)
                if (strcmp(page->blocks[b].name, "history") == 0)
                    return page->blocks[b].chart;
        }
    fail_msg("no history");
    return NULL;
}

static void a_month_is_one_price_a_seller(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct offer *offers = ARENA_ARRAY(arena, OFFERS + OTHERS, struct offer);
    for (int i = 0; i < OFFERS; i++) { /* 150 sellers in the last month, from $150 down to $1 */
        offers[i] = fixture_offers[0];
        offers[i].gpu_count = 1;
        offers[i].platform_id = arena_printf(arena, "seller-%d", i);
        offers[i].on_demand_usd_per_hour = i < EARLY ? 5 : OFFERS - i;
        offers[i].as_of = i < 3       ? "2026-07-01"
                          : i < 6     ? "2026-08-01"
                          : i < EARLY ? "2026-09-01"
                                      : "2026-10-01";
    }
    for (int i = 0; i < OTHERS; i++) {
        offers[OFFERS + i] = offers[OFFERS - 1];
        if (i < REGIONS) { /* the cheapest seller elsewhere, and one seller of a month of its own */
            offers[OFFERS + i].on_demand_usd_per_hour = 40;
            offers[OFFERS + i].as_of = i % 2 ? "2026-10-02" : "2026-06-01";
            continue;
        } /* the GPU alone, and a market figure: not what one pays */
        offers[OFFERS + i].kind = i % 2 ? OFFER_INDEX : OFFER_COMPONENT;
        offers[OFFERS + i].on_demand_usd_per_hour = 0.01;
    }
    struct catalog catalog = fixture_catalog;
    catalog.offers = offers;
    catalog.offer_count = OFFERS + OTHERS;
    const struct chart *chart = history_of(arena, &catalog);
    assert_int_equal(chart->series_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct chart_series *series = &chart->series[i];
        assert_int_equal(series->count, 4);
        assert_true(series->y[0] == 5);
        assert_true(series->y[3] == (strcmp(series->name, "Median") == 0 ? (MANY + 1) / 2.0 : 1));
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_month_is_one_price_a_seller)};
    return cmocka_run_group_tests_name("page/gpu", tests, NULL, NULL);
}
