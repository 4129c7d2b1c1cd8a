/* A platform's page: what it rents, how that compares with the market, what it is best for. */
#include "page/draft.h"
#include "page/phrases.h"
#include "page/plan.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

struct platform_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    uint32_t index;
    const struct platform *platform;
};

static const struct gpu_market *market_of(const struct platform_page *p,
                                          const struct listing *listing) {
    return &p->plan->gpu_markets[listing->offer->gpu - p->plan->catalog->gpus];
}

static size_t gpu_types(const struct platform_page *p) {
    size_t n = 0;
    for (size_t i = 0; i < p->platform->count; i++) {
        size_t j = 0;
        while (j < i &&
               p->platform->listings[j]->offer->gpu != p->platform->listings[i]->offer->gpu)
            j++;
        n += j == i;
    }
    return n;
}

/* Models whose cheapest offer, for the first workload, is here. */
static size_t wins(const struct platform_page *p, const struct listing **example, uint32_t *model) {
    size_t n = 0;
    for (uint32_t m = 0; m < p->plan->catalog->model_count; m++) {
        const struct best *best = plan_best(p->plan, m, 0);
        if (best->gpu == UINT32_MAX || best->pick.listing->platform != p->index)
            continue;
        if (n++ == 0) {
            *example = best->pick.listing;
            *model = m;
        }
    }
    return n;
}

/* The ranked listing that is cheapest against its GPU's median. */
static const struct listing *bargain(const struct platform_page *p, double *ratio) {
    const struct listing *best = NULL;
    for (size_t i = 0; i < p->platform->count; i++) {
        const struct listing *listing = p->platform->listings[i];
        double against = listing->usd_per_gpu_hour / market_of(p, listing)->median_usd_per_gpu_hour;
        if (listing->unranked == RANKED && (!best || against < *ratio)) {
            best = listing;
            *ratio = against;
        }
    }
    return best;
}

static const char *answer(const struct platform_page *p) {
    struct arena *arena = p->arena;
    const struct listing *example = NULL;
    uint32_t model = 0;
    double ratio = NAN;
    size_t types = gpu_types(p), best = wins(p, &example, &model);
    const struct listing *listing = bargain(p, &ratio);
    const char *first = arena_printf(arena, "%s rents %s", p->platform->name,
                                     words_plural(arena, (double)types, "kind of GPU"));
    if (types != 1)
        first = arena_printf(arena, "%s rents %s kinds of GPU", p->platform->name,
                             words_exact(arena, (double)types));
    if (!listing)
        return arena_printf(arena, "%s; none at a current on-demand price%s%s.", first,
                            p->platform->newest ? ": the newest is of " : "",
                            p->platform->newest ? p->platform->newest : "");
    const char *second = arena_printf(arena, "; the best value is %s at %s per GPU-hour, %s",
                                      phrase_gpu(listing->offer->gpu),
                                      words_usd_listed(arena, listing->usd_per_gpu_hour),
                                      market_of(p, listing)->platform_count > 1
                                          ? phrase_versus(arena, ratio, 1, "the market's median")
                                          : "which nobody else has on offer");
    if (best == 0)
        return arena_printf(arena, "%s%s.", first, second);
    const char *name = p->plan->catalog->models[model].name;
    if (best == 1)
        return arena_printf(arena, "%s%s. It is the cheapest place for %s.", first, second, name);
    return arena_printf(arena,
                        "%s%s. It is the cheapest place for %zu of %zu models, %s among them.",
                        first, second, best, p->plan->catalog->model_count, name);
}

static void figures(struct platform_page *p) {
    struct arena *arena = p->arena;
    const struct platform *platform = p->platform;
    double low = INFINITY;
    int youngest = -1;
    const struct listing *cheapest = NULL;
    for (size_t i = 0; i < platform->count; i++) {
        const struct listing *listing = platform->listings[i];
        if (listing->unranked == RANKED && listing->usd_per_gpu_hour < low) {
            low = listing->usd_per_gpu_hour;
            cheapest = listing;
        }
        if (listing->age_days >= 0 && (youngest < 0 || listing->age_days < youngest))
            youngest = listing->age_days;
    }
    struct figure out[3] = {
        {"Offers", value_exact(arena, (double)platform->count), NULL,
         arena_printf(arena, "%zu of them ranked", platform->ranked)},
        {"Age of the newest price", value_age(arena, youngest), NULL, platform->newest},
        {"From",
         value_from(value_usd_listed(arena, low), FROM_INPUT, cheapest ? cheapest->source : NULL),
         "per GPU-hour", cheapest ? phrase_gpu(cheapest->offer->gpu) : NULL},
    };
    draft_figures(&p->draft, out, cheapest ? 3 : 2);
}

static const char *market_finding(struct arena *arena, size_t below, size_t all) {
    if (below == 0)
        return arena_printf(arena, "All %zu GPUs cost more than the market's median", all);
    if (below == all)
        return arena_printf(arena, "None of %zu GPUs costs more than the market's median", all);
    return arena_printf(arena, "%zu of %zu GPUs cost%s no more than the market's median", below,
                        all, below == 1 ? "s" : "");
}

/* Its price of each GPU against the market's median. */
static void market_chart(struct platform_page *p) {
    enum { MOST = 12 };
    struct arena *arena = p->arena;
    const char **labels = ARENA_ARRAY(arena, MOST, const char *);
    double *x = ARENA_ARRAY(arena, MOST, double), *own = ARENA_ARRAY(arena, MOST, double);
    double *median = ARENA_ARRAY(arena, MOST, double);
    const struct gpu *last = NULL;
    size_t n = 0, below = 0;
    /* Listings come by GPU, cheapest first within one. */
    for (size_t i = 0; i < p->platform->count && n < MOST; i++) {
        const struct listing *listing = p->platform->listings[i];
        if (listing->unranked != RANKED || listing->offer->gpu == last)
            continue;
        last = listing->offer->gpu;
        labels[n] = phrase_gpu(last);
        x[n] = (double)n;
        own[n] = listing->usd_per_gpu_hour;
        median[n] = market_of(p, listing)->median_usd_per_gpu_hour;
        below += own[n] <= median[n];
        n++;
    }
    if (n < 2)
        return;
    struct chart_series *series = ARENA_ARRAY(arena, 2, struct chart_series);
    series[0] = (struct chart_series){
        .name = p->platform->name, .kind = SERIES_BAR, .colour = 0, .x = x, .y = own, .count = n};
    series[1] = (struct chart_series){
        .name = "Market median", .kind = SERIES_BAR, .colour = 1, .x = x, .y = median, .count = n};
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart =
        (struct chart){.kind = CHART_BARS,
                       .id = "market",
                       .title = market_finding(arena, below, n),
                       .x = {.label = "GPU", .unit = "", .categories = labels, .category_count = n},
                       .y = {.label = "On demand", .unit = "$ per GPU-hour", .from_zero = true},
                       .series = series,
                       .series_count = 2};
    draft_chart_alone(&p->draft, "market", chart, NULL);
}

static void offer_cells(struct platform_page *p, struct rows *rows, const struct listing *listing) {
    struct arena *arena = p->arena;
    const struct offer *offer = listing->offer;
    const struct gpu_market *market = market_of(p, listing);
    uint32_t gpu = (uint32_t)(offer->gpu - p->plan->catalog->gpus);
    uint32_t reference = p->plan->reference_model;
    const struct pick *pick = plan_pick(p->plan, reference, gpu);
    double gpus = offer->gpu_count ? offer->gpu_count : 1;
    rows_put(rows, value_link(phrase_gpu(offer->gpu), href_gpu(arena, offer->gpu)));
    rows_put_prices(rows, offer);
    rows_put(rows, value_times(arena, listing->usd_per_gpu_hour / market->median_usd_per_gpu_hour));
    rows_put(rows, value_from(listing->age, FROM_INPUT, NULL));
    bool runs = pick->reason == REASON_NONE && pick->listing && listing->unranked == RANKED &&
                listing_runs(listing, pick->gpus);
    rows_put(rows, runs ? value_from(value_usd(arena, pick_usd_per_million(pick, listing)),
                                     pick->provenance, NULL)
                        : value_infeasible(pick->reason));
    rows_put(rows, value_exact(arena, gpus));
    rows_put(rows, value_text(offer->instance));
    rows_put(rows, value_text(offer->region));
    rows_put(rows, value_text(listing_note(listing)));
}

static void offers(struct platform_page *p) {
    struct arena *arena = p->arena;
    struct column *columns = ARENA_ARRAY(arena, 12, struct column);
    const struct column fixed[12] = {
        {"gpu", "GPU", NULL, false, true},
        PRICE_COLUMNS,
        {"of_median", "Of the median", NULL, true, false},
        {"price_age_days", "Price age", NULL, true, false},
        {"usd_per_million_output", NULL, "$ / 1M output", true, false},
        {"gpu_count", "GPUs", NULL, true, false},
        {"instance", "Instance", NULL, false, false},
        {"region", "Region", NULL, false, true},
        {"note", "Note", NULL, false, false},
    };
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        columns[i] = fixed[i];
    columns[7].head = p->plan->catalog->models[p->plan->reference_model].name;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(fixed), p->platform->count);
    for (size_t i = 0; i < p->platform->count; i++)
        offer_cells(p, &rows, p->platform->listings[i]);
    rows_drop_empty(&rows);
    struct table *table =
        draft_table(&p->draft, "offers", "Everything it rents", &rows, "$ per GPU-hour");
    if (table)
        table->sortable = table->downloadable = true;
}

/* Platforms whose names begin with the same word, which lists keep apart: "RunPod Secure", "RunPod
   Community"; then the method. */
static void see_also(struct platform_page *p) {
    const struct page_plan *plan = p->plan;
    size_t word = strcspn(p->platform->name, " /"), n = 0;
    struct link *links = ARENA_ARRAY(p->arena, plan->platform_count + 1, struct link);
    for (size_t i = 0; i < plan->platform_count; i++) {
        const struct platform *other = &plan->platforms[i];
        if (i != p->index && strcspn(other->name, " /") == word &&
            strncmp(other->name, p->platform->name, word) == 0)
            links[n++] = (struct link){
                other->name, href_platform(p->arena, other->id),
                other->ranked ? words_plural(p->arena, (double)other->ranked, "current offer")
                              : "older prices"};
    }
    links[n++] = (struct link){"How each number is made", "method/", NULL};
    draft_links(&p->draft, "links", "See also", links, n);
}

struct page *page_platform(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena) {
    struct platform_page p = {.plan = plan,
                              .arena = arena,
                              .index = entry->platform,
                              .platform = &plan->platforms[entry->platform],
                              .draft = draft_begin(arena, entry->path, "platform")};
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {p.platform->name, NULL, NULL}};
    draft_crumbs(&p.draft, crumbs, COUNT_OF(crumbs));
    p.draft.page->title = arena_printf(arena, "%s: GPUs and prices", p.platform->name);
    draft_answer(&p.draft, answer(&p));
    p.draft.page->description = p.draft.blocks[0].text;
    p.draft.page->inputs_date = p.platform->newest;
    figures(&p);
    if (plan->catalog->model_count > 0) {
        market_chart(&p);
        offers(&p);
    }
    see_also(&p);
    return draft_end(&p.draft);
}
