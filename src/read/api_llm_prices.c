/* simonw/llm-prices data/VENDOR.json: a price history a model, US dollars per million tokens. */
#include "read/api_prices.h"
#include "read/schema.h"

static bool matches(const struct document *d) {
    const struct json *models = json_get(d->root, "models");
    return json_get_string(d->root, "vendor") && models && models->kind == JSON_ARRAY;
}

/* A price that still stands is as old as the file; one that ended is dated by its start. */
static const char *date_of(const struct document *d, const struct json *entry) {
    const char *from = json_get_string(entry, "from_date"), *to = json_get_string(entry, "to_date");
    from = from && schema_is_date(from) ? from : NULL;
    return to || !d->date ? from : d->date;
}

static void read_entry(const struct document *d, const char *model, const struct json *entry,
                       struct api_price_list *list) {
    struct api_price p = api_price_none(d);
    p.place = entry->place;
    p.provider = json_get_string(d->root, "vendor");
    p.model_as_stated = model;
    p.input_usd_per_million = json_get_number(entry, "input");
    p.output_usd_per_million = json_get_number(entry, "output");
    p.cached_input_usd_per_million = json_get_number(entry, "input_cached");
    p.as_of = date_of(d, entry);
    p.source = "llm-prices";
    bool ended = json_get_string(entry, "to_date") != NULL;
    if (!ended || p.as_of) {
        api_price_take(d, list, p);
    }
}

static void read(const struct document *d, struct api_price_list *list) {
    const struct json *models = json_get(d->root, "models");
    for (size_t i = 0; i < models->count; i++) {
        const char *id = json_get_string(models->items[i], "id");
        const struct json *history = json_get(models->items[i], "price_history");
        for (size_t j = 0; id && history && history->kind == JSON_ARRAY && j < history->count;
             j++) {
            read_entry(d, id, history->items[j], list);
        }
    }
}

const struct api_format api_format_llm_prices = {"llm-prices", matches, read};
