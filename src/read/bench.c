/* Benchmark files that users bring: recognised by content, filled from a sidecar and options,
   joined with the catalog. */
#include "read/bench.h"

#include "base/fs.h"
#include "base/num.h"
#include "catalog/names.h"
#include "read/join.h"
#include "read/schema.h"

#include <math.h>
#include <string.h>

#define MAX_FILE ((size_t)64 << 20)

struct bench_defaults bench_defaults_none(void) {
    return (struct bench_defaults){.input_tokens = NAN, .output_tokens = NAN};
}

double bench_parse(const char *text) {
    char plain[64];
    size_t n = 0;
    double value;
    if (strcmp(text, "inf") == 0 || strcmp(text, "Infinity") == 0)
        return INFINITY;
    for (; *text; text++) {
        if (*text == ',' || *text == ' ')
            continue;
        if (n + 1 == sizeof plain) /* longer than any number: not its first digits */
            return NAN;
        plain[n++] = *text;
    }
    return num_parse(plain, n, &value) ? value : NAN;
}

double bench_number(const struct json *object, const char *key) {
    const struct json *value = object ? json_get(object, key) : NULL;
    if (value && value->kind == JSON_NUMBER)
        return value->number;
    return value && value->kind == JSON_STRING ? bench_parse(value->string) : NAN;
}

const char *bench_text(const struct json *object, const char *key) {
    const struct json *value = object ? json_get(object, key) : NULL;
    return value && value->kind == JSON_STRING && value->string[0] ? value->string : NULL;
}

const struct json *bench_member(const struct json *object, const char *key) {
    const struct json *value = object ? json_get(object, key) : NULL;
    return value && value->kind == JSON_OBJECT ? value : NULL;
}

uint32_t bench_count(double value) {
    return value >= 1 && value < 1e7 ? (uint32_t)value : 0;
}

uint32_t bench_count_of(const struct json *object, const char *key) {
    return bench_count(bench_number(object, key));
}

uint32_t bench_in_flight(double value) {
    return value > 0 ? bench_count(fmax(1, round(value))) : 0;
}

enum precision bench_precision(const char *name) {
    static const char *const other[][2] = {
        {"16", "bf16"},        {"fp16/bf16", "bf16"}, {"bf16/fp16", "bf16"}, {"int4", "awq"},
        {"q3_k", "q3_k_m"},    {"q4_k", "q4_k_m"},    {"q5_k", "q5_k_m"},    {"w4a16_awq", "awq"},
        {"w8a8_int8", "int8"}, {"w8a8_fp8", "fp8"},   {"4", "int4"},         {"8", "int8"}};
    if (!name)
        return PRECISION_NONE;
    enum precision found = precision_find(name);
    for (size_t i = 0; found == PRECISION_NONE && i < sizeof other / sizeof *other; i++)
        if (str_equal_nocase(str_of(name), str_of(other[i][0])))
            found = precision_find(other[i][1]);
    return found;
}

struct benchmark bench_row(struct bench *bench, struct place place) {
    (void)bench;
    return (struct benchmark){.weights = PRECISION_NONE,
                              .kv = PRECISION_NONE,
                              .input_tokens = NAN,
                              .output_tokens = NAN,
                              .value = NAN,
                              .output_tokens_per_s_system = NAN,
                              .ttft_ms = NAN,
                              .power_w = NAN,
                              .place = place};
}

static void missing(struct bench *bench, bool *said, struct place place, const char *what,
                    const char *option) {
    if (*said)
        return;
    *said = true;
    diag_add(bench->in->diags, DIAG_ERROR, "benchmark-missing", place,
             "%s: the file does not say %s; state it with %s or in FILE.meta.json", bench->format,
             what, option);
}

void bench_fill(const struct bench *bench, struct benchmark *row) {
    const struct bench_defaults *d = &bench->defaults;
    row->model_as_stated = row->model_as_stated ? row->model_as_stated : d->model;
    row->gpu_as_stated = row->gpu_as_stated ? row->gpu_as_stated : d->gpu;
    row->engine = row->engine ? row->engine : d->engine;
    row->engine_version = row->engine_version ? row->engine_version : d->engine_version;
    row->date = row->date ? row->date : d->date;
    row->source = row->source ? row->source : d->source ? d->source : bench->in->display;
    row->gpu_count = row->gpu_count ? row->gpu_count : d->gpu_count;
    row->tensor_parallel = row->tensor_parallel ? row->tensor_parallel : d->tensor_parallel;
    row->batch = row->batch ? row->batch : d->batch;
    row->weights = row->weights != PRECISION_NONE ? row->weights : bench_precision(d->weights);
    row->kv = row->kv != PRECISION_NONE ? row->kv : bench_precision(d->kv);
    row->input_tokens = isnan(row->input_tokens) ? d->input_tokens : row->input_tokens;
    row->output_tokens = isnan(row->output_tokens) ? d->output_tokens : row->output_tokens;
    if (!row->gpu_count)
        row->gpu_count = row->tensor_parallel ? row->tensor_parallel : 1;
}

/* As many drafts as are accepted, all of them right: the mean yield is what counts. */
void bench_drafts(const struct bench *bench, struct benchmark *row, double tokens_per_step) {
    const struct bench_defaults *d = &bench->defaults;
    if (tokens_per_step > 1) {
        row->drafts = tokens_per_step - 1;
        row->acceptance = 1;
    } else if (d->drafts > 0 && d->acceptance > 0) {
        row->drafts = d->drafts;
        row->acceptance = d->acceptance;
    } else {
        row->unusable = "acceptance-missing";
    }
}

void bench_keep(const struct bench *bench, struct benchmark row) {
    row.model_as_stated = row.model_as_stated ? row.model_as_stated : "";
    row.gpu_as_stated = row.gpu_as_stated ? row.gpu_as_stated : "";
    *benchmark_add(bench->in->arena, bench->list) = row;
}

void bench_emit(struct bench *bench, struct benchmark row) {
    bench_fill(bench, &row);
    if (row.unusable) {
        bench_keep(bench, row);
        return;
    }
    if (!row.model_as_stated)
        missing(bench, &bench->said_model, row.place, "which model ran", "--model");
    if (!row.gpu_as_stated)
        missing(bench, &bench->said_gpu, row.place, "which GPU it ran on", "--gpu");
    if (!row.engine)
        missing(bench, &bench->said_engine, row.place, "which engine served it", "--engine");
    if (isnan(row.input_tokens) || isnan(row.output_tokens))
        missing(bench, &bench->said_lengths, row.place, "how long the prompts and answers were",
                "--input and --output");
    if (!row.model_as_stated || !row.gpu_as_stated || !row.engine || isnan(row.input_tokens) ||
        isnan(row.output_tokens))
        return;
    if (!(row.value > 0) || !isfinite(row.value))
        row.unusable = "value-missing";
    *benchmark_add(bench->in->arena, bench->list) = row;
}

/* A member of a sidecar and where its value goes. */
struct sidecar_member {
    const char *key;
    const char **text;
    uint32_t *count;
    double *number;
    double least;
};

static void take_member(const struct sidecar_member *m, const struct json *root) {
    double value = bench_number(root, m->key);
    if (m->text && bench_text(root, m->key))
        *m->text = bench_text(root, m->key);
    if (m->count && bench_count(value))
        *m->count = bench_count(value);
    if (m->number && value >= m->least)
        *m->number = value;
}

static void take_members(struct bench *bench, const struct json *root) {
    struct bench_defaults *d = &bench->defaults;
    const struct sidecar_member members[] = {
        {.key = "model", .text = &d->model},
        {.key = "gpu", .text = &d->gpu},
        {.key = "engine", .text = &d->engine},
        {.key = "engine_version", .text = &d->engine_version},
        {.key = "weight_dtype", .text = &d->weights},
        {.key = "kv_dtype", .text = &d->kv},
        {.key = "date", .text = &d->date},
        {.key = "source", .text = &d->source},
        {.key = "gpu_count", .count = &d->gpu_count},
        {.key = "tensor_parallel", .count = &d->tensor_parallel},
        {.key = "batch_or_concurrency", .count = &d->batch},
        {.key = "speculative_tokens", .number = &d->drafts, .least = 1e-9},
        {.key = "speculative_acceptance", .number = &d->acceptance, .least = 1e-9},
        {.key = "input_tokens", .number = &d->input_tokens},
        {.key = "output_tokens", .number = &d->output_tokens}};
    size_t count = sizeof members / sizeof *members;
    for (size_t i = 0; i < count; i++)
        take_member(&members[i], root);
    for (size_t i = 0; i < root->count; i++) {
        size_t k = 0;
        while (k < count && strcmp(members[k].key, root->keys[i]) != 0)
            k++;
        if (k == count)
            diag_add(bench->in->diags, DIAG_WARNING, "unknown-key", root->key_places[i],
                     "\"%s\" says nothing here", root->keys[i]);
    }
}

static void read_sidecar(struct bench *bench, const char *path) {
    struct arena *arena = bench->in->arena;
    const char *meta = arena_printf(arena, "%s.meta.json", path), *text;
    size_t n;
    if (!fs_is_file(meta, bench->in->diags) ||
        !fs_read(arena, meta, MAX_FILE, bench->in->diags, &text, &n))
        return;
    const struct json *root = json_parse(arena, meta, text, n, bench->in->diags);
    if (root && root->kind == JSON_OBJECT)
        take_members(bench, root);
    else if (root)
        diag_add(bench->in->diags, DIAG_ERROR, "wrong-type", root->place, "must be an object");
}

/* The model that was stated with the file: the catalog's of that name, or of a config.json's path.
   (A file that names its model so opens no other.) */
static const struct model *stated_model(struct join *join, struct arena *arena, struct diags *diags,
                                        const char *name) {
    const char *note, *text;
    size_t n;
    const struct model *known = name ? join_model(join, name, &note) : NULL;
    if (known || !name || !fs_is_file(name, diags))
        return known;
    struct model *model = ARENA_NEW(arena, struct model);
    if (!fs_read(arena, name, MAX_FILE, diags, &text, &n) ||
        !read_model(arena, name, text, n, diags, model))
        return NULL;
    return model;
}

/* "AMD Instinct MI300X 192GB HBM3": what follows the name is dropped word by word. */
static const struct gpu *gpu_of(struct join *join, const char *name) {
    char part[2 * NAME_KEY_MAX];
    const struct gpu *gpu = NULL;
    if (!name || strlen(name) >= sizeof part) /* no name of a GPU is so long */
        return NULL;
    strcpy(part, name);
    for (char *space; !(gpu = join_gpu(join, part)); *space = 0)
        if (!(space = strrchr(part, ' ')))
            return NULL;
    return gpu;
}

/* A name in the file that nothing knows gives way to the one that was stated with the file. */
static void join_rows(struct arena *arena, struct source *source, const struct catalog *catalog,
                      struct diags *diags, const struct bench_defaults *stated,
                      struct benchmark_list *list, size_t first) {
    static const char *const tables[] = {"data/aliases/gpus.csv", "data/aliases/models.csv"};
    struct join *join = join_new(arena, catalog, diags);
    for (size_t i = 0; i < 2; i++) {
        struct input in = {.arena = arena, .diags = diags, .path = tables[i]};
        if (!source_read(source, tables[i], true, MAX_FILE, &in.text, &in.n))
            continue;
        in.display = source_display(source, tables[i]);
        if (i == 0)
            join_read_gpu_aliases(join, &in);
        else
            join_read_model_aliases(join, &in);
    }
    const struct gpu *gpu = gpu_of(join, stated->gpu);
    const struct model *model = stated_model(join, arena, diags, stated->model);
    for (size_t i = first; i < list->count; i++) {
        struct benchmark *b = &list->items[i];
        const char *note;
        b->gpu = gpu_of(join, b->gpu_as_stated);
        b->gpu = b->gpu ? b->gpu : gpu;
        b->model = join_model(join, b->model_as_stated, &note);
        b->model = b->model ? b->model : model;
    }
}

static bool opens_json(const struct input *in) {
    size_t at = in->n >= 3 && memcmp(in->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < in->n && strchr(" \t\r\n", in->text[at]) && in->text[at])
        at++;
    return at < in->n && (in->text[at] == '{' || in->text[at] == '[');
}

/* Rows, whether they stand in an array, on lines of their own, or one after another. */
static void flatten(struct arena *arena, struct json *const *values, size_t count,
                    struct json ***rows, size_t *row_count) {
    size_t capacity = 0;
    *rows = NULL;
    *row_count = 0;
    for (size_t i = 0; i < count; i++) {
        bool many = values[i]->kind == JSON_ARRAY;
        size_t n = many ? values[i]->count : 1;
        for (size_t k = 0; k < n; k++) {
            *rows = arena_grow(arena, *rows, *row_count, &capacity, sizeof **rows);
            (*rows)[(*row_count)++] = many ? values[i]->items[k] : values[i];
        }
    }
}

static bool read_json(struct bench *bench) {
    const struct input *in = bench->in;
    size_t count, row_count;
    struct json **rows;
    struct json **values =
        json_parse_lines(in->arena, in->display, in->text, in->n,
                         JSON_ALLOW_INFINITY | JSON_ALLOW_DUPLICATES, in->diags, &count);
    flatten(in->arena, values, count, &rows, &row_count);
    if (row_count == 0 || rows[0]->kind != JSON_OBJECT)
        return false;
    if (json_get(rows[0], "metric") && json_get(rows[0], "value")) {
        read_benchmark_rows(bench, rows, row_count);
        return true;
    }
    return bench_read_llama(bench, rows, row_count) || bench_read_sweeps(bench, rows, row_count) ||
           bench_read_serving(bench, rows, row_count) || bench_read_guidellm(bench, rows[0]) ||
           bench_read_profile(bench, rows, row_count);
}

static bool read_any(struct bench *bench) {
    if (opens_json(bench->in))
        return read_json(bench);
    if (bench_read_text(bench) || bench_read_profile_csv(bench))
        return true;
    struct diags *said = diags_new();
    const struct input *in = bench->in;
    const struct csv_table *table = csv_read(in->arena, in->display, in->text, in->n, said);
    bool known = table && bench_read_table(bench, table);
    if (known && !bench->more_tables) /* what is wrong with the rows of a text that is no table is
                                         not asked */
        diags_append(in->diags, said);
    diags_free(said);
    return known;
}

/* The date decides which software is meant. */
static void check_date(struct bench *bench) {
    struct bench_defaults *d = &bench->defaults;
    if (!d->date || schema_is_date(d->date))
        return;
    diag_add(bench->in->diags, DIAG_ERROR, "schema-date", (struct place){.file = bench->in->path},
             "\"%s\", stated as the date of its rows, is not a date: YYYY-MM-DD", d->date);
    d->date = NULL;
}

bool bench_read(struct arena *arena, struct source *source, const struct catalog *catalog,
                const char *path, const struct bench_defaults *defaults, struct diags *diags,
                struct benchmark_list *list) {
    struct input in = {.arena = arena, .diags = diags, .path = path, .display = path};
    struct bench bench = {.in = &in, .format = "benchmark", .defaults = *defaults, .list = list};
    size_t before = diags_errors(diags), first = list->count;
    if (!fs_read(arena, path, MAX_FILE, diags, &in.text, &in.n))
        return false;
    read_sidecar(&bench, path);
    check_date(&bench);
    if (!read_any(&bench) && diags_errors(diags) == before)
        diag_add(diags, DIAG_ERROR, "format-unknown", (struct place){.file = path},
                 "is no benchmark format that is known here");
    bench_settle(arena, source, diags, list, first);
    join_rows(arena, source, catalog, diags, &bench.defaults, list, first);
    return diags_errors(diags) == before;
}
