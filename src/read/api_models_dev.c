/* models.dev: api.json (provider -> models -> model), the same without the "models" level, or one
   provider's models. US dollars per million tokens. */
#include "read/api_prices.h"

static bool is_object(const struct json *value) {
    return value && value->kind == JSON_OBJECT;
}

static bool is_model(const struct json *value) {
    return is_object(json_get(value, "cost")) || is_object(json_get(value, "limit"));
}

/* The object of a provider's models, whatever the form; NULL when it is none. */
static const struct json *models_of(const struct json *provider) {
    const struct json *models = json_get(provider, "models");
    models = is_object(models) ? models : provider;
    for (size_t i = 0; is_object(models) && i < models->count; i++) {
        if (is_model(models->items[i])) {
            return strncmp(models->keys[i], "chat:", 5) == 0 ? NULL : models;
        }
    }
    return NULL;
}

static bool matches(const struct document *d) {
    if (!is_object(d->root)) {
        return false;
    }
    for (size_t i = 0; i < d->root->count && i < 20; i++) {
        if (models_of(d->root->items[i])) {
            return true;
        }
    }
    return models_of(d->root) != NULL;
}

static void read_entry(const struct document *d, const char *provider, const char *name,
                       const struct json *model, struct api_price_list *list) {
    const struct json *cost = json_get(model, "cost");
    struct api_price p = api_price_none(d);
    p.place = model->place;
    p.provider = provider;
    p.model_as_stated = name;
    p.input_usd_per_million = json_get_number(cost, "input");
    p.output_usd_per_million = json_get_number(cost, "output");
    p.cached_input_usd_per_million = json_get_number(cost, "cache_read");
    p.cache_write_usd_per_million = json_get_number(cost, "cache_write");
    p.context_tokens = api_context(json_get(model, "limit"), "context");
    p.source = "models.dev";
    api_price_take(d, list, p);
}

static void read_provider(const struct document *d, const char *provider, const struct json *models,
                          struct api_price_list *list) {
    for (size_t i = 0; models && i < models->count; i++) {
        if (is_model(models->items[i])) {
            read_entry(d, provider, models->keys[i], models->items[i], list);
        }
    }
}

static void read(const struct document *d, struct api_price_list *list) {
    bool one = models_of(d->root) == d->root;
    if (one) {
        read_provider(d, document_stem(d), d->root, list);
        return;
    }
    for (size_t i = 0; i < d->root->count; i++) {
        read_provider(d, d->root->keys[i], models_of(d->root->items[i]), list);
    }
}

const struct api_format api_format_models_dev = {"models.dev", matches, read};
