/* OpenRouter's /api/v1/models: prices as texts, US dollars per token; "-1" means none. */
#include "read/api_prices.h"

static const struct json *models(const struct document *d) {
    const struct json *data = json_get(d->root, "data");
    return data && data->kind == JSON_ARRAY ? data : NULL;
}

static bool matches(const struct document *d) {
    const struct json *data = models(d);
    return data && data->count && json_get(json_get(data->items[0], "pricing"), "prompt");
}

static void read_entry(const struct document *d, const struct json *model,
                       struct api_price_list *list) {
    const struct json *pricing = json_get(model, "pricing");
    const char *id = json_get_string(model, "id"), *hf = json_get_string(model, "hugging_face_id");
    struct api_price p = api_price_none(d);
    if (!id) {
        return;
    }
    p.place = model->place;
    p.provider = "OpenRouter";
    p.model_as_stated = id;
    p.hf_id = hf && hf[0] ? hf : NULL;
    p.input_usd_per_million = api_text_per_million(pricing, "prompt");
    p.output_usd_per_million = api_text_per_million(pricing, "completion");
    p.cached_input_usd_per_million = api_text_per_million(pricing, "input_cache_read");
    p.cache_write_usd_per_million = api_text_per_million(pricing, "input_cache_write");
    p.context_tokens = api_context(model, "context_length");
    p.source = "OpenRouter";
    api_price_take(d, list, p);
}

static void read(const struct document *d, struct api_price_list *list) {
    const struct json *data = models(d);
    for (size_t i = 0; i < json_count(data); i++) {
        read_entry(d, data->items[i], list);
    }
}

const struct api_format api_format_openrouter = {"OpenRouter", matches, read};
