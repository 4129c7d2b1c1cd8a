/* Measured rows in the project's own format: one JSON object a line. */
#include "base/str.h"
#include "read/bench.h"
#include "read/schema.h"

#include <math.h>
#include <stddef.h>

struct benchmark *benchmark_add(struct arena *arena, struct benchmark_list *list) {
    list->items = arena_grow(list->arena ? list->arena : arena, list->items, list->count,
                             &list->capacity, sizeof *list->items);
    return &list->items[list->count++];
}

struct benchmark_row {
    struct benchmark b;
    const char *weights, *kv, *scenario, *metric;
};

#define AT(member) offsetof(struct benchmark_row, member)
#define COUNT(name, member)                                                                        \
    { .key = name, .kind = FIELD_U32, .offset = AT(member), .minimum = 1, .maximum = 1e6 }
#define REAL(name, member, low, high)                                                              \
    { .key = name, .kind = FIELD_NUMBER, .offset = AT(member), .minimum = low, .maximum = high }
static const struct field fields[] = {
    {.key = "model", .kind = FIELD_TEXT, .required = true, .offset = AT(b.model_as_stated)},
    {.key = "gpu", .kind = FIELD_TEXT, .required = true, .offset = AT(b.gpu_as_stated)},
    COUNT("gpu_count", b.gpu_count),
    COUNT("tensor_parallel", b.tensor_parallel),
    COUNT("pipeline_parallel", b.pipeline_parallel),
    COUNT("data_parallel", b.data_parallel),
    COUNT("expert_parallel", b.expert_parallel),
    {.key = "engine", .kind = FIELD_TEXT, .offset = AT(b.engine)},
    {.key = "engine_version", .kind = FIELD_TEXT, .offset = AT(b.engine_version)},
    {.key = "weight_dtype", .kind = FIELD_TEXT, .offset = AT(weights)},
    {.key = "kv_dtype", .kind = FIELD_TEXT, .offset = AT(kv)},
    REAL("input_tokens", b.input_tokens, 0, 1e8),
    REAL("output_tokens", b.output_tokens, 0, 1e8),
    {.key = "batch_or_concurrency",
     .kind = FIELD_U32,
     .offset = AT(b.batch),
     .minimum = 1,
     .maximum = 1e7},
    {.key = "scenario", .kind = FIELD_TEXT, .required = true, .offset = AT(scenario)},
    {.key = "metric", .kind = FIELD_TEXT, .required = true, .offset = AT(metric)},
    {.key = "value",
     .kind = FIELD_NUMBER,
     .required = true,
     .offset = AT(b.value),
     .minimum = 1e-6,
     .maximum = 1e12},
    REAL("output_tokens_per_s_system", b.output_tokens_per_s_system, 1e-6, 1e12),
    REAL("ttft_ms", b.ttft_ms, 0, 1e9),
    REAL("power_w", b.power_w, 0.1, 1e7),
    REAL("requests", b.requests, 0, 1e9),
    REAL("speculative_tokens", b.drafts, 0, 64),
    REAL("speculative_acceptance", b.acceptance, 0, 1),
    {.key = "same_prompts", .kind = FIELD_BOOL, .offset = AT(b.same_prompts)},
    {.key = "source", .kind = FIELD_TEXT, .offset = AT(b.source)},
    {.key = "date", .kind = FIELD_DATE, .offset = AT(b.date)},
    {.key = "note", .kind = FIELD_TEXT, .offset = AT(b.note)},
};
#undef AT
static const struct schema schema = {"benchmark", fields, sizeof fields / sizeof *fields};

/* A file being read: the catalog's own, where any fault is an error, or one that a user brings,
   whose rows are answered one by one, the faulty ones with a reason. */
struct reading {
    const struct input *in;
    const struct schema *schema;
    bool own;
    struct benchmark_list *list;
    const struct bench *bench; /* fills what rows leave out; NULL when own */
};

static int choose(const struct reading *r, const struct json *row, struct benchmark_row *to,
                  const char *key, const char *word, const char *const *words, int count) {
    for (int i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            return i;
        }
    }
    const char *near = schema_nearest(word, words, (size_t)count);
    diag_add(r->in->diags, r->own ? DIAG_ERROR : DIAG_WARNING, "schema-choice",
             json_get(row, key)->place, "benchmark: %s \"%s\" is not known%s%s", key, word,
             near ? "; did you mean " : "", near ? near : "");
    to->b.unusable = strcmp(key, "metric") == 0 ? "unknown-metric" : "unknown-scenario";
    return 0;
}

static enum precision precision_of(const struct reading *r, const struct json *row,
                                   struct benchmark_row *to, const char *key, const char *name) {
    enum precision precision = bench_precision(name);
    bool stated = name && name[0] && strcmp(name, "auto") != 0; /* "auto": as the checkpoint */
    if (stated && precision == PRECISION_NONE) {
        diag_add(r->in->diags, r->own ? DIAG_ERROR : DIAG_WARNING, "unknown-precision",
                 json_get(row, key)->place, "benchmark: \"%s\" is no precision", name);
        to->b.unusable = "unknown-precision";
    }
    return precision;
}

/* The system's output tokens per second where the metric says it. */
static double system_rate(const struct benchmark *b) {
    if (!isnan(b->output_tokens_per_s_system)) {
        return b->output_tokens_per_s_system;
    }
    switch (b->metric) {
    case METRIC_OUTPUT_TOKENS_PER_S:
        return b->value;
    case METRIC_OUTPUT_TOKENS_PER_S_PER_GPU:
        return b->gpu_count ? b->value * b->gpu_count : NAN;
    case METRIC_TOTAL_TOKENS_PER_S: {
        double all = b->input_tokens + b->output_tokens;
        return all > 0 ? b->value * b->output_tokens / all : NAN;
    }
    default:
        return NAN;
    }
}

/* A copy without the members the format does not know: rows that users bring may carry more. */
static const struct json *known_members(const struct input *in, const struct json *row) {
    struct json *copy = ARENA_NEW(in->arena, struct json);
    *copy = *row;
    copy->count = 0;
    copy->items = ARENA_ARRAY(in->arena, row->count + 1, struct json *);
    copy->keys = ARENA_ARRAY(in->arena, row->count + 1, const char *);
    copy->key_places = ARENA_ARRAY(in->arena, row->count + 1, struct place);
    uint32_t *sorted = ARENA_ARRAY(in->arena, row->count + 1, uint32_t);
    for (size_t i = 0; i < row->count; i++) {
        uint32_t m = row->sorted[i];
        for (size_t k = 0; k < schema.count; k++) {
            if (strcmp(row->keys[m], schema.fields[k].key) == 0) {
                sorted[copy->count] = (uint32_t)copy->count;
                copy->items[copy->count] = row->items[m];
                copy->keys[copy->count] = row->keys[m];
                copy->key_places[copy->count++] = row->key_places[m];
            }
        }
    }
    copy->sorted = sorted;
    return copy;
}

/* What is left of a row that cannot be read: what to call it, and that it is refused. */
static void add_invalid(const struct reading *r, const struct json *json) {
    const char *model = json_get_string(json, "model"), *gpu = json_get_string(json, "gpu");
    *benchmark_add(r->in->arena, r->list) =
        (struct benchmark){.model_as_stated = model ? model : "",
                           .gpu_as_stated = gpu ? gpu : "",
                           .engine = json_get_string(json, "engine"),
                           .source = json_get_string(json, "source"),
                           .weights = PRECISION_NONE,
                           .kv = PRECISION_NONE,
                           .value = NAN,
                           .output_tokens_per_s_system = NAN,
                           .unusable = "row-invalid",
                           .stated = json,
                           .place = json->place};
}

static void read_row(const struct reading *r, const struct json *json) {
    const struct input *in = r->in;
    const char *scenarios[BENCHMARK_SCENARIOS], *metrics[BENCHMARK_METRICS];
    for (int i = 0; i < BENCHMARK_SCENARIOS; i++) {
        scenarios[i] = benchmark_scenario_name((enum benchmark_scenario)i);
    }
    for (int i = 0; i < BENCHMARK_METRICS; i++) {
        metrics[i] = benchmark_metric_name((enum benchmark_metric)i);
    }
    double unstated = r->own ? 0 : (double)NAN;
    struct benchmark_row row = {.b = {.gpu_count = r->own,
                                      .input_tokens = unstated,
                                      .output_tokens = unstated,
                                      .output_tokens_per_s_system = NAN,
                                      .ttft_ms = NAN,
                                      .power_w = NAN,
                                      .stated = json,
                                      .place = json->place}};
    const struct json *known = r->own ? json : known_members(in, json);
    if (!schema_read(in->arena, in->diags, r->schema, known, &row)) {
        if (!r->own) {
            add_invalid(r, json);
        }
        return;
    }
    row.b.scenario = (enum benchmark_scenario)choose(r, json, &row, "scenario", row.scenario,
                                                     scenarios, BENCHMARK_SCENARIOS);
    row.b.metric = (enum benchmark_metric)choose(r, json, &row, "metric", row.metric, metrics,
                                                 BENCHMARK_METRICS);
    row.b.weights = precision_of(r, json, &row, "weight_dtype", row.weights);
    row.b.kv = precision_of(r, json, &row, "kv_dtype", row.kv);
    if (r->bench) {
        bench_fill(r->bench, &row.b);
        row.b.output_tokens_per_s_system = system_rate(&row.b);
        bench_keep(r->bench, row.b);
        return;
    }
    row.b.output_tokens_per_s_system = system_rate(&row.b);
    *benchmark_add(in->arena, r->list) = row.b;
}

/* Whether the first row says anything a row must say: the result file of an engine's own tool, or
   the project's table in another form, does not. */
static bool is_row(const struct json *first) {
    static const char *const keys[] = {"gpu", "metric", "value", "scenario"};
    bool found = first->kind != JSON_OBJECT || first->count == 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        found = found || json_get(first, keys[i]);
    return found;
}

static void refuse_format(const struct input *in) {
    diag_add(in->diags, DIAG_ERROR, "format-unknown", (struct place){in->display, 1, 1},
             "lines of JSON with model, gpu, metric and value are read here; result files of vLLM, "
             "SGLang, llama-bench and others are read by 'tallypress accuracy FILE'");
}

void read_benchmarks(const struct input *in, struct benchmark_list *list) {
    size_t count;
    if (str_ends(in->path, ".csv") || str_ends(in->path, ".psv") || str_ends(in->path, ".toml")) {
        refuse_format(in);
        return;
    }
    struct json **rows = json_parse_lines(in->arena, in->display, in->text, in->n,
                                          JSON_REFUSE_TURNING, in->diags, &count);
    if (count > 0 && !is_row(rows[0])) {
        refuse_format(in);
        return;
    }
    struct reading reading = {in, &schema, true, list, NULL};
    for (size_t i = 0; i < count; i++) {
        read_row(&reading, rows[i]);
    }
}

void read_benchmark_rows(const struct bench *bench, struct json *const *rows, size_t count) {
    struct field *lenient = ARENA_ARRAY(bench->in->arena, schema.count, struct field);
    memcpy(lenient, fields, sizeof fields);
    for (size_t i = 0; i < 2; i++) { /* options may name the model and the GPU */
        lenient[i].required = false;
    }
    struct schema loose = {schema.what, lenient, schema.count};
    struct reading reading = {bench->in, &loose, false, bench->list, bench};
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->kind == JSON_OBJECT) {
            read_row(&reading, rows[i]);
        }
    }
}
