/* The price audit: known mistakes are found by their code, and honest prices are left alone. */
#include "reading.h"

#include "engine/audit.h"
#include "engine/quote.h"
#include "read/offers_current.h"
#include "read/offers_level.h"
#include "read/parts.h"

static int setup(void **state) {
    reading_set_up(state);
    struct fixture *f = *state;
    struct source *source = source_open(f->arena, NULL, f->diags);
    assert_true(read_catalog(f->arena, source, NULL, f->diags, &f->catalog));
    f->join = join_new(f->arena, &f->catalog, f->diags);
    diags_free(f->diags);
    f->diags = diags_new();
    f->catalog.site.as_of = "2026-10-10";
    f->catalog.site.max_price_age_days = 30;
    return 0;
}

#define HEADER "platform,gpu,gpu_count,on_demand_usd_per_hour,gpu_memory_gb,instance,kind,as_of\n"
/* What the market asks for three parts. */
#define MARKET                                                                                     \
    "A,H100 SXM,8,24,80,a,,2026-10-10\nB,H100 SXM,8,26,80,b,,2026-10-10\n"                         \
    "C,H100 SXM,1,3.1,80,c,,2026-10-10\nD,H100 SXM,1,2.9,80,d,,2026-10-10\n"                       \
    "E,H100 SXM,2,6,80,e,,2026-10-10\n"                                                            \
    "A,A40,1,0.8,48,f,,2026-10-10\nB,A40,1,0.75,48,g,,2026-10-10\nC,A40,1,0.85,48,h,,2026-10-10\n" \
    "D,A40,1,0.8,48,i,,2026-10-10\nE,A40,1,0.82,48,j,,2026-10-10\n"                                \
    "A,RTX A4000,1,0.2,16,k,,2026-10-10\nB,RTX A4000,1,0.19,16,l,,2026-10-10\n"                    \
    "C,RTX A4000,1,0.21,16,m,,2026-10-10\n"

static void audit_list(struct fixture *f, const char *text) {
    struct input in = {f->arena, f->diags, "p.csv", "p.csv", text, strlen(text)};
    struct offer_list list = {0};
    read_offers(&in, &list);
    for (size_t i = 0; i < list.count; i++) {
        join_offer(f->join, &list.items[i]);
    }
    offers_mark_current(list.items, list.count);
    offers_mark_implausible(f->arena, list.items, list.count, f->diags);
    f->catalog.offers = list.items;
    f->catalog.offer_count = list.count;
    audit_offers(f->arena, &f->catalog, f->diags);
}

static void audit(struct fixture *f, const char *rows) {
    audit_list(f, arena_printf(f->arena, HEADER MARKET "%s", rows));
}

/* Exactly this one finding, in the first row after the market's. */
static void expect(struct fixture *f, const char *code, enum diag_level level) {
    for (size_t i = 0; i < diags_count(f->diags); i++) {
        const struct diag *d = diags_get(f->diags, i);
        print_message("%u: [%s] %s\n", d->place.line, d->code, d->text);
    }
    assert_int_equal(diags_count(f->diags), 1);
    const struct diag *d = diags_get(f->diags, 0);
    assert_string_equal(d->code, code);
    assert_int_equal(d->level, level);
    assert_int_equal(d->place.line, 15);
}

static void test_market_is_quiet(void **state) {
    struct fixture *f = *state;
    audit(f, "");
    assert_int_equal(diags_count(f->diags), 0);
}

static size_t counting(const struct fixture *f) {
    size_t count = 0;
    for (size_t i = 0; i < f->catalog.offer_count; i++)
        count += quote_counts(&f->catalog.offers[i]);
    return count;
}

/* The commonest slip would lead every page as well: not ranked. */
static void test_price_of_one_gpu(void **state) {
    struct fixture *f = *state;
    audit(f, "X,H100 SXM,8,3,80,x,,2026-10-10\n");
    expect(f, "price-per-gpu", DIAG_WARNING);
    assert_int_equal(counting(f), f->catalog.offer_count - 1);
}

/* Half as much for two might be true: said by the audit alone. */
static void test_price_of_one_of_two(void **state) {
    struct fixture *f = *state;
    audit(f, "X,H100 SXM,2,1.8,80,x,,2026-10-10\n");
    expect(f, "price-per-gpu", DIAG_WARNING);
    assert_int_equal(counting(f), f->catalog.offer_count);
}

/* A sale is no slip. */
static void test_cheap_node(void **state) {
    struct fixture *f = *state;
    audit(f, "X,H100 SXM,8,6,80,x,,2026-10-10\n");
    assert_int_equal(counting(f), f->catalog.offer_count);
}

static void test_price_of_an_instance(void **state) {
    audit(*state, "X,H100 SXM,1,24,80,x,,2026-10-10\n");
    expect(*state, "price-whole-instance", DIAG_WARNING);
}

/* The known mistake of a public list: an A4000 sold under the name of the A40. */
static void test_a4000_priced_as_a40(void **state) {
    audit(*state, "X,A40,1,0.2,,x,,2026-10-10\n");
    expect(*state, "price-sku", DIAG_WARNING);
    assert_non_null(strstr(diags_get(((struct fixture *)*state)->diags, 0)->text, "RTX A4000"));
}

static void test_memory_of_another_part(void **state) {
    audit(*state, "X,A40,1,0.2,16,x,,2026-10-10\n");
    expect(*state, "sku-memory", DIAG_WARNING);
}

static void test_outlier(void **state) {
    audit(*state, "X,H100 SXM,1,12,80,x,,2026-10-10\n");
    expect(*state, "price-outlier", DIAG_WARNING);
}

/* A slip of the point must not lead every page: said, and not ranked. */
static void test_implausible(void **state) {
    struct fixture *f = *state;
    audit(f, "X,H100 SXM,8,0.0068,80,x,,2026-10-10\n");
    expect(f, "price-implausible", DIAG_WARNING);
    assert_int_equal(counting(f), f->catalog.offer_count - 1);
}

/* Lowest asks of private hosts are low. */
static void test_low_but_plausible(void **state) {
    audit(*state, "X,H100 SXM,1,0.26,80,x,marketplace,2026-10-10\n");
    assert_int_equal(diags_count(((struct fixture *)*state)->diags), 0);
}

/* Too few others to tell. */
static void test_nothing_to_compare(void **state) {
    audit(*state, "X,RTX A4000,1,0.02,16,x,,2026-10-10\n");
    assert_int_equal(diags_count(((struct fixture *)*state)->diags), 0);
}

static void test_conflict(void **state) {
    audit(*state, "A,H100 SXM,8,25,80,a,,2026-10-10\n");
    expect(*state, "price-conflict", DIAG_WARNING);
}

static void test_duplicate(void **state) {
    audit(*state, "A,H100 SXM,8,24,80,a,,2026-10-10\n");
    expect(*state, "price-duplicate", DIAG_NOTE);
}

static void test_stale(void **state) {
    audit(*state, "X,H100 SXM,8,24,80,x,,2026-09-09\n");
    expect(*state, "price-stale", DIAG_WARNING);
}

static void test_within_age(void **state) {
    struct fixture *f = *state;
    audit(f, "X,H100 SXM,8,24,80,x,,2026-09-10\n");
    assert_int_equal(diags_count(f->diags), 0);
}

static void test_undated(void **state) {
    audit(*state, "X,H100 SXM,8,24,80,x,,\n");
    expect(*state, "price-undated", DIAG_WARNING);
}

static void test_date_ahead(void **state) {
    struct fixture *f = *state;
    audit(f, "X,H100 SXM,1,3,80,x,,2031-10-10\n");
    bool found = false;
    for (size_t i = 0; i < diags_count(f->diags); i++)
        found |= strcmp(diags_get(f->diags, i)->code, "price-date-ahead") == 0;
    assert_true(found);
}

static void test_unknown_sku(void **state) {
    audit(*state, "X,H900,8,24,80,x,,2026-10-10\n");
    expect(*state, "sku-unknown", DIAG_WARNING);
}

static void test_name_that_leaves_the_part_open(void **state) {
    struct fixture *f = *state;
    const char *text =
        "name,memory_gb,platform,gpu,why\nH100,,,h100-sxm,not stated; taken as SXM\n";
    struct input aliases = {f->arena, f->diags, "a.csv", "a.csv", text, strlen(text)};
    join_read_gpu_aliases(f->join, &aliases);
    audit(*state, "X,H100,8,24,80,x,,2026-10-10\n");
    expect(*state, "sku-assumed", DIAG_NOTE);
}

static void test_spot_above_on_demand(void **state) {
    struct fixture *f = *state;
    audit_list(f, "platform,gpu,gpu_count,on_demand_usd_per_hour,spot_usd_per_hour,as_of\n"
                  "A,H100 SXM,1,3,2,2026-10-10\nB,H100 SXM,1,3,4,2026-10-10\n");
    assert_int_equal(diags_count(f->diags), 1);
    assert_string_equal(diags_get(f->diags, 0)->code, "price-spot-above");
    assert_int_equal(diags_get(f->diags, 0)->level, DIAG_NOTE);
    assert_int_equal(diags_get(f->diags, 0)->place.line, 3);
}

/* A GPU without its host may be cheap: it is never ranked, so it is no finding. */
static void test_component_is_not_ranked(void **state) {
    struct fixture *f = *state;
    audit(f, "X,H100 SXM,1,0.5,80,x,component,2026-10-10\n");
    assert_int_equal(diags_count(f->diags), 0);
}

static void audit_api(struct fixture *f, const char *rows) {
    const char *text =
        arena_printf(f->arena,
                     "provider,model,input_usd_per_million,output_usd_per_million,"
                     "cached_input_usd_per_million,as_of\n"
                     "A,llama-3.3-70b,0.6,0.8,,2026-10-10\nB,llama-3.3-70b,0.5,0.7,,2026-10-10\n"
                     "C,llama-3.3-70b,0.4,0.6,,2026-10-10\nD,llama-3.3-70b,0.2,0.4,,2026-10-10\n"
                     "E,llama-3.3-70b,0,0,,2026-10-10\n%s",
                     rows);
    struct input in = {f->arena, f->diags, "a.csv", "a.csv", text, strlen(text)};
    struct api_price_list list = {0};
    read_api_prices(&in, &list);
    for (size_t i = 0; i < list.count; i++) {
        join_api_price(f->join, &list.items[i]);
    }
    api_prices_mark_current(list.items, list.count);
    f->catalog.api_prices = list.items;
    f->catalog.api_price_count = list.count;
    audit_api_prices(f->arena, &f->catalog, f->diags);
}

static void expect_api(struct fixture *f, const char *rows, const char *code) {
    audit_api(f, rows);
    assert_int_equal(diags_count(f->diags), code ? 1 : 0);
    if (code) {
        assert_string_equal(diags_get(f->diags, 0)->code, code);
        assert_int_equal(diags_get(f->diags, 0)->place.line, 7);
    }
}

static void test_api_market_is_quiet(void **state) {
    expect_api(*state, "", NULL);
}

/* A price per token where a price per million belongs. */
static void test_api_per_token(void **state) {
    expect_api(*state, "X,llama-3.3-70b,0.0000006,0.0000008,,2026-10-10\n", "price-range");
}

static void test_api_per_thousand(void **state) {
    expect_api(*state, "X,llama-3.3-70b,0.0006,0.0008,,2026-10-10\n", "api-unit");
}

static void test_api_outlier(void **state) {
    expect_api(*state, "X,llama-3.3-70b,6,12,,2026-10-10\n", "api-outlier");
}

static void test_api_cached(void **state) {
    expect_api(*state, "X,llama-3.3-70b,0.5,0.7,0.9,2026-10-10\n", "api-cached");
}

static void test_api_stale(void **state) {
    expect_api(*state, "X,llama-3.3-70b,0.5,0.7,,2026-01-10\n", "api-stale");
}

static void test_api_undated(void **state) {
    expect_api(*state, "X,llama-3.3-70b,0.5,0.7,,\n", "api-undated");
}

static void test_api_zero(void **state) {
    expect_api(*state, "X,llama-3.3-70b,0,0.7,,2026-10-10\n", "api-zero");
}

static void test_api_conflict(void **state) {
    struct fixture *f = *state;
    audit_api(f, "X,llama-3.3-70b,0.5,0.7,,2026-10-10\nX,llama-3.3-70b,0.6,0.7,,2026-10-10\n");
    assert_int_equal(diags_count(f->diags), 1);
    assert_string_equal(diags_get(f->diags, 0)->code, "api-conflict");
    assert_int_equal(diags_get(f->diags, 0)->place.line, 8);
}

static void test_one_price_for_all(void **state) {
    struct fixture *f = *state;
    audit_api(f, "X,llama-3.2-3b,0.12,0.3,,2026-10-10\nX,llama-3.1-8b,0.12,0.3,,2026-10-10\n"
                 "X,llama-3.1-405b,0.12,0.3,,2026-10-10\n");
    assert_int_equal(diags_count(f->diags), 1);
    assert_string_equal(diags_get(f->diags, 0)->code, "api-one-price");
    assert_int_equal(diags_get(f->diags, 0)->place.line, 9);
}

static void test_api_unknown_model(void **state) {
    expect_api(*state, "X,llama-99,0.5,0.7,,2026-10-10\n", "api-not-joined");
}

/* Where no others say what a GPU costs, the launch price does: a month's price, a second's. */
static void test_price_of_another_time(void **state) {
    struct fixture *f = *state;
    audit_list(f, HEADER "A,H200 SXM,8,20,141,a,,2026-10-10\nB,H200 SXM,1,2200,141,b,,2026-10-10\n"
                         "C,H200 SXM,8,0.006,141,c,,2026-10-10\n");
    assert_int_equal(diags_count(f->diags), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(diags_get(f->diags, i)->code, "price-unit");
        assert_int_equal(diags_get(f->diags, i)->place.line, 3 + i);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, reading_tear_down)
int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_market_is_quiet),
        T(test_price_of_one_gpu),
        T(test_price_of_one_of_two),
        T(test_cheap_node),
        T(test_price_of_an_instance),
        T(test_price_of_another_time),
        T(test_a4000_priced_as_a40),
        T(test_memory_of_another_part),
        T(test_outlier),
        T(test_implausible),
        T(test_low_but_plausible),
        T(test_nothing_to_compare),
        T(test_conflict),
        T(test_duplicate),
        T(test_stale),
        T(test_within_age),
        T(test_undated),
        T(test_date_ahead),
        T(test_unknown_sku),
        T(test_name_that_leaves_the_part_open),
        T(test_spot_above_on_demand),
        T(test_component_is_not_ranked),
        T(test_api_market_is_quiet),
        T(test_api_per_token),
        T(test_api_per_thousand),
        T(test_api_outlier),
        T(test_api_cached),
        T(test_api_stale),
        T(test_api_undated),
        T(test_api_zero),
        T(test_api_conflict),
        T(test_one_price_for_all),
        T(test_api_unknown_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
