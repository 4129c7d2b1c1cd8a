/* litellm's model_prices_and_context_window.json: one object, US dollars per token. */
#include "read/api_prices.h"

static bool is_entry(const struct json *value) {
    return json_get_string(value, "litellm_provider") != NULL;
}

static bool matches(const struct document *d) {
    for (size_t i = 0; d->root && d->root->kind == JSON_OBJECT && i < d->root->count && i < 3;
         i++) {
        if (is_entry(d->root->items[i])) {
            return true;
        }
    }
    return false;
}

/* Embeddings, images, speech and the like have no output tokens to price. */
static bool is_text(const char *mode) {
    return !mode || strcmp(mode, "chat") == 0 || strcmp(mode, "completion") == 0 ||
           strcmp(mode, "responses") == 0;
}

static double first_number(const struct json *entry, const char *key, const char *legacy) {
    double value = json_get_number(entry, key);
    return isnan(value) ? json_get_number(entry, legacy) : value;
}

static void read_entry(const struct document *d, const char *name, const struct json *entry,
                       struct api_price_list *list) {
    struct api_price p = api_price_none(d);
    p.place = entry->place;
    p.provider = json_get_string(entry, "litellm_provider");
    p.model_as_stated = name;
    p.input_usd_per_million = api_per_million(json_get_number(entry, "input_cost_per_token"));
    p.output_usd_per_million = api_per_million(json_get_number(entry, "output_cost_per_token"));
    p.cached_input_usd_per_million = api_per_million(
        first_number(entry, "cache_read_input_token_cost", "input_cost_per_token_cache_hit"));
    p.cache_write_usd_per_million =
        api_per_million(json_get_number(entry, "cache_creation_input_token_cost"));
    p.context_tokens = api_context(entry, "max_input_tokens");
    p.context_tokens = p.context_tokens ? p.context_tokens : api_context(entry, "max_tokens");
    p.source = "litellm";
    api_price_take(d, list, p);
}

static void read(const struct document *d, struct api_price_list *list) {
    for (size_t i = 0; i < d->root->count; i++) {
        const struct json *entry = d->root->items[i];
        bool documentation = strcmp(d->root->keys[i], "sample_spec") == 0;
        if (!documentation && is_entry(entry) && is_text(json_get_string(entry, "mode"))) {
            read_entry(d, d->root->keys[i], entry, list);
        }
    }
}

const struct api_format api_format_litellm = {"litellm", matches, read};
