/* tallypress estimate on the shipped data: JSON by its documented shape, reasons, names, exits. */
#include "command_run.h"

#include "base/diag.h"
#include "read/json.h"

static const struct json *parse(struct arena *arena, const struct ran *ran) {
    struct diags *diags = diags_new();
    const struct json *json = json_parse(arena, "stdout", ran->out, ran->out_length, diags);
    assert_non_null(json);
    diags_free(diags);
    return json;
}

static const struct json *at(const struct json *json, const char *group, const char *key) {
    const struct json *inner = group ? json_get(json, group) : json;
    assert_non_null(inner);
    const struct json *value = json_get(inner, key);
    if (!value)
        fail_msg("no %s.%s", group ? group : "", key);
    return value;
}

static double number(const struct json *json, const char *group, const char *key) {
    const struct json *value = at(json, group, key);
    assert_int_equal(value->kind, JSON_NUMBER);
    return value->number;
}

#define LLAMA "estimate --model llama-3.3-70b --gpu h100-sxm --engine first-principles --json "

static void every_documented_key(void **state) {
    (void)state;
    static const char *const keys[][2] = {{NULL, "model"},
                                          {NULL, "gpu"},
                                          {NULL, "count"},
                                          {NULL, "engine"},
                                          {NULL, "weights"},
                                          {NULL, "kv"},
                                          {NULL, "serving"},
                                          {NULL, "input_tokens"},
                                          {NULL, "output_tokens"},
                                          {NULL, "batch"},
                                          {NULL, "feasible"},
                                          {NULL, "reason"},
                                          {NULL, "provenance"},
                                          {"parameters", "total"},
                                          {"parameters", "active"},
                                          {"memory", "weights_bytes"},
                                          {"memory", "kv_bytes_per_token"},
                                          {"memory", "kv_bytes_per_sequence"},
                                          {"memory", "activation_bytes"},
                                          {"memory", "runtime_bytes"},
                                          {"memory", "total_bytes"},
                                          {"memory", "capacity_bytes"},
                                          {"memory", "max_batch"},
                                          {"memory", "min_gpus"},
                                          {"prefill", "flop"},
                                          {"prefill", "time_s"},
                                          {"prefill", "bound"},
                                          {"decode", "flop_per_token"},
                                          {"decode", "step_s"},
                                          {"decode", "compute_s"},
                                          {"decode", "memory_s"},
                                          {"decode", "communication_s"},
                                          {"decode", "overhead_s"},
                                          {"decode", "bound"},
                                          {"throughput", "output_tokens_per_s"},
                                          {"throughput", "total_tokens_per_s"},
                                          {"throughput", "output_tokens_per_s_per_request"},
                                          {"throughput", "ttft_s"},
                                          {"throughput", "tpot_s"},
                                          {"throughput", "request_s"},
                                          {"price", "usd_per_hour"},
                                          {"price", "usd_per_million_input"},
                                          {"price", "usd_per_million_output"},
                                          {"price", "output_tokens_per_usd"},
                                          {"price", "total_tokens_per_usd"},
                                          {"energy", "joules_per_output_token"},
                                          {"energy", "kwh_per_million"},
                                          {"energy", "gco2_per_million"}};
    struct arena *arena = arena_new();
    const char *const lines[] = {LLAMA "--count 4 --batch 16", LLAMA "--count 1",
                                 LLAMA "--count 3"};
    for (size_t l = 0; l < 3; l++) {
        struct ran ran = ran_command(arena, lines[l]);
        assert_int_equal(ran.status, 0);
        const struct json *json = parse(arena, &ran);
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            at(json, keys[i][0], keys[i][1]);
    }
    arena_free(arena);
}

static void the_article_from_the_command_line(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, LLAMA "--count 4 --batch 16 --price 2.5 --gamma 0.3 "
                                              "--utilisation 1 --compute-efficiency 0.6 "
                                              "--memory-efficiency 0.7");
    const struct json *json = parse(arena, &ran);
    assert_true(number(json, "parameters", "total") == 70553706496.0);
    assert_true(number(json, "memory", "weights_bytes") == 141107412992.0);
    assert_true(number(json, "memory", "kv_bytes_per_token") == 327680);
    double rate = number(json, "throughput", "output_tokens_per_s");
    double expected = 10 / 3600.0 / (rate * (1 + 0.3 * 2035 / 300)) * 1e6;
    assert_true(fabs(number(json, "price", "usd_per_million_output") / expected - 1) < 1e-12);
    assert_true(fabs(number(json, "price", "output_tokens_per_usd") - rate * 360) < 1e-6 * rate);
    assert_string_equal(at(json, NULL, "provenance")->string, "first-principles");
    arena_free(arena);
}

static void infeasible_is_an_answer(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, LLAMA "--count 1");
    const struct json *json = parse(arena, &ran);
    assert_int_equal(ran.status, 0);
    assert_int_equal(at(json, NULL, "feasible")->kind, JSON_FALSE);
    assert_string_equal(at(json, NULL, "reason")->string, "does-not-fit");
    assert_int_equal(at(json, "throughput", "output_tokens_per_s")->kind, JSON_NULL);
    assert_int_equal(at(json, "price", "usd_per_million_output")->kind, JSON_NULL);
    assert_int_equal(at(json, "energy", "kwh_per_million")->kind, JSON_NULL);
    ran = ran_command(arena, LLAMA "--count 3");
    assert_string_equal(at(parse(arena, &ran), NULL, "reason")->string, "heads-not-divisible");
    ran = ran_command(arena, LLAMA "--count 8 --input 200000");
    assert_string_equal(at(parse(arena, &ran), NULL, "reason")->string, "context-too-long");
    arena_free(arena);
}

static void energy_follows_the_grid(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, LLAMA "--count 4 --region FRA --pue 1.1");
    const struct json *france = parse(arena, &ran);
    ran = ran_command(arena, LLAMA "--count 4 --region POL --pue 1.1");
    const struct json *poland = parse(arena, &ran);
    double kwh = number(france, "energy", "kwh_per_million");
    assert_true(fabs(number(poland, "energy", "kwh_per_million") / kwh - 1) < 1e-12);
    assert_true(number(poland, "energy", "gco2_per_million") >
                5 * number(france, "energy", "gco2_per_million"));
    assert_string_equal(at(france, "energy", "region")->string, "FRA");
    assert_int_equal(ran_command(arena, LLAMA "--region atlantis").status, 2);
    arena_free(arena);
}

static void mistakes_exit_2_and_say_what_is_near(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, "estimate --model llama-3.3-70 --gpu h101");
    assert_int_equal(ran.status, 2);
    assert_non_null(strstr(ran.err, "llama-3.3-70b"));
    assert_non_null(strstr(ran.err, "h100"));
    assert_int_equal(ran.out_length, 0);
    assert_int_equal(ran_command(arena, "estimate --gpu h100-sxm").status, 2);
    assert_int_equal(ran_command(arena, LLAMA "--batch 0").status, 2);
    assert_int_equal(ran_command(arena, LLAMA "--weights fp5").status, 2);
    assert_int_equal(ran_command(arena, LLAMA "--kv awq").status, 2);
    assert_int_equal(ran_command(arena, LLAMA "--utilisation 2").status, 2);
    assert_int_equal(ran_command(arena, "estimate --model llama-3.3-70b --gpu h100-sxm "
                                        "--engine no-such-engine")
                         .status,
                     2);
    ran = ran_command(arena, "estimate --model ../no/such/config.json --gpu h100-sxm");
    assert_int_equal(ran.status, 3);
    arena_free(arena);
}

static void table_for_people(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, "estimate --model meta-llama/Llama-3.3-70B-Instruct "
                                        "--gpu H100 --count 4 --batch max");
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.out, "Llama 3.3 70B"));
    assert_non_null(strstr(ran.out, "tokens/s"));
    assert_null(strstr(ran.out, "nan"));
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_documented_key),
                                       cmocka_unit_test(the_article_from_the_command_line),
                                       cmocka_unit_test(infeasible_is_an_answer),
                                       cmocka_unit_test(energy_follows_the_grid),
                                       cmocka_unit_test(mistakes_exit_2_and_say_what_is_near),
                                       cmocka_unit_test(table_for_people)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
