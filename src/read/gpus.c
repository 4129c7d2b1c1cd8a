/* GPUs in the project's own format: quantities with their units, a source for every field. */
#include "base/buf.h"
#include "catalog/calibration.h"
#include "read/parts.h"
#include "read/schema.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct unit bytes_units[] = {
    {"GB", 1e9, NULL},  {"GiB", 1073741824.0, NULL},    {"MB", 1e6, NULL}, {"MiB", 1048576.0, NULL},
    {"TB", 1e12, NULL}, {"TiB", 1099511627776.0, NULL}, {NULL, 0, NULL}};
static const struct unit rate_units[] = {{"GB/s", 1e9, NULL},  {"GiB/s", 1073741824.0, NULL},
                                         {"TB/s", 1e12, NULL}, {"TiB/s", 1099511627776.0, NULL},
                                         {"MB/s", 1e6, NULL},  {NULL, 0, NULL}};
static const struct unit compute_units[] = {
    {"TFLOP/s", 1e12, "TFLOPS"}, {"PFLOP/s", 1e15, "PFLOPS"}, {"TOP/s", 1e12, "TOPS"},
    {"POP/s", 1e15, "POPS"},     {"GFLOP/s", 1e9, "GFLOPS"},  {NULL, 0, NULL}};
static const struct unit power_units[] = {{"W", 1, NULL}, {"kW", 1000, NULL}, {NULL, 0, NULL}};
static const struct unit price_units[] = {{"USD", 1, NULL}, {NULL, 0, NULL}};

struct gpu_row {
    struct gpu gpu;
    const struct json *compute, *link, *sources;
};

#define AT(member) offsetof(struct gpu_row, gpu.member)
static const struct field gpu_fields[] = {
    {.key = "id", .kind = FIELD_ID, .required = true, .offset = AT(id)},
    {.key = "name", .kind = FIELD_TEXT, .required = true, .offset = AT(name)},
    {.key = "short_name", .kind = FIELD_TEXT, .required = true, .offset = AT(short_name)},
    {.key = "vendor", .kind = FIELD_TEXT, .required = true, .offset = AT(vendor)},
    {.key = "architecture", .kind = FIELD_TEXT, .required = true, .offset = AT(architecture)},
    {.key = "form_factor", .kind = FIELD_TEXT, .required = true, .offset = AT(form_factor)},
    {.key = "released", .kind = FIELD_DATE, .offset = AT(release_date)},
    {.key = "aliases", .kind = FIELD_TEXTS, .offset = AT(aliases), .count_offset = AT(alias_count)},
    {.key = "memory",
     .kind = FIELD_QUANTITY,
     .required = true,
     .offset = AT(memory_bytes),
     .minimum = 1e8,
     .maximum = 1e13,
     .units = bytes_units},
    {.key = "visible_memory",
     .kind = FIELD_QUANTITY,
     .offset = AT(visible_memory_bytes),
     .minimum = 1e8,
     .maximum = 1e13,
     .units = bytes_units},
    {.key = "bandwidth",
     .kind = FIELD_QUANTITY,
     .offset = AT(memory_bytes_per_s),
     .minimum = 1e9,
     .maximum = 1e15,
     .units = rate_units},
    {.key = "compute", .kind = FIELD_OBJECT, .offset = offsetof(struct gpu_row, compute)},
    {.key = "link", .kind = FIELD_OBJECT, .offset = offsetof(struct gpu_row, link)},
    {.key = "tdp",
     .kind = FIELD_QUANTITY,
     .offset = AT(tdp_w),
     .minimum = 1,
     .maximum = 1e5,
     .units = power_units},
    {.key = "idle",
     .kind = FIELD_QUANTITY,
     .offset = AT(idle_w),
     .minimum = 0.1,
     .maximum = 1e5,
     .units = power_units},
    {.key = "list_price",
     .kind = FIELD_QUANTITY,
     .offset = AT(list_price_usd),
     .minimum = 1,
     .maximum = 1e7,
     .units = price_units},
    {.key = "unified_memory", .kind = FIELD_BOOL, .offset = AT(unified_memory)},
    {.key = "announced", .kind = FIELD_BOOL, .offset = AT(announced)},
    {.key = "note", .kind = FIELD_TEXT, .offset = AT(note)},
    {.key = "sources",
     .kind = FIELD_OBJECT,
     .required = true,
     .offset = offsetof(struct gpu_row, sources)},
};
#undef AT
static const struct schema gpu_schema = {"GPU", gpu_fields, sizeof gpu_fields / sizeof *gpu_fields};

#define COMPUTE(name, index)                                                                       \
    {                                                                                              \
        .key = name, .kind = FIELD_QUANTITY, .offset = (index) * sizeof(double), .minimum = 1e9,   \
        .maximum = 1e18, .units = compute_units                                                    \
    }
static const struct field compute_fields[] = {
    COMPUTE("fp32", COMPUTE_FP32), COMPUTE("16-bit", COMPUTE_16), COMPUTE("fp8", COMPUTE_FP8),
    COMPUTE("int8", COMPUTE_INT8), COMPUTE("fp4", COMPUTE_FP4)};
static const struct schema compute_schema = {"GPU compute", compute_fields, COMPUTE_COUNT};

struct link_row {
    const char *kind, *name;
    double per_direction, across_nodes;
    uint32_t max_per_node;
};
static const struct field link_fields[] = {
    {.key = "kind", .kind = FIELD_ID, .required = true, .offset = offsetof(struct link_row, kind)},
    {.key = "name", .kind = FIELD_TEXT, .offset = offsetof(struct link_row, name)},
    {.key = "per_direction",
     .kind = FIELD_QUANTITY,
     .offset = offsetof(struct link_row, per_direction),
     .minimum = 1e8,
     .maximum = 1e14,
     .units = rate_units},
    {.key = "across_nodes",
     .kind = FIELD_QUANTITY,
     .offset = offsetof(struct link_row, across_nodes),
     .minimum = 1e8,
     .maximum = 1e14,
     .units = rate_units},
    {.key = "max_per_node",
     .kind = FIELD_U32,
     .offset = offsetof(struct link_row, max_per_node),
     .minimum = 1,
     .maximum = 100000},
};
static const struct schema link_schema = {"GPU link", link_fields,
                                          sizeof link_fields / sizeof *link_fields};

static enum gpu_link link_kind(const struct input *in, const struct json *link, const char *kind) {
    static const char *const kinds[] = {"pcie", "nvlink", "infinity-fabric", "other"};
    static const enum gpu_link values[] = {LINK_PCIE, LINK_NVLINK, LINK_INFINITY_FABRIC,
                                           LINK_OTHER};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kind && strcmp(kind, kinds[i]) == 0) {
            return values[i];
        }
    }
    if (kind) {
        diag_add(in->diags, DIAG_ERROR, "schema-choice", json_get(link, "kind")->place,
                 "GPU link: \"%s\" is not one of pcie, nvlink, infinity-fabric, other", kind);
    }
    return LINK_NONE;
}

static void read_link(const struct input *in, const struct json *link, struct gpu *gpu) {
    struct link_row row = {0};
    schema_read(in->arena, in->diags, &link_schema, link, &row);
    gpu->link = link_kind(in, link, row.kind);
    gpu->link_name = row.name;
    gpu->link_bytes_per_s = row.per_direction;
    gpu->node_link_bytes_per_s = row.across_nodes;
    gpu->max_per_node = row.max_per_node;
}

enum { SOURCES_MAX = 16 }; /* of one field */

/* Sources of all fields of a GPU. */
struct used_sources {
    const struct json **items;
    size_t count, capacity;
};

/* "S1, S9" -> the texts of the sources, "; " between them, and the newest of their dates. */
static void expand_sources(const struct input *in, const struct json *table, const struct json *ids,
                           struct gpu_source *out, struct used_sources *used) {
    size_t count = 0;
    out->text = "";
    for (const char *at = ids->string; *at; count++) {
        size_t n = strcspn(at, ",");
        struct str id = str_trim((struct str){at, n});
        const struct json *source = json_get(table, arena_copy(in->arena, id.p, id.n));
        const char *text = json_get_string(source, "text"), *date = json_get_string(source, "date");
        if (!text || !date || !schema_is_date(date) || count == SOURCES_MAX) {
            diag_add(in->diags, DIAG_ERROR, "source-unknown", ids->place,
                     count == SOURCES_MAX ? "more than 16 sources of one field, \"%.*s\" among them"
                                          : "source \"%.*s\" needs text and date under \"sources\"",
                     (int)id.n, id.p);
            return;
        }
        out->text = out->text[0] ? arena_printf(in->arena, "%s; %s", out->text, text) : text;
        out->date = !out->date || strcmp(date, out->date) > 0 ? date : out->date;
        used->items =
            arena_grow(in->arena, used->items, used->count, &used->capacity, sizeof *used->items);
        used->items[used->count++] = source;
        at += n + (at[n] == ',');
    }
}

/* As they stand in the file. */
static int by_place(const void *left, const void *right) {
    const struct place *a = &(*(const struct json *const *)left)->place;
    const struct place *b = &(*(const struct json *const *)right)->place;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

/* All fields' sources in one line, each once, in the order of the table. */
static void join_sources(const struct input *in, struct used_sources *used, struct gpu *gpu) {
    struct buf text = BUF_INIT;
    if (used->count)
        qsort(used->items, used->count, sizeof *used->items, by_place);
    for (size_t i = 0; i < used->count; i++) {
        const char *said = json_get_string(used->items[i], "text");
        if (i == 0 || used->items[i - 1] != used->items[i])
            buf_printf(&text, "%s%s", text.len ? "; " : "", said);
    }
    gpu->source = arena_strdup(in->arena, buf_text(&text));
    buf_free(&text);
}

static void read_sources(const struct input *in, const struct json *table,
                         const struct json *fields, struct gpu *gpu) {
    struct gpu_source *sources = ARENA_ARRAY(in->arena, fields->count, struct gpu_source);
    struct used_sources used = {0};
    for (size_t i = 0; i < fields->count; i++) {
        sources[i].field = fields->keys[i];
        if (fields->items[i]->kind != JSON_STRING) {
            diag_add(in->diags, DIAG_ERROR, "schema-type", fields->items[i]->place,
                     "GPU sources: \"%s\" must be a text such as \"S1, S9\"", fields->keys[i]);
            continue;
        }
        expand_sources(in, table, fields->items[i], &sources[i], &used);
        const char *date = sources[i].date;
        if (date && (!gpu->source_date || strcmp(date, gpu->source_date) > 0)) {
            gpu->source_date = date;
        }
    }
    gpu->sources = sources;
    gpu->source_count = fields->count;
    join_sources(in, &used, gpu);
}

/* A thousand times is another unit. Narrower floats are one to nine times as fast, eight-bit ones
   to five: more is most often a peak with sparsity. Integers and fp32 may be slow or absent. */
static bool peak_fits(enum compute compute, double ratio) {
    bool narrow = compute == COMPUTE_FP8 || compute == COMPUTE_FP4;
    double most = compute == COMPUTE_FP8 ? 5 : compute == COMPUTE_FP4 ? 10 : 50;
    return ratio <= most && ratio >= (narrow ? 0.9 : 1.0 / 500);
}

static void check_peaks(const struct input *in, const struct gpu *gpu) {
    double half = gpu->flop_per_s[COMPUTE_16];
    for (size_t i = 0; half > 0 && i < COMPUTE_COUNT; i++) {
        size_t compute = compute_fields[i].offset / sizeof(double);
        double ratio = gpu->flop_per_s[compute] / half;
        if (ratio > 0 && !peak_fits((enum compute)compute, ratio)) {
            diag_add(in->diags, DIAG_WARNING, "gpu-implausible", gpu->place,
                     "%s: the peaks of %s and 16-bit do not match: check their units, and that "
                     "both are dense",
                     gpu->id, compute_fields[i].key);
        }
    }
}

static void check_plausible(const struct input *in, const struct gpu *gpu) {
    double half = gpu->flop_per_s[COMPUTE_16];
    check_peaks(in, gpu);
    if (half > 0 && gpu->memory_bytes_per_s > 0) {
        double ridge = half / gpu->memory_bytes_per_s;
        if (ridge < 3 || ridge > 3000) {
            diag_add(in->diags, DIAG_WARNING, "gpu-implausible", gpu->place,
                     "%s: 16-bit peak and bandwidth do not match: check their units", gpu->id);
        }
    }
    double visible = gpu->visible_memory_bytes / gpu->memory_bytes;
    if (visible > 0 && (visible < 0.9 || visible > 1.09)) {
        diag_add(in->diags, DIAG_WARNING, "gpu-implausible", gpu->place,
                 "%s: visible and stated memory do not match: GB or GiB?", gpu->id);
    }
}

static void read_gpu(const struct input *in, const struct json *table, const struct json *value,
                     struct gpu *gpu) {
    struct gpu_row row = {.gpu.place = value->place};
    if (!schema_read(in->arena, in->diags, &gpu_schema, value, &row)) {
        return;
    }
    *gpu = row.gpu;
    if (row.compute) {
        schema_read(in->arena, in->diags, &compute_schema, row.compute, gpu->flop_per_s);
    }
    if (row.link) {
        read_link(in, row.link, gpu);
    }
    read_sources(in, table, row.sources, gpu);
    gpu->family = calibration_family_name(gpu);
    check_plausible(in, gpu);
}

struct gpus_file {
    const struct json *sources, *gpus;
};
static const struct field file_fields[] = {
    {.key = "sources",
     .kind = FIELD_OBJECT,
     .required = true,
     .offset = offsetof(struct gpus_file, sources)},
    {.key = "gpus",
     .kind = FIELD_ARRAY,
     .required = true,
     .offset = offsetof(struct gpus_file, gpus)},
};
static const struct schema file_schema = {"GPU file", file_fields, 2};

bool read_gpus(const struct input *in, struct catalog *catalog) {
    size_t before = diags_errors(in->diags);
    struct json *root = json_parse_flags(in->arena, in->arena, in->display, in->text, in->n,
                                         JSON_REFUSE_TURNING, in->diags);
    struct gpus_file file = {0};
    if (!root || !schema_read(in->arena, in->diags, &file_schema, root, &file)) {
        return false;
    }
    catalog->gpus = ARENA_ARRAY(in->arena, file.gpus->count, struct gpu);
    for (size_t i = 0; i < file.gpus->count; i++) {
        struct gpu *gpu = &catalog->gpus[catalog->gpu_count];
        read_gpu(in, file.sources, file.gpus->items[i], gpu);
        catalog->gpu_count += gpu->id != NULL;
    }
    return diags_errors(in->diags) == before;
}
