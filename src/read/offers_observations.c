/* Trackers that publish CSV observations, one price tier a row: sooddvs/gpu-pricing (raw and
   history) and ewyluda/gpu-price-index. Rows of one offer are brought together afterwards. */
#include "read/offers.h"
#include "read/schema.h"

enum { PROVIDER, GPU, TIER, PRICE, COLUMNS };
static const char *const raw[] = {"provider",  "gpu_type", "price_tier", "total_hourly_usd",
                                  "gpu_count", "sku",      "fetched_at"};
static const char *const history[] = {"provider",           "gpu_type", "price_tier",
                                      "per_gpu_hourly_usd", "date",     "source"};
static const char *const index_names[] = {"provider",     "gpu_model", "pricing",
                                          "usd_per_hour", "gpu_count", "sku"};

static bool is_raw(const struct document *d) {
    return document_has_columns(d, raw, sizeof raw / sizeof *raw);
}

static bool is_history(const struct document *d) {
    return document_has_columns(d, history, sizeof history / sizeof *history);
}

static bool matches(const struct document *d) {
    return is_raw(d) || is_history(d) ||
           document_has_columns(d, index_names, sizeof index_names / sizeof *index_names);
}

static const char *date_of(const struct document *d, size_t row) {
    const char *text = csv_at(d->table, row, csv_column(d->table, "date"))->text;
    if (!text[0]) {
        text = csv_at(d->table, row, csv_column(d->table, "fetched_at"))->text;
    }
    const char *day = schema_day(d->input->arena, text);
    return day ? day : d->date;
}

static bool set_tier(struct offer *o, const char *tier, double usd) {
    if (strcmp(tier, "on_demand") == 0) {
        o->on_demand_usd_per_hour = usd;
    } else if (strcmp(tier, "spot") == 0) {
        o->spot_usd_per_hour = usd;
    } else if (strcmp(tier, "12mo") == 0) {
        o->reserved_1y_usd_per_hour = usd;
    } else if (strcmp(tier, "36mo") == 0) {
        o->reserved_3y_usd_per_hour = usd;
    } else {
        return false;
    }
    return true;
}

/* Estimates are no observations. */
static bool is_estimate(const struct document *d, size_t row) {
    const char *source = csv_at(d->table, row, csv_column(d->table, "source"))->text;
    return strcmp(source, "historical_estimate") == 0;
}

static void read_row(const struct document *d, const int *column, size_t row, const char *source,
                     struct offer_list *list) {
    const struct csv_table *t = d->table;
    const struct csv_cell *price = csv_at(t, row, column[PRICE]);
    const struct csv_cell *gpus = csv_at(t, row, csv_column(t, "gpu_count"));
    struct offer o = offer_none(d);
    o.platform = csv_at(t, row, column[PROVIDER])->text;
    o.gpu_as_stated = csv_at(t, row, column[GPU])->text;
    o.gpu_count = gpus->text[0] ? offer_gpus(d, gpus->text, gpus->place) : 1;
    o.place = csv_at(t, row, column[PROVIDER])->place;
    o.instance = document_text(csv_at(t, row, csv_column(t, "sku"))->text);
    o.region = document_text(csv_at(t, row, csv_column(t, "region"))->text);
    o.as_of = date_of(d, row);
    o.source = source;
    double usd = offer_price(d, price->text, price->place);
    if (o.gpu_count > 0 && o.platform[0] && o.gpu_as_stated[0] &&
        set_tier(&o, csv_at(t, row, column[TIER])->text, usd)) {
        offer_take(d, list, o);
    }
}

static void read(const struct document *d, struct offer_list *list) {
    const char *const *names = is_raw(d) ? raw : is_history(d) ? history : index_names;
    int column[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
        column[i] = csv_column(d->table, names[i]);
    }
    const char *source = document_stem(d);
    for (size_t i = 0; i < d->table->row_count; i++) {
        if (!is_estimate(d, i)) {
            read_row(d, column, i, source, list);
        }
    }
}

const struct offer_format offer_format_observations = {"observations", matches, read};
