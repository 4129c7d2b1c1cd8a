/* The market as the pages see it: current offers by GPU and platform with their age, which of them
   may be ranked, and the API prices of each model. */
#include "page/plan.h"

#include "base/str.h"
#include "engine/compare.h"
#include "engine/history.h"
#include "engine/quote.h"
#include "page/phrases.h"
#include "page/values.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *listing_note(const struct listing *listing) {
    switch (listing->unranked) {
    case RANKED:
        return "";
    case UNRANKED_STALE:
        return listing->age_days < 0 ? "undated: not ranked" : "too old to rank";
    case UNRANKED_NO_ON_DEMAND:
        return "no on-demand price";
    case UNRANKED_IMPLAUSIBLE:
        return "far below all others: not ranked";
    case UNRANKED_PARTIAL:
        return "GPU without its host, or a market figure";
    }
    return "";
}

int plan_age_days(const struct page_plan *plan, const char *date) {
    int days;
    if (!date || !quote_days(date, plan->catalog->site.as_of, &days))
        return -1;
    return days > 0 ? days : 0;
}

/* A total order, so that the pages do not depend on the order of the input files. */
static int compare_listings(const void *left, const void *right) {
    const struct listing *a = left, *b = right;
    if ((a->unranked == RANKED) != (b->unranked == RANKED))
        return a->unranked == RANKED ? -1 : 1;
    double x = isnan(a->usd_per_gpu_hour) ? INFINITY : a->usd_per_gpu_hour;
    double y = isnan(b->usd_per_gpu_hour) ? INFINITY : b->usd_per_gpu_hour;
    if (x != y)
        return x < y ? -1 : 1;
    int by = str_order(a->offer->platform_id, b->offer->platform_id);
    if (by == 0)
        by = str_order(a->offer->instance, b->offer->instance);
    if (by == 0)
        by = str_order(a->offer->region, b->offer->region);
    if (by == 0)
        by = (a->offer->gpu_count > b->offer->gpu_count) -
             (a->offer->gpu_count < b->offer->gpu_count);
    return by ? by : (a->offer > b->offer) - (a->offer < b->offer);
}

static int compare_dates(const void *left, const void *right) {
    const struct offer *a = *(const struct offer *const *)left;
    const struct offer *b = *(const struct offer *const *)right;
    int by = str_order(a->as_of, b->as_of);
    return by ? by : (a > b) - (a < b);
}

static int compare_platforms(const void *left, const void *right) {
    return strcmp(((const struct platform *)left)->id, ((const struct platform *)right)->id);
}

static bool has_room(const struct offer *offer, uint32_t gpus) {
    return quote_room(offer, gpus).instances > 0;
}

static double usd_per_hour(const struct offer *offer, uint32_t gpus) {
    struct room room = quote_room(offer, gpus);
    return room.instances ? quote_usd_in(&room, offer->on_demand_usd_per_hour) : NAN;
}

static struct listing listing_of(const struct page_plan *plan, const struct offer *offer) {
    struct quote quote = quote_of(&plan->catalog->site, offer, PRICE_ON_DEMAND);
    struct listing listing = {.offer = offer,
                              .age_days = plan_age_days(plan, offer->as_of),
                              .usd_per_gpu_hour = quote.usd_per_gpu_hour};
    for (size_t i = 0; i < MARKET_SIZES; i++) {
        listing.usd_per_hour[i] = usd_per_hour(offer, 1u << i);
        listing.runs[i] = has_room(offer, 1u << i);
    }
    if (isnan(quote.usd_per_hour))
        listing.unranked = UNRANKED_NO_ON_DEMAND;
    else if (offer->kind == OFFER_COMPONENT || offer->kind == OFFER_INDEX)
        listing.unranked = UNRANKED_PARTIAL;
    else if (offer->implausible)
        listing.unranked = UNRANKED_IMPLAUSIBLE;
    else if (quote.stale)
        listing.unranked = UNRANKED_STALE;
    return listing;
}

void market_find_platforms(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    struct platform *all = ARENA_ARRAY(arena, catalog->offer_count + 1, struct platform);
    size_t count = 0;
    for (size_t i = 0; i < catalog->offer_count; i++) {
        const struct offer *offer = &catalog->offers[i];
        if (offer->gpu && offer->current && !offer->duplicate)
            all[count++] = (struct platform){.id = offer->platform_id, .name = offer->platform};
    }
    qsort(all, count, sizeof *all, compare_platforms);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(all[i].id, all[i - 1].id) != 0)
            all[plan->platform_count++] = all[i];
    plan->platforms = all;
}

const struct platform *plan_platform(const struct page_plan *plan, const char *id) {
    struct platform key = {.id = id};
    return plan->platform_count
               ? bsearch(&key, plan->platforms, plan->platform_count, sizeof key, compare_platforms)
               : NULL;
}

static uint32_t platform_index(const struct page_plan *plan, const char *id) {
    return (uint32_t)(plan_platform(plan, id) - plan->platforms);
}

/* Many pages show a listing: its texts are made once. */
static void write_texts(struct arena *arena, const struct page_plan *plan,
                        struct listing *listing) {
    const struct offer *offer = listing->offer;
    listing->source = phrase_price_source(arena, offer);
    listing->link = value_link(plan->platforms[listing->platform].name,
                               href_platform(arena, offer->platform_id));
    listing->gpu_hour =
        value_from(value_usd_listed(arena, listing->usd_per_gpu_hour), FROM_INPUT, listing->source);
    listing->age = value_age(arena, listing->age_days);
}

static void summarise(struct gpu_market *market) {
    market->low_usd_per_gpu_hour = market->median_usd_per_gpu_hour = NAN;
    const struct listing *listings = market->listings;
    while (market->ranked < market->count && listings[market->ranked].unranked == RANKED)
        market->ranked++;
    size_t n = market->ranked;
    if (n == 0)
        return;
    market->low_usd_per_gpu_hour = listings[0].usd_per_gpu_hour;
    market->median_usd_per_gpu_hour =
        (listings[(n - 1) / 2].usd_per_gpu_hour + listings[n / 2].usd_per_gpu_hour) / 2;
    for (size_t i = 0; i < n; i++) {
        size_t j = 0;
        while (j < i && listings[j].platform != listings[i].platform)
            j++;
        market->platform_count += j == i;
    }
}

static bool is_dated(const struct offer *offer) {
    return offer->as_of && !isnan(offer->on_demand_usd_per_hour) && history_counts(offer);
}

static const struct listing *find_cheapest(const struct gpu_market *market, uint32_t gpus) {
    const struct listing *best = NULL;
    struct quote least = {.offer = NULL};
    for (size_t i = 0; i < market->ranked; i++) {
        const struct listing *listing = &market->listings[i];
        /* Sorted by price per GPU, which is the least that a group can pay for each of its own. */
        if (best && listing->usd_per_gpu_hour * gpus > least.usd_per_hour)
            break;
        struct quote quote = {.offer = listing->offer,
                              .usd_per_hour = listing_usd_per_hour(listing, gpus)};
        if (quote.usd_per_hour > 0 && quote_before(&quote, &least)) {
            best = listing;
            least = quote;
        }
    }
    return best;
}

/* Which of the sizes; MARKET_SIZES: none. */
static size_t size_index(uint32_t gpus) {
    size_t i = 0;
    while (i < MARKET_SIZES && gpus != 1u << i)
        i++;
    return i;
}

double listing_usd_per_hour(const struct listing *listing, uint32_t gpus) {
    size_t size = size_index(gpus);
    return size < MARKET_SIZES ? listing->usd_per_hour[size] : usd_per_hour(listing->offer, gpus);
}

const struct listing *market_cheapest(const struct gpu_market *market, uint32_t gpus) {
    size_t size = size_index(gpus);
    return size < MARKET_SIZES ? market->cheapest[size] : find_cheapest(market, gpus);
}

/* Counts per GPU first, so that one pass can place every offer. */
static void build_gpu_markets(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    size_t gpus = catalog->gpu_count;
    size_t *current = ARENA_ARRAY(arena, gpus + 1, size_t);
    size_t *dated = ARENA_ARRAY(arena, gpus + 1, size_t);
    struct listing **listings = ARENA_ARRAY(arena, gpus + 1, struct listing *);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < catalog->offer_count; i++) {
            const struct offer *offer = &catalog->offers[i];
            if (!offer->gpu || offer->duplicate)
                continue;
            size_t g = (size_t)(offer->gpu - catalog->gpus);
            struct gpu_market *market = &plan->gpu_markets[g];
            if (pass == 0) {
                current[g] += offer->current;
                dated[g] += is_dated(offer);
                continue;
            }
            if (is_dated(offer))
                market->history[market->history_count++] = offer;
            if (!offer->current)
                continue;
            struct listing listing = listing_of(plan, offer);
            listing.platform = platform_index(plan, offer->platform_id);
            listings[g][market->count++] = listing;
        }
        for (size_t g = 0; pass == 0 && g < gpus; g++) {
            listings[g] = ARENA_ARRAY(arena, current[g] + 1, struct listing);
            plan->gpu_markets[g].history = ARENA_ARRAY(arena, dated[g] + 1, const struct offer *);
        }
    }
    for (size_t g = 0; g < gpus; g++) {
        struct gpu_market *market = &plan->gpu_markets[g];
        qsort(listings[g], market->count, sizeof(struct listing), compare_listings);
        qsort(market->history, market->history_count, sizeof *market->history, compare_dates);
        for (size_t i = 0; i < market->count; i++)
            write_texts(arena, plan, &listings[g][i]);
        market->listings = listings[g];
        market->prices = history_platforms(catalog, &catalog->gpus[g], PRICE_ON_DEMAND, arena,
                                           &market->price_count);
        summarise(market);
        for (size_t i = 0; i < MARKET_SIZES; i++)
            market->cheapest[i] = find_cheapest(market, 1u << i);
    }
}

static void build_platforms(struct arena *arena, struct page_plan *plan) {
    for (int pass = 0; pass < 2; pass++) {
        for (size_t g = 0; g < plan->catalog->gpu_count; g++) {
            const struct gpu_market *market = &plan->gpu_markets[g];
            for (size_t i = 0; i < market->count; i++) {
                const struct listing *listing = &market->listings[i];
                struct platform *platform = &plan->platforms[listing->platform];
                if (pass == 1)
                    platform->listings[platform->count] = listing;
                platform->count++;
                platform->ranked += pass == 1 && listing->unranked == RANKED;
                if (str_order(platform->newest, listing->offer->as_of) < 0)
                    platform->newest = listing->offer->as_of;
            }
        }
        for (size_t p = 0; pass == 0 && p < plan->platform_count; p++) {
            plan->platforms[p].listings =
                ARENA_ARRAY(arena, plan->platforms[p].count + 1, const struct listing *);
            plan->platforms[p].count = 0;
        }
    }
}

static void build_model_markets(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    const struct workload any = {NULL, NULL, 3, 1};
    const struct workload *first = catalog->site.workload_count ? catalog->site.workloads : &any;
    struct api_case what = {.catalog = catalog,
                            .served = {NAN, NAN, first->input_tokens, first->output_tokens, 1},
                            .requests_per_user_per_day = 1};
    for (size_t m = 0; m < catalog->model_count; m++) {
        struct model_market *market = &plan->model_markets[m];
        what.model = &catalog->models[m];
        const struct api_row *rows = compare_apis(&what, arena, &market->count, &market->fresh);
        market->median_usd_per_million =
            compare_api_median(rows, market->count, market->fresh, arena);
        market->prices = ARENA_ARRAY(arena, market->count + 1, const struct api_price *);
        market->notes = ARENA_ARRAY(arena, market->count + 1, const char *);
        for (size_t i = 0; i < market->count; i++) {
            market->prices[i] = rows[i].price;
            market->notes[i] = phrase_unranked(rows[i].stale, rows[i].doubtful);
        }
    }
}

static void build_quotes(struct arena *arena, struct page_plan *plan) {
    const struct site *site = &plan->catalog->site;
    size_t sizes = site->gpu_count_count;
    plan->quotes = ARENA_ARRAY(arena, plan->catalog->gpu_count * sizes + 1, struct quote);
    for (size_t i = 0; i < plan->catalog->gpu_count * sizes; i++) {
        uint32_t gpus = site->gpu_counts[i % sizes];
        const struct listing *listing = market_cheapest(&plan->gpu_markets[i / sizes], gpus);
        if (listing && !listing->offer->gpu->announced)
            plan->quotes[i] = quote_group(site, listing->offer, gpus, PRICE_ON_DEMAND);
    }
}

void market_build(struct arena *arena, struct page_plan *plan) {
    plan->gpu_markets = ARENA_ARRAY(arena, plan->catalog->gpu_count + 1, struct gpu_market);
    plan->model_markets = ARENA_ARRAY(arena, plan->catalog->model_count + 1, struct model_market);
    market_find_platforms(arena, plan);
    build_gpu_markets(arena, plan);
    build_quotes(arena, plan);
    build_platforms(arena, plan);
    build_model_markets(arena, plan);
}

bool listing_runs(const struct listing *listing, uint32_t gpus) {
    size_t size = size_index(gpus);
    return size < MARKET_SIZES ? listing->runs[size] : has_room(listing->offer, gpus);
}

double api_usd_per_million(const struct page_plan *plan, const struct api_price *price,
                           const struct workload *workload) {
    double input = workload->input_tokens, output = workload->output_tokens;
    struct token_price api = economics_api_price(price);
    return economics_request_usd(&api, input, output, 0) /
           (plan->catalog->site.gamma * input + output) * 1e6;
}

double api_median(const struct page_plan *plan, uint32_t model) {
    return plan->model_markets[model].median_usd_per_million;
}
