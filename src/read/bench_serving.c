/* What serving benchmarks save: vLLM bench serve, throughput and latency, SGLang bench_serving, and
   a variant with seconds in place of milliseconds. Keys are those of vllm/benchmarks/serve.py,
   throughput.py, latency.py and sglang/bench_serving.py. */
#include "read/bench.h"
#include "read/schema.h"

#include <math.h>
#include <string.h>

static bool has(const struct json *row, const char *key) {
    return json_get(row, key) != NULL;
}

/* "20250914-020903" -> "2025-09-14". */
static const char *date_of(struct bench *bench, const struct json *row) {
    const char *date = bench_text(row, "date");
    if (!date || strlen(date) < 8 || strspn(date, "0123456789") < 8)
        return NULL;
    date = arena_printf(bench->in->arena, "%.4s-%.2s-%.2s", date, date + 4, date + 6);
    return schema_is_date(date) ? date : NULL;
}

static void set_lengths(struct benchmark *row, const struct json *json) {
    double done = bench_number(json, "completed");
    if (!(done > 0))
        return;
    row->input_tokens = bench_number(json, "total_input_tokens") / done;
    row->output_tokens = bench_number(json, "total_output_tokens") / done;
}

/* A rate of requests below what the server can do measures the rate, not the server: such a row
   stands for the concurrency that was observed (Little's law). */
static double concurrency_of(const struct json *json, double scale) {
    static const char *const keys[] = {"mean_e2el_ms", "mean_e2e_latency_ms", "median_e2el"};
    double limit = bench_number(json, "max_concurrency"), rate = bench_number(json, "request_rate");
    if (limit >= 1 && !(rate > 0 && isfinite(rate)))
        return limit;
    double observed = bench_number(json, "concurrency");
    if (observed >= 1)
        return observed;
    double each_s = NAN, throughput = bench_number(json, "request_throughput");
    for (size_t i = 0; i < 3 && isnan(each_s); i++)
        each_s = bench_number(json, keys[i]) * (i < 2 ? 1e-3 : 1);
    if (isnan(each_s)) {
        double done = bench_number(json, "completed");
        double output = bench_number(json, "total_output_tokens") / done;
        each_s = (bench_number(json, "mean_ttft_ms") +
                  (output - 1) * bench_number(json, "mean_tpot_ms")) *
                 scale;
    }
    double in_flight = throughput * each_s;
    if (limit >= 1)
        in_flight = isnan(in_flight) ? limit : fmin(limit, in_flight);
    return in_flight;
}

static void read_serve(struct bench *bench, const struct json *json, bool sglang) {
    struct benchmark row = bench_row(bench, json->place);
    bool seconds = !has(json, "mean_ttft_ms") && !has(json, "median_ttft_ms");
    bench->format = sglang ? "SGLang bench_serving" : "vLLM bench serve";
    const char *backend = bench_text(json, "backend");
    bool engine_named = backend && strstr(backend, "openai") == NULL;
    row.engine = engine_named ? backend : sglang ? "sglang" : "vllm";
    row.model_as_stated = bench_text(json, "model_id");
    row.gpu_as_stated = bench_text(json, "gpu");
    row.date = date_of(bench, json);
    set_lengths(&row, json);
    row.batch = bench_count(round(concurrency_of(json, 1e-3)));
    row.scenario = row.batch ? SCENARIO_FIXED_CONCURRENCY : SCENARIO_MAX_THROUGHPUT;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    row.value = bench_number(json, "output_throughput");
    row.output_tokens_per_s_system = row.value;
    row.ttft_ms =
        seconds ? bench_number(json, "median_ttft") * 1e3 : bench_number(json, "mean_ttft_ms");
    uint32_t failed = bench_count_of(json, "failed");
    if (failed)
        row.note = arena_printf(bench->in->arena, "%u requests failed", failed);
    double accepted =
        bench_number(json, sglang ? "accept_length" : "spec_decode_acceptance_length");
    if (accepted > 1)
        bench_drafts(bench, &row, accepted);
    bench_emit(bench, row);
}

/* All requests at once; the rate counts input and output together. */
static void read_throughput(struct bench *bench, const struct json *json) {
    struct benchmark row = bench_row(bench, json->place);
    bench->format = "vLLM bench throughput";
    row.engine = "vllm";
    row.input_tokens = bench_number(json, "input");
    row.output_tokens = bench_number(json, has(json, "output") ? "output" : "ouput");
    row.scenario = SCENARIO_OFFLINE;
    row.metric = METRIC_TOTAL_TOKENS_PER_S;
    row.value = bench_number(json, "tokens_per_second");
    double requests = bench_number(json, "num_requests");
    row.requests = requests > 0 ? requests : 0;
    if (isnan(row.input_tokens) && bench->defaults.output_tokens > 0 && requests > 0)
        row.input_tokens =
            bench_number(json, "total_num_tokens") / requests - bench->defaults.output_tokens;
    if (requests >= 1 && requests <= 256) { /* fewer than the engine runs at once: one batch */
        row.batch = (uint32_t)requests;
        row.scenario = SCENARIO_FIXED_BATCH;
    }
    bench_emit(bench, row);
}

/* One batch from prompt to end; the batch and the lengths are not in the file. */
static void read_latency(struct bench *bench, const struct json *json) {
    struct benchmark row = bench_row(bench, json->place);
    bench->format = "vLLM bench latency";
    row.engine = "vllm";
    row.scenario = SCENARIO_FIXED_BATCH;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    row.batch = bench->defaults.batch;
    if (!row.batch) {
        diag_add(bench->in->diags, DIAG_ERROR, "benchmark-missing", json->place,
                 "%s: the file does not say the batch; state it with --batch or in FILE.meta.json",
                 bench->format);
        return;
    }
    row.value = row.batch * bench->defaults.output_tokens / bench_number(json, "avg_latency");
    bench_emit(bench, row);
}

static bool read_one(struct bench *bench, const struct json *row) {
    if (has(row, "tokens_per_second") && has(row, "total_num_tokens"))
        read_throughput(bench, row);
    else if (has(row, "avg_latency") && has(row, "percentiles"))
        read_latency(bench, row);
    else if (has(row, "output_throughput") && has(row, "completed"))
        read_serve(bench, row,
                   has(row, "random_input_len") || has(row, "total_output_tokens_retokenized"));
    else
        return false;
    return true;
}

bool bench_read_serving(struct bench *bench, struct json *const *rows, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++)
        if (rows[i]->kind == JSON_OBJECT)
            any = read_one(bench, rows[i]) || any;
    return any;
}
