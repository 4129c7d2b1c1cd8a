/* Measured rows in the project's own format: one JSON object a line. */
#include "read/parts.h"
#include "read/schema.h"

#include <math.h>
#include <stddef.h>

struct benchmark *benchmark_add(struct arena *arena, struct benchmark_list *list) {
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    return &list->items[list->count++];
}

struct benchmark_row {
    struct benchmark b;
    const char *weights, *kv, *scenario, *metric;
    bool fits;
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
    {.key = "same_prompts", .kind = FIELD_BOOL, .offset = AT(b.same_prompts)},
    {.key = "source", .kind = FIELD_TEXT, .offset = AT(b.source)},
    {.key = "date", .kind = FIELD_DATE, .offset = AT(b.date)},
    {.key = "note", .kind = FIELD_TEXT, .offset = AT(b.note)},
};
#undef AT
static const struct schema schema = {"benchmark", fields, sizeof fields / sizeof *fields};

static int choose(const struct input *in, const struct json *row, const char *key, const char *word,
                  const char *const *words, int count) {
    for (int i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            return i;
        }
    }
    const char *near = schema_nearest(word, words, (size_t)count);
    diag_add(in->diags, DIAG_ERROR, "schema-choice", json_get(row, key)->place,
             "benchmark: %s \"%s\" is not known%s%s", key, word, near ? "; did you mean " : "",
             near ? near : "");
    return 0;
}

static enum precision precision_of(const struct input *in, const struct json *row, const char *key,
                                   const char *name) {
    enum precision precision = name ? precision_find(name) : PRECISION_NONE;
    if (name && strcmp(name, "16") == 0) /* fp16 or bf16, whichever the checkpoint is stored in */
        return PRECISION_BF16;
    if (name && strcmp(name, "fp4") == 0)
        return PRECISION_NVFP4;
    if (name && precision == PRECISION_NONE) {
        diag_add(in->diags, DIAG_ERROR, "unknown-precision", json_get(row, key)->place,
                 "benchmark: \"%s\" is no precision", name);
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

static void read_row(const struct input *in, const struct json *json, struct benchmark_list *list) {
    static const char *const scenarios[] = {"fixed-batch", "fixed-concurrency", "max-throughput",
                                            "offline", "single-stream"};
    static const char *const metrics[] = {"output_tokens_per_s",  "output_tokens_per_s_per_gpu",
                                          "total_tokens_per_s",   "tpot_ms",
                                          "prefill_tokens_per_s", "first_token_latency_ms"};
    struct benchmark_row row = {.b = {.gpu_count = 1,
                                      .tensor_parallel = 0,
                                      .output_tokens_per_s_system = NAN,
                                      .ttft_ms = NAN,
                                      .power_w = NAN,
                                      .place = json->place}};
    if (!schema_read(in->arena, in->diags, &schema, json, &row)) {
        return;
    }
    row.b.scenario =
        (enum benchmark_scenario)choose(in, json, "scenario", row.scenario, scenarios, 5);
    row.b.metric = (enum benchmark_metric)choose(in, json, "metric", row.metric, metrics, 6);
    row.b.weights = precision_of(in, json, "weight_dtype", row.weights);
    row.b.kv = precision_of(in, json, "kv_dtype", row.kv);
    row.b.output_tokens_per_s_system = system_rate(&row.b);
    *benchmark_add(in->arena, list) = row.b;
}

void read_benchmarks(const struct input *in, struct benchmark_list *list) {
    size_t count;
    struct json **rows =
        json_parse_lines(in->arena, in->display, in->text, in->n, 0, in->diags, &count);
    for (size_t i = 0; i < count; i++) {
        read_row(in, rows[i], list);
    }
}

void read_benchmark_rows(const struct input *in, struct json *const *rows, size_t count,
                         struct benchmark_list *list) {
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->kind == JSON_OBJECT) {
            read_row(in, known_members(in, rows[i]), list);
        }
    }
}
