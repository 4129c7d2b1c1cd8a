/* data/power.json: grids, machine overheads, all-in power of GPUs. */
#include "read/parts.h"
#include "read/schema.h"

#include <math.h>
#include <stddef.h>

struct power_file {
    const struct json *sources, *regions, *overheads, *all_in, *measured;
};
#define AT(member) offsetof(struct power_file, member)
static const struct field file_fields[] = {
    {.key = "sources", .kind = FIELD_OBJECT, .required = true, .offset = AT(sources)},
    {.key = "regions", .kind = FIELD_ARRAY, .required = true, .offset = AT(regions)},
    {.key = "overheads", .kind = FIELD_ARRAY, .required = true, .offset = AT(overheads)},
    {.key = "all_in", .kind = FIELD_ARRAY, .required = true, .offset = AT(all_in)},
    {.key = "measured", .kind = FIELD_ARRAY, .offset = AT(measured)},
};
static const struct schema file_schema = {"power file", file_fields, 5};

struct row {
    struct grid_region region;
    struct site_overhead overhead;
    struct all_in_power all_in;
    struct measured_energy measured;
    double joules, watts, output_tokens_per_s;
    const char *gpu, *model, *source, *price_source;
};
#undef AT
#define AT(member) offsetof(struct row, member)
static const struct field region_fields[] = {
    {.key = "id", .kind = FIELD_TEXT, .required = true, .offset = AT(region.id)},
    {.key = "name", .kind = FIELD_TEXT, .required = true, .offset = AT(region.name)},
    {.key = "gco2_per_kwh",
     .kind = FIELD_NUMBER,
     .offset = AT(region.gco2_per_kwh),
     .minimum = 0.1,
     .maximum = 3000},
    {.key = "carbon_source", .kind = FIELD_TEXT, .offset = AT(source)},
    {.key = "carbon_date", .kind = FIELD_DATE, .offset = AT(region.carbon_date)},
    {.key = "usd_per_kwh",
     .kind = FIELD_NUMBER,
     .offset = AT(region.usd_per_kwh),
     .minimum = 0.001,
     .maximum = 10},
    {.key = "price_source", .kind = FIELD_TEXT, .offset = AT(price_source)},
    {.key = "price_date", .kind = FIELD_DATE, .offset = AT(region.price_date)},
};
static const struct schema region_schema = {"region", region_fields, 8};
static const struct field overhead_fields[] = {
    {.key = "id", .kind = FIELD_ID, .required = true, .offset = AT(overhead.id)},
    {.key = "name", .kind = FIELD_TEXT, .required = true, .offset = AT(overhead.name)},
    {.key = "pue",
     .kind = FIELD_NUMBER,
     .required = true,
     .offset = AT(overhead.pue),
     .minimum = 1,
     .maximum = 5},
    {.key = "source", .kind = FIELD_TEXT, .required = true, .offset = AT(source)},
    {.key = "date", .kind = FIELD_DATE, .offset = AT(overhead.date)},
};
static const struct schema overhead_schema = {"overhead", overhead_fields, 5};
static const struct unit watt_units[] = {{"W", 1, NULL}, {"kW", 1000, NULL}, {NULL, 0, NULL}};
static const struct field all_in_fields[] = {
    {.key = "gpu", .kind = FIELD_TEXT, .required = true, .offset = AT(gpu)},
    {.key = "power",
     .kind = FIELD_QUANTITY,
     .required = true,
     .offset = AT(all_in.watts),
     .minimum = 1,
     .maximum = 1e6,
     .units = watt_units},
    {.key = "source", .kind = FIELD_TEXT, .required = true, .offset = AT(source)},
    {.key = "date", .kind = FIELD_DATE, .offset = AT(all_in.date)},
};
static const struct schema all_in_schema = {"all-in power", all_in_fields, 4};
static const struct unit joule_units[] = {{"J", 1, NULL}, {"mJ", 0.001, NULL}, {NULL, 0, NULL}};
static const struct field measured_fields[] = {
    {.key = "model", .kind = FIELD_TEXT, .required = true, .offset = AT(model)},
    {.key = "gpu", .kind = FIELD_TEXT, .required = true, .offset = AT(gpu)},
    {.key = "gpu_count",
     .kind = FIELD_U32,
     .required = true,
     .offset = AT(measured.gpu_count),
     .minimum = 1,
     .maximum = 100000},
    {.key = "batch",
     .kind = FIELD_U32,
     .offset = AT(measured.batch),
     .minimum = 1,
     .maximum = 1000000},
    {.key = "energy_per_output_token",
     .kind = FIELD_QUANTITY,
     .offset = AT(joules),
     .minimum = 1e-6,
     .maximum = 1e6,
     .units = joule_units},
    {.key = "power",
     .kind = FIELD_QUANTITY,
     .offset = AT(watts),
     .minimum = 1,
     .maximum = 1e8,
     .units = watt_units},
    {.key = "output_tokens_per_s",
     .kind = FIELD_NUMBER,
     .offset = AT(output_tokens_per_s),
     .minimum = 0.001,
     .maximum = 1e9},
    {.key = "engine", .kind = FIELD_TEXT, .required = true, .offset = AT(measured.engine)},
    {.key = "metered", .kind = FIELD_TEXT, .required = true, .offset = AT(measured.scope)},
    {.key = "source", .kind = FIELD_TEXT, .required = true, .offset = AT(source)},
    {.key = "date", .kind = FIELD_DATE, .required = true, .offset = AT(measured.date)},
};
static const struct schema measured_schema = {"measured energy", measured_fields, 11};
#undef AT

/* "P1" -> its text in the file's table of sources. */
static const char *source_text(const struct input *in, const struct power_file *file,
                               const char *id, struct place place) {
    const char *text = id ? json_get_string(file->sources, id) : NULL;
    if (id && !text) {
        diag_add(in->diags, DIAG_ERROR, "source-unknown", place,
                 "source \"%s\" is not under \"sources\"", id);
    }
    return text;
}

static void read_regions(const struct input *in, const struct power_file *file,
                         struct power *power) {
    struct grid_region *list = ARENA_ARRAY(in->arena, file->regions->count + 1, struct grid_region);
    power->region_count = 0;
    for (size_t i = 0; i < file->regions->count; i++) {
        const struct json *item = file->regions->items[i];
        struct row row = {.region = {.gco2_per_kwh = NAN, .usd_per_kwh = NAN}};
        if (schema_read(in->arena, in->diags, &region_schema, item, &row)) {
            row.region.carbon_source = source_text(in, file, row.source, item->place);
            row.region.price_source = source_text(in, file, row.price_source, item->place);
            row.region.place = item->place;
            list[power->region_count++] = row.region;
        }
    }
    power->regions = list;
}

static void read_overheads(const struct input *in, const struct power_file *file,
                           struct power *power) {
    size_t count = file->overheads->count;
    struct site_overhead *list = ARENA_ARRAY(in->arena, count + 1, struct site_overhead);
    power->overhead_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct json *item = file->overheads->items[i];
        struct row row = {0};
        if (schema_read(in->arena, in->diags, &overhead_schema, item, &row)) {
            row.overhead.source = source_text(in, file, row.source, item->place);
            list[power->overhead_count++] = row.overhead;
        }
    }
    power->overheads = list;
}

static void read_all_in(const struct input *in, const struct power_file *file,
                        struct catalog *catalog) {
    size_t count = file->all_in->count;
    struct all_in_power *list = ARENA_ARRAY(in->arena, count + 1, struct all_in_power);
    catalog->power.all_in_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct json *item = file->all_in->items[i];
        struct row row = {0};
        if (!schema_read(in->arena, in->diags, &all_in_schema, item, &row)) {
            continue;
        }
        row.all_in.gpu = catalog_find_gpu(catalog, row.gpu);
        row.all_in.source = source_text(in, file, row.source, item->place);
        if (row.all_in.gpu) {
            list[catalog->power.all_in_count++] = row.all_in;
        } else {
            diag_add(in->diags, DIAG_ERROR, "unknown-gpu", item->place, "no GPU is called \"%s\"",
                     row.gpu);
        }
    }
    catalog->power.all_in = list;
}

/* Energy as stated, or power over the rate. */
static bool take_measured(const struct input *in, const struct catalog *catalog, struct row *row,
                          struct place place) {
    struct measured_energy *m = &row->measured;
    m->model = catalog_find_model(catalog, row->model);
    m->gpu = catalog_find_gpu(catalog, row->gpu);
    m->joules_per_output_token =
        isfinite(row->joules) ? row->joules : row->watts / row->output_tokens_per_s;
    if (!m->gpu) {
        diag_add(in->diags, DIAG_ERROR, "unknown-gpu", place, "no GPU is called \"%s\"", row->gpu);
    } else if (!isfinite(m->joules_per_output_token)) {
        diag_add(in->diags, DIAG_ERROR, "missing-key", place,
                 "energy_per_output_token, or power and output_tokens_per_s, are needed");
    }
    return m->model && m->gpu && isfinite(m->joules_per_output_token);
}

/* Rows of models that are not in the catalog are left out. */
static void read_measured(const struct input *in, const struct power_file *file,
                          struct catalog *catalog) {
    size_t count = file->measured ? file->measured->count : 0;
    struct measured_energy *list = ARENA_ARRAY(in->arena, count + 1, struct measured_energy);
    catalog->power.measured_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct json *item = file->measured->items[i];
        struct row row = {.joules = NAN, .watts = NAN, .output_tokens_per_s = NAN};
        if (!schema_read(in->arena, in->diags, &measured_schema, item, &row)) {
            continue;
        }
        row.measured.source = source_text(in, file, row.source, item->place);
        if (take_measured(in, catalog, &row, item->place)) {
            list[catalog->power.measured_count++] = row.measured;
        }
    }
    catalog->power.measured = list;
}

bool read_power(const struct input *in, struct catalog *catalog) {
    size_t before = diags_errors(in->diags);
    struct json *root = json_parse_flags(in->arena, in->arena, in->display, in->text, in->n,
                                         JSON_REFUSE_TURNING, in->diags);
    struct power_file file = {0};
    if (!root || !schema_read(in->arena, in->diags, &file_schema, root, &file)) {
        return false;
    }
    read_regions(in, &file, &catalog->power);
    read_overheads(in, &file, &catalog->power);
    read_all_in(in, &file, catalog);
    read_measured(in, &file, catalog);
    return diags_errors(in->diags) == before;
}
