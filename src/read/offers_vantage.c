/* Vantage's EC2 export: values carry their units ("$0.2280 hourly", "8.0 GiB", "unavailable"). */
#include "base/num.h"
#include "read/offers.h"

static const char *const columns[] = {"API Name",
                                      "GPUs",
                                      "GPU model",
                                      "GPU memory",
                                      "On Demand",
                                      "Linux Reserved cost",
                                      "Linux Spot Minimum cost"};
enum { NAME, COUNT, MODEL, MEMORY, ON_DEMAND, RESERVED, SPOT, COLUMNS };

static bool matches(const struct document *d) {
    return document_has_columns(d, columns, COLUMNS);
}

/* "320 GiB" of all GPUs together; 0 is not said. */
static double memory_of(const char *text, uint32_t count) {
    double total;
    return num_parse(text, strcspn(text, " "), &total) && total > 0 ? total / count : NAN;
}

/* The list calls the chips of trn1 "AWS Inferentia" as well. */
static const char *chip_of(const char *model, const char *instance) {
    bool trainium = instance && strncmp(instance, "trn1", 4) == 0;
    return trainium && strcmp(model, "AWS Inferentia") == 0 ? "Trainium1" : model;
}

static void read(const struct document *d, struct offer_list *list) {
    const struct csv_table *t = d->table;
    int column[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        column[i] = csv_column(t, columns[i]);
    }
    for (size_t row = 0; row < t->row_count; row++) {
        const struct csv_cell *model = csv_at(t, row, column[MODEL]);
        struct offer o = offer_none(d);
        const struct csv_cell *gpus = csv_at(t, row, column[COUNT]);
        o.gpu_count = model->text[0] ? offer_gpus(d, gpus->text, gpus->place) : 0;
        if (o.gpu_count == 0) {
            continue;
        }
        const struct csv_cell *on_demand = csv_at(t, row, column[ON_DEMAND]);
        const struct csv_cell *reserved = csv_at(t, row, column[RESERVED]);
        const struct csv_cell *spot = csv_at(t, row, column[SPOT]);
        o.platform = "AWS";
        o.place = model->place;
        o.instance = document_text(csv_at(t, row, column[NAME])->text);
        o.gpu_as_stated = chip_of(model->text, o.instance);
        o.gpu_memory_gb = memory_of(csv_at(t, row, column[MEMORY])->text, o.gpu_count);
        o.on_demand_usd_per_hour = offer_price(d, on_demand->text, on_demand->place);
        o.reserved_1y_usd_per_hour = offer_price(d, reserved->text, reserved->place);
        o.spot_usd_per_hour = offer_price(d, spot->text, spot->place);
        o.source = "Vantage";
        o.note = "reserved: 1 year, no upfront; spot: lowest of the export";
        offer_take(d, list, o);
    }
}

const struct offer_format offer_format_vantage = {"Vantage", matches, read};
