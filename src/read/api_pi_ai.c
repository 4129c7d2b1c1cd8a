/* @earendil-works/pi-ai catalogs: API -> "chat:MODEL" -> model; US dollars per million tokens,
   0 in a cache price means none. */
#include "read/api_prices.h"

static bool is_chat(const char *key) {
    return strncmp(key, "chat:", 5) == 0;
}

static bool matches(const struct document *d) {
    const struct json *first =
        d->root && d->root->kind == JSON_OBJECT && d->root->count ? d->root->items[0] : NULL;
    return first && first->kind == JSON_OBJECT && first->count && is_chat(first->keys[0]) &&
           json_get(first->items[0], "cost");
}

static void read_entry(const struct document *d, const struct json *model,
                       struct api_price_list *list) {
    const struct json *cost = json_get(model, "cost");
    struct api_price p = api_price_none(d);
    p.place = model->place;
    p.provider = json_get_string(model, "provider");
    p.model_as_stated = json_get_string(model, "id");
    p.input_usd_per_million = json_get_number(cost, "input");
    p.output_usd_per_million = json_get_number(cost, "output");
    p.cached_input_usd_per_million = json_get_number(cost, "cacheRead");
    p.cache_write_usd_per_million = json_get_number(cost, "cacheWrite");
    p.context_tokens = api_context(model, "contextWindow");
    p.source = "pi-ai";
    if (p.provider && p.model_as_stated) {
        api_price_take(d, list, p);
    }
}

static void read(const struct document *d, struct api_price_list *list) {
    for (size_t i = 0; i < d->root->count; i++) {
        const struct json *api = d->root->items[i];
        for (size_t j = 0; api->kind == JSON_OBJECT && j < api->count; j++) {
            if (is_chat(api->keys[j])) {
                read_entry(d, api->items[j], list);
            }
        }
    }
}

const struct api_format api_format_pi_ai = {"pi-ai", matches, read};
