/* The front page: which model, where, for how much. */
#include "page/index.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

/* The models whose best offers are cheapest and dearest; false when none has one. */
static bool extremes(const struct page_plan *plan, uint32_t *least, uint32_t *most) {
    bool found = false;
    for (uint32_t m = 0; m < plan->catalog->model_count; m++) {
        const struct best *best = plan_best(plan, m, 0);
        if (best->gpu == UINT32_MAX)
            continue;
        double price = best->pick.usd_per_million;
        if (!found || price < plan_best(plan, *least, 0)->pick.usd_per_million)
            *least = m;
        if (!found || price > plan_best(plan, *most, 0)->pick.usd_per_million)
            *most = m;
        found = true;
    }
    return found;
}

static const char *answer(const struct page_plan *plan, struct arena *arena) {
    uint32_t least = 0, most = 0, m = plan->headline_model;
    if (!extremes(plan, &least, &most))
        return "No model runs on a GPU that is rented at a current price.";
    const struct model *models = plan->catalog->models;
    const char *range =
        least == most && m == least
            ? ""
            : arena_printf(arena, " From %s (%s) the models here go up to %s (%s).",
                           words_usd(arena, plan_best(plan, least, 0)->pick.usd_per_million),
                           models[least].name,
                           words_usd(arena, plan_best(plan, most, 0)->pick.usd_per_million),
                           models[most].name);
    const struct best *best = plan_best(plan, m, 0);
    if (best->gpu == UINT32_MAX)
        return arena_printf(arena, "A million output tokens on rented GPUs.%s", range);
    double use = plan->catalog->site.utilisation;
    const char *versus = phrase_versus(arena, best->pick.usd_per_million / use, api_median(plan, m),
                                       "the API median");
    return arena_printf(arena,
                        "A million output tokens of %s cost %s on %s (price of %s) kept always "
                        "busy, %s at %s use%s%s.%s",
                        models[m].name, words_usd(arena, best->pick.usd_per_million),
                        phrase_offer(arena, plan, &best->pick, &plan->catalog->gpus[best->gpu]),
                        best->pick.listing->offer->as_of,
                        words_usd(arena, best->pick.usd_per_million / use),
                        words_percent(arena, use), versus[0] ? ": " : "", versus, range);
}

static const char *title(const struct page_plan *plan, struct arena *arena) {
    return arena_printf(arena, "What a token costs: %s on %s",
                        words_plural(arena, (double)plan->catalog->model_count, "model"),
                        words_plural(arena, (double)plan->catalog->gpu_count, "GPU"));
}

static size_t ranked_offers(const struct page_plan *plan, size_t *gpus) {
    size_t offers = 0;
    for (size_t g = 0; g < plan->catalog->gpu_count; g++) {
        offers += plan->gpu_markets[g].ranked;
        *gpus += plan->gpu_markets[g].ranked > 0;
    }
    return offers;
}

static void figures(struct draft *draft, const struct page_plan *plan) {
    struct arena *arena = draft->arena;
    size_t rented = 0, offers = ranked_offers(plan, &rented), prices = 0, sellers = 0;
    for (size_t p = 0; p < plan->platform_count; p++)
        sellers += plan->platforms[p].ranked > 0;
    for (size_t m = 0; m < plan->catalog->model_count; m++)
        prices += plan->model_markets[m].count;
    const char *as_of = plan->catalog->site.as_of;
    struct figure out[4] = {
        {"Models", value_exact(arena, (double)plan->catalog->model_count), NULL,
         "parameters counted from their configurations"},
        {"GPUs", value_exact(arena, (double)plan->catalog->gpu_count), NULL,
         arena_printf(arena, "%zu of them for rent", rented)},
        {"Offers", value_exact(arena, (double)offers), NULL,
         arena_printf(arena, "at %s; at most %u days old%s%s",
                      words_plural(arena, (double)sellers, "platform"),
                      plan->catalog->site.max_price_age_days, as_of ? " on " : "",
                      as_of ? as_of : "")},
        {"API prices", value_exact(arena, (double)prices), NULL,
         arena_printf(arena, "and %s",
                      words_plural(arena, (double)plan->catalog->benchmark_count, "measurement"))},
    };
    draft_figures(draft, out, COUNT_OF(out));
}

static void site_map(struct draft *draft) {
    const struct link links[] = {
        {"Recommend", "recommend/", "which model fits a size of memory, a GPU or a budget"},
        {"Calculator", "calculator/", "your lengths, batch, price and use"},
        {"Training", "training/", "memory, GPUs, hours and dollars of fine-tuning"},
        {"Energy", "energy/", "joules, electricity and carbon of a token"},
        {"Accuracy", "accuracy/", "every prediction beside its measurement"},
        {"Changes", "changes/", "prices that moved"},
        {"Method", "method/", "how each number is made"},
        {"Glossary", "glossary/", "what each metric means"},
        {"Data", "data/", "sources, dates, downloads"},
    };
    draft_links(draft, "map", "On this site", links, COUNT_OF(links));
}

struct page *page_index(const struct page_plan *plan, const struct page_entry *entry,
                        struct arena *arena) {
    const struct site *site = &plan->catalog->site;
    struct draft draft = draft_begin(arena, entry->path, "index");
    struct link crumbs[] = {{site->title, NULL, NULL}};
    draft_crumbs(&draft, crumbs, COUNT_OF(crumbs));
    draft.page->title = title(plan, arena);
    draft.page->description = site->description;
    draft_answer(&draft, answer(plan, arena));
    figures(&draft, plan);
    index_chart(&draft, plan);
    index_movers(&draft, plan);
    index_models(&draft, plan);
    index_gpus(&draft, plan);
    index_platforms(&draft, plan);
    site_map(&draft);
    return draft_end(&draft);
}
