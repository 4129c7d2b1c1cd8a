/* What a page says first: its sentence and its figures. */
#include "page/plan.h"

#include "page_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct page *page_of(struct arena *arena, const struct catalog *catalog,
                                  const char *path) {
    struct page_plan *plan = page_plan_new(arena, catalog, NULL, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++)
        if (strcmp(page_plan_path(plan, i), path) == 0)
            return page_make(plan, i, arena);
    fail_msg("no page %s", path);
    return NULL;
}

static const struct page *page_at(struct arena *arena, const char *path) {
    return page_of(arena, &fixture_catalog, path);
}

static const struct block *block(const struct page *page, const char *name) {
    for (size_t b = 0; b < page->block_count; b++)
        if (strcmp(page->blocks[b].name, name) == 0)
            return &page->blocks[b];
    fail_msg("no block %s", name);
    return NULL;
}

static void old_prices_say_their_date(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct page *page = page_at(arena, "platforms/old/index.html");
    assert_non_null(strstr(page->blocks[0].text, "the newest is of 2020-01-01"));
    assert_int_equal(block(page, "figures")->figure_count, 2); /* no figure of nothing */
    arena_free(arena);
}

/* What only one platform rents is dear or cheap against nothing. */
static void says_nothing_of_a_market_of_one(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog = fixture_catalog;
    catalog.offers = fixture_offers + 4; /* the second GPU at Cheap */
    catalog.offer_count = 1;
    const char *text = page_of(arena, &catalog, "platforms/cheap/index.html")->blocks[0].text;
    assert_non_null(strstr(text, ", which nobody else has on offer."));
    assert_null(strstr(text, "median"));
    const struct page *page = page_of(arena, &catalog, "recommend/index.html");
    for (size_t b = 0; b < page->block_count; b++) /* the model is the largest everywhere */
        assert_string_not_equal(page->blocks[b].name, "fits");
    arena_free(arena);
}

static void says_why_an_offer_is_not_ranked(void **state) {
    (void)state;
    struct listing listing = {.unranked = UNRANKED_STALE, .age_days = 400};
    assert_string_equal(listing_note(&listing), "too old to rank");
    listing.age_days = -1;
    assert_string_equal(listing_note(&listing), "undated: not ranked");
    listing.unranked = RANKED;
    assert_string_equal(listing_note(&listing), "");
}

/* The median alone would hide that somebody asks less: 0.5 and 0.8 for 2035 and 300 tokens. */
static void the_cheapest_api_stands_by_the_median(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct block *figures =
        block(page_at(arena, "models/llama-3.3-70b/index.html"), "figures");
    assert_string_equal(figures->figures[3].label, "API median");
    assert_string_equal(figures->figures[3].note, "2 prices, from $1.38 at A");
    figures = block(page_at(arena, "models/llama-3.3-70b/price/index.html"), "figures");
    assert_int_equal(figures->figure_count, 4);
    assert_string_equal(figures->figures[2].value.text, "$1.38");
    assert_string_equal(figures->figures[2].note, "A, 2026-09-01");
    double own = figures->figures[0].value.number * 0.4; /* the fixture's use */
    double even = figures->figures[3].value.number;
    assert_true(even < 1 && fabs(own / figures->figures[1].value.number / even - 1) < 1e-12);
    arena_free(arena);
}

/* A price of two dates is a change, with the date that makes it an entry of the feed. */
static void what_moved_is_dated(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct offer offers[2] = {fixture_offers[0], fixture_offers[0]};
    struct catalog catalog = fixture_catalog;
    offers[1].as_of = "2026-09-01";
    offers[1].on_demand_usd_per_hour = 20;
    offers[1].current = false;
    catalog.offers = offers;
    catalog.offer_count = 2;
    const struct page *page = page_of(arena, &catalog, "changes/index.html");
    assert_non_null(strstr(page->blocks[0].text, "0 prices rose and 1 fell"));
    const struct page *still = page_at(arena, "changes/index.html");
    assert_string_equal(still->blocks[0].text, "No price in the lists moved in the last 120 days.");
    assert_int_equal(block(page, "moves")->table->row_count, 1);
    const struct table *table = block(page, "moves")->table;
    size_t date = 0; /* by its key the feed finds it */
    while (date < table->column_count && strcmp(table->columns[date].key, "date") != 0)
        date++;
    assert_true(date < table->column_count);
    assert_string_equal(table->cells[date].text, "2026-10-01");
    assert_string_equal(table->cells[0].text, "H100 SXM");
    arena_free(arena);
}

/* What an offer took back later is no answer, and what changed since years not of late. */
static void the_largest_moves_still_stand(void **state) {
    (void)state;
    static const struct {
        const char *platform, *as_of;
        double usd;
    } rows[] = {{"cheap", "2026-09-01", 16}, {"cheap", "2026-09-15", 32},
                {"cheap", "2026-10-01", 18}, {"dear", "2026-09-01", 32},
                {"dear", "2026-10-01", 40},  {"old", "2020-01-01", 1},
                {"old", "2026-10-01", 9}};
    struct arena *arena = arena_new();
    struct offer offers[7];
    struct catalog catalog = fixture_catalog;
    for (size_t i = 0; i < 7; i++) {
        offers[i] = fixture_offers[0];
        offers[i].platform = offers[i].platform_id = rows[i].platform;
        offers[i].as_of = rows[i].as_of;
        offers[i].on_demand_usd_per_hour = rows[i].usd;
    }
    catalog.offers = offers;
    catalog.offer_count = 7;
    const struct page *page = page_of(arena, &catalog, "changes/index.html");
    assert_non_null(strstr(page->blocks[0].text,
                           "2 prices rose and 1 fell. The largest rise that stands: H100 SXM at "
                           "dear (+25\xE2\x80\xAF%). The largest fall: H100 SXM at cheap "
                           "(\xE2\x88\x92"
                           "44\xE2\x80\xAF%)."));
    assert_int_equal(block(page, "moves")->table->row_count, 4); /* which lists every one */
    assert_int_equal(block(page, "movers")->table->row_count, 2);
    arena_free(arena);
}

/* One repository in two spellings is one source, which leads there. */
static void a_source_stands_once(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct offer offers[2] = {fixture_offers[0], fixture_offers[1]};
    struct catalog catalog = fixture_catalog;
    offers[0].source = "owner/prices@3584151 tpu.json";
    offers[1].source = "github:owner/prices tpu.json";
    catalog.offers = offers;
    catalog.offer_count = 2;
    const struct table *table =
        block(page_of(arena, &catalog, "data/index.html"), "sources")->table;
    size_t found = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *cells = &table->cells[row * table->column_count];
        if (strcmp(cells[1].text, "owner/prices") != 0)
            continue;
        found++;
        assert_string_equal(cells[1].href, "https://github.com/owner/prices");
        assert_string_equal(cells[2].text, "2");
    }
    assert_int_equal(found, 1);
    arena_free(arena);
}

/* The GPU does not compute with the checkpoint's format, but four bits would be too many too. */
static void the_smallest_format_gives_the_reason(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct model model = fixture_models[0];
    struct gpu gpus[3];
    struct catalog catalog = fixture_catalog;
    memcpy(gpus, fixture_gpus, sizeof gpus);
    model.native_precision = PRECISION_FP8_BLOCK;
    gpus[1].architecture = "Ampere";
    gpus[1].flop_per_s[COMPUTE_FP8] = 0;
    catalog.models = &model;
    catalog.gpus = gpus;
    catalog.offer_count = 0;
    catalog.api_price_count = 0;
    const struct page *page = page_of(arena, &catalog, "models/llama-3.3-70b/rtx-4090.html");
    assert_non_null(strstr(page->blocks[0].text, ": even at 4 bit its weights are "));
    gpus[1].memory_bytes = 80e9; /* four bits do fit now */
    page = page_of(arena, &catalog, "models/llama-3.3-70b/rtx-4090.html");
    assert_non_null(strstr(page->blocks[0].text, "Llama 3.3 70B on RTX 4090 at "));
    arena_free(arena);
}

/* A count that differs says by what. */
static void published_counts_say_what_else_they_count(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct published_count count = {
        .total = 7e10, .active = NAN, .exact = true, .source = "a list", .counts = "also the eyes"};
    struct model model = fixture_models[0];
    struct catalog catalog = fixture_catalog;
    model.published = &count;
    model.published_count = 1;
    catalog.models = &model;
    catalog.api_price_count = 0;
    const struct page *page = page_of(arena, &catalog, "models/llama-3.3-70b/index.html");
    assert_string_equal(block(page, "parameters")->table->caption,
                        "Published total: 70,000,000,000 (a list): also the eyes");
    const struct table *memory = block(page, "memory")->table; /* where not all GPUs hold it */
    assert_non_null(strstr(memory->caption, "; \xE2\x80\x93: not on one machine"));
    assert_string_not_equal(memory->columns[0].head, memory->columns[1].head);
    arena_free(arena);
}

static void the_index_leads_to_the_calculator(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct block *map = block(page_at(arena, "index.html"), "map");
    bool found = false;
    for (size_t i = 0; i < map->link_count; i++)
        found |= strcmp(map->links[i].text, "Calculator") == 0;
    assert_true(found);
    arena_free(arena);
}

/* A model whose context no request fits: shorter ones are priced, and no page of prices planned. */
static void short_contexts_are_priced(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct model model = fixture_models[0];
    struct catalog catalog = fixture_catalog;
    model.context_tokens = 2048;
    catalog.models = &model;
    catalog.api_price_count = 0;
    struct page_plan *plan = page_plan_new(arena, &catalog, NULL, 1);
    for (size_t i = 0; i < page_plan_count(plan); i++)
        assert_null(strstr(page_plan_path(plan, i), "/price/"));
    const struct page *page = page_of(arena, &catalog, "models/llama-3.3-70b/index.html");
    const char *answer = block(page, "answer")->text,
               *price = block(page, "figures")->figures[2].value.text;
    assert_non_null(strstr(answer, "has 2,335. Cut to 1,748 in and 300 out, "));
    assert_non_null(strstr(answer, arena_printf(arena, "%s per 1M output tokens", price)));
    const struct table *table = block(page, "offers")->table;
    assert_int_equal(table->row_count, 1); /* the other kind has no room */
    assert_string_equal(table->cells[2].text, price);
    const struct block *further = block(page, "further");
    assert_string_equal(further->links[0].text, "Training");
    assert_non_null(strstr(further->links[1].href, "&input=1748&output=300"));
    page = page_of(arena, &catalog, "models/llama-3.3-70b/h100-sxm.html"); /* no fault of the GPU */
    assert_null(strstr(page->blocks[0].text, "cannot be served"));
    assert_non_null(strstr(page->blocks[0].text, "takes 2,048 tokens of context, and a request of "
                                                 "Chat has 2,335, on H100 SXM as anywhere."));
    struct api_price price_of_it = fixture_api[0]; /* which own GPUs are not compared with */
    price_of_it.model = &model;
    catalog.api_prices = &price_of_it;
    catalog.api_price_count = 1;
    page = page_of(arena, &catalog, "models/llama-3.3-70b/index.html");
    assert_string_equal(block(page, "api")->heading, "API prices");
    arena_free(arena);
}

/* A GPU whose description lacks a figure is no GPU that cannot run the model. */
static void what_is_not_known_is_named(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct gpu gpus[3];
    struct catalog catalog = fixture_catalog;
    memcpy(gpus, fixture_gpus, sizeof gpus);
    gpus[1].flop_per_s[COMPUTE_16] = NAN;
    catalog.gpus = gpus;
    catalog.offer_count = 0;
    catalog.api_price_count = 0;
    const struct page *page = page_of(arena, &catalog, "models/llama-3.3-70b/rtx-4090.html");
    assert_string_equal(page->blocks[0].text, "Llama 3.3 70B on RTX 4090 is not computed: the "
                                              "GPU's 16-bit peak is not known.");
    page = page_of(arena, &catalog, "gpus/rtx-4090/index.html");
    assert_non_null(strstr(page->blocks[0].text, "16-bit peak is not known."));
    gpus[0].memory_bytes_per_s = 0;
    const struct figure *bandwidth =
        &block(page_of(arena, &catalog, "gpus/h100-sxm/index.html"), "figures")->figures[1];
    assert_int_equal(bandwidth->value.kind, VALUE_MISSING);
    assert_null(bandwidth->unit);
    assert_string_equal(bandwidth->note, "not known");
    arena_free(arena);
}

/* A catalog of one model, as a new project is, has no range of models to speak of. */
static void one_model_is_named_once(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct model model = fixture_models[0];
    struct layer_run run = fixture_run;
    struct catalog catalog = fixture_catalog;
    run.count = 2; /* fits everywhere */
    model.runs = &run;
    catalog.models = &model;
    catalog.api_price_count = 0;
    const struct page *page = page_of(arena, &catalog, "models/llama-3.3-70b/index.html");
    assert_null(strstr(block(page, "memory")->table->caption, "not on one machine"));
    const char *text = page_of(arena, &catalog, "index.html")->blocks[0].text;
    assert_non_null(strstr(text, "A million output tokens of Llama 3.3 70B cost "));
    assert_null(strstr(text, "the models here go up to"));
    text = page_of(arena, &catalog, "gpus/h100-sxm/index.html")->blocks[0].text;
    assert_non_null(strstr(text, "One H100 SXM runs Llama 3.3 70B. "));
    text = page_of(arena, &catalog, "recommend/index.html")->blocks[0].text;
    assert_non_null(strstr(text, "the largest model that fits is Llama 3.3 70B in 8"));
    assert_null(strstr(text, " in 24"));
    arena_free(arena);
}

/* Before Ampere nothing computes with bfloat16. */
static void old_gpus_take_fp16(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct gpu gpus[3];
    struct catalog catalog = fixture_catalog;
    memcpy(gpus, fixture_gpus, sizeof gpus);
    gpus[0].architecture = "Volta";
    catalog.gpus = gpus;
    catalog.offer_count = 0;
    catalog.api_price_count = 0;
    const char *path = "models/llama-3.3-70b/h100-sxm.html";
    const struct page *page = page_of(arena, &catalog, path);
    assert_non_null(strstr(block(page, "figures")->figures[0].note, ", FP16"));
    assert_string_equal(block(page, "counts")->table->cells[1].text, "FP16");
    assert_non_null(strstr(block(page, "reproduce")->lines[0].symbols, "--weights fp16 "));
    page = page_at(arena, path);
    assert_non_null(strstr(block(page, "figures")->figures[0].note, ", BF16"));
    gpus[0].memory_bytes = 7e9; /* eight hold the weights at four bits, not at sixteen */
    page = page_of(arena, &catalog, path);
    assert_non_null(strstr(page->blocks[0].text, ": in FP16 its weights are 141"));
    assert_non_null(strstr(page->blocks[0].text, "H100 SXM hold 56"));
    gpus[0].memory_bytes = 20e9;
    gpus[0].max_per_node = 1;
    page = page_of(arena, &catalog, path);
    assert_non_null(strstr(page->blocks[0].text, " and H100 SXM holds 20"));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(old_gpus_take_fp16),
                                       cmocka_unit_test(one_model_is_named_once),
                                       cmocka_unit_test(the_largest_moves_still_stand),
                                       cmocka_unit_test(a_source_stands_once),
                                       cmocka_unit_test(the_smallest_format_gives_the_reason),
                                       cmocka_unit_test(published_counts_say_what_else_they_count),
                                       cmocka_unit_test(the_index_leads_to_the_calculator),

                                       cmocka_unit_test(what_is_not_known_is_named),
                                       cmocka_unit_test(short_contexts_are_priced),
                                       cmocka_unit_test(old_prices_say_their_date),
                                       cmocka_unit_test(says_nothing_of_a_market_of_one),
                                       cmocka_unit_test(says_why_an_offer_is_not_ranked),
                                       cmocka_unit_test(what_moved_is_dated),
                                       cmocka_unit_test(the_cheapest_api_stands_by_the_median)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
