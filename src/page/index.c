/* The front page: which model, where, for how much. */
#include "page/index.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

static const struct best *cheapest_of_all(const struct page_plan *plan, uint32_t *model) {
    const struct best *cheapest = NULL;
    for (uint32_t m = 0; m < plan->catalog->model_count; m++) {
        const struct best *best = plan_best(plan, m, 0);
        if (best->gpu != UINT32_MAX &&
            (!cheapest || best->pick.usd_per_million < cheapest->pick.usd_per_million)) {
            cheapest = best;
            *model = m;
        }
    }
    return cheapest;
}

static const char *best_words(const struct page_plan *plan, struct arena *arena,
                              const struct best *best) {
    return arena_printf(arena, "%s per 1M output tokens (%s)",
                        words_usd(arena, best->pick.usd_per_million),
                        phrase_offer(arena, plan, &best->pick, &plan->catalog->gpus[best->gpu]));
}

static const char *answer(const struct page_plan *plan, struct arena *arena) {
    uint32_t model = 0, reference = plan->reference_model;
    const struct best *cheapest = cheapest_of_all(plan, &model);
    if (!cheapest)
        return "No model runs on a GPU that is rented at a current price.";
    const char *first =
        arena_printf(arena, "%s is the cheapest open model to serve: %s.",
                     plan->catalog->models[model].name, best_words(plan, arena, cheapest));
    const struct best *known = plan_best(plan, reference, 0);
    if (reference == model || known->gpu == UINT32_MAX)
        return first;
    double at_site = known->pick.usd_per_million / plan->catalog->site.utilisation;
    const char *versus = phrase_versus(
        arena, at_site, api_median(plan, reference, &plan->catalog->site.workloads[0]),
        "the API median");
    return arena_printf(arena, "%s %s costs %s%s%s%s.", first,
                        plan->catalog->models[reference].name, best_words(plan, arena, known),
                        versus[0] ? "; at " : "",
                        versus[0] ? words_percent(arena, plan->catalog->site.utilisation) : "",
                        versus[0] ? arena_printf(arena, " use, %s", versus) : "");
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
    size_t rented = 0, offers = ranked_offers(plan, &rented), prices = 0;
    for (size_t m = 0; m < plan->catalog->model_count; m++)
        prices += plan->model_markets[m].count;
    struct figure out[4] = {
        {"Models", value_exact(arena, (double)plan->catalog->model_count), NULL,
         "parameters counted from their configurations"},
        {"GPUs", value_exact(arena, (double)plan->catalog->gpu_count), NULL,
         arena_printf(arena, "%zu of them for rent", rented)},
        {"Offers", value_exact(arena, (double)offers), NULL,
         arena_printf(arena, "at %s; prices up to %s",
                      words_plural(arena, (double)plan->platform_count, "platform"),
                      plan->catalog->site.as_of)},
        {"API prices", value_exact(arena, (double)prices), NULL,
         arena_printf(arena, "and %s",
                      words_plural(arena, (double)plan->measured_count, "measurement"))},
    };
    draft_figures(draft, out, COUNT_OF(out));
}

static void site_map(struct draft *draft) {
    const struct link links[] = {
        {"Method", "method/", "how each number is made"},
    };
    draft_links(draft, "map", "On this site", links, COUNT_OF(links));
}

struct page *page_index(const struct page_plan *plan, const struct page_entry *entry,
                        struct arena *arena) {
    const struct site *site = &plan->catalog->site;
    struct draft draft = draft_begin(arena, entry->path, "index");
    struct link crumbs[] = {{site->title, NULL, NULL}};
    draft_crumbs(&draft, crumbs, COUNT_OF(crumbs));
    draft.page->title = site->title;
    draft.page->description = site->description;
    draft_answer(&draft, answer(plan, arena));
    figures(&draft, plan);
    index_chart(&draft, plan);
    index_models(&draft, plan);
    index_gpus(&draft, plan);
    index_platforms(&draft, plan);
    site_map(&draft);
    return draft_end(&draft);
}
