/* All that a page is made from, as one number: pages of equal keys are equal bytes, so that one
   whose key is known need not be made. What prices does a page see, each with every member?
   - a pair's page: the current offers of its GPU, the API prices of its model (fingerprint.c);
   - a model's page about prices: the same of its cheapest GPU, and that GPU's past; of all other
     GPUs what the model is quoted there, not the offers that are dearer;
   - its page about training: the first offer of every GPU, and what the model is quoted at best;
   - a GPU's page: its offers, its past, and what each model is quoted on it;
   - the pages about accuracy: none.
   What else the build reads is in the hash that the caller gives. tests/unit/page_key_test.c holds
   this to what the pages do see. */
#include "page/key.h"

#include "base/buf.h"
#include "base/hash.h"
#include "engine/history.h"
#include "engine/quote.h"
#include "page/plan.h"
#include "page/training.h"

#include <stdlib.h>

static void put_bytes(struct buf *out, const void *bytes, size_t n) {
    buf_put(out, bytes, n);
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

static void put_number(struct buf *out, uint64_t number) {
    put_bytes(out, &number, sizeof number);
}

static uint64_t listing_key(const struct page_plan *plan, const struct listing *listing,
                            struct buf *out) {
    buf_reset(out);
    key_put_row(out, key_offer_fields, listing->offer);
    key_put_text(out, plan->platforms[listing->platform].name);
    return hash_bytes(out->data, out->len, 0);
}

/* 0: none. */
static uint64_t key_of_listing(const struct page_plan *plan, uint32_t gpu,
                               const struct listing *listing) {
    return listing ? plan->listing_keys[gpu][listing - plan->gpu_markets[gpu].listings] : 0;
}

static uint64_t gpu_key(const struct gpu_market *market, const uint64_t *listing_keys,
                        const struct listing **room, struct buf *out) {
    buf_reset(out);
    put_bytes(out, listing_keys, market->count * sizeof *listing_keys);
    put_order(out, market, room);
    return hash_bytes(out->data, out->len, 0);
}

static uint64_t model_key(const struct model_market *market, struct buf *out) {
    buf_reset(out);
    for (size_t i = 0; i < market->count; i++)
        key_put_row(out, key_api_price_fields, market->prices[i]);
    put_bytes(out, &market->median_usd_per_million, sizeof market->median_usd_per_million);
    return hash_bytes(out->data, out->len, 0);
}

static uint64_t firsts_key(const struct page_plan *plan, struct buf *out) {
    buf_reset(out);
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++) {
        const struct gpu_market *market = &plan->gpu_markets[g];
        put_number(out, market->ranked ? plan->listing_keys[g][0] : 0);
        put_bytes(out, &market->low_usd_per_gpu_hour, sizeof market->low_usd_per_gpu_hour);
    }
    return hash_bytes(out->data, out->len, 0);
}

static uint64_t quotes_key(const struct page_plan *plan, struct buf *out) {
    buf_reset(out);
    for (size_t i = 0; i < plan->catalog->gpu_count * plan->catalog->site.gpu_count_count; i++) {
        const struct offer *offer = plan->quotes[i].offer;
        buf_putc(out, offer ? 'o' : '-');
        if (offer)
            key_put_row(out, key_offer_fields, offer);
    }
    return hash_bytes(out->data, out->len, 0);
}

void key_build(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    const struct listing **room =
        ARENA_ARRAY(arena, catalog->offer_count + 1, const struct listing *);
    struct buf out = BUF_INIT;
    plan->gpu_keys = ARENA_ARRAY(arena, catalog->gpu_count + 1, uint64_t);
    plan->listing_keys = ARENA_ARRAY(arena, catalog->gpu_count + 1, uint64_t *);
    plan->model_keys = ARENA_ARRAY(arena, catalog->model_count + 1, uint64_t);
    for (size_t g = 0; g < catalog->gpu_count; g++) {
        const struct gpu_market *market = &plan->gpu_markets[g];
        uint64_t *keys = ARENA_ARRAY(arena, market->count + 1, uint64_t);
        for (size_t i = 0; i < market->count; i++)
            keys[i] = listing_key(plan, &market->listings[i], &out);
        plan->listing_keys[g] = keys;
        plan->gpu_keys[g] = gpu_key(market, keys, room, &out);
    }
    for (size_t m = 0; m < catalog->model_count; m++)
        plan->model_keys[m] = model_key(&plan->model_markets[m], &out);
    plan->firsts_key = firsts_key(plan, &out);
    plan->quotes_key = quotes_key(plan, &out);
    buf_free(&out);
}

static void put_pick(struct buf *out, const struct page_plan *plan, uint32_t gpu,
                     const struct pick *pick) {
    key_put_row(out, key_pick_fields, pick);
    put_number(out, key_of_listing(plan, gpu, pick->listing));
}

static void put_best(struct buf *out, const struct page_plan *plan, uint32_t model) {
    const struct best *best = plan_best(plan, model, 0);
    put_number(out, best->gpu);
    put_pick(out, plan, best->gpu, &best->pick);
}

static void put_past(struct buf *out, const struct gpu_market *market) {
    for (size_t i = 0; i < market->price_count; i++) {
        const struct priced_platform *platform = &market->prices[i];
        key_put_text(out, platform->name);
        put_number(out, platform->count);
        for (size_t k = 0; k < platform->count; k++) {
            put_bytes(out, &platform->points[k].day, sizeof platform->points[k].day);
            put_bytes(out, &platform->points[k].usd_per_gpu_hour, sizeof(double));
        }
    }
}

static void put_prices(struct buf *out, const struct page_plan *plan, uint32_t model) {
    uint32_t best = plan_best(plan, model, 0)->gpu;
    put_number(out, plan->model_keys[model]);
    put_number(out, plan->quotes_key);
    put_number(out, best); /* whose pick stands below, as of all */
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++)
        put_pick(out, plan, g, plan_pick(plan, model, g));
    if (best == UINT32_MAX)
        return;
    put_number(out, plan->gpu_keys[best]);
    put_past(out, &plan->gpu_markets[best]);
}

static void put_gpu(struct buf *out, const struct page_plan *plan, uint32_t gpu) {
    const struct gpu_market *market = &plan->gpu_markets[gpu];
    put_number(out, plan->gpu_keys[gpu]);
    for (size_t i = 0; i < market->history_count; i++) {
        const struct offer *offer = market->history[i];
        key_put_text(out, offer->platform_id);
        key_put_text(out, offer->as_of);
        put_bytes(out, &offer->gpu_count, sizeof offer->gpu_count);
        put_bytes(out, &offer->on_demand_usd_per_hour, sizeof offer->on_demand_usd_per_hour);
    }
    for (uint32_t m = 0; m < plan->catalog->model_count; m++)
        put_pick(out, plan, gpu, plan_pick(plan, m, gpu));
}

static bool put_seen(struct buf *out, const struct page_plan *plan,
                     const struct page_entry *entry) {
    switch (entry->kind) {
    case PAGE_COMBINATION:
        put_number(out, fingerprint_of(plan, entry));
        return true;
    case PAGE_MODEL_PRICE:
        put_prices(out, plan, entry->model);
        return true;
    case PAGE_MODEL_TRAINING:
        put_number(out, plan->firsts_key);
        put_number(out, training_usual_gpu(plan));
        put_best(out, plan, entry->model); /* its link to the calculator has these numbers */
        return true;
    case PAGE_GPU:
        put_gpu(out, plan, entry->gpu);
        return true;
    case PAGE_ACCURACY:
    case PAGE_ACCURACY_ROWS:
        return true;
    default:
        return false;
    }
}

uint64_t page_plan_key(const struct page_plan *plan, size_t index, uint64_t rest) {
    const struct page_entry *entry = &plan->entries[index];
    struct buf out = BUF_INIT;
    uint64_t hash = 0;
    if (rest && put_seen(&out, plan, entry)) {
        put_number(&out, rest);
        key_put_text(&out, plan->catalog->site.as_of);
        key_put_text(&out, entry->path);
        hash = hash_bytes(out.data, out.len, 0);
    }
    buf_free(&out);
    return hash;
}
