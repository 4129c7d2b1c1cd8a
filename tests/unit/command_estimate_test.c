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

static void names_what_the_gpu_computes_with(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, "estimate --model llama-3.1-8b --gpu v100-sxm --count 4");
    assert_non_null(strstr(ran.out, "\nFP16 weights, FP16 KV cache, "));
    ran = ran_command(arena, "estimate --model llama-3.1-8b --gpu h100-sxm");
    assert_non_null(strstr(ran.out, "\nBF16 weights, BF16 KV cache, "));
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

#define SERVED                                                                                     \
    "estimate --model llama-3.3-70b --gpu h100-sxm --count 4 --engine vllm --weights bf16 --json " \
    "--batch 4 "

#define WORKERS                                                                                    \
    "estimate --model llama-3.3-70b --gpu h100-sxm --count 4 --engine vllm --json "                \
    "--prefill-workers 2 --decode-workers 3 --batch "

/* What spares work, and prefill apart from decode. */
static void serving_options(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, SERVED);
    const struct json *plain = parse(arena, &ran);
    ran = ran_command(arena, SERVED "--drafts 3 --acceptance 0.8");
    const struct json *drafted = parse(arena, &ran);
    ran = ran_command(arena, SERVED "--prefix-hit 0.75");
    const struct json *cached = parse(arena, &ran);
    ran = ran_command(arena, SERVED "--prefill-workers 2 --decode-workers 3");
    const struct json *apart = parse(arena, &ran);
    double tpot = number(plain, "throughput", "tpot_s");
    double yield = tpot / number(drafted, "throughput", "tpot_s");
    assert_true(yield > 2 && yield < (1 - pow(0.8, 4)) / (1 - 0.8));
    assert_true(number(cached, "throughput", "ttft_s") <
                0.5 * number(plain, "throughput", "ttft_s"));
    assert_true(number(plain, "roofline", "arithmetic_intensity") <
                number(plain, "roofline", "ridge_point"));
    double prefill = number(apart, "disaggregated", "prefill_requests_per_s");
    double decode = number(apart, "disaggregated", "decode_requests_per_s");
    assert_true(number(apart, "disaggregated", "gpus") == 20);
    assert_true(fabs(number(apart, "disaggregated", "requests_per_s") -
                     fmin(0.9 * prefill, 0.92 * decode)) < 1e-9);
    /* More sequences than fit wait: workers answer no more requests for it. */
    double rates[2];
    for (int i = 0; i < 2; i++) {
        ran = ran_command(arena, i ? WORKERS "2000" : WORKERS "max");
        rates[i] = number(parse(arena, &ran), "disaggregated", "requests_per_s");
    }
    assert_true(fabs(rates[1] / rates[0] - 1) < 0.05);
    assert_int_equal(ran_command(arena, SERVED "--drafts 3").status, EXIT_USAGE);
    assert_int_equal(ran_command(arena, SERVED "--prefill-workers 3").status, EXIT_USAGE);
    assert_int_equal(ran_command(arena, LLAMA "--drafts 3 --acceptance 0.5").status, EXIT_USAGE);
    arena_free(arena);
}

/* Attention by data on each of eight GPUs, experts over all: fits where eight copies would not. */
static void experts_over_replicas(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(
        arena,
        "estimate --model deepseek-r1 --gpu h200-sxm --count 8 --engine sglang --batch 64 "
        "--weights fp8-block --data-parallel 8 --tensor-parallel 1 --expert-parallel 8 --json");
    const struct json *json = parse(arena, &ran);
    assert_true(at(json, NULL, "feasible")->kind == JSON_TRUE);
    assert_true(number(json, "memory", "total_bytes") < number(json, "memory", "capacity_bytes"));
    ran =
        ran_command(arena, "estimate --model deepseek-r1 --gpu h200-sxm --count 8 --engine sglang "
                           "--weights fp8-block --data-parallel 8 --tensor-parallel 1 --json");
    assert_true(at(parse(arena, &ran), NULL, "feasible")->kind == JSON_FALSE);
    arena_free(arena);
}

/* A lone request is answered by one of the replicas, as if there were no others. */
static void a_replica_for_a_lone_request(void **state) {
    (void)state;
    static const char *const engines[] = {"first-principles", "vllm"};
    static const char *const servings[] = {"static", "continuous"};
    static const char *const figures[] = {"output_tokens_per_s", "ttft_s", "tpot_s", "request_s"};
    struct arena *arena = arena_new();
    for (int i = 0; i < 4; i++) {
        const char *line =
            arena_printf(arena,
                         "estimate --model mixtral-8x7b --gpu h100-sxm --output 1 --json "
                         "--engine %s --serving %s --count ",
                         engines[i / 2], servings[i % 2]);
        struct ran one = ran_command(arena, arena_printf(arena, "%s2 --tensor-parallel 2", line));
        struct ran four = ran_command(
            arena, arena_printf(arena, "%s8 --tensor-parallel 2 --data-parallel 4", line));
        const struct json *alone = parse(arena, &one), *of_four = parse(arena, &four);
        for (size_t k = 0; k < sizeof figures / sizeof *figures; k++)
            assert_true(number(alone, "throughput", figures[k]) ==
                        number(of_four, "throughput", figures[k]));
    }
    arena_free(arena);
}

/* Context and batch as curves, measured rows of the same set-up beside them. */
static void curves(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct ran ran = ran_command(arena, SERVED "--curve context");
    const struct json *context = parse(arena, &ran);
    const struct json *points = json_get(context, "points");
    assert_true(points->count >= 7);
    assert_true(number(points->items[6], NULL, "kv_share_of_reads") >
                number(points->items[0], NULL, "kv_share_of_reads"));
    assert_true(number(context, "kv_outgrows_weights_at_tokens", "one_sequence") > 1e5);
    ran = ran_command(arena, SERVED "--curve batch");
    const struct json *batch = parse(arena, &ran), *measured = json_get(batch, "measured");
    assert_int_equal(measured->count, 10); /* the article's */
    double efficiency = number(measured->items[0], NULL, "efficiency");
    assert_true(efficiency > 0.4 && efficiency < 0.8);
    assert_non_null(strstr(
        ran_command(arena, "estimate --model phi-2 --gpu h100 --curve context").out, "bound by"));
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
                                       cmocka_unit_test(names_what_the_gpu_computes_with),
                                       cmocka_unit_test(mistakes_exit_2_and_say_what_is_near),
                                       cmocka_unit_test(serving_options),
                                       cmocka_unit_test(experts_over_replicas),
                                       cmocka_unit_test(a_replica_for_a_lone_request),
                                       cmocka_unit_test(curves),
                                       cmocka_unit_test(table_for_people)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
