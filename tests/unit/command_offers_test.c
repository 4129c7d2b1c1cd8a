/* tallypress offers on the shipped data: ranked, current, under the targets, even where it says. */
#include "command_run.h"

#include "base/diag.h"
#include "read/json.h"

static const struct json *answer(struct arena *arena, const char *words) {
    struct diags *diags = diags_new();
    struct ran ran = ran_command(arena, words);
    assert_int_equal(ran.status, 0);
    const struct json *json = json_parse(arena, "stdout", ran.out, ran.out_length, diags);
    assert_non_null(json);
    diags_free(diags);
    return json;
}

static double number(const struct json *json, const char *key) {
    const struct json *value = json_get(json, key);
    if (!value || value->kind != JSON_NUMBER)
        fail_msg("%s is no number", key);
    return value->number;
}

static void ranked_under_targets(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct json *json = answer(arena, "offers --model llama-3.3-70b --weights any --ttft 1 "
                                            "--engine first-principles "
                                            "--tpot 0.05 --top 1000 --stale --json");
    const struct json *list = json_get(json, "offers");
    double last = 0;
    bool stale = false;
    assert_true(list->count > 50);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *o = list->items[i], *band = json_get(o, "band");
        double usd = number(o, "usd_per_million_output");
        bool old = json_is_true(json_get(o, "stale"));
        assert_true(number(o, "ttft_s") <= 1 && number(o, "tpot_s") <= 0.05);
        assert_true(old || !stale); /* none after the first stale one is current */
        if (old && !stale)
            last = 0;
        stale = old;
        assert_true(usd >= last);
        last = usd;
        assert_true(number(band, "p10") <= number(band, "p50"));
        assert_true(number(band, "p50") <= number(band, "p90"));
        assert_true(fabs(number(o, "usd_per_million_output_at_full_use") / usd /
                             number(json, "utilisation") -
                         1) < 1e-12);
    }
    arena_free(arena);
}

static void break_even_costs_the_same(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct json *json = answer(arena, "offers --model llama-3.3-70b --json");
    const struct json *best = json_get(json, "offers")->items[0];
    const struct json *apis = json_get(json, "api_prices");
    assert_true(apis->count > 5);
    double rate = number(best, "output_tokens_per_s") / number(json, "output_tokens") * 3600;
    for (size_t i = 0; i < apis->count; i++) {
        double even = number(apis->items[i], "break_even_utilisation");
        double sold = rate * even * number(apis->items[i], "usd_per_request");
        assert_true(fabs(sold / number(best, "usd_per_hour") - 1) < 1e-12);
        assert_true(json_is_true(json_get(apis->items[i], "ever_even")) == (even <= 1));
    }
    arena_free(arena);
}

static void one_of_each_platform(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct json *list = json_get(
        answer(arena, "offers --model llama-3.3-70b --by platform --top 99 --json"), "offers");
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(json_get(list->items[i], "platform")->string,
                                    json_get(list->items[k], "platform")->string);
    arena_free(arena);
}

static void buying_follows_its_constants(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    const struct json *json =
        answer(arena, "offers --model llama-3.3-70b --capex 40000 --life 5 --residual 0 --power "
                      "1000 --pue 1 --electricity 0 --hosting 0 --top 1 --json");
    const struct json *best = json_get(json, "offers")->items[0];
    double gpus = number(best, "replicas") * number(best, "gpus_per_replica");
    double hour = number(json_get(json, "purchase"), "usd_per_hour");
    assert_true(fabs(hour / (gpus * 40000 / (5 * 8766.0)) - 1) < 1e-12);
    json = answer(arena, "offers --model llama-3.3-70b --capex 40000 --life 5 --residual 0 --power "
                         "1000 --pue 2 --electricity 0.1 --hosting 73.05 --top 1 --json");
    hour = number(json_get(json, "purchase"), "usd_per_hour") - hour;
    assert_true(fabs(hour - gpus * (2 * 0.1 + 0.1)) < 1e-9); /* 73.05 a month: 0.1 an hour */
    assert_int_equal(ran_command(arena, "offers --model llama-3.3-70b --residual 2").status, 2);
    arena_free(arena);
}

static void mistakes_and_empty_answers(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    assert_int_equal(ran_command(arena, "offers").status, 2);
    assert_int_equal(ran_command(arena, "offers --model llama-3.3-70b --workload none").status, 2);
    assert_int_equal(ran_command(arena, "offers --model no-such-model").status, 2);
    struct ran ran = ran_command(arena, "offers --model llama-3.3-70b --ttft 0.000001");
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.out, "no offer serves it"));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranked_under_targets), cmocka_unit_test(break_even_costs_the_same),
        cmocka_unit_test(one_of_each_platform), cmocka_unit_test(buying_follows_its_constants),
        cmocka_unit_test(mistakes_and_empty_answers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
