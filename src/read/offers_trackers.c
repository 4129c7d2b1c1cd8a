/* Trackers that publish dated JSON: gpu-price-tracker and gpu-price-feed (JSON lines), and
   gpurentalprices.com snapshots. All prices are per GPU. */
#include "read/offers.h"
#include "read/schema.h"

static const char *day_of(const struct document *d, const char *text) {
    const char *day = schema_day(d->input->arena, text);
    return day ? day : d->date;
}

/* ---- tugot17/gpu-price-tracker: {"timestamp","gpu_type","socket_type","by_provider"} ---- */

static bool market_matches(const struct document *d) {
    return d->line_count && json_get_string(d->lines[0], "gpu_type") &&
           json_get(d->lines[0], "price_stats");
}

static bool same_text(const char *a, const char *b) {
    return a && b && strcmp(a, b) == 0;
}

/* Several records a day: the last one stands. */
static bool superseded(const struct document *d, size_t i) {
    if (i + 1 >= d->line_count) {
        return false;
    }
    const struct json *a = d->lines[i], *b = d->lines[i + 1];
    return same_text(json_get_string(a, "gpu_type"), json_get_string(b, "gpu_type")) &&
           same_text(json_get_string(a, "socket_type"), json_get_string(b, "socket_type")) &&
           same_text(day_of(d, json_get_string(a, "timestamp")),
                     day_of(d, json_get_string(b, "timestamp")));
}

static void market_line(const struct document *d, const struct json *line,
                        struct offer_list *list) {
    const char *gpu = json_get_string(line, "gpu_type"),
               *socket = json_get_string(line, "socket_type");
    const struct json *providers = json_get(line, "by_provider");
    for (size_t i = 0; gpu && providers && providers->kind == JSON_OBJECT && i < providers->count;
         i++) {
        struct offer o = offer_none(d);
        o.platform = providers->keys[i];
        o.gpu_as_stated =
            socket && socket[0] ? arena_printf(d->input->arena, "%s %s", gpu, socket) : gpu;
        o.kind = OFFER_INDEX;
        o.place = providers->key_places[i];
        o.as_of = day_of(d, json_get_string(line, "timestamp"));
        o.on_demand_usd_per_hour = offer_member(d, providers->items[i], "avg");
        o.source = "gpu-price-tracker";
        o.note = "mean of all listings of the provider, spot among them";
        offer_take(d, list, o);
    }
}

static void market_read(const struct document *d, struct offer_list *list) {
    for (size_t i = 0; i < d->line_count; i++) {
        if (!superseded(d, i)) {
            market_line(d, d->lines[i], list);
        }
    }
}

const struct offer_format offer_format_market = {"gpu-price-tracker", market_matches, market_read};

/* ---- toolshedlabs gpu-price-feed: {"date","cheapest":{provider:{GPU:usd}}} ---- */

static bool feed_matches(const struct document *d) {
    const struct json *cheapest = d->line_count ? json_get(d->lines[0], "cheapest") : NULL;
    return cheapest && cheapest->kind == JSON_OBJECT && json_get_string(d->lines[0], "date");
}

static void feed_provider(const struct document *d, const char *date, const char *provider,
                          const struct json *gpus, struct offer_list *list) {
    for (size_t i = 0; gpus->kind == JSON_OBJECT && i < gpus->count; i++) {
        struct offer o = offer_none(d);
        o.platform = provider;
        o.gpu_as_stated = gpus->keys[i];
        o.instance = "cheapest per GPU";
        o.kind = strcmp(provider, "vastai") == 0 ? OFFER_MARKETPLACE : OFFER_INSTANCE;
        o.place = gpus->key_places[i];
        o.as_of = day_of(d, date);
        o.on_demand_usd_per_hour = gpus->items[i]->kind == JSON_NUMBER
                                       ? offer_number(d, gpus->items[i]->number, o.place)
                                       : NAN;
        o.source = "gpu-price-feed";
        o.note = "cheapest price per GPU over the sizes";
        offer_take(d, list, o);
    }
}

static void feed_read(const struct document *d, struct offer_list *list) {
    for (size_t i = 0; i < d->line_count; i++) {
        const struct json *cheapest = json_get(d->lines[i], "cheapest");
        const char *date = json_get_string(d->lines[i], "date");
        for (size_t j = 0; cheapest && cheapest->kind == JSON_OBJECT && j < cheapest->count; j++) {
            feed_provider(d, date, cheapest->keys[j], cheapest->items[j], list);
        }
    }
}

const struct offer_format offer_format_feed = {"gpu-price-feed", feed_matches, feed_read};

/* ---- gpurentalprices.com snapshots: {"date","offers":[{provider,gpu,usd_hr,kind,...}]} ---- */

static bool snapshot_matches(const struct document *d) {
    const struct json *offers = json_get(d->root, "offers");
    return offers && offers->kind == JSON_ARRAY && offers->count &&
           json_get(offers->items[0], "usd_hr");
}

static void snapshot_offer(const struct document *d, const char *date, const struct json *row,
                           struct offer_list *list) {
    const char *kind = json_get_string(row, "kind");
    double least = json_get_number(row, "min_gpus");
    struct offer o = offer_none(d);
    o.platform = json_get_string(row, "provider");
    o.gpu_as_stated = json_get_string(row, "gpu");
    o.instance = kind && strcmp(kind, "spot") != 0 ? kind : "on-demand";
    o.kind = kind && strcmp(kind, "serverless") == 0 ? OFFER_SERVERLESS : OFFER_INSTANCE;
    o.gpu_count = least >= 1 && least <= 1000 ? (uint32_t)least : 1;
    double memory_gb = json_get_number(row, "vram_gb");
    o.gpu_memory_gb = memory_gb > 0 ? memory_gb : NAN; /* 0 is not said */
    o.place = row->place;
    o.as_of = date;
    o.source = "gpurentalprices.com, CC BY 4.0";
    o.note = json_get_string(row, "source_url");
    double usd = offer_member(d, row, "usd_hr") * o.gpu_count;
    bool spot = kind && strcmp(kind, "spot") == 0;
    o.on_demand_usd_per_hour = spot ? NAN : usd;
    o.spot_usd_per_hour = spot ? usd : NAN;
    if (o.platform && o.gpu_as_stated) {
        offer_take(d, list, o);
    }
}

static void snapshot_read(const struct document *d, struct offer_list *list) {
    const struct json *offers = json_get(d->root, "offers");
    const char *date = day_of(d, json_get_string(d->root, "date"));
    for (size_t i = 0; i < offers->count; i++) {
        snapshot_offer(d, date, offers->items[i], list);
    }
}

const struct offer_format offer_format_snapshot = {"gpurentalprices.com", snapshot_matches,
                                                   snapshot_read};
