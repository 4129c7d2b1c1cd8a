/* All that a pair's page is made from, as one number: pages of equal keys are equal bytes, so that
   one whose key is known need not be made. Of prices a pair's page sees the current offers of its
   GPU and the API prices of its model, each with every field; what else the build reads is in the
   hash that the caller gives. tests/unit/page_key_test.c holds this to what the pages do see. */
#include "page/key.h"

#include "base/buf.h"
#include "base/hash.h"
#include "page/plan.h"

#include <stdlib.h>

#define FIELD(type, member, how)                                                                   \
    { #member, offsetof(struct type, member), sizeof((struct type *)0)->member, how }

/* clang-format off */
const struct key_field key_offer_fields[] = {
    FIELD(offer, platform, KEY_TEXT),
    FIELD(offer, platform_id, KEY_TEXT),
    FIELD(offer, instance, KEY_TEXT),
    FIELD(offer, gpu_as_stated, KEY_TEXT),
    FIELD(offer, gpu, KEY_OWNER),
    FIELD(offer, join_note, KEY_TEXT),
    FIELD(offer, gpu_assumed, KEY_BYTES),
    FIELD(offer, gpu_memory_gb, KEY_BYTES),
    FIELD(offer, gpu_count, KEY_BYTES),
    FIELD(offer, kind, KEY_BYTES),
    FIELD(offer, rankable, KEY_BYTES),
    FIELD(offer, on_demand_usd_per_hour, KEY_BYTES),
    FIELD(offer, spot_usd_per_hour, KEY_BYTES),
    FIELD(offer, reserved_1y_usd_per_hour, KEY_BYTES),
    FIELD(offer, reserved_3y_usd_per_hour, KEY_BYTES),
    FIELD(offer, region, KEY_TEXT),
    FIELD(offer, as_of, KEY_TEXT),
    FIELD(offer, source, KEY_TEXT),
    FIELD(offer, note, KEY_TEXT),
    FIELD(offer, place, KEY_ORDER),
    FIELD(offer, current, KEY_BYTES),
    FIELD(offer, per_gpu, KEY_BYTES),
    FIELD(offer, conflict, KEY_BYTES),
    FIELD(offer, duplicate, KEY_BYTES),
    FIELD(offer, implausible, KEY_BYTES),
    {NULL, 0, 0, KEY_BYTES}};

const struct key_field key_api_price_fields[] = {
    FIELD(api_price, provider, KEY_TEXT),
    FIELD(api_price, model_as_stated, KEY_TEXT),
    FIELD(api_price, hf_id, KEY_TEXT),
    FIELD(api_price, model, KEY_OWNER),
    FIELD(api_price, join_note, KEY_TEXT),
    FIELD(api_price, input_usd_per_million, KEY_BYTES),
    FIELD(api_price, output_usd_per_million, KEY_BYTES),
    FIELD(api_price, cached_input_usd_per_million, KEY_BYTES),
    FIELD(api_price, cache_write_usd_per_million, KEY_BYTES),
    FIELD(api_price, context_tokens, KEY_BYTES),
    FIELD(api_price, precision, KEY_TEXT),
    FIELD(api_price, as_of, KEY_TEXT),
    FIELD(api_price, source, KEY_TEXT),
    FIELD(api_price, place, KEY_ORDER),
    FIELD(api_price, current, KEY_BYTES),
    FIELD(api_price, free_tier, KEY_BYTES),
    {NULL, 0, 0, KEY_BYTES}};
/* clang-format on */

static void put_bytes(struct buf *out, const void *bytes, size_t n) {
    buf_put(out, bytes, n);
}

static void put_text(struct buf *out, const char *text) {
    buf_putc(out, text ? 't' : '-');
    if (text)
        put_bytes(out, text, strlen(text) + 1);
}

static void put_row(struct buf *out, const struct key_field *fields, const void *row) {
    for (; fields->name; fields++) {
        const char *at = (const char *)row + fields->offset;
        if (fields->how == KEY_BYTES)
            put_bytes(out, at, fields->size);
        if (fields->how == KEY_TEXT)
            put_text(out, *(const char *const *)(const void *)at);
    }
}

static int by_place(const void *left, const void *right) {
    const struct place *a = &(*(const struct listing *const *)left)->offer->place;
    const struct place *b = &(*(const struct listing *const *)right)->offer->place;
    int by = strcmp(a->file ? a->file : "", b->file ? b->file : "");
    return by ? by : (a->line > b->line) - (a->line < b->line);
}

/* Which of two equal offers is taken follows the order of their lines, not where these stand: a
   line above all of them changes nothing. */
static void put_order(struct buf *out, const struct gpu_market *market,
                      const struct listing **room) {
    for (size_t i = 0; i < market->count; i++)
        room[i] = &market->listings[i];
    if (market->count)
        qsort(room, market->count, sizeof(const struct listing *), by_place);
    for (size_t i = 0; i < market->count; i++) {
        uint32_t at = (uint32_t)(room[i] - market->listings);
        put_bytes(out, &at, sizeof at);
    }
}

static void put_gpu_market(struct buf *out, const struct page_plan *plan,
                           const struct gpu_market *market, const struct listing **room) {
    for (size_t i = 0; i < market->count; i++) {
        const struct listing *listing = &market->listings[i];
        put_row(out, key_offer_fields, listing->offer);
        put_text(out, plan->platforms[listing->platform].name);
    }
    put_order(out, market, room);
}

static void put_model_market(struct buf *out, const struct model_market *market) {
    for (size_t i = 0; i < market->count; i++)
        put_row(out, key_api_price_fields, market->prices[i]);
    put_bytes(out, &market->median_usd_per_million, sizeof market->median_usd_per_million);
}

void key_build(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    const struct listing **room =
        ARENA_ARRAY(arena, catalog->offer_count + 1, const struct listing *);
    struct buf out = BUF_INIT;
    plan->gpu_keys = ARENA_ARRAY(arena, catalog->gpu_count + 1, uint64_t);
    plan->model_keys = ARENA_ARRAY(arena, catalog->model_count + 1, uint64_t);
    for (size_t g = 0; g < catalog->gpu_count; g++) {
        buf_reset(&out);
        put_gpu_market(&out, plan, &plan->gpu_markets[g], room);
        plan->gpu_keys[g] = hash_bytes(out.data, out.len, 0);
    }
    for (size_t m = 0; m < catalog->model_count; m++) {
        buf_reset(&out);
        put_model_market(&out, &plan->model_markets[m]);
        plan->model_keys[m] = hash_bytes(out.data, out.len, 0);
    }
    buf_free(&out);
}

uint64_t page_plan_key(const struct page_plan *plan, size_t index, uint64_t rest) {
    const struct page_entry *entry = &plan->entries[index];
    if (!rest || entry->kind != PAGE_COMBINATION)
        return 0;
    const char *as_of = plan->catalog->site.as_of;
    const uint64_t parts[] = {rest, plan->gpu_keys[entry->gpu], plan->model_keys[entry->model],
                              fingerprint_of(plan, entry)};
    uint64_t hash = hash_bytes(parts, sizeof parts, 0);
    hash = hash_bytes(as_of, as_of ? strlen(as_of) : 0, hash);
    return hash_bytes(entry->path, strlen(entry->path), hash);
}
