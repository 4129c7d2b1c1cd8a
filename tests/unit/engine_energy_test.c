/* Energy: golden rows E, the power model's ends, units, and a token beside a byte. */
#include "golden.h"

#include "engine/energy.h"
#include "engine_models.h"

#define GOLDEN "tests/golden/econ.tsv"

static void golden_rows(void **state) {
    (void)state;
    golden_check(GOLDEN, "E-15.8b", energy_ecologits_wh_per_token(8e9, 64));
    golden_check(GOLDEN, "E-15.70b", energy_ecologits_wh_per_token(70e9, 64));
    golden_check(GOLDEN, "E-15.405b", energy_ecologits_wh_per_token(405e9, 64));
    struct scenario s = scenario_default(&llama_70b, &h100);
    struct outcome out = {.feasible = true, .output_tokens_per_s = 250, .total_tokens_per_s = 1000};
    struct energy_place place = {.pue = 1, .utilisation = 1, .measured_gpu_watts = 1730};
    struct energy e = energy_of(&out, &s, &place); /* 1.73 kW all in */
    golden_check(GOLDEN, "E-16.rate", e.tokens_per_s_per_mw);
    golden_check(GOLDEN, "E-16.joules", e.joules_per_token);
    golden_check(GOLDEN, "E-16.rate", e.output_tokens_per_s_per_mw * 4);
    golden_check(GOLDEN, "E-16.joules", e.joules_per_output_token / 4);
}

static struct scenario on_four(double batch) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.gpu_count = 4;
    s.batch = batch;
    return s;
}

static void load_lies_between_the_measured_ends(void **state) {
    (void)state;
    double last = 0;
    for (double batch = 1; batch <= 256; batch *= 4) {
        struct scenario s = on_four(batch);
        struct outcome out = estimate(&s);
        double load = energy_load(&out, &h100);
        double watts = h100.idle_w + (h100.tdp_w - h100.idle_w) * load;
        assert_true(watts >= 0.5 * 700 && watts <= 0.99 * 700);
        assert_true(load >= last);
        last = load;
    }
}

/* Memory streams for half of each step, compute units work for a tenth of it, the rest waits. */
static void load_is_that_of_its_parts(void **state) {
    (void)state;
    struct gpu gpu = {.tdp_w = 1000, .idle_w = 100};
    struct outcome out = {.feasible = true, .request_s = 20};
    out.decode = (struct phase){
        .time_s = 2, .compute_s = 0.2, .memory_s = 0.9, .communication_s = 0.6, .overhead_s = 0.4};
    double drawn = 0.54 * 0.5 + 0.45 * 0.1 + 0.1 * 0.5;
    assert_true(fabs(energy_load(&out, &gpu) - (drawn - 0.1) / 0.9) < 1e-12);
    /* A prompt of 5 s that computes throughout, then 7.5 steps. */
    out.prefill = (struct phase){.time_s = 5, .compute_s = 5};
    drawn = (5 * 0.99 + 15 * drawn) / 20;
    assert_true(fabs(energy_load(&out, &gpu) - (drawn - 0.1) / 0.9) < 1e-12);
}

static void units_agree(void **state) {
    (void)state;
    struct scenario s = on_four(64);
    struct outcome out = estimate(&s);
    struct energy_place place = {1.2, 0.5, 0.1, 400, 1, 600};
    struct energy e = energy_of(&out, &s, &place);
    assert_int_equal(e.provenance, FROM_MEASURED);
    assert_true(fabs(e.facility_watts - 4 * 600 * 1.5 * 1.2) < 1e-9);
    assert_true(fabs(e.joules_per_output_token * out.output_tokens_per_s / e.facility_watts - 1) <
                1e-12);
    assert_true(fabs(e.kwh_per_million_output * 3.6 - e.joules_per_output_token) < 1e-9);
    assert_true(fabs(e.gco2_per_million_output / e.kwh_per_million_output - 400) < 1e-9);
    assert_true(fabs(e.usd_per_million_output / e.kwh_per_million_output - 0.1) < 1e-12);
    assert_true(fabs(e.output_tokens_per_s_per_mw * e.joules_per_output_token - 1e6) < 1e-3);
    /* Idle time costs energy without tokens. */
    place.utilisation = 0.5;
    struct energy half = energy_of(&out, &s, &place);
    assert_true(fabs(half.facility_watts - 4 * (300 + 35) * 1.8) < 1e-9);
    assert_true(half.joules_per_output_token > e.joules_per_output_token);
}

static void token_beside_byte(void **state) {
    (void)state;
    struct scenario s = on_four(1);
    struct outcome out = estimate(&s);
    struct energy_place place = {1, 0, 0.1, 400, 1, NAN};
    struct energy e = energy_of(&out, &s, &place);
    struct token_row rows[TOKEN_QUANTITIES];
    energy_token_table(&out, &s, &e, 1.755e9, rows);
    /* One sequence reads all weights and its cache for each token. */
    assert_true(rows[TOKEN_BYTES_MOVED].ours > 141107412992.0);
    assert_true(rows[TOKEN_BYTES_MOVED].ours < 141107412992.0 + 2335 * 327680.0);
    assert_true(
        fabs(rows[TOKEN_ENERGY_J].ours / (rows[BYTE_ENERGY_J].ours * rows[TOKEN_BYTES_MOVED].ours) -
             1) < 1e-12);
    assert_true(rows[TOKEN_RATE_PER_S].inside && !rows[TOKEN_ENERGY_J].inside);
    energy_token_table(&out, &s, &e, 0, rows);
    assert_true(isnan(rows[TOKEN_CLOCK_HZ_S].ours) && !rows[TOKEN_CLOCK_HZ_S].inside);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_rows), cmocka_unit_test(load_lies_between_the_measured_ends),
        cmocka_unit_test(load_is_that_of_its_parts), cmocka_unit_test(units_agree),
        cmocka_unit_test(token_beside_byte)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
