/* Sweeps and suites in JSON: InferenceX rows, MLPerf summaries, inference-perf stages, and the
   batch sweeps of "Tokenomics from first principles". */
#include "read/bench.h"
#include "read/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* true, "true" and "True" are all written. */
static bool is_true(const struct json *object, const char *key) {
    const char *text = bench_text(object, key);
    return json_is_true(json_get(object, key)) ||
           (text && (text[0] == 't' || text[0] == 'T') && strlen(text) == 4);
}

/* "h200-nv", "b200-trt" are runners: the GPU is what stands before the dash. */
static const char *hardware_of(struct bench *bench, const struct json *json) {
    static const char *const keys[] = {"hw", "hardware", "device"};
    for (size_t i = 0; i < 3; i++) {
        const char *name = bench_text(json, keys[i]);
        if (name)
            return arena_copy(bench->in->arena, name, strcspn(name, "-"));
    }
    return NULL;
}

static const char *engine_of(const char *framework) {
    if (!framework)
        return NULL;
    const char *dash = strrchr(framework, '-'); /* "dynamo-trt" */
    return dash ? dash + 1 : framework;
}

/* How a row ran: prefill and decode on separate GPUs cannot be set beside one replica. */
static void set_serving(struct bench *bench, const struct json *json, struct benchmark *row) {
    const char *spec = bench_text(json, "spec_decoding");
    spec = spec ? spec : bench_text(json, "spec_method");
    if (spec && strcmp(spec, "none") != 0 && strcmp(spec, "false") != 0)
        bench_drafts(bench, row, bench_number(json, "observed_tokens_per_step"));
    if (is_true(json, "disagg") || is_true(json, "is_multinode"))
        row->unusable = "disaggregated";
}

static void read_inferencex(struct bench *bench, const struct json *json) {
    const struct json *m = bench_member(json, "metrics") ? bench_member(json, "metrics") : json;
    struct benchmark row = bench_row(bench, json->place);
    bench->format = "InferenceX";
    const char *model = bench_text(json, "model");
    row.model_as_stated = model ? model : bench_text(json, "infmax_model_prefix");
    row.gpu_as_stated = hardware_of(bench, json);
    row.engine = engine_of(bench_text(json, "framework"));
    row.weights = bench_precision(bench_text(json, "precision"));
    row.tensor_parallel = bench_count_of(json, bench_count_of(json, "tp") ? "tp" : "decode_tp");
    row.expert_parallel = bench_count_of(json, bench_count_of(json, "ep") ? "ep" : "decode_ep");
    row.pipeline_parallel = bench_count_of(json, "pp");
    uint32_t stages = row.pipeline_parallel ? row.pipeline_parallel : 1;
    row.gpu_count = bench_count((double)row.tensor_parallel * stages);
    if (is_true(json, "dp_attention") ||
        is_true(json,
                "decode_dp_attention")) { /* attention in parallel over data on the same GPUs */
        row.data_parallel = row.tensor_parallel;
        row.expert_parallel = row.gpu_count;
        row.tensor_parallel = 0;
    }
    row.input_tokens = bench_number(json, "isl");
    row.output_tokens = bench_number(json, "osl");
    row.batch = bench_count_of(json, "conc");
    row.scenario = SCENARIO_FIXED_CONCURRENCY;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S_PER_GPU;
    row.value = bench_number(m, "output_tput_per_gpu");
    if (isnan(row.value)) /* tput_per_gpu counts input and output */
        row.value = bench_number(m, "tput_per_gpu") * row.output_tokens /
                    (row.input_tokens + row.output_tokens);
    row.output_tokens_per_s_system = row.value * row.gpu_count;
    row.ttft_ms = bench_number(m, "mean_ttft") * 1e3;
    row.power_w = bench_number(m, "avg_total_gpu_power_w");
    row.date = schema_day(bench->in->arena, bench_text(json, "date"));
    set_serving(bench, json, &row);
    bench_emit(bench, row);
}

/* "... TOKENS_PER_SAMPLE: 301.1": tokens of an answer. */
static double tokens_per_sample(const char *accuracy) {
    const char *at = accuracy ? strstr(accuracy, "TOKENS_PER_SAMPLE: ") : NULL;
    char number[32];
    if (!at)
        return NAN;
    at += strlen("TOKENS_PER_SAMPLE: ");
    size_t n = strcspn(at, " ,");
    if (n >= sizeof number)
        return NAN;
    memcpy(number, at, n);
    number[n] = 0;
    return bench_parse(number);
}

static void read_mlperf(struct bench *bench, const struct json *json) {
    struct benchmark row = bench_row(bench, json->place);
    bench->format = "MLPerf Inference";
    const char *units = bench_text(json, "Performance_Units");
    const char *scenario = bench_text(json, "Scenario");
    if (!units || strcmp(units, "Tokens/s") != 0 || !scenario)
        return;
    row.model_as_stated = bench_text(json, "Model");
    row.gpu_as_stated = bench_text(json, "Accelerator");
    uint32_t nodes = bench_count_of(json, "Nodes"), each = bench_count_of(json, "a#");
    row.gpu_count = bench_count((nodes ? nodes : 1.0) * (each ? each : 1));
    row.engine = bench_text(json, "Software");
    row.weights = bench_precision(bench_text(json, "weight_data_types"));
    row.output_tokens = tokens_per_sample(bench_text(json, "Accuracy"));
    row.scenario = strcmp(scenario, "Offline") == 0 ? SCENARIO_OFFLINE : SCENARIO_MAX_THROUGHPUT;
    if (strcmp(scenario, "Interactive") == 0) /* held back to meet its latencies */
        row.unusable = "latency-limited";
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    row.value = bench_number(json, "Performance_Result");
    row.output_tokens_per_s_system = row.value;
    const char *power = bench_text(json, "Power_Units");
    if (power && strcmp(power, "Watts") == 0)
        row.power_w = bench_number(json, "Power_Result");
    bench_emit(bench, row);
}

static double mean_of(const struct json *object, const char *key) {
    return bench_number(bench_member(object, key), "mean");
}

static void read_stage(struct bench *bench, const struct json *json) {
    const struct json *good = bench_member(json, "successes");
    const struct json *latency = bench_member(good, "latency");
    const struct json *rates = bench_member(good, "throughput");
    struct benchmark row = bench_row(bench, json->place);
    bench->format = "inference-perf";
    row.input_tokens = mean_of(good, "prompt_len");
    row.output_tokens = mean_of(good, "output_len");
    row.value = bench_number(rates, "output_tokens_per_sec");
    row.output_tokens_per_s_system = row.value;
    row.ttft_ms = mean_of(latency, "time_to_first_token") * 1e3;
    double in_flight =
        bench_number(rates, "requests_per_sec") * mean_of(latency, "request_latency");
    row.batch = bench_in_flight(in_flight);
    row.scenario = SCENARIO_FIXED_CONCURRENCY;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    if (in_flight < 0.75 && in_flight > 0) /* the rate measures the load, not the server */
        row.unusable = "load-too-low";
    bench_emit(bench, row);
}

static bool is_batch_sweep(const struct json *json) {
    return bench_member(json, "results") && bench_member(json, "metadata") &&
           json_get(bench_member(json, "metadata"), "batch_sizes");
}

static void read_batch_sweep(struct bench *bench, const struct json *json) {
    const struct json *metadata = bench_member(json, "metadata"),
                      *results = bench_member(json, "results");
    bench->format = "tokenomics batch sweep";
    const char *day = schema_day(bench->in->arena, bench_text(metadata, "timestamp"));
    for (size_t i = 0; i < results->count; i++) {
        const struct json *result = results->items[i];
        uint32_t batch = bench_count(bench_parse(results->keys[i]));
        if (result->kind != JSON_OBJECT || !batch)
            continue;
        struct benchmark row = bench_row(bench, result->place);
        row.model_as_stated = bench_text(metadata, "model");
        row.date = day;
        row.engine = bench->defaults.engine ? NULL : "vllm";
        row.batch = batch;
        row.input_tokens = bench_number(result, "avg_input_tokens");
        row.output_tokens = bench_number(result, "avg_output_tokens");
        row.scenario = SCENARIO_FIXED_BATCH;
        row.metric = METRIC_OUTPUT_TOKENS_PER_S;
        row.value = bench_number(result, "tokens_per_second_in_batch");
        row.output_tokens_per_s_system = row.value;
        bench_emit(bench, row);
    }
}

static bool read_one(struct bench *bench, const struct json *json) {
    if (json->kind != JSON_OBJECT)
        return false;
    if (json_get(json, "tput_per_gpu") ||
        (bench_member(json, "metrics") && json_get(bench_member(json, "metrics"), "tput_per_gpu")))
        read_inferencex(bench, json);
    else if (json_get(json, "Performance_Result") || json_get(json, "Performance_Units"))
        read_mlperf(bench, json);
    else if (bench_member(json, "load_summary") && bench_member(json, "successes"))
        read_stage(bench, json);
    else if (is_batch_sweep(json))
        read_batch_sweep(bench, json);
    else
        return false;
    return true;
}

bool bench_read_sweeps(struct bench *bench, struct json *const *rows, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++)
        any = read_one(bench, rows[i]) || any;
    return any;
}
