/* Ranking of offers: by price of a token, stale ones never in between, ties by name, replicas. */
#include "golden.h"

#include "engine/offers.h"
#include "engine_models.h"

static const enum precision precisions[] = {PRECISION_BF16, PRECISION_FP8};
static const uint32_t batches[] = {1, 8, 64, 512}, counts[] = {1, 2, 4, 8};
static const struct workload workloads[] = {{"chat", "Chat", 2035, 300}};
static struct gpu gpus[2];
static struct offer offers[7];

static struct offer offer(const char *platform, const struct gpu *gpu, uint32_t count, double usd,
                          const char *as_of) {
    return (struct offer){.platform = platform,
                          .platform_id = platform,
                          .gpu = gpu,
                          .gpu_count = count,
                          .on_demand_usd_per_hour = usd,
                          .spot_usd_per_hour = NAN,
                          .reserved_1y_usd_per_hour = usd / 2,
                          .reserved_3y_usd_per_hour = NAN,
                          .as_of = as_of,
                          .current = true};
}

static struct catalog shop(void) {
    gpus[0] = h100;
    gpus[1] = h100;
    gpus[1].id = "announced";
    gpus[1].announced = true;
    offers[0] = offer("dear", &gpus[0], 4, 20, "2026-10-01");
    offers[1] = offer("bravo", &gpus[0], 8, 20, "2026-10-01");
    offers[2] = offer("alpha", &gpus[0], 8, 20, "2026-10-01");
    offers[3] = offer("old", &gpus[0], 8, 1, "2026-01-01");
    offers[4] = offer("undated", &gpus[0], 8, 1, NULL);
    offers[5] = offer("future", &gpus[1], 8, 1, "2026-10-01");
    offers[6] = offer("single", &gpus[0], 1, 0.1, "2026-10-01");
    struct catalog catalog = {.gpus = gpus, .gpu_count = 2, .offers = offers, .offer_count = 7};
    catalog.site = (struct site){.as_of = "2026-10-10",
                                 .workloads = workloads,
                                 .workload_count = 1,
                                 .precisions = precisions,
                                 .precision_count = 2,
                                 .kv_precision = PRECISION_BF16,
                                 .batches = batches,
                                 .batch_count = 4,
                                 .gpu_counts = counts,
                                 .gpu_count_count = 4,
                                 .gamma = 0.3,
                                 .utilisation = 0.5,
                                 .max_price_age_days = 120};
    return catalog;
}

static struct offered *ranked(const struct search *search, struct arena *arena, size_t *found) {
    size_t count;
    const struct configuration *list = search_configurations(search, arena, &count);
    return search_offers(search, list, count, arena, found);
}

static void ranks_by_price_of_a_token(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog = shop();
    struct search search = search_default(&catalog, &llama_70b, workloads);
    size_t found;
    struct offered *list = ranked(&search, arena, &found);
    assert_int_equal(found, 3); /* no stale one, none announced, and one GPU is too small */
    assert_string_equal(list[0].quote.offer->platform, "alpha");
    assert_string_equal(list[1].quote.offer->platform, "bravo");
    assert_string_equal(list[2].quote.offer->platform, "dear");
    /* What is said is what estimate() says for that configuration. */
    const struct configuration *c = list[0].configuration;
    struct scenario s = scenario_default(&llama_70b, c->gpu);
    s.gpu_count = c->gpus;
    s.batch = c->outcome.batch;
    double rate = estimate(&s).output_tokens_per_s * list[0].replicas;
    assert_true(fabs(list[0].output_tokens_per_s / rate - 1) < 1e-12);
    assert_true(list[0].replicas * c->gpus == 8);
    const struct offered *firsts[3];
    assert_int_equal(offered_firsts(list, found, BY_GPU, firsts), 1);
    assert_int_equal(offered_firsts(list, found, BY_PLATFORM, firsts), 3);
    arena_free(arena);
}

/* Offers that are alike go by size, platform, instance, region, file and line. */
static void ties_are_broken_by_what_differs(void **state) {
    (void)state;
    struct offer a = offer("alpha", &h100, 8, 20, "2026-10-01"), b = a;
    a.place = (struct place){"a.csv", 9, 1};
    b.place = (struct place){"a.csv", 10, 1};
    assert_true(quote_tie(&a, &b) < 0 && quote_tie(&b, &a) > 0 && quote_tie(&a, &a) == 0);
    a.place.file = "b.csv";
    assert_true(quote_tie(&a, &b) > 0 && quote_tie(&b, &a) < 0);
    b.region = "eu";
    assert_true(quote_tie(&a, &b) < 0);
    a.instance = "x";
    assert_true(quote_tie(&a, &b) > 0);
    b.platform_id = "bravo";
    assert_true(quote_tie(&a, &b) < 0);
    a.gpu_count = 16;
    assert_true(quote_tie(&a, &b) > 0);
}

static void stale_ones_stand_last_and_say_so(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog = shop();
    struct search search = search_default(&catalog, &llama_70b, workloads);
    search.stale_too = true;
    size_t found;
    struct offered *list = ranked(&search, arena, &found);
    assert_int_equal(found, 5);
    assert_false(list[2].stale);
    assert_true(list[3].stale && list[4].stale);
    assert_true(list[3].cost.usd_per_million_output < list[0].cost.usd_per_million_output);
    assert_int_equal(list[3].quote.age_days, 282);
    assert_int_equal(list[4].quote.age_days, -1);
    arena_free(arena);
}

static void targets_choose_smaller_batches(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog = shop();
    struct search search = search_default(&catalog, &llama_70b, workloads);
    size_t count;
    search.target.ttft_s = 0.5;
    struct configuration *list = search_configurations(&search, arena, &count);
    assert_int_equal(count, 4);
    assert_int_equal(list[0].outcome.reason, REASON_DOES_NOT_FIT);
    for (size_t i = 0; i < count; i++)
        if (list[i].outcome.feasible && !list[i].misses_targets)
            assert_true(list[i].outcome.ttft_s <= 0.5);
    assert_true(list[3].outcome.feasible && !list[3].misses_targets && list[3].outcome.batch < 512);
    search.target.ttft_s = 1e-9;
    size_t found;
    ranked(&search, arena, &found);
    assert_int_equal(found, 0);
    arena_free(arena);
}

static void kinds_and_shares_of_instances(void **state) {
    (void)state;
    struct catalog catalog = shop();
    struct quote q = quote_cheapest(&catalog, &gpus[0], 4, PRICE_ON_DEMAND, false);
    assert_string_equal(q.offer->platform, "alpha"); /* a share of eight, cheaper than four */
    assert_true(fabs(q.usd_per_hour - 10) < 1e-12);
    q = quote_cheapest(&catalog, &gpus[0], 2, PRICE_ON_DEMAND, false);
    assert_true(fabs(q.usd_per_hour - 5) < 1e-12);
    q = quote_cheapest(&catalog, &gpus[0], 3, PRICE_ON_DEMAND, false);
    assert_string_equal(q.offer->platform, "alpha"); /* two groups of three; two GPUs idle */
    assert_true(fabs(q.usd_per_hour - 10) < 1e-12 && q.room.idle_gpus == 2);
    q = quote_cheapest(&catalog, &gpus[0], 8, PRICE_RESERVED_1Y, false);
    assert_true(fabs(q.usd_per_hour - 10) < 1e-12);
    assert_null(quote_cheapest(&catalog, &gpus[0], 8, PRICE_SPOT, false).offer);
    q = quote_cheapest(&catalog, &gpus[0], 16, PRICE_ON_DEMAND, false);
    assert_true(fabs(q.usd_per_hour - 40) < 1e-12 && q.room.instances == 2); /* two nodes */
    assert_null(quote_cheapest(&catalog, &gpus[0], 12, PRICE_ON_DEMAND, false).offer);
    assert_null(quote_cheapest(&catalog, &gpus[1], 8, PRICE_ON_DEMAND, true).offer);
    q = quote_cheapest(&catalog, &gpus[0], 8, PRICE_ON_DEMAND, true);
    assert_true(q.stale);
}

static void a_rate_per_gpu_says_so(void **state) {
    (void)state;
    struct catalog catalog = shop();
    struct offer list[] = {
        offer("alone", &gpus[0], 1, 3, "2026-10-01"), /* linked, no larger size: a rate */
        offer("both", &gpus[0], 1, 2, "2026-10-01"),  /* the larger size says what eight cost */
        offer("both", &gpus[0], 8, 40, "2026-10-01"), offer("host", &gpus[0], 1, 1, "2026-10-01"),
        offer("says", &gpus[0], 1, 4, "2026-10-01"),  offer("says", &gpus[0], 8, 8, "2026-10-01")};
    list[3].kind = OFFER_MARKETPLACE; /* one private machine */
    list[4].note = "published per GPU";
    list[5].current = false;
    offers_mark_rates(list, 6);
    const bool expected[] = {true, false, false, false, true, false};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(list[i].per_gpu, expected[i]);
    gpus[0].link = LINK_PCIE; /* cards: only what says so */
    offers_mark_rates(list, 6);
    assert_false(list[0].per_gpu);
    assert_true(list[4].per_gpu);
    catalog.offers = list;
    catalog.offer_count = 6;
    struct quote q = quote_cheapest(&catalog, &gpus[0], 2, PRICE_ON_DEMAND, false);
    assert_string_equal(q.offer->platform, "says");
    assert_true(q.usd_per_hour == 8 && q.room.instances == 2);
}

static void days_between_dates(void **state) {
    (void)state;
    int days;
    assert_true(quote_days("2024-02-28", "2024-03-01", &days) && days == 2);
    assert_true(quote_days("2026-10-10", "2025-10-10", &days) && days == -365);
    assert_true(quote_days("1999-12-31", "2000-12-31", &days) && days == 366);
    assert_false(quote_days("2026-10", "2026-10-10", &days));
    assert_false(quote_days(NULL, "2026-10-10", &days));
}

static void nothing(void *context, const struct sweep_row *row) {
    size_t *feasible = context;
    assert_true(row->outcome->feasible || row->outcome->reason != REASON_NONE);
    feasible[row->outcome->feasible]++;
}

static void sweeps_every_combination(void **state) {
    (void)state;
    struct catalog catalog = shop();
    const struct gpu *all[] = {&gpus[0], &gpus[1]};
    struct sweep sweep = {&catalog, all, 2, NULL, SERVING_STATIC, 1, 1};
    size_t feasible[2] = {0, 0};
    sweep_model(&sweep, &llama_70b, nothing, feasible);
    assert_int_equal(feasible[0] + feasible[1], 2 * 4 * 2 * 1 * 4);
    assert_int_equal(feasible[0], 2 * (2 + 1) * 4); /* bf16 on 1 and 2 GPUs, fp8 on 1 */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(ranks_by_price_of_a_token),
                                       cmocka_unit_test(ties_are_broken_by_what_differs),
                                       cmocka_unit_test(stale_ones_stand_last_and_say_so),
                                       cmocka_unit_test(targets_choose_smaller_batches),
                                       cmocka_unit_test(kinds_and_shares_of_instances),
                                       cmocka_unit_test(a_rate_per_gpu_says_so),
                                       cmocka_unit_test(days_between_dates),
                                       cmocka_unit_test(sweeps_every_combination)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
