/* GPU offers: the list's keeper, the project's own table, and which format a file is in. */
#include "read/offers.h"

#include "base/hash.h"
#include "base/num.h"
#include "base/str.h"
#include "read/misplaced.h"
#include "read/schema.h"

struct offer *offer_add(struct arena *arena, struct offer_list *list) {
    list->items = arena_grow(list->arena ? list->arena : arena, list->items, list->count,
                             &list->capacity, sizeof *list->items);
    return &list->items[list->count++];
}

struct offer offer_none(const struct document *document) {
    return (struct offer){.gpu_memory_gb = NAN,
                          .gpu_count = 1,
                          .as_of = document->date,
                          .on_demand_usd_per_hour = NAN,
                          .spot_usd_per_hour = NAN,
                          .reserved_1y_usd_per_hour = NAN,
                          .reserved_3y_usd_per_hour = NAN};
}

static bool has_price(const struct offer *o) {
    return !isnan(o->on_demand_usd_per_hour) || !isnan(o->spot_usd_per_hour) ||
           !isnan(o->reserved_1y_usd_per_hour) || !isnan(o->reserved_3y_usd_per_hour);
}

void offer_take(const struct document *document, struct offer_list *list, struct offer offer) {
    if (has_price(&offer) && (!offer.platform[0] || !offer.gpu_as_stated[0])) {
        diag_add(document->input->diags, DIAG_WARNING, "offer-unnamed", offer.place,
                 "a price without platform or GPU is left out");
    } else if (has_price(&offer)) {
        *offer_add(document->input->arena, list) = offer;
    }
}

enum {
    PLATFORM,
    GPU,
    COUNT,
    ON_DEMAND,
    INSTANCE,
    MEMORY,
    SPOT,
    RESERVED_1Y,
    RESERVED_3Y,
    REGION,
    KIND,
    AS_OF,
    SOURCE,
    NOTE,
    COLUMNS
};
static const char *const own_columns[COLUMNS] = {"platform",
                                                 "gpu",
                                                 "gpu_count",
                                                 "on_demand_usd_per_hour",
                                                 "instance",
                                                 "gpu_memory_gb",
                                                 "spot_usd_per_hour",
                                                 "reserved_1y_usd_per_hour",
                                                 "reserved_3y_usd_per_hour",
                                                 "region",
                                                 "kind",
                                                 "as_of",
                                                 "source",
                                                 "note"};

static bool own_matches(const struct document *document) {
    static const char *const need[] = {"platform", "gpu", "gpu_count"};
    return document_has_columns(document, need, 3);
}

struct own {
    const struct document *document;
    const struct csv_table *table;
    int column[COLUMNS];
    size_t row;
};

static const struct csv_cell *cell(const struct own *own, int name) {
    return csv_at(own->table, own->row, own->column[name]);
}

/* Own tables say 0 by an empty cell: 0 is a mistake here, not a way of saying "none". */
static double own_price(const struct own *own, int name) {
    const struct csv_cell *c = cell(own, name);
    double value;
    if (num_parse(c->text, strlen(c->text), &value) && value == 0) {
        diag_add(own->document->input->diags, DIAG_ERROR, "price-zero", c->place,
                 "%s: 0 would be free; leave the cell empty when it is not offered",
                 own_columns[name]);
        return NAN;
    }
    return offer_price(own->document, c->text, c->place);
}

static enum offer_kind own_kind(const struct own *own) {
    static const char *const kinds[] = {"instance", "serverless", "marketplace", "component",
                                        "index"};
    const struct csv_cell *c = cell(own, KIND);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(c->text, kinds[i]) == 0) {
            return (enum offer_kind)i;
        }
    }
    if (c->text[0]) {
        diag_add(own->document->input->diags, DIAG_ERROR, "schema-choice", c->place,
                 "kind: \"%s\" is not instance, serverless, marketplace, component or index",
                 c->text);
    }
    return OFFER_INSTANCE;
}

static void own_row(const struct own *own, struct offer_list *list) {
    const struct input *in = own->document->input;
    const struct csv_cell *platform = cell(own, PLATFORM), *gpu = cell(own, GPU);
    struct offer o = offer_none(own->document);
    o.platform = platform->text;
    o.gpu_as_stated = gpu->text;
    o.gpu_count = offer_count(cell(own, COUNT)->text);
    o.instance = document_text(cell(own, INSTANCE)->text);
    o.region = document_text(cell(own, REGION)->text);
    o.source = document_text(cell(own, SOURCE)->text);
    o.note = document_text(cell(own, NOTE)->text);
    o.kind = own_kind(own);
    o.as_of =
        schema_cell_date(cell(own, AS_OF), own->column[AS_OF], own->document->date, in->diags);
    o.place = platform->place;
    schema_cell_number(cell(own, MEMORY), "gpu_memory_gb", 0.1, 10000, in->diags, &o.gpu_memory_gb);
    size_t before = diags_errors(in->diags);
    o.on_demand_usd_per_hour = own_price(own, ON_DEMAND);
    o.spot_usd_per_hour = own_price(own, SPOT);
    o.reserved_1y_usd_per_hour = own_price(own, RESERVED_1Y);
    o.reserved_3y_usd_per_hour = own_price(own, RESERVED_3Y);
    if (!platform->text[0] || !gpu->text[0] || o.gpu_count == 0) {
        const struct csv_cell *count = cell(own, COUNT);
        bool named = platform->text[0] && gpu->text[0] && count->text[0];
        diag_add(in->diags, DIAG_ERROR, "offer-incomplete", named ? count->place : platform->place,
                 "platform, gpu and a whole gpu_count of 1 or more are needed");
    } else if (!has_price(&o) && diags_errors(in->diags) == before) {
        diag_add(in->diags, DIAG_ERROR, "price-missing", platform->place,
                 "the row has no price at all");
    }
    if (platform->text[0] && gpu->text[0] && o.gpu_count > 0) {
        offer_take(own->document, list, o);
    }
}

/* Columns such as "price" or "memory" that do not say of what and in which unit. */
static const char *const open_columns[] = {"price",  "cost", "on_demand", "spot",       "reserved",
                                           "hourly", "usd",  "memory",    "gpu_memory", "vram"};

static void own_read(const struct document *document, struct offer_list *list) {
    struct own own = {.document = document, .table = document->table};
    struct diags *diags = document->input->diags;
    if (schema_units_open(own.table, open_columns, sizeof open_columns / sizeof *open_columns,
                          "on_demand_usd_per_hour, spot_usd_per_hour or gpu_memory_gb", diags) ||
        !schema_columns(own.table, own_columns, COLUMNS, 3, own.column, diags)) {
        return;
    }
    for (own.row = 0; own.row < own.table->row_count; own.row++) {
        own_row(&own, list);
    }
}

const struct offer_format offer_format_own = {"tallypress", own_matches, own_read};

static const struct offer_format *const formats[] = {
    &offer_format_own,      &offer_format_cloud_gpus,  &offer_format_cloud_gpu_json,
    &offer_format_skypilot, &offer_format_gpuhunt,     &offer_format_gpuhunt_tpu,
    &offer_format_vantage,  &offer_format_market,      &offer_format_feed,
    &offer_format_snapshot, &offer_format_observations};

/* Two names must not share a page because their slugs lack what tells them apart: letters outside
   ASCII, an end cut off, or all of the name. Such slugs end in a part of the name's hash. */
static const char *platform_slug(struct arena *arena, const char *name) {
    char slug[64], hex[HASH_HEX];
    size_t n = str_slug(slug, sizeof slug, name), plain = 0;
    while (name[plain] && (unsigned char)name[plain] < 0x80)
        plain++;
    bool whole = !name[plain] && plain < sizeof slug &&
                 (strcmp(slug, "x") != 0 || (plain == 1 && (name[0] | 0x20) == 'x'));
    if (whole)
        return arena_copy(arena, slug, n);
    hash_hex(hex, hash_bytes(name, strlen(name), 0));
    return arena_printf(arena, "%.48s-%.8s", slug, hex);
}

/* Slugs are taken once a platform: a file names the same one many times in a row. */
static void finish(const struct input *in, struct offer_list *list, size_t from) {
    const char *last = "", *slug = NULL;
    for (size_t i = from; i < list->count; i++) {
        struct offer *offer = &list->items[i];
        if (!slug || strcmp(offer->platform, last) != 0) {
            slug = platform_slug(in->arena, offer->platform);
            last = offer->platform;
        }
        offer->platform_id = slug;
    }
}

static const struct offer_format *format_of(const struct document *document) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->matches(document)) {
            return formats[i];
        }
    }
    return NULL;
}

bool offers_match(const struct document *document) {
    return format_of(document) != NULL;
}

void read_offers(const struct input *in, struct offer_list *list) {
    struct document document;
    size_t from = list->count, said = diags_count(in->diags);
    if (!document_read(in, &document)) {
        return;
    }
    const struct offer_format *format = format_of(&document);
    if (format) {
        format->read(&document, list);
        finish(in, list, from);
        if (list->count == from && diags_count(in->diags) == said) {
            misplaced_empty(&document, "price list");
        }
    } else {
        misplaced_refuse(&document, "price list",
                         "platform, gpu, gpu_count and on_demand_usd_per_hour");
    }
}
