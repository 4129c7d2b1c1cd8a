/* Benchmark results in plain text: MLPerf's log summary, and llm-d's benchmark report, a YAML file
   of which the few lines that are needed are read by their indentation. */
#include "read/bench.h"

#include <math.h>
#include <string.h>

struct line {
    const char *text; /* without indentation */
    size_t n, indent;
};

/* The next line of text[*at..), or false at the end. */
static bool next_line(const char *text, size_t n, size_t *at, struct line *line) {
    if (*at >= n)
        return false;
    const char *start = text + *at, *end = memchr(start, '\n', n - *at);
    size_t length = end ? (size_t)(end - start) : n - *at;
    *at += length + 1;
    line->indent = 0;
    while (line->indent < length && start[line->indent] == ' ')
        line->indent++;
    line->text = start + line->indent;
    line->n = length - line->indent;
    return true;
}

/* "key : value" -> value when the key is this one. */
static struct str value_of(const struct line *line, const char *key) {
    size_t n = strlen(key);
    if (line->n <= n || strncmp(line->text, key, n) != 0)
        return (struct str){0};
    struct str rest = str_trim((struct str){line->text + n, line->n - n});
    if (rest.n == 0 || rest.p[0] != ':')
        return (struct str){0};
    return str_trim((struct str){rest.p + 1, rest.n - 1});
}

static double number_in(struct str text) {
    char copy[64];
    const char *comment = text.n ? memchr(text.p, '#', text.n) : NULL;
    if (comment)
        text = str_trim((struct str){text.p, (size_t)(comment - text.p)});
    if (text.n == 0 || text.n >= sizeof copy)
        return NAN;
    memcpy(copy, text.p, text.n);
    copy[text.n] = 0;
    return bench_parse(copy);
}

/* mlperf_log_summary.txt: rates are of the whole system, latencies in nanoseconds. */
static bool read_mlperf(struct bench *bench) {
    const struct input *in = bench->in;
    if (!memmem(in->text, in->n, "MLPerf Results Summary", 22))
        return false;
    struct benchmark row = bench_row(bench, (struct place){in->display, 1, 1});
    struct line line;
    double samples = NAN;
    bool valid = false;
    bench->format = "MLPerf log summary";
    row.scenario = SCENARIO_MAX_THROUGHPUT;
    for (size_t at = 0; next_line(in->text, in->n, &at, &line);) {
        struct str scenario = value_of(&line, "Scenario");
        if (str_equal(scenario, STR("Offline")))
            row.scenario = SCENARIO_OFFLINE;
        if (str_equal(value_of(&line, "Result is"), STR("VALID")))
            valid = true;
        double tokens = number_in(value_of(&line, "Tokens per second"));
        double completed = number_in(value_of(&line, "Completed tokens per second"));
        row.value = !isnan(tokens) ? tokens : !isnan(completed) ? completed : row.value;
        double rate = number_in(value_of(&line, "Samples per second"));
        double done = number_in(value_of(&line, "Completed samples per second"));
        samples = !isnan(rate) ? rate : !isnan(done) ? done : samples;
        double ttft_ns = number_in(value_of(&line, "Mean First Token latency (ns)"));
        row.ttft_ms = isnan(ttft_ns) ? row.ttft_ms : ttft_ns * 1e-6;
    }
    if (!valid || isnan(row.value)) {
        diag_add(in->diags, DIAG_ERROR, "benchmark-invalid", row.place,
                 "%s: the run is not VALID or has no token rate", bench->format);
        return true;
    }
    row.output_tokens = row.value / samples;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    row.output_tokens_per_s_system = row.value;
    bench_emit(bench, row);
    return true;
}

/* Keys above the present line, joined: "metrics.requests.input_length.mean". */
struct yaml_path {
    char key[8][48];
    size_t indent[8], depth;
};

static void descend(struct yaml_path *path, const struct line *line) {
    struct line item = *line;
    while (item.n >= 2 && item.text[0] == '-' && item.text[1] == ' ') {
        item.text += 2;
        item.n -= 2;
        item.indent += 2;
    }
    const char *colon = item.n ? memchr(item.text, ':', item.n) : NULL;
    while (path->depth && path->indent[path->depth - 1] >= item.indent)
        path->depth--;
    size_t n = colon ? (size_t)(colon - item.text) : 0;
    if (!colon || n == 0 || n >= sizeof path->key[0] || path->depth == 8)
        return;
    memcpy(path->key[path->depth], item.text, n);
    path->key[path->depth][n] = 0;
    path->indent[path->depth++] = item.indent;
}

static bool is_at(const struct yaml_path *path, const char *a, const char *b, const char *c,
                  const char *d) {
    const char *const keys[] = {a, b, c, d};
    size_t n = 0;
    for (size_t i = 0; i < 4 && keys[i]; i++, n++)
        if (n >= path->depth || strcmp(path->key[n], keys[i]) != 0)
            return false;
    return n == path->depth;
}

static struct str scalar_of(const struct line *line) {
    const char *colon = memchr(line->text, ':', line->n);
    struct str value = {colon + 1, line->n - (size_t)(colon + 1 - line->text)};
    const char *comment = value.n ? memchr(value.p, '#', value.n) : NULL;
    if (comment)
        value.n = (size_t)(comment - value.p);
    value = str_trim(value);
    bool quoted = value.n >= 2 && strchr("\"'", value.p[0]) && value.p[value.n - 1] == value.p[0];
    return quoted ? (struct str){value.p + 1, value.n - 2} : value;
}

struct llmd {
    double input, output, rate, requests_per_s, latency;
    bool latency_in_s;
    const char *gpu, *model, *engine;
    size_t accelerators;
};

static void take(struct bench *bench, const struct yaml_path *path, const struct line *line,
                 struct llmd *r) {
    struct str value = scalar_of(line);
    struct arena *arena = bench->in->arena;
    if (is_at(path, "metrics", "requests", "input_length", "mean"))
        r->input = number_in(value);
    if (is_at(path, "metrics", "requests", "output_length", "mean"))
        r->output = number_in(value);
    if (is_at(path, "metrics", "throughput", "output_tokens_per_sec", NULL))
        r->rate = number_in(value);
    if (is_at(path, "metrics", "throughput", "requests_per_sec", NULL))
        r->requests_per_s = number_in(value);
    if (is_at(path, "metrics", "latency", "request_latency", "mean"))
        r->latency = number_in(value);
    if (is_at(path, "metrics", "latency", "request_latency", "units"))
        r->latency_in_s = str_equal(value, STR("s"));
    if (is_at(path, "scenario", "host", "accelerator", "model")) {
        r->gpu = arena_copy(arena, value.p, value.n);
        r->accelerators++;
    }
    if (is_at(path, "scenario", "model", "name", NULL))
        r->model = arena_copy(arena, value.p, value.n);
    if (is_at(path, "scenario", "platform", "engine", "name"))
        r->engine = arena_copy(arena, value.p, value.n);
}

static bool read_llmd(struct bench *bench) {
    const struct input *in = bench->in;
    if (strncmp(in->text, "version:", 8) != 0 || !strstr(in->text, "\nscenario:") ||
        !strstr(in->text, "\nmetrics:"))
        return false;
    struct llmd r = {NAN, NAN, NAN, NAN, NAN, false, NULL, NULL, NULL, 0};
    struct yaml_path path = {.depth = 0};
    struct line line;
    bench->format = "llm-d benchmark report";
    for (size_t at = 0; next_line(in->text, in->n, &at, &line);) {
        if (line.n == 0 || line.text[0] == '#')
            continue;
        descend(&path, &line);
        if (path.depth && memchr(line.text, ':', line.n))
            take(bench, &path, &line, &r);
    }
    struct benchmark row = bench_row(bench, (struct place){in->display, 1, 1});
    if (r.accelerators > 1) /* prefill and decode on separate GPUs */
        row.unusable = "disaggregated";
    row.model_as_stated = r.model;
    row.gpu_as_stated = r.gpu;
    row.engine = r.engine;
    row.input_tokens = r.input;
    row.output_tokens = r.output;
    row.value = row.output_tokens_per_s_system = r.rate;
    double in_flight = r.requests_per_s * r.latency * (r.latency_in_s ? 1 : 1e-3);
    row.batch = bench_in_flight(in_flight);
    row.scenario = SCENARIO_FIXED_CONCURRENCY;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    bench_emit(bench, row);
    return true;
}

bool bench_read_text(struct bench *bench) {
    return read_mlperf(bench) || read_llmd(bench);
}
