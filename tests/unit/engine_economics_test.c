/* Prices: golden rows C, reciprocity, break-even roots, rent or buy, frontiers, flips. */
#include "golden.h"

#include "engine/economics.h"
#include "engine_models.h"

#define GOLDEN "tests/golden/econ.tsv"

static void near(double value, double expected) {
    if (!(fabs(value - expected) <= 1e-9 * fmax(fabs(expected), 1e-300)))
        fail_msg("%.17g, expected %.17g", value, expected);
}

static struct scenario on_four(double batch) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.gpu_count = 4;
    s.batch = batch;
    return s;
}

static void golden_rows(void **state) {
    (void)state;
    golden_check(GOLDEN, "C-01", cost_of_rates(1000, 0, 1.3, 0.3, 1).usd_per_million_output);
    golden_check(GOLDEN, "C-02", 226.75 * 8 * 2 * 24);
    golden_check(GOLDEN, "C-04.output",
                 cost_of_rates(14800, 0, 16, 0, 1).usd_per_million_output_alone);
    golden_check(GOLDEN, "C-04.input", cost_of_rates(0, 73700, 16, 0, 1).usd_per_million_tokens);
    golden_check(GOLDEN, "C-05.low", 100 * economics_margin(0.226, 1.35));
    golden_check(GOLDEN, "C-05.high", 100 * economics_margin(2.955, 5.40));
}

static void rates_and_prices_are_reciprocal(void **state) {
    (void)state;
    for (double batch = 1; batch < 300; batch *= 3)
        for (double u = 0.05; u <= 1; u += 0.19) {
            struct scenario s = on_four(batch);
            struct outcome out = estimate(&s);
            struct cost c = cost_of(&out, &s, 9.37, 0.3, u);
            golden_check(GOLDEN, "C-08",
                         c.output_tokens_per_usd * c.usd_per_million_output_alone / 1e6);
            golden_check(GOLDEN, "C-08", c.total_tokens_per_usd * c.usd_per_million_tokens / 1e6);
            golden_check(GOLDEN, "C-08",
                         c.blended_tokens_per_usd * c.usd_per_million_blended / 1e6);
            /* What the tokens of an hour cost at those prices is what the hour costs. */
            double per_hour = out.output_tokens_per_s * 3600 * u;
            double sold = per_hour * c.usd_per_million_output +
                          per_hour * 2035 / 300 * c.usd_per_million_input;
            near(sold / 1e6, 9.37);
            near(c.usd_per_million_output,
                 economics_at_utilisation(cost_of(&out, &s, 9.37, 0.3, 1).usd_per_million_output,
                                          u));
        }
}

static void time_split_pays_the_hour(void **state) {
    (void)state;
    for (int serving = SERVING_STATIC; serving <= SERVING_CONTINUOUS; serving++) {
        struct scenario s = on_four(32);
        s.serving = (enum serving)serving;
        struct outcome out = estimate(&s);
        struct token_price p = economics_split_by_time(&out, &s, 10, 0.5);
        double outputs = out.output_tokens_per_s * 3600 * 0.5, inputs = outputs * 2035 / 300;
        near((outputs * p.output_usd_per_million + inputs * p.input_usd_per_million) / 1e6, 10);
        assert_true(p.input_usd_per_million > 0 &&
                    p.input_usd_per_million < p.output_usd_per_million);
    }
}

static void cached_tokens_cost_less(void **state) {
    (void)state;
    struct token_price p = {3, 15, 0.3}, no_cache = {3, 15, NAN};
    near(economics_request_usd(&p, 1000, 100, 0), (3000 + 1500) / 1e6);
    near(economics_request_usd(&p, 1000, 100, 0.5), (1500 + 150 + 1500) / 1e6);
    near(economics_request_usd(&no_cache, 1000, 100, 0.5), (3000 + 1500) / 1e6);
}

static void break_even_is_a_root(void **state) {
    (void)state;
    struct scenario s = on_four(64);
    struct outcome out = estimate(&s);
    struct token_price api = {0.6, 0.9, NAN};
    struct break_even even = economics_break_even(&out, &s, 10, &api, 0, 20);
    /* At that utilisation the tokens of an hour sell for exactly the hour's price. */
    double requests = out.output_tokens_per_s / 300 * 3600 * even.utilisation;
    near(requests * economics_request_usd(&api, 2035, 300, 0), 10);
    near(even.requests_per_hour, requests);
    near(even.users * 20 / 24, requests);
    near(even.tokens_per_month, requests * 730.5 * 2335);
    assert_true(even.ever);
    api = (struct token_price){0.001, 0.001, NAN};
    even = economics_break_even(&out, &s, 10, &api, 0, 20);
    assert_true(!even.ever && even.utilisation > 1);
}

static void rent_buy_or_api(void **state) {
    (void)state;
    struct purchase p = {.usd_per_gpu = 35064,
                         .life_years = 4,
                         .watts_per_gpu = 1000,
                         .pue = 1.25,
                         .usd_per_kwh = 0.08,
                         .hosting_usd_per_kw_month = 73.05};
    near(economics_purchase_usd_per_hour(&p, 8), 8 * (1 + 0.1 + 0.1));
    struct supply_choice few = economics_choose(1000, 3600, 20, 9.6, 0.002);
    assert_int_equal(few.cheapest, SUPPLY_API);
    near(few.usd_per_month[SUPPLY_API], 2);
    struct supply_choice many = economics_choose(3600 * 730.5 * 2.5, 3600, 20, 9.6, 0.01);
    near(many.machines, 3);
    near(many.usd_per_month[SUPPLY_RENT], 3 * 20 * 730.5);
    assert_int_equal(many.cheapest, SUPPLY_BUY);
    assert_int_equal(economics_choose(3600 * 730.5, 3600, 20, NAN, 0.01).cheapest, SUPPLY_RENT);
}

static void frontiers_per_group(void **state) {
    (void)state;
    struct pareto_point points[] = {{40, 1.2, 0, 1},  {10, 9.0, 1, 4}, {90, 2.5, 0, 7},
                                    {50, 1.0, 0, 3},  {90, 2.0, 0, 2}, {50, 1.0, 0, 0},
                                    {NAN, 0.1, 0, 5}, {95, NAN, 0, 6}};
    assert_int_equal(economics_pareto(points, 8), 3);
    assert_int_equal(points[0].index, 0); /* of two alike the lower index; from cheap to dear */
    assert_int_equal(points[1].index, 2); /* as fast as another, and cheaper */
    assert_int_equal(points[2].index, 4); /* alone in its group */
}

static void flip_price_gives_equality(void **state) {
    (void)state;
    struct scenario a = on_four(16), b = on_four(128);
    struct outcome fast_a = estimate(&a), fast_b = estimate(&b);
    double flip =
        economics_flip_usd_per_hour(fast_a.output_tokens_per_s, fast_b.output_tokens_per_s, 10);
    near(cost_of(&fast_a, &a, flip, 0.3, 0.7).usd_per_million_output,
         cost_of(&fast_b, &b, 10, 0.3, 0.7).usd_per_million_output);
}

static void tornado_is_sorted_and_exact(void **state) {
    (void)state;
    struct scenario s = on_four(16);
    struct sensitivity rows[FACTORS];
    economics_tornado(&s, 10, 0.3, 0.5, 0.5, rows);
    struct outcome out = estimate(&s);
    double middle = cost_of(&out, &s, 10, 0.3, 0.5).usd_per_million_output;
    for (int i = 0; i < FACTORS; i++) {
        if (i > 0)
            assert_true(fabs(rows[i].usd_high - rows[i].usd_low) <=
                        fabs(rows[i - 1].usd_high - rows[i - 1].usd_low));
        if (rows[i].factor == FACTOR_PRICE)
            near(rows[i].usd_low, middle / 2);
        if (rows[i].factor == FACTOR_UTILISATION)
            near(rows[i].usd_low, middle * 2);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(golden_rows),
                                       cmocka_unit_test(rates_and_prices_are_reciprocal),
                                       cmocka_unit_test(time_split_pays_the_hour),
                                       cmocka_unit_test(cached_tokens_cost_less),
                                       cmocka_unit_test(break_even_is_a_root),
                                       cmocka_unit_test(rent_buy_or_api),
                                       cmocka_unit_test(frontiers_per_group),
                                       cmocka_unit_test(flip_price_gives_equality),
                                       cmocka_unit_test(tornado_is_sorted_and_exact)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
