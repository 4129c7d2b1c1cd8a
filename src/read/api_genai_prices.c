/* pydantic/genai-prices data.json: providers with models; US dollars per million tokens, plain, in
   tiers, or several with a constraint. */
#include "read/api_prices.h"
#include "read/schema.h"

static bool matches(const struct document *d) {
    const struct json *first = document_first(d);
    const struct json *models = json_get(first, "models");
    return models && models->kind == JSON_ARRAY && json_get_string(first, "id") &&
           (json_get(first, "api_pattern") || json_get(first, "pricing_urls"));
}

/* A number, or the base of tiers. */
static double price_of(const struct json *prices, const char *key) {
    const struct json *value = json_get(prices, key);
    return value && value->kind == JSON_OBJECT ? json_get_number(value, "base")
                                               : json_get_number(prices, key);
}

static void take(const struct document *d, const struct json *provider, const struct json *model,
                 const struct json *prices, const char *since, struct api_price_list *list) {
    struct api_price p = api_price_none(d);
    p.place = model->place;
    p.provider = json_get_string(provider, "id");
    p.model_as_stated = json_get_string(model, "id");
    p.input_usd_per_million = price_of(prices, "input_mtok");
    p.output_usd_per_million = price_of(prices, "output_mtok");
    p.cached_input_usd_per_million = price_of(prices, "cache_read_mtok");
    p.cache_write_usd_per_million = price_of(prices, "cache_write_mtok");
    p.context_tokens = api_context(model, "context_window");
    p.as_of = since ? since : p.as_of;
    p.source = "genai-prices";
    if (p.provider && p.model_as_stated) {
        api_price_take(d, list, p);
    }
}

/* Entries: the one without constraint is the price; one from a date on is dated by it; one for
   hours of the day is another price for the same thing and is left out. */
static void read_entries(const struct document *d, const struct json *provider,
                         const struct json *model, const struct json *entries,
                         struct api_price_list *list) {
    for (size_t i = 0; i < entries->count; i++) {
        const struct json *constraint = json_get(entries->items[i], "constraint");
        const char *since = json_get_string(constraint, "start_date");
        bool plain = !constraint || constraint->kind == JSON_NULL;
        if (plain || (since && schema_is_date(since))) {
            take(d, provider, model, json_get(entries->items[i], "prices"), since, list);
        }
    }
}

static void read_provider(const struct document *d, const struct json *provider,
                          struct api_price_list *list) {
    const struct json *models = json_get(provider, "models");
    for (size_t i = 0; models && models->kind == JSON_ARRAY && i < models->count; i++) {
        const struct json *prices = json_get(models->items[i], "prices");
        if (prices && prices->kind == JSON_ARRAY) {
            read_entries(d, provider, models->items[i], prices, list);
        } else if (prices) {
            take(d, provider, models->items[i], prices, NULL, list);
        }
    }
}

static void read(const struct document *d, struct api_price_list *list) {
    for (size_t i = 0; i < d->root->count; i++) {
        read_provider(d, d->root->items[i], list);
    }
}

const struct api_format api_format_genai_prices = {"genai-prices", matches, read};
