/* Benchmark files as tools write them, the traps of their units, and what they leave unsaid. */
#include "bench_world.h"
#include "cpu_time.h"

#include "base/buf.h"

#define SAMPLES "../shared/samples/formats/"

struct expected {
    const char *file;
    size_t rows;
    double input, output, batch, value;
    enum benchmark_metric metric;
    const char *model, *gpu; /* ids; NULL: not joined or not asked */
};

/* Figures read by eye in the files. */
static const struct expected samples[] = {
    {"vllm_bench_serve_2025-09_gpt-oss-120b_conc128.json", 1, 127.992, 681.962, 128, 8706.43,
     METRIC_OUTPUT_TOKENS_PER_S, "gpt-oss-120b", "h100-sxm"},
    {"vllm_bench_serve_fields_2026.json", 1, 128.405, 1291.13, 64, 4099.18,
     METRIC_OUTPUT_TOKENS_PER_S, "llama-3.3-70b", "h100-sxm"},
    {"vllm_bench_serve_saved_2024-11.json", 1, 215.196, 120.689, 141, 1198.888,
     METRIC_OUTPUT_TOKENS_PER_S, "llama-3.1-405b", "h100-sxm"},
    {"vllm_bench_serve_console_names.csv", 5, 917.757, 150, 58, 140.31, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"vllm_bench_serve_flattened.csv", 3, 215.196, 120.689, 141, 1198.888,
     METRIC_OUTPUT_TOKENS_PER_S, "llama-3.3-70b", "h100-sxm"},
    {"vllm_bench_throughput_mi300x.json", 1, 128, 2048, 128, 1424.503, METRIC_TOTAL_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"vllm_bench_throughput_h100.json", 1, 512, 128, 8, 2.15636, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"vllm_like_seconds_not_ms_glm5_fp8_2026-02.json", 1, 10240, 128, 16, 95.416,
     METRIC_OUTPUT_TOKENS_PER_S, NULL, "h100-sxm"},
    {"sglang_bench_serving.jsonl", 1, 302.118, 195.775, 12, 957.162, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"genai-perf_profile_export_genai_perf.json", 1, 550, 16, 1, 200, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"genai-perf_profile_export_genai_perf.csv", 1, 6, 2, 8, 456, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"genai-perf_analyze_export.csv", 3, 201, 113.356, 1, 149.63, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"aiperf_profile_export_aiperf.json", 1, 550, 96.85, 100, 1274.6, METRIC_OUTPUT_TOKENS_PER_S,
     NULL, "rtx-6000-ada"},
    {"aiperf_profile_export_aiperf.csv", 1, 512, 96.85, 8, 1274.63, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "rtx-6000-ada"},
    {"aiperf_profile_export.jsonl", 1, 550, 9, 1, 29.4257, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"llama-bench.json", 2, 512, 0, 1, 7100.002, METRIC_PREFILL_TOKENS_PER_S, "qwen2.5-7b",
     "rtx-4080"},
    {"llama-bench.jsonl", 2, 512, 0, 1, 7100.002, METRIC_PREFILL_TOKENS_PER_S, "qwen2.5-7b",
     "rtx-4080"},
    {"llama-bench.csv", 1, 4096, 0, 1, 97.302719, METRIC_PREFILL_TOKENS_PER_S, NULL, NULL},
    {"llama-bench_2025-04_old_columns.csv", 1, 512, 0, 1, 7285.677, METRIC_PREFILL_TOKENS_PER_S,
     "qwen2.5-7b", "rtx-4080"},
    {"llama-bench_2025-04-18_separate_prompt_gen_columns.csv", 1, 512, 0, 1, 27527.987,
     METRIC_PREFILL_TOKENS_PER_S, "llama-3.2-1b", "rtx-4080"},
    {"guidellm_report_v2.json", 1, 71.5, 8, 1, 3.19507, METRIC_OUTPUT_TOKENS_PER_S, "llama-3.3-70b",
     "h100-sxm"},
    {"guidellm_2025_flat.csv", 1, 200.054, 200, 4, 189.24, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"inferencex_agg_row_h200_minimal_v1.json", 1, 1024, 1024, 64, 617.25,
     METRIC_OUTPUT_TOKENS_PER_S_PER_GPU, "deepseek-r1", "h200-sxm"},
    {"inferencex_api_v1_benchmarks_row.json", 1, 1024, 1024, 64, 1390.7,
     METRIC_OUTPUT_TOKENS_PER_S_PER_GPU, NULL, NULL},
    {"inferencex_like_perf_eval_row_mi300x_kimi-k2.5_2026-09.json", 1, 1024, 1024, 128, 130.215,
     METRIC_OUTPUT_TOKENS_PER_S_PER_GPU, NULL, "mi300x"},
    {"mlperf_summary_results.json", 3, 512, 301.1, 8, 8840.42, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-2-70b", "mi300x"},
    {"mlperf_log_summary_Offline.txt", 1, 512, 301.71, 8, 27803.9, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"mlperf_log_summary_Server.txt", 1, 512, 301.1, 8, 24593.77, METRIC_OUTPUT_TOKENS_PER_S,
     "llama-3.3-70b", "h100-sxm"},
    {"tokenomics_batch_sweep_llama33_70b.json", 10, 2035, 300, 1, 53.90616,
     METRIC_OUTPUT_TOKENS_PER_S, "llama-3.3-70b", "h100-sxm"},
};

static void samples_read_as_they_are(void **state) {
    (void)state;
    if (access(SAMPLES, R_OK) != 0) {
        print_message("skipped: no ../shared\n");
        skip();
    }
    struct world w = world_new();
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct expected *e = &samples[i];
        struct bench_defaults d = stated();
        struct benchmark_list list = {0};
        const char *path = arena_printf(w.arena, SAMPLES "%s", e->file);
        if (!bench_read(w.arena, w.source, &w.catalog, path, &d, w.diags, &list))
            fail_msg("%s: %s", e->file, diags_get(w.diags, diags_count(w.diags) - 1)->text);
        if (list.count != e->rows)
            fail_msg("%s: %zu rows, expected %zu", e->file, list.count, e->rows);
        const struct benchmark *b = &list.items[0];
        near(b->input_tokens, e->input, 1e-4);
        near(b->output_tokens, e->output, 1e-3);
        near(b->batch, e->batch, 0);
        near(b->value, e->value, 1e-4);
        assert_int_equal(b->metric, e->metric);
        if (e->model && (!b->model || strcmp(b->model->id, e->model) != 0))
            fail_msg("%s: model %s", e->file, b->model ? b->model->id : b->model_as_stated);
        if (e->gpu && (!b->gpu || strcmp(b->gpu->id, e->gpu) != 0))
            fail_msg("%s: GPU %s", e->file, b->gpu ? b->gpu->id : b->gpu_as_stated);
    }
    world_free(&w);
}

/* Rates that measure the load, and separate prefill, are kept with the reason; the yield of drafts
   is read. */
static void rows_that_cannot_be_compared_say_why(void **state) {
    (void)state;
    static const struct {
        const char *file, *reason;
    } files[] = {{"inferencex_agg_bmk_trt_b300_dsv4.json", NULL},
                 {"inference-perf_stage_lifecycle_metrics.json", "load-too-low"},
                 {"llm-d_benchmark_report_v0.1.yaml", "disaggregated"}};
    if (access(SAMPLES, R_OK) != 0) {
        print_message("skipped: no ../shared\n");
        skip();
    }
    struct world w = world_new();
    for (size_t i = 0; i < 3; i++) {
        struct bench_defaults d = stated();
        struct benchmark_list list = {0};
        const char *path = arena_printf(w.arena, SAMPLES "%s", files[i].file);
        assert_true(bench_read(w.arena, w.source, &w.catalog, path, &d, w.diags, &list));
        assert_true(list.count > 0);
        if (files[i].reason)
            assert_string_equal(list.items[0].unusable, files[i].reason);
        else /* observed_tokens_per_step 3.507: all of 2.507 drafts */
            assert_true(fabs(list.items[0].drafts - 2.507) < 0.001 && !list.items[0].unusable);
    }
    world_free(&w);
}

static void absurd_batches_are_no_rows(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    read_text(&w,
              "{\"metadata\": {\"batch_sizes\": [4]}, \"results\": "
              "{\"1e20\": {\"avg_input_tokens\": 9, \"avg_output_tokens\": 9, "
              "\"tokens_per_second_in_batch\": 50}, \"4\": {\"avg_input_tokens\": 9, "
              "\"avg_output_tokens\": 9, \"tokens_per_second_in_batch\": 50}}}",
              &d, &list, true);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.items[i].batch, 4);
    assert_int_equal(list.count, 1);
    world_free(&w);
}

static void what_is_missing_is_said(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults none = bench_defaults_none();
    struct benchmark_list list = {0};
    read_text(&w,
              "{\"backend\": \"vllm\", \"completed\": 10, \"total_input_tokens\": 1000, "
              "\"total_output_tokens\": 500, \"output_throughput\": 100.5, \"request_rate\": "
              "\"inf\", \"max_concurrency\": 4, \"mean_ttft_ms\": 20}",
              &none, &list, false);
    assert_int_equal(list.count, 0);
    assert_true(has_code(&w, "benchmark-missing"));
    world_free(&w);
    w = world_new();
    read_text(&w, "{\"colour\": \"blue\"}", &none, &list, false);
    assert_true(has_code(&w, "format-unknown"));
    world_free(&w);
}

/* Rows of the project's own format where neither they nor an option name the model or the GPU. */
static void rows_without_names_are_kept(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults none = bench_defaults_none();
    struct benchmark_list list = {0};
    read_text(&w,
              "{\"engine\": \"tensorrt-llm\", \"weight_dtype\": \"fp8\", \"input_tokens\": 128, "
              "\"output_tokens\": 128, \"batch_or_concurrency\": 8, \"scenario\": \"fixed-batch\", "
              "\"metric\": \"output_tokens_per_s\", \"value\": 860}",
              &none, &list, true);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].model_as_stated, "");
    assert_string_equal(list.items[0].gpu_as_stated, "");
    assert_null(list.items[0].model);
    assert_null(list.items[0].gpu);
    world_free(&w);
}

/* Python's Infinity, concatenated objects, more members than the format knows, "16". */
static void loose_files_are_taken(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    read_text(&w,
              "{\"backend\": \"sglang\", \"request_rate\": Infinity, \"max_concurrency\": 16, "
              "\"random_input_len\": 8, \"completed\": 2, \"total_input_tokens\": 2000, "
              "\"total_output_tokens\": 200, \"output_throughput\": 321}\n"
              "{\"backend\": \"sglang\", \"request_rate\": \"trace\", \"max_concurrency\": 32, "
              "\"random_input_len\": 8, \"completed\": 2, \"total_input_tokens\": 2000, "
              "\"total_output_tokens\": 200, \"output_throughput\": 543}",
              &d, &list, true);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[1].engine, "sglang");
    assert_int_equal(list.items[1].batch, 32);
    read_text(&w,
              "{\"model\": \"meta-llama/Meta-Llama-3-8B\", \"gpu\": \"H100-SXM\", \"engine\": "
              "\"tensorrt-llm\", \"engine_version\": \"TensorRT-LLM 0.9.0\", \"weight_dtype\": "
              "\"16\", \"kv_dtype\": null, \"flags\": [], \"model_key\": \"x\", "
              "\"input_tokens\": 128.0, \"output_tokens\": 128.0, \"batch_or_concurrency\": 4, "
              "\"gpu_count\": 1, \"scenario\": \"fixed-batch\", \"metric\": "
              "\"output_tokens_per_s\", \"value\": 400}",
              &d, &list, true);
    const struct benchmark *b = &list.items[2];
    assert_string_equal(b->model->id, "llama-3-8b");
    assert_int_equal(b->weights, PRECISION_BF16);
    assert_true(b->same_prompts);
    assert_true(b->date && strcmp(b->date, "2025") < 0);
    d.drafts = 3;
    d.acceptance = 0.7;
    read_text(&w,
              "{\"hw\": \"h100-nv\", \"model\": \"meta-llama/Llama-3.1-8B\", \"framework\": "
              "\"vllm\", \"isl\": 1024, \"osl\": 1024, \"conc\": 4, \"tp\": 1, "
              "\"spec_decoding\": \"mtp\", \"tput_per_gpu\": 900, \"output_tput_per_gpu\": 450}\n"
              "{\"hw\": \"h100-nv\", \"model\": \"meta-llama/Llama-3.1-8B\", \"framework\": "
              "\"vllm\", \"isl\": 1024, \"osl\": 1024, \"conc\": 4, \"tp\": 1, "
              "\"spec_decoding\": \"none\", \"tput_per_gpu\": null, \"output_tput_per_gpu\": null}",
              &d, &list, true);
    near(list.items[3].drafts, 3, 0);
    near(list.items[3].acceptance, 0.7, 0);
    assert_int_equal(list.count, 5);
    assert_string_equal(list.items[4].unusable, "value-missing");
    near(bench_parse("1,234.50"), 1234.5, 0);
    assert_true(isinf(bench_parse("inf")));
    assert_true(isnan(bench_parse("12 apples and")));
    assert_int_equal(bench_precision("float16"), PRECISION_FP16);
    assert_int_equal(bench_precision(NULL), PRECISION_NONE);
    world_free(&w);
}

/* What FILE.meta.json says stands before what the command line says. */
static void sidecars_say_what_files_do_not(void **state) {
    (void)state;
    static const char file[] = "build/bench_sidecar.json",
                      meta[] = "build/bench_sidecar.json.meta.json";
    struct world w = world_new();
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    put_file(file, "{\"backend\": \"vllm\", \"completed\": 10, \"total_input_tokens\": 1000, "
                   "\"total_output_tokens\": 500, \"output_throughput\": 100.5, "
                   "\"request_rate\": \"inf\", \"max_concurrency\": 4, \"mean_ttft_ms\": 20}");
    put_file(meta, "{\"model\": \"llama-3.1-8b\", \"gpu\": \"l4\", \"gpu_count\": 2, "
                   "\"tensor_parallel\": 2, \"engine\": \"sglang\", \"engine_version\": \"0.5.1\", "
                   "\"weight_dtype\": \"fp8\", \"kv_dtype\": \"fp8\", \"date\": \"2026-05\", "
                   "\"source\": \"made up\", \"batch_or_concurrency\": 9, \"input_tokens\": 7, "
                   "\"output_tokens\": 5, \"speculative_tokens\": 3, "
                   "\"speculative_acceptance\": 0.5}");
    assert_true(bench_read(w.arena, w.source, &w.catalog, file, &d, w.diags, &list));
    assert_int_equal(list.count, 1);
    const struct benchmark *b = &list.items[0];
    assert_string_equal(b->model->id, "llama-3.1-8b");
    assert_string_equal(b->gpu->id, "l4");
    assert_string_equal(b->engine, "vllm"); /* the file says that itself */
    assert_string_equal(b->engine_version, "0.5.1");
    assert_string_equal(b->source, "made up");
    assert_string_equal(b->date, "2026-05");
    assert_int_equal(b->gpu_count, 2);
    assert_int_equal(b->weights, PRECISION_FP8);
    assert_int_equal(b->kv, PRECISION_FP8);
    assert_int_equal(b->batch, 4);
    put_file(meta, "{\"gpus\": 2}");
    assert_true(bench_read(w.arena, w.source, &w.catalog, file, &d, w.diags, &list));
    assert_true(has_code(&w, "unknown-key"));
    put_file(meta, "[1]");
    assert_false(bench_read(w.arena, w.source, &w.catalog, file, &d, w.diags, &list));
    assert_true(has_code(&w, "wrong-type"));
    unlink(file);
    unlink(meta);
    world_free(&w);
}

/* The table of LLM-Inference-Bench: one batch to completion, all tokens counted. */
static void argonnes_table_is_read(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults none = bench_defaults_none();
    struct benchmark_list list = {0};
    read_text(&w,
              "Hardware,Num of Hardware,Framework,Model,Input Output Length,Batch Size,Throughput\n"
              "Nvidia A100 GPU,4,vLLM,LLaMA-3-70B,1024,16,\"1,234.5\"\n"
              "H100,0,vLLM,LLaMA-3-8B,128,1,\n",
              &none, &list, true);
    assert_int_equal(list.count, 2);
    const struct benchmark *b = &list.items[0];
    assert_int_equal(b->gpu_count, 4);
    assert_int_equal(b->tensor_parallel, 4);
    assert_int_equal(b->batch, 16);
    near(b->input_tokens, 1024, 0);
    near(b->output_tokens, 1024, 0);
    near(b->value, 1234.5, 0);
    assert_int_equal(b->metric, METRIC_TOTAL_TOKENS_PER_S);
    assert_int_equal(b->scenario, SCENARIO_FIXED_BATCH);
    assert_int_equal(list.items[1].gpu_count, 1);
    assert_string_equal(list.items[1].unusable, "value-missing");
    world_free(&w);
}

/* What no machine ever ran at once is not stated; below one request, one was under way. */
static void absurd_concurrencies_are_not_stated(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    d.batch = 0;
    read_text(
        &w,
        "{\"benchmarks\": [{\"metrics\": {\"request_concurrency\": {\"successful\": {\"mean\": "
        "1e300}}, \"output_tokens_per_second\": {\"successful\": {\"mean\": 5}}}}, "
        "{\"metrics\": {\"request_concurrency\": {\"successful\": {\"mean\": 0.25}}, "
        "\"output_tokens_per_second\": {\"successful\": {\"mean\": 5}}}}]}",
        &d, &list, true);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.items[0].batch, 0);
    assert_int_equal(list.items[0].scenario, SCENARIO_MAX_THROUGHPUT);
    assert_int_equal(list.items[1].batch, 1);
    read_text(
        &w,
        "{\"input_config\": {\"loadgen\": {\"concurrency\": 1e12}}, \"output_token_throughput\": "
        "{\"avg\": 9}, \"start_time\": \"2025-19-99T00:00\"}",
        &d, &list, true);
    assert_int_equal(list.items[2].batch, 0);
    assert_null(list.items[2].date);
    read_text(&w,
              "{\"tput_per_gpu\": 5, \"output_tput_per_gpu\": 5, \"tp\": 900000, \"pp\": 900000, "
              "\"isl\": 1, \"osl\": 1}",
              &d, &list, true);
    assert_int_equal(list.items[3].gpu_count, d.gpu_count);
    read_text(
        &w,
        "Successful Output tokens per second mean,Successful Prompt token count mean,Successful "
        "Output token count mean\n5,6,7\n",
        &d, &list, true);
    assert_int_equal(list.items[4].batch, 0); /* it does not say */
    assert_int_equal(list.items[4].scenario, SCENARIO_MAX_THROUGHPUT);
    assert_true(bench_count(1e300) == 0 && bench_count((double)NAN) == 0 && bench_count(9.9) == 9);
    world_free(&w);
}

/* A table's faulty row is said, not passed over; a faulty line of records once. */
static void faulty_rows_are_said_once(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    read_text(&w,
              "Hardware,Num of Hardware,Framework,Model,Input Output Length,Batch Size,Throughput\n"
              "H100,1,vLLM,LLaMA-3-8B,128,1,100\nH100,1,vLLM\n",
              &d, &list, false);
    assert_int_equal(list.count, 1);
    assert_true(has_code(&w, "csv-columns"));
    world_free(&w);
    w = world_new();
    list = (struct benchmark_list){0}; /* its rows went with the first world */
    read_text(
        &w,
        "{\"metadata\": {\"request_start_ns\": 0, \"request_end_ns\": 2000000000}, \"metrics\": "
        "{\"input_sequence_length\": {\"value\": 3}, \"output_sequence_length\": {\"value\": 4}}}\n"
        "{\"metadata\": nothing}\n",
        &d, &list, false);
    assert_int_equal(list.count, 1);
    near(list.items[0].value, 2, 0);
    assert_int_equal(diags_errors(w.diags), 1);
    world_free(&w);
}

/* Only who runs the command names files; a name in a file is a name. A date that is none would
   choose some software. */
static void names_open_no_files_and_dates_are_dates(void **state) {
    (void)state;
    static const char config[] = "build/bench_model.json";
    struct world w = world_new();
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    put_file(config, "{\"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": 2, "
                     "\"num_attention_heads\": 2, \"vocab_size\": 100, \"intermediate_size\": 9}");
    const char *row = "{\"model\": \"build/bench_model.json\", \"gpu\": \"H100\", \"engine\": "
                      "\"vllm\", \"input_tokens\": 9, \"output_tokens\": 9, \"scenario\": "
                      "\"max-throughput\", \"metric\": \"output_tokens_per_s\", \"value\": 9}";
    d.model = NULL;
    read_text(&w, row, &d, &list, true);
    assert_null(list.items[0].model);
    d.model = config;
    read_text(&w, row, &d, &list, true);
    assert_non_null(list.items[1].model);
    unlink(config);
    d = stated();
    d.date = "last spring";
    read_text(&w, row, &d, &list, false);
    assert_true(has_code(&w, "schema-date"));
    world_free(&w);
}

/* A name of many words is cut word by word only as far as a name goes. */
static void endless_names_take_no_time(void **state) {
    (void)state;
    struct world w = world_new();
    struct bench_defaults d = stated();
    struct benchmark_list list = {0};
    struct buf text = BUF_INIT;
    buf_puts(&text, "{\"model\": \"m\", \"engine\": \"vllm\", \"scenario\": \"max-throughput\", "
                    "\"metric\": \"output_tokens_per_s\", \"value\": 9, \"gpu\": \"");
    for (int i = 0; i < 300000; i++)
        buf_puts(&text, "a ");
    buf_puts(&text, "\"}");
    double start = cpu_seconds();
    read_text(&w, buf_text(&text), &d, &list, true);
    assert_true(cpu_seconds() - start < 2);
    assert_string_equal(list.items[0].gpu->id, "h100-sxm");
    buf_free(&text);
    world_free(&w);
}

/* The first digits of a number too long to be one are another number. */
static void overlong_numbers_are_none(void **state) {
    (void)state;
    char digits[80];
    memset(digits, '0', sizeof digits);
    digits[62] = '7';
    digits[63] = '\0';
    near(bench_parse(digits), 7, 0);
    digits[63] = '8';
    digits[64] = '\0';
    assert_true(isnan(bench_parse(digits)));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(samples_read_as_they_are),
                                       cmocka_unit_test(rows_that_cannot_be_compared_say_why),
                                       cmocka_unit_test(absurd_batches_are_no_rows),
                                       cmocka_unit_test(what_is_missing_is_said),
                                       cmocka_unit_test(rows_without_names_are_kept),
                                       cmocka_unit_test(loose_files_are_taken),
                                       cmocka_unit_test(sidecars_say_what_files_do_not),
                                       cmocka_unit_test(argonnes_table_is_read),
                                       cmocka_unit_test(absurd_concurrencies_are_not_stated),
                                       cmocka_unit_test(faulty_rows_are_said_once),
                                       cmocka_unit_test(names_open_no_files_and_dates_are_dates),
                                       cmocka_unit_test(endless_names_take_no_time),
                                       cmocka_unit_test(overlong_numbers_are_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
