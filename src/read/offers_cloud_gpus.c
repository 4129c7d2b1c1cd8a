/* The cloud-gpus / TokenTally list, as CSV or as JSON rows of texts: prices for the instance,
   "GPU RAM" for all its GPUs together. */
#include "base/num.h"
#include "base/str.h"
#include "read/offers.h"

static const char *const columns[] = {"Cloud", "GPU Type", "GPUs", "GPU RAM", "Spot", "Name"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static bool matches(const struct document *d) {
    const struct json *first = document_first(d);
    return document_has_columns(d, columns, COLUMNS) ||
           (json_get_string(first, "GPU Type") && json_get_string(first, "Cloud"));
}

/* One row of either form: what stands under a name, and where. */
struct row {
    const struct csv_table *table;
    size_t number;
    const struct json *object;
    struct place place;
};

static const char *text_of(const struct row *row, const char *name) {
    if (row->table) {
        return csv_at(row->table, row->number, csv_column(row->table, name))->text;
    }
    const char *text = json_get_string(row->object, name);
    return text ? text : "";
}

static double memory_of(const char *text, uint32_t gpu_count) {
    double total;
    return num_parse(text, strlen(text), &total) && total > 0 ? total / gpu_count : NAN;
}

static void read_row(const struct document *d, const struct row *row, struct offer_list *list) {
    const char *gpu = text_of(row, "GPU Type"), *platform = text_of(row, "Cloud");
    bool named = gpu[0] && platform[0];
    uint32_t count = named ? offer_gpus(d, text_of(row, "GPUs"), row->place) : 0;
    if (count == 0) {
        return; /* a row for processors only */
    }
    struct offer o = offer_none(d);
    o.platform = platform;
    o.gpu_as_stated = gpu;
    o.gpu_count = count;
    o.place = row->place;
    o.instance = document_text(text_of(row, "Name"));
    o.gpu_memory_gb = memory_of(text_of(row, "GPU RAM"), count);
    o.on_demand_usd_per_hour =
        offer_price(d, text_of(row, row->table ? "($)On-demand" : "On-demand"), o.place);
    o.spot_usd_per_hour = offer_price(d, text_of(row, "Spot"), o.place);
    o.source = "cloud-gpus";
    offer_take(d, list, o);
}

static void read(const struct document *d, struct offer_list *list) {
    for (size_t i = 0; d->table && i < d->table->row_count; i++) {
        struct row row = {d->table, i, NULL, csv_at(d->table, i, 0)->place};
        read_row(d, &row, list);
    }
    for (size_t i = 0; i < json_count(d->root); i++) {
        struct row row = {NULL, i, d->root->items[i], d->root->items[i]->place};
        read_row(d, &row, list);
    }
}

const struct offer_format offer_format_cloud_gpus = {"cloud-gpus", matches, read};
