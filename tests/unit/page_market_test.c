/* One rule for what GPUs cost: the pages' market and the engine's quotes agree on the shipped data,
   for every GPU and number, and a search names the same price. */
#include "golden.h"
#include "page_fixture.h"

#include "engine/offers.h"
#include "page/plan.h"
#include "read/calibration.h"
#include "read/read.h"

static struct page_plan *shipped(struct arena *arena, struct catalog *catalog) {
    struct diags *diags = diags_new();
    struct source *source = source_open(arena, ".", diags);
    assert_non_null(source);
    assert_true(read_catalog(arena, source, NULL, diags, catalog));
    struct page_plan *plan = ARENA_NEW(arena, struct page_plan);
    plan->catalog = catalog;
    market_build(arena, plan);
    diags_free(diags);
    return plan;
}

static void pages_and_quotes_agree(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog;
    const struct page_plan *plan = shipped(arena, &catalog);
    size_t priced = 0, groups = 0;
    for (size_t g = 0; g < catalog.gpu_count; g++)
        for (uint32_t n = 1; n <= 16; n++) {
            const struct gpu *gpu = &catalog.gpus[g];
            struct quote quote = quote_cheapest(&catalog, gpu, n, PRICE_ON_DEMAND, false);
            const struct listing *listing = market_cheapest(&plan->gpu_markets[g], n);
            if (gpu->announced)
                continue;
            assert_true((quote.offer != NULL) == (listing != NULL));
            if (!listing)
                continue;
            assert_true(listing->offer == quote.offer);
            assert_true(listing_usd_per_hour(listing, n) == quote.usd_per_hour);
            priced++;
            groups += n > 1;
        }
    assert_true(priced > 200 && groups > 150);
    arena_free(arena);
}

static void a_search_names_the_same_price(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog;
    shipped(arena, &catalog);
    const struct model *model = catalog_find_model(&catalog, "llama-3.3-70b");
    struct search search = search_default(&catalog, model, &catalog.site.workloads[0]);
    size_t count, found;
    struct configuration *list = search_configurations(&search, arena, &count);
    struct offered *ranked = search_offers(&search, list, count, arena, &found);
    const struct offered **firsts = ARENA_ARRAY(arena, found + 1, const struct offered *);
    size_t kinds = offered_firsts(ranked, found, BY_GPU, firsts);
    assert_true(kinds > 10);
    for (size_t i = 0; i < kinds; i++) {
        const struct offered *o = firsts[i];
        const struct configuration *c = o->configuration;
        struct quote quote = quote_cheapest(&catalog, c->gpu, c->gpus, PRICE_ON_DEMAND, false);
        assert_true(quote.usd_per_hour == o->quote.usd_per_hour);
        assert_true(fabs(o->usd_per_hour / (o->quote.usd_per_hour * o->replicas) - 1) < 1e-12);
    }
    arena_free(arena);
}

/* Where both look at the same precision and numbers of GPUs, page and `offers` name one answer. */
static void page_and_offers_name_one_answer(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog;
    struct diags *diags = diags_new();
    struct source *source = source_open(arena, ".", diags);
    assert_true(read_catalog(arena, source, NULL, diags, &catalog));
    struct calibration_set *engines = ARENA_NEW(arena, struct calibration_set);
    assert_true(read_calibrations(arena, source, diags, engines));
    struct page_plan *plan = page_plan_new(arena, &catalog, engines, 2);
    size_t same = 0, compared = 0;
    for (uint32_t m = 0; m < catalog.model_count; m++) {
        const struct best *best = plan_best(plan, m, 0);
        if (best->gpu == UINT32_MAX || best->pick.fallback || best->pick.gpus > 8)
            continue;
        struct search search =
            search_default(&catalog, &catalog.models[m], &catalog.site.workloads[0]);
        search.calibration = calibration_set_find(engines, catalog.site.engine);
        search.serving = SERVING_CONTINUOUS;
        size_t count, found;
        struct configuration *list = search_configurations(&search, arena, &count);
        struct offered *ranked = search_offers(&search, list, count, arena, &found);
        assert_true(found > 0);
        double usd = ranked[0].cost.usd_per_million_output * search.utilisation;
        double ratio = best->pick.usd_per_million / usd;
        if (fabs(ratio - 1) >= 1e-9)
            print_message("%s: page %g on %u %s, offers %g on %u %s\n", catalog.models[m].id,
                          best->pick.usd_per_million, best->pick.gpus, catalog.gpus[best->gpu].id,
                          usd, ranked[0].configuration->gpus, ranked[0].configuration->gpu->id);
        same += fabs(ratio - 1) < 1e-9;
        compared++;
    }
    print_message("%zu of %zu\n", same, compared);
    assert_int_equal(same, compared);
    diags_free(diags);
    arena_free(arena);
}

/* A note stands on a page, where the keys of the file's sources name nothing. */
static void notes_name_their_sources(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog;
    shipped(arena, &catalog);
    size_t notes = 0;
    for (size_t g = 0; g < catalog.gpu_count; g++) {
        const char *note = catalog.gpus[g].note ? catalog.gpus[g].note : "";
        notes += note[0] != '\0';
        for (const char *at = strchr(note, 'S'); at; at = strchr(at + 1, 'S'))
            if (at[1] >= '0' && at[1] <= '9')
                fail_msg("%s: %s", catalog.gpus[g].id, note);
    }
    assert_true(notes > 10);
    arena_free(arena);
}

enum { SELLERS = 301 };

/* Of so many sellers as no list has yet, each counts: the middle one asks the middle price. */
static void a_median_counts_every_seller(void **state) {
    (void)state;
    static struct api_price prices[SELLERS];
    static char names[SELLERS][8];
    struct arena *arena = arena_new();
    struct catalog catalog = fixture_catalog;
    for (size_t i = 0; i < SELLERS; i++) {
        prices[i] = fixture_api[0];
        snprintf(names[i], sizeof names[i], "s%zu", i);
        prices[i].provider = names[i];
        prices[i].input_usd_per_million = 0.3 * (1 + (double)i / 100);
        prices[i].output_usd_per_million = 1 + (double)i / 100;
    }
    catalog.api_prices = prices;
    catalog.api_price_count = SELLERS;
    struct page_plan *plan = ARENA_NEW(arena, struct page_plan);
    plan->catalog = &catalog;
    market_build(arena, plan);
    assert_int_equal(plan->model_markets[0].fresh, SELLERS);
    /* gamma is 0.3, so that input priced in leaves the price of the output */
    assert_true(fabs(api_median(plan, 0) - 2.5) < 1e-12);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_name_their_sources), cmocka_unit_test(a_median_counts_every_seller),
        cmocka_unit_test(pages_and_quotes_agree), cmocka_unit_test(a_search_names_the_same_price),
        cmocka_unit_test(page_and_offers_name_one_answer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
