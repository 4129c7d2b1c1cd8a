/* Monte Carlo: the same bytes at any thread count, bands that widen with their inputs. */
#include "golden.h"

#include "engine/montecarlo.h"
#include "engine_models.h"

static struct montecarlo middle(void) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.gpu_count = 4;
    s.batch = 32;
    struct montecarlo m = montecarlo_default(&s, 10, 0.3, 0.5);
    m.samples = 2000;
    return m;
}

static void threads_do_not_change_the_draws(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct montecarlo m = middle();
    struct montecarlo_band one = montecarlo_run(&m, 1, arena);
    for (unsigned jobs = 2; jobs <= 7; jobs++) {
        struct montecarlo_band many = montecarlo_run(&m, jobs, arena);
        assert_memory_equal(&many, &one, sizeof one);
    }
    m.draws = montecarlo_draw_all(&m, arena);
    struct montecarlo_band again = montecarlo_run(&m, 2, arena);
    assert_memory_equal(&again, &one, sizeof one);
    m.draws = NULL;
    m.seed = 2;
    struct montecarlo_band other = montecarlo_run(&m, 3, arena);
    assert_true(other.p50 < one.p50 || other.p50 > one.p50);
    assert_true(fabs(other.p50 / one.p50 - 1) < 0.1);
    arena_free(arena);
}

static void bands_are_ordered_and_widen(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct montecarlo m = middle();
    struct montecarlo_band band = montecarlo_run(&m, 1, arena);
    assert_true(band.p10 < band.p50 && band.p50 < band.p90);
    assert_true(band.trimmed > 0 && band.infeasible == 0 && band.drawn == 2000);
    m.price_low = 0.4;
    m.price_high = 2.5;
    struct montecarlo_band wide = montecarlo_run(&m, 1, arena);
    assert_true(wide.p90 - wide.p10 > band.p90 - band.p10);
    arena_free(arena);
}

/* Nothing is uncertain: every sample is the estimate itself. */
static void no_width_gives_the_estimate(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct montecarlo m = middle();
    m.input_sigma = m.output_sigma = 0;
    m.price_low = m.price_high = 1;
    m.efficiency_low = m.efficiency_high = 0.7;
    struct montecarlo_band band = montecarlo_run(&m, 2, arena);
    struct scenario s = m.scenario;
    s.compute_efficiency = s.memory_efficiency = 0.7;
    struct outcome out = estimate(&s);
    double expected = cost_of(&out, &s, 10, 0.3, 0.5).usd_per_million_output;
    assert_true(fabs(band.p10 / expected - 1) < 1e-12 && fabs(band.p90 / expected - 1) < 1e-12);
    assert_true(fabs(band.median_of_all / expected - 1) < 1e-12 && band.trimmed == 0);
    arena_free(arena);
}

static void nothing_feasible_says_nothing(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct montecarlo m = middle();
    m.scenario.gpu_count = 1;
    struct montecarlo_band band = montecarlo_run(&m, 2, arena);
    assert_true(isnan(band.p50) && band.infeasible == m.samples);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_do_not_change_the_draws),
                                       cmocka_unit_test(bands_are_ordered_and_widen),
                                       cmocka_unit_test(no_width_gives_the_estimate),
                                       cmocka_unit_test(nothing_feasible_says_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
