/* @llmgateway/models: models with providers; prices as texts, US dollars per token ("0.15e-6"). */
#include "base/num.h"
#include "read/api_prices.h"

static const struct json *providers_of(const struct json *model) {
    const struct json *providers = json_get(model, "providers");
    return providers && providers->kind == JSON_ARRAY ? providers : NULL;
}

static bool matches(const struct document *d) {
    const struct json *first =
        d->root && d->root->kind == JSON_ARRAY && d->root->count ? d->root->items[0] : NULL;
    const struct json *providers = providers_of(first);
    return providers && providers->count && json_get_string(providers->items[0], "providerId");
}

static double per_million(const struct json *provider, const char *key) {
    const char *text = json_get_string(provider, key);
    double value;
    return text && num_parse(text, strlen(text), &value) && value >= 0 ? api_per_million(value)
                                                                       : NAN;
}

static void read_provider(const struct document *d, const char *model, const struct json *provider,
                          struct api_price_list *list) {
    struct api_price p = api_price_none(d);
    p.place = provider->place;
    p.provider = json_get_string(provider, "providerId");
    p.model_as_stated = model;
    p.input_usd_per_million = per_million(provider, "inputPrice");
    p.output_usd_per_million = per_million(provider, "outputPrice");
    p.cached_input_usd_per_million = per_million(provider, "cachedInputPrice");
    p.precision = json_get_string(provider, "quantization");
    double context = json_get_number(provider, "contextSize");
    p.context_tokens = context >= 1 && context <= 1e9 ? (uint64_t)context : 0;
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
