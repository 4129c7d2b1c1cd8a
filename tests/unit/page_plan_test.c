/* The plan of the pages: what is listed, ranked and picked. */
#include "page/draft.h"
#include "page/plan.h"

#include "page_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void lists_every_combination(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    size_t pairs = 0, further = 0, models = 0, gpus = 0, platforms = 0;
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        const char *path = page_plan_path(plan, i);
        struct page *page = page_make(plan, i, arena);
        assert_string_equal(page->path, path);
        assert_non_null(page->title);
        assert_true(page->block_count > 0);
        assert_string_equal(page->blocks[0].name, "answer");
        for (size_t b = 0; b < page->block_count; b++)
            for (size_t other = 0; other < b; other++)
                assert_string_not_equal(page->blocks[b].name, page->blocks[other].name);
        unsigned depth = page_depth(page);
        bool is_further = strstr(path, "/price/") || strstr(path, "/training/");
        bool is_model = depth == 2 && !strncmp(path, "models/", 7);
        bool has_folder = !strcmp(strrchr(path, '/') ? strrchr(path, '/') + 1 : path, "index.html");
        further += depth == 3 && is_further;
        pairs += is_model && !has_folder;
        models += is_model && has_folder;
        gpus += depth == 2 && !strncmp(path, "gpus/", 5);
        platforms += depth == 2 && !strncmp(path, "platforms/", 10);
    }
    assert_int_equal(pairs, 3);
    assert_int_equal(further, 2); /* prices and training */
    assert_int_equal(models, 1);
    assert_int_equal(gpus, 3);
    assert_int_equal(platforms, 5);
    arena_free(arena);
}

/* Whoever changes what a cell shows changes its length. */
static void cells_know_their_lengths(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    size_t known = 0;
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        const struct page *page = page_make(plan, i, arena);
        for (size_t b = 0; b < page->block_count; b++) {
            const struct table *table = page->blocks[b].table;
            for (size_t k = 0; table && k < table->row_count * table->column_count; k++) {
                if (!table->cells[k].length)
                    continue;
                assert_int_equal(table->cells[k].length, strlen(table->cells[k].text));
                known++;
            }
        }
    }
    assert_true(known > 500);
    arena_free(arena);
}

static void never_ranks_old_or_announced(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 2);
    const struct gpu_market *market = &plan->gpu_markets[0];
    assert_int_equal(market->count, 4);
    assert_int_equal(market->ranked, 3);
    assert_string_equal(market->listings[0].offer->platform_id, "cheap");
    assert_string_equal(market->listings[3].offer->platform_id, "old");
    assert_int_equal(market->listings[3].unranked, UNRANKED_STALE);
    assert_true(market->low_usd_per_gpu_hour == 2);
    assert_true(market->median_usd_per_gpu_hour == 3);
    const struct best *best = plan_best(plan, 0, 0);
    assert_int_equal(best->gpu, 0);
    assert_string_equal(best->pick.listing->offer->platform_id, "cheap");
    assert_true(best->pick.usd_per_million > 0);
    uint32_t gpus[3];
    size_t count = plan_cheapest(plan, 0, false, gpus, 3);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) /* nor is it among the cheapest: nobody can rent it */
        assert_false(plan->catalog->gpus[gpus[i]].announced);
    arena_free(arena);
}

static void never_ranks_the_implausible(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog changed = fixture_catalog;
    struct offer offers[6];
    memcpy(offers, fixture_offers, sizeof offers);
    for (size_t i = 0; i < 6; i++)
        offers[i].implausible = strcmp(offers[i].platform_id, "cheap") == 0;
    changed.offers = offers;
    struct page_plan *plan = page_plan_new(arena, &changed, NULL, 2);
    const struct gpu_market *market = &plan->gpu_markets[0];
    assert_int_equal(market->count, 4);
    assert_int_equal(market->ranked, 2);
    for (size_t i = 0; i < market->count; i++)
        if (market->listings[i].offer->implausible)
            assert_int_equal(market->listings[i].unranked, UNRANKED_IMPLAUSIBLE);
    for (size_t i = 0; i < market->history_count; i++) /* no chart dips to it */
        assert_false(market->history[i]->implausible);
    assert_string_not_equal(plan_best(plan, 0, 0)->pick.listing->offer->platform_id, "cheap");
    arena_free(arena);
}

static void rents_whole_instances_or_rates(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    const struct gpu_market *market = &plan->gpu_markets[0];
    const struct listing *whole = &market->listings[0], *rate = &market->listings[1];
    assert_string_equal(rate->offer->platform_id, "rates");
    assert_true(listing_usd_per_hour(whole, 4) == 8);
    assert_true(listing_usd_per_hour(whole, 16) == 32);
    assert_true(listing_usd_per_hour(whole, 3) == 8); /* two groups of three, two GPUs idle */
    assert_false(listing_runs(whole, 12));
    assert_true(isnan(listing_usd_per_hour(whole, 12)));
    assert_true(listing_usd_per_hour(rate, 3) == 9);
    assert_false(listing_runs(rate, 16));
    arena_free(arena);
}

static void api_median_prices_the_input_in(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    double a = (2035 * 0.5 + 300 * 0.8) / (0.3 * 2035 + 300);
    double b = (2035 * 0.7 + 300 * 0.9) / (0.3 * 2035 + 300);
    assert_true(fabs(api_median(plan, 0) - (a + b) / 2) < 1e-12);
    arena_free(arena);
}

static void says_why_it_does_not_run(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++) {
        if (!strstr(page_plan_path(plan, i), "llama-3.3-70b/rtx-4090"))
            continue;
        struct page *page = page_make(plan, i, arena);
        assert_non_null(strstr(page->blocks[0].text, "cannot be served on RTX 4090"));
        bool reason = false;
        for (size_t b = 0; b < page->block_count; b++)
            if (page->blocks[b].table)
                for (size_t c = 0;
                     c < page->blocks[b].table->row_count * page->blocks[b].table->column_count;
                     c++)
                    reason |= page->blocks[b].table->cells[c].reason != NULL;
        assert_true(reason);
    }
    arena_free(arena);
}

/* A price of one GPU touches its own pair pages only; other pages where they say something else. */
static void fingerprints_follow_what_is_shown(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct offer offers[6];
    struct catalog changed = fixture_catalog;
    memcpy(offers, fixture_offers, sizeof offers);
    offers[1].on_demand_usd_per_hour += 1; /* of the first GPU */
    changed.offers = offers;
    struct page_plan *before = page_plan_new(arena, &fixture_catalog, NULL, 1);
    struct page_plan *after = page_plan_new(arena, &changed, NULL, 1);
    for (size_t i = 0; i < page_plan_count(before); i++) {
        struct page *a = page_make(before, i, arena), *b = page_make(after, i, arena);
        if (page_depth(a) == 3)
            assert_int_equal(a->fingerprint != b->fingerprint, strstr(a->path, "h100-sxm") != NULL);
        if (strcmp(a->path, "method/index.html") == 0 ||
            strcmp(a->path, "glossary/index.html") == 0)
            assert_true(a->fingerprint == b->fingerprint);
        if (strcmp(a->path, "gpus/h100-sxm/index.html") == 0)
            assert_true(a->fingerprint != b->fingerprint);
    }
    arena_free(arena);
}

/* The page of a GPU of this id, beside the model's. */
static void assert_refused(const char *id, const char *with) {
    struct diags *diags = diags_new();
    struct catalog changed = fixture_catalog;
    struct gpu gpus[3];
    memcpy(gpus, fixture_gpus, sizeof gpus);
    gpus[1].id = id;
    gpus[1].place = (struct place){"data/gpus.json", 7, 1};
    changed.gpus = gpus;
    assert_false(page_addresses_check(&changed, diags));
    const struct diag *d = diags_get(diags, 0);
    assert_string_equal(d->code, "page-address");
    assert_int_equal(d->place.line, 7);
    assert_non_null(strstr(d->text, id));
    assert_non_null(strstr(d->text, with));
    diags_free(diags);
}

static void two_pages_of_one_address_are_refused(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    assert_true(page_addresses_check(&fixture_catalog, diags));
    assert_refused("index", "model \"llama-3.3-70b\"");
    assert_refused("h100-sxm", "GPU \"h100-sxm\"");
    struct catalog changed = fixture_catalog;
    struct offer offers[6];
    memcpy(offers, fixture_offers, sizeof offers);
    for (size_t i = 0; i < 3; i++) {
        offers[i].gpu = &fixture_gpus[0];
        offers[i].platform_id = "c-cloud";
        offers[i].platform = i == 1 ? "C-Cloud" : "c cloud";
        offers[i].current = true;
    }
    changed.offers = offers;
    assert_true(page_addresses_check(&changed, diags));
    offers[2].platform = "C++ Cloud";
    assert_false(page_addresses_check(&changed, diags));
    assert_string_equal(diags_get(diags, 0)->code, "page-address");
    assert_non_null(strstr(diags_get(diags, 0)->text, "C++ Cloud"));
    diags_free(diags);
}

static void empty_columns_are_dropped(void **state) {
    (void)state;
    static const struct column columns[] = {{"a", "A", NULL, false, false},
                                            {"b", "B", NULL, true, false},
                                            {"c", "C", NULL, true, false}};
    struct arena *arena = arena_new();
    struct rows rows = rows_begin(arena, columns, 3, 2);
    for (int i = 0; i < 2; i++) {
        rows_put(&rows, value_text("x"));
        rows_put(&rows, value_none());
        rows_put(&rows, i ? value_infeasible(REASON_NO_PRICE) : value_number(arena, 1));
    }
    rows_drop_empty(&rows);
    struct table *table = rows_table(&rows, "t");
    assert_int_equal(table->column_count, 2);
    assert_int_equal(table->row_count, 2);
    assert_string_equal(table->columns[1].key, "c");
    assert_string_equal(table->cells[3].reason, "no-price");
    arena_free(arena);
}

static void depth_is_of_the_path(void **state) {
    (void)state;
    assert_int_equal(page_depth(&(struct page){.path = "models/x/y/index.html"}), 3);
    assert_int_equal(page_depth(&(struct page){.path = "index.html"}), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_every_combination),
        cmocka_unit_test(cells_know_their_lengths),
        cmocka_unit_test(never_ranks_old_or_announced),
        cmocka_unit_test(never_ranks_the_implausible),
        cmocka_unit_test(rents_whole_instances_or_rates),
        cmocka_unit_test(api_median_prices_the_input_in),
        cmocka_unit_test(says_why_it_does_not_run),
        cmocka_unit_test(fingerprints_follow_what_is_shown),
        cmocka_unit_test(two_pages_of_one_address_are_refused),
        cmocka_unit_test(empty_columns_are_dropped),
        cmocka_unit_test(depth_is_of_the_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
