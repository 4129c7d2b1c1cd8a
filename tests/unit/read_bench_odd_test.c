/* What benchmark formats may say or leave out besides what the samples do. */
#include "bench_world.h"

#include "base/buf.h"

static struct benchmark_list rows_of(struct world *w, const char *text, bool good) {
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    read_text(w, text, &d, &list, good);
    return list;
}

static void llama_bench(void **state) {
    (void)state;
    struct world w = world_new();
    struct benchmark_list list = rows_of(
        &w,
        "{\"n_prompt\": 512, \"n_gen\": 0, \"n_depth\": 4096, \"avg_ts\": 90, \"model_type\": "
        "\"odd\"}\n"
        "{\"n_prompt\": 512, \"n_gen\": 128, \"avg_ts\": 80, \"gpu_info\": \"\"}\n"
        "{\"n_prompt\": 0, \"n_gen\": 64, \"avg_gen_ts\": 70, \"test_time\": \"2026-02-31T00\"}",
        true);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0].metric, METRIC_PREFILL_TOKENS_PER_S);
    assert_non_null(list.items[0].note);
    assert_int_equal(list.items[0].weights, PRECISION_NONE);
    assert_int_equal(list.items[1].metric, METRIC_TOTAL_TOKENS_PER_S);
    assert_int_equal(list.items[2].metric, METRIC_OUTPUT_TOKENS_PER_S);
    assert_null(list.items[2].date);
    near(list.items[2].value, 70, 0);
    world_free(&w);
}

/* What is said beside the figures is kept: the text before a prompt, formats, dates of versions. */
static void rows_keep_what_they_say(void **state) {
    (void)state;
    struct world w = world_new();
    struct benchmark_list list = rows_of(
        &w, "\xEF\xBB\xBF \n {\"n_prompt\": 0, \"n_gen\": 64, \"n_depth\": 4096, \"avg_ts\": 90}",
        true);
    assert_int_equal(list.count, 1);
    near(list.items[0].input_tokens, 4096, 0);
    list = rows_of(&w,
                   "[{\"Performance_Units\": \"Tokens/s\", \"Scenario\": \"Offline\", "
                   "\"Performance_Result\": 9, \"weight_data_types\": \"fp8\", \"Nodes\": 2, "
                   "\"a#\": 8}]",
                   true);
    assert_int_equal(list.items[0].weights, PRECISION_FP8);
    assert_int_equal(list.items[0].gpu_count, 16);
    static const char *const versions[][2] = {{"0.9.1", "2025-05"},   {"0.8.5", "2025-04"},
                                              {"v0.11.0", "2025-10"}, {"0.6.3.post1", "2024-09"},
                                              {"0.5.0", "2024-06"},   {"0.4.2", "2024-01"},
                                              {"1.0.0", "2025-10"}};
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
        struct bench_defaults d = stated();
        struct benchmark_list one = {0};
        d.engine_version = versions[i][0];
        read_text(&w,
                  "{\"completed\": 2, \"total_input_tokens\": 8, \"total_output_tokens\": 8, "
                  "\"output_throughput\": 9}",
                  &d, &one, true);
        assert_non_null(one.items[0].date);
        assert_string_equal(one.items[0].date, versions[i][1]);
    }
    world_free(&w);
}

static void serving(void **state) {
    (void)state;
    struct world w = world_new();
    struct benchmark_list list = rows_of(
        &w,
        "{\"backend\": \"vllm\", \"completed\": 0, \"output_throughput\": 9, \"max_concurrency\": "
        "4, "
        "\"request_rate\": 2, \"mean_ttft_ms\": 3, \"failed\": 2, \"date\": \"20259914-1\"}\n"
        "{\"backend\": \"vllm\", \"completed\": 2, \"total_input_tokens\": 8, "
        "\"total_output_tokens\": 8, "
        "\"output_throughput\": 9, \"spec_decode_acceptance_length\": 2.5}\n"
        "{\"tokens_per_second\": 7, \"total_num_tokens\": 1400, \"num_requests\": 2}",
        true);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.items[0].batch, 4); /* the limit: nothing tells how many were under way */
    near(list.items[0].input_tokens, 512, 0);
    assert_string_equal(list.items[0].note, "2 requests failed");
    assert_null(list.items[0].date);
    near(list.items[1].drafts, 1.5, 1e-9);
    near(list.items[2].input_tokens, 1400 / 2 - 128, 0);
    struct bench_defaults none = bench_defaults_none();
    read_text(&w, "{\"avg_latency\": 2, \"percentiles\": {}}", &none, &list, false);
    assert_true(has_code(&w, "benchmark-missing"));
    world_free(&w);
}

static void sweeps_and_profiles(void **state) {
    (void)state;
    struct world w = world_new();
    struct benchmark_list list =
        rows_of(&w,
                "[{\"hw\": \"h100-x\", \"tput_per_gpu\": 5, \"isl\": 9, \"osl\": 9, "
                "\"is_multinode\": \"true\"},"
                " {\"hw\": \"h100-x\", \"tput_per_gpu\": 5, \"isl\": 9, \"osl\": 9, "
                "\"spec_decoding\": \"mtp\"},"
                " 7, {\"Performance_Units\": \"Samples/s\"}, {\"Performance_Units\": \"Tokens/s\", "
                "\"Scenario\": "
                "\"Offline\", \"Performance_Result\": 9, \"Accuracy\": \"TOKENS_PER_SAMPLE: "
                "1234567890123456789012345678901234567890\", \"Power_Units\": \"Watts\", "
                "\"Power_Result\": 600}]",
                true);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].unusable, "disaggregated");
    assert_string_equal(list.items[1].unusable, "acceptance-missing");
    near(list.items[0].value, 2.5, 0);
    near(list.items[2].power_w, 600, 0);
    near(list.items[2].output_tokens, 128, 0); /* of the options: the file's is no number */
    list = rows_of(
        &w,
        "{\"input_config\": {}, \"output_token_throughput\": {\"avg\": 9}, \"request_count\": "
        "{\"avg\": 4}, \"total_isl\": {\"avg\": 40}, \"total_osl\": {\"avg\": 80}, "
        "\"request_latency\": {\"avg\": 2, \"unit\": \"s\"}, \"request_throughput\": "
        "{\"avg\": 3}}",
        true);
    near(list.items[0].input_tokens, 10, 0);
    near(list.items[0].output_tokens, 20, 0);
    assert_int_equal(list.items[0].batch, 6);
    world_free(&w);
}

/* Rows in the project's own form: the system's rate by each metric, the date by source or version,
   the kind of FP8 by the model. */
static void own_rows(void **state) {
    (void)state;
    struct world w = world_new();
    const char *row =
        "{\"model\": \"Qwen3-8B\", \"weight_dtype\": \"fp8\", \"input_tokens\": 100, "
        "\"output_tokens\": 100, \"gpu_count\": 2, \"engine\": \"%s\", \"engine_version\": "
        "\"%s\", \"scenario\": \"offline\", \"metric\": \"%s\", \"value\": 50%s}\n";
    struct buf text = BUF_INIT;
    buf_printf(&text, row, "vllm", "0.9.1", "output_tokens_per_s_per_gpu", "");
    buf_printf(&text, row, "mlc", "5", "total_tokens_per_s", "");
    buf_printf(&text, row, "x", "1", "prefill_tokens_per_s", ", \"source\": \"trtllm_static_v09\"");
    struct benchmark_list list = rows_of(&w, buf_text(&text), true);
    assert_int_equal(list.count, 3);
    near(list.items[0].output_tokens_per_s_system, 100, 0);
    assert_int_equal(list.items[0].weights, PRECISION_FP8_BLOCK);
    assert_string_equal(list.items[0].date, "2025-05");
    near(list.items[1].output_tokens_per_s_system, 25, 0);
    assert_null(list.items[1].date);
    assert_true(isnan(list.items[2].output_tokens_per_s_system));
    assert_string_equal(list.items[2].date, "2024-04");
    buf_free(&text);
    world_free(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(llama_bench), cmocka_unit_test(rows_keep_what_they_say),
        cmocka_unit_test(serving), cmocka_unit_test(sweeps_and_profiles),
        cmocka_unit_test(own_rows)};
    return cmocka_run_group_tests_name("read/bench_odd", tests, NULL, NULL);
}
