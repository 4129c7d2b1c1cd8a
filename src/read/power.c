/* data/power.json: grids, machine overheads, all-in power of GPUs. */
#include "read/parts.h"
#include "read/schema.h"

#include <math.h>
#include <stddef.h>

struct power_file {
    const struct json *sources, *regions, *overheads, *all_in;
};
#define AT(member) offsetof(struct power_file, member)
static const struct field file_fields[] = {
    {.key = "sources", .kind = FIELD_OBJECT, .required = true, .offset = AT(sources)},
    {.key = "regions", .kind = FIELD_ARRAY, .required = true, .offset = AT(regions)},
    {.key = "overheads", .kind = FIELD_ARRAY, .required = true, .offset = AT(overheads)},
    {.key = "all_in", .kind = FIELD_ARRAY, .required = true, .offset = AT(all_in)},
};
static const struct schema file_schema = {"power file", file_fields, 4};

struct row {
    struct grid_region region;
    struct site_overhead overhead;
    struct all_in_power all_in;
    const char *gpu, *source, *price_source;
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
static const struct unit watt_units[] = {{"W", 1}, {"kW", 1000}, {NULL, 0}};
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

bool read_power(const struct input *in, struct catalog *catalog) {
    size_t before = diags_errors(in->diags);
    struct json *root = json_parse(in->arena, in->display, in->text, in->n, in->diags);
    struct power_file file = {0};
    if (!root || !schema_read(in->arena, in->diags, &file_schema, root, &file)) {
        return false;
    }
    read_regions(in, &file, &catalog->power);
    read_overheads(in, &file, &catalog->power);
    read_all_in(in, &file, catalog);
    return diags_errors(in->diags) == before;
}
