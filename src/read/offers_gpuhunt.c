/* dstack gpuhunt: catalog v2 (spot and on demand are rows of their own, the provider is the file's
   name), and its TPU table (per chip-hour). */
#include "base/num.h"
#include "read/offers.h"

static const char *const columns[] = {"instance_name", "location",   "price", "gpu_count",
                                      "gpu_name",      "gpu_memory", "spot"};
enum { INSTANCE, LOCATION, PRICE, COUNT, NAME, MEMORY, SPOT, COLUMNS };

static bool catalog_matches(const struct document *d) {
    return document_has_columns(d, columns, COLUMNS);
}

static void catalog_row(const struct document *d, const int *column, size_t row,
                        const char *provider, struct offer_list *list) {
    const struct csv_table *t = d->table;
    const struct csv_cell *name = csv_at(t, row, column[NAME]);
    const struct csv_cell *gpus = csv_at(t, row, column[COUNT]);
    uint32_t count = name->text[0] ? offer_gpus(d, gpus->text, gpus->place) : 0;
    if (count == 0) {
        return;
    }
    struct offer o = offer_none(d);
    const struct csv_cell *price = csv_at(t, row, column[PRICE]);
    const char *memory = csv_at(t, row, column[MEMORY])->text;
    double usd = offer_price(d, price->text, price->place), gb;
    bool spot = strcmp(csv_at(t, row, column[SPOT])->text, "True") == 0;
    o.platform = provider;
    o.gpu_as_stated = name->text;
    o.gpu_count = count;
    o.place = name->place;
    o.instance = document_text(csv_at(t, row, column[INSTANCE])->text);
    o.region = document_text(csv_at(t, row, column[LOCATION])->text);
    o.gpu_memory_gb = num_parse(memory, strlen(memory), &gb) && gb > 0 ? gb : NAN;
    o.on_demand_usd_per_hour = spot ? NAN : usd;
    o.spot_usd_per_hour = spot ? usd : NAN;
    o.source = "gpuhunt";
    offer_take(d, list, o);
}

static void catalog_read(const struct document *d, struct offer_list *list) {
    int column[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        column[i] = csv_column(d->table, columns[i]);
    }
    const char *provider = document_stem(d);
    for (size_t i = 0; i < d->table->row_count; i++) {
        catalog_row(d, column, i, provider, list);
    }
}

const struct offer_format offer_format_gpuhunt = {"gpuhunt", catalog_matches, catalog_read};

static const struct json *first_member(const struct json *object) {
    return object && object->kind == JSON_OBJECT && object->count ? object->items[0] : NULL;
}

static bool tpu_matches(const struct document *d) {
    return json_get(first_member(first_member(d->root)), "On Demand (USD)") != NULL;
}

static void tpu_read(const struct document *d, struct offer_list *list) {
    for (size_t i = 0; i < d->root->count; i++) {
        const struct json *regions = d->root->items[i];
        for (size_t j = 0; regions->kind == JSON_OBJECT && j < regions->count; j++) {
            struct offer o = offer_none(d);
            o.platform = "GCP";
            o.gpu_as_stated = d->root->keys[i];
            o.instance = "chip";
            o.region = document_text(regions->keys[j]);
            o.place = regions->key_places[j];
            o.on_demand_usd_per_hour = offer_member(d, regions->items[j], "On Demand (USD)");
            o.spot_usd_per_hour = offer_member(d, regions->items[j], "Spot (USD)");
            o.source = "gpuhunt";
            o.note = "per chip-hour";
            offer_take(d, list, o);
        }
    }
}

const struct offer_format offer_format_gpuhunt_tpu = {"gpuhunt TPU", tpu_matches, tpu_read};
