/* genai-perf and AIPerf: {metric: {unit, avg, ...}}; units are read, not assumed. AIPerf's
   per-request lines are summed up. CSV exports: tables apart by blank lines, units in the names. */
#include "read/bench.h"
#include "read/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The average of a metric; times in milliseconds whatever their unit. */
static double average(const struct json *root, const char *name) {
    const struct json *metric = json_get(root, name);
    if (!metric || metric->kind != JSON_OBJECT)
        return NAN;
    double value = bench_number(metric, "avg");
    const char *unit = bench_text(metric, "unit");
    if (unit && (strcmp(unit, "s") == 0 || strcmp(unit, "sec") == 0))
        return value * 1e3;
    return unit && strcmp(unit, "ns") == 0 ? value * 1e-6 : value;
}

static const struct json *path(const struct json *root, const char *a, const char *b,
                               const char *c) {
    const char *const keys[] = {a, b, c};
    for (size_t i = 0; i < 3 && keys[i] && root; i++)
        root = root->kind == JSON_OBJECT ? json_get(root, keys[i]) : NULL;
    return root && root->kind == JSON_OBJECT ? root : NULL;
}

static const char *first_text(const struct json *object, const char *key) {
    const struct json *list = object ? json_get(object, key) : NULL;
    if (!list || list->kind != JSON_ARRAY || list->count == 0 ||
        list->items[0]->kind != JSON_STRING)
        return NULL;
    return list->items[0]->string;
}

/* telemetry_data.endpoints.<any>.gpus.<any>.gpu_name, and how many there are. */
static const char *telemetry_gpu(const struct json *root, uint32_t *count) {
    const struct json *endpoints = path(root, "telemetry_data", "endpoints", NULL);
    *count = 0;
    const char *name = NULL;
    for (size_t i = 0; endpoints && i < endpoints->count; i++) {
        const struct json *gpus = path(endpoints->items[i], "gpus", NULL, NULL);
        for (size_t k = 0; gpus && k < gpus->count; k++) {
            name = bench_text(gpus->items[k], "gpu_name");
            (*count)++;
        }
    }
    return name;
}

static void read_request_sums(const struct json *root, struct benchmark *row) {
    double requests = average(root, "request_count");
    row->input_tokens = average(root, "input_sequence_length");
    row->output_tokens = average(root, "output_sequence_length");
    if (isnan(row->input_tokens) && requests > 0)
        row->input_tokens = average(root, "total_isl") / requests;
    if (isnan(row->output_tokens) && requests > 0)
        row->output_tokens = average(root, "total_osl") / requests;
    const struct json *synthetic = path(root, "input_config", "input", "synthetic_tokens");
    if (isnan(row->input_tokens))
        row->input_tokens = bench_number(synthetic, "mean");
}

static double output_rate(const struct json *root) {
    double rate = average(root, "output_token_throughput");
    double seconds = average(root, "benchmark_duration") * 1e-3;
    return isnan(rate) ? average(root, "total_osl") / seconds : rate;
}

static double stated_concurrency(const struct json *root) {
    const struct json *genai = path(root, "input_config", "perf_analyzer", "stimulus");
    double value = bench_number(genai, "concurrency");
    if (isnan(value))
        value = bench_number(path(root, "input_config", "loadgen", NULL), "concurrency");
    if (isnan(value)) {
        double latency_s = average(root, "request_latency") * 1e-3;
        value = round(average(root, "request_throughput") * latency_s);
    }
    return value;
}

/* Per-request records: metadata and metrics of one request a line. */
static void read_records(struct bench *bench, struct json *const *lines, size_t count) {
    double start = INFINITY, end = 0, input = 0, output = 0, busy = 0, n = 0;
    for (size_t i = 0; i < count; i++) {
        const struct json *when = path(lines[i], "metadata", NULL, NULL);
        const struct json *metrics = path(lines[i], "metrics", NULL, NULL);
        double from = bench_number(when, "request_start_ns") * 1e-9;
        double to = bench_number(when, "request_end_ns") * 1e-9;
        const struct json *in_len = path(metrics, "input_sequence_length", NULL, NULL);
        const struct json *out_len = path(metrics, "output_sequence_length", NULL, NULL);
        double tokens = bench_number(out_len, "value");
        if (!(to > from) || !(tokens > 0))
            continue;
        start = fmin(start, from);
        end = fmax(end, to);
        busy += to - from;
        input += bench_number(in_len, "value");
        output += tokens;
        n++;
    }
    struct benchmark row = bench_row(bench, lines[0]->place);
    bench->format = "AIPerf request records";
    if (n > 0) {
        row.input_tokens = input / n;
        row.output_tokens = output / n;
        row.value = output / (end - start);
        row.batch = bench_in_flight(busy / (end - start));
    }
    row.scenario = SCENARIO_FIXED_CONCURRENCY;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    row.output_tokens_per_s_system = row.value;
    bench_emit(bench, row);
}

bool bench_read_profile(struct bench *bench, struct json *const *lines, size_t count) {
    const struct json *root = lines[0];
    if (path(root, "metadata", NULL, NULL) && path(root, "metrics", NULL, NULL)) {
        read_records(bench, lines, count);
        return true;
    }
    const struct json *config = json_get(root, "input_config");
    bool ours = path(root, "output_token_throughput", NULL, NULL) ||
                path(root, "output_sequence_length", NULL, NULL);
    if (!ours)
        return false;
    struct benchmark row = bench_row(bench, root->place);
    bench->format = path(root, "benchmark_duration", NULL, NULL) ? "AIPerf" : "genai-perf";
    uint32_t gpus;
    read_request_sums(root, &row);
    row.gpu_as_stated = telemetry_gpu(root, &gpus);
    row.gpu_count = row.gpu_as_stated ? gpus : 0;
    row.model_as_stated = first_text(config, "model_names");
    if (!row.model_as_stated)
        row.model_as_stated = first_text(path(config, "endpoint", NULL, NULL), "model_names");
    const char *backend = bench_text(path(config, "endpoint", NULL, NULL), "backend");
    row.engine = backend;
    row.date = schema_day(bench->in->arena, bench_text(root, "start_time"));
    row.batch = bench_count(stated_concurrency(root));
    row.scenario = row.batch ? SCENARIO_FIXED_CONCURRENCY : SCENARIO_MAX_THROUGHPUT;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    row.value = output_rate(root);
    row.output_tokens_per_s_system = row.value;
    row.ttft_ms = average(root, "time_to_first_token");
    bench_emit(bench, row);
    return true;
}

/* First number after a line's name: `Name (unit),1,234.5` with quotes around numbers that carry
   thousands commas. */
static double line_value(const char *line, const char *end) {
    char text[64];
    size_t n = 0;
    bool quoted = line < end && *line == '"';
    for (line += quoted; line < end; line++) {
        if (quoted ? *line == '"' : (*line == ',' || *line == '\r'))
            break;
        if (n + 1 == sizeof text)
            return NAN;
        text[n++] = *line;
    }
    text[n] = 0;
    return bench_parse(text);
}

/* Value in the line that begins with `name`, times to milliseconds by the unit in parentheses. */
static double csv_metric(const struct input *in, const char *name) {
    size_t length = strlen(name);
    const char *p = in->text, *stop = in->text + in->n;
    while (p < stop) {
        const char *end = memchr(p, '\n', (size_t)(stop - p));
        end = end ? end : stop;
        bool same =
            (size_t)(end - p) > length && str_equal_nocase((struct str){p, length}, str_of(name)) &&
            (p[length] == ' ' || p[length] == ',') && (p[length] == ',' || p[length + 1] == '(');
        const char *comma = same ? memchr(p + length, ',', (size_t)(end - p) - length) : NULL;
        if (comma) {
            bool seconds = memmem(p, (size_t)(comma - p), "(sec)", 5) ||
                           memmem(p, (size_t)(comma - p), "(s)", 3);
            return line_value(comma + 1, end) * (seconds ? 1e3 : 1);
        }
        p = end + 1;
    }
    return NAN;
}

/* GPU_Name of the telemetry table. */
static const char *csv_gpu(const struct input *in) {
    const char *header = strstr(in->text, "GPU_Name"), *line;
    if (!header || !(line = strchr(header, '\n')))
        return NULL;
    const char *field = line + 1;
    for (int i = 0; i < 2 && field; i++) {
        field = strchr(field, ',');
        field = field ? field + 1 : NULL;
    }
    const char *end = field ? strchr(field, ',') : NULL;
    return end ? arena_copy(in->arena, field, (size_t)(end - field)) : NULL;
}

bool bench_read_profile_csv(struct bench *bench) {
    const struct input *in = bench->in;
    if (strncmp(in->text, "Metric,avg", 10) != 0)
        return false;
    struct benchmark row = bench_row(bench, (struct place){in->display, 1, 1});
    bench->format = strstr(in->text, "Benchmark Duration") ? "AIPerf CSV" : "genai-perf CSV";
    row.gpu_as_stated = csv_gpu(in);
    row.input_tokens = csv_metric(in, "Input Sequence Length");
    row.output_tokens = csv_metric(in, "Output Sequence Length");
    row.value = csv_metric(in, "Output Token Throughput");
    row.output_tokens_per_s_system = row.value;
    row.ttft_ms = csv_metric(in, "Time To First Token");
    double latency_s = csv_metric(in, "Request Latency") * 1e-3;
    row.batch = bench->defaults.batch
                    ? bench->defaults.batch
                    : bench_count(round(csv_metric(in, "Request Throughput") * latency_s));
    row.scenario = row.batch ? SCENARIO_FIXED_CONCURRENCY : SCENARIO_MAX_THROUGHPUT;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    bench_emit(bench, row);
    return true;
}
