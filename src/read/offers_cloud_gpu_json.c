/* cloud_gpu.json of cloud-gpus: vendors with one "costGPU" member a GPU, per GPU and hour as text
   ("$3.06", "-"). */
#include "read/offers.h"

static const struct json *vendors(const struct document *d) {
    const struct json *data = json_get(d->root, "data");
    return data && data->kind == JSON_ARRAY ? data : NULL;
}

static bool is_cost(const char *key) {
    return strncmp(key, "cost", 4) == 0 && key[4];
}

static bool matches(const struct document *d) {
    const struct json *data = vendors(d);
    const struct json *first = data && data->count ? data->items[0] : NULL;
    for (size_t i = 0; first && first->kind == JSON_OBJECT && i < first->count; i++) {
        if (is_cost(first->keys[i])) {
            return json_get_string(first, "name") != NULL;
        }
    }
    return false;
}

/* The member's name says the memory of the A100 only. */
static const char *gpu_of(const char *key) {
    const char *name = key + 4;
    return strcmp(name, "a100_40") == 0   ? "A100 40GB"
           : strcmp(name, "a100_80") == 0 ? "A100 80GB"
                                          : name;
}

static void read_vendor(const struct document *d, const struct json *vendor,
                        struct offer_list *list) {
    const char *name = json_get_string(vendor, "name");
    for (size_t i = 0; name && i < vendor->count; i++) {
        const struct json *value = vendor->items[i];
        if (!is_cost(vendor->keys[i]) || value->kind != JSON_STRING) {
            continue;
        }
        struct offer o = offer_none(d);
        o.platform = name;
        o.gpu_as_stated = gpu_of(vendor->keys[i]);
        o.region = document_text(json_get_string(vendor, "region"));
        o.place = vendor->key_places[i];
        o.on_demand_usd_per_hour = offer_price(d, value->string, value->place);
        o.source = "cloud-gpus";
        o.note = "published per GPU";
        offer_take(d, list, o);
    }
}

static void read(const struct document *d, struct offer_list *list) {
    const struct json *data = vendors(d);
    for (size_t i = 0; i < json_count(data); i++) {
        read_vendor(d, data->items[i], list);
    }
}

const struct offer_format offer_format_cloud_gpu_json = {"cloud_gpu.json", matches, read};
