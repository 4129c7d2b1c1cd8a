/* @llmgateway/models: models with providers; prices as texts, US dollars per token ("0.15e-6"). */
#include "read/api_prices.h"

static const struct json *providers_of(const struct json *model) {
    const struct json *providers = json_get(model, "providers");
    return providers && providers->kind == JSON_ARRAY ? providers : NULL;
}

static bool matches(const struct document *d) {
    const struct json *first = document_first(d);
    const struct json *providers = providers_of(first);
    return providers && providers->count && json_get_string(providers->items[0], "providerId");
}

static void read_provider(const struct document *d, const char *model, const struct json *provider,
                          struct api_price_list *list) {
    struct api_price p = api_price_none(d);
    p.place = provider->place;
    p.provider = json_get_string(provider, "providerId");
    p.model_as_stated = model;
    p.input_usd_per_million = api_text_per_million(provider, "inputPrice");
    p.output_usd_per_million = api_text_per_million(provider, "outputPrice");
    p.cached_input_usd_per_million = api_text_per_million(provider, "cachedInputPrice");
    p.precision = json_get_string(provider, "quantization");
    p.context_tokens = api_context(provider, "contextSize");
    p.source = "llmgateway";
    if (p.provider) {
        api_price_take(d, list, p);
    }
}

static void read(const struct document *d, struct api_price_list *list) {
    for (size_t i = 0; i < d->root->count; i++) {
        const char *id = json_get_string(d->root->items[i], "id");
        const struct json *providers = providers_of(d->root->items[i]);
        for (size_t j = 0; id && providers && j < providers->count; j++) {
            read_provider(d, id, providers->items[j], list);
        }
    }
}

const struct api_format api_format_llmgateway = {"llmgateway", matches, read};
