/* A model's page about prices: what it costs, how sure that is, and what would change it. */
#include "page/economics.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

static const char *answer(const struct model_page *m) {
    struct arena *arena = m->arena;
    if (m->best->gpu == UINT32_MAX)
        return arena_printf(arena, "%s runs on no GPU that is rented at a current price: %s.",
                            m->model->name, phrase_reason(m->best->pick.reason));
    const struct pick *pick = &m->best->pick;
    double use = m->plan->catalog->site.utilisation, median = api_median(m->plan, m->index);
    const char *where = phrase_offer(arena, m->plan, pick, &m->plan->catalog->gpus[m->best->gpu]);
    const char *own = words_usd(arena, pick->usd_per_million / use);
    if (!isfinite(median))
        return arena_printf(arena, "%s: %s per 1M output tokens at %s use. No API price is known.",
                            where, own, words_percent(arena, use));
    double even = pick->usd_per_million / median;
    if (even > 1)
        return arena_printf(arena,
                            "The API median, %s per 1M output tokens, is below own GPUs at any "
                            "use: %s costs %s when always busy.",
                            words_usd(arena, median), where,
                            words_usd(arena, pick->usd_per_million));
    return arena_printf(arena,
                        "Own GPUs pay from %s use up against the API median of %s per 1M output "
                        "tokens: %s costs %s at %s use.",
                        words_percent(arena, even), words_usd(arena, median), where, own,
                        words_percent(arena, use));
}

/* Own GPUs beside the APIs, and from what use on they pay. */
static void figures(struct model_page *m) {
    struct arena *arena = m->arena;
    const struct model_market *market = &m->plan->model_markets[m->index];
    const struct pick *pick = &m->best->pick;
    double use = m->plan->catalog->site.utilisation, median = api_median(m->plan, m->index);
    if (m->best->gpu == UINT32_MAX || !isfinite(median))
        return;
    const struct api_price *least = market->prices[0];
    struct figure out[4] = {
        {"Own GPUs",
         value_from(value_usd(arena, pick->usd_per_million / use), pick->provenance,
                    phrase_price_source(arena, pick->listing->offer)),
         "per 1M output tokens",
         arena_printf(arena, "at %s use; price of %s", words_percent(arena, use),
                      pick->listing->offer->as_of)},
        {"API median", value_from(value_usd(arena, median), FROM_INPUT, NULL),
         "per 1M output tokens",
         market->fresh ? words_plural(arena, (double)market->fresh, "price") : "too old to rank"},
        {"Cheapest API",
         value_from(value_usd(arena, api_usd_per_million(m->plan, least, m->workload)), FROM_INPUT,
                    phrase_api_source(arena, least)),
         "per 1M output tokens",
         arena_printf(arena, "%s%s%s", least->provider, least->as_of ? ", " : "",
                      least->as_of ? least->as_of : "")},
        {"Break-even use",
         pick->usd_per_million < median
             ? value_from(value_percent(arena, pick->usd_per_million / median), pick->provenance,
                          NULL)
             : value_text("none"),
         NULL, "of the paid hours, against the median"},
    };
    draft_figures(&m->draft, out, COUNT_OF(out));
}

/* Crumbs, title, answer and description. */
static struct model_page begin(const struct page_plan *plan, const struct page_entry *entry,
                               struct arena *arena) {
    struct model_page m = model_page_begin(plan, entry, arena, "price");
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL},
                            {m.model->name, href_model(arena, m.model), NULL},
                            {"Prices", NULL, NULL}};
    draft_crumbs(&m.draft, crumbs, COUNT_OF(crumbs));
    m.draft.page->title = arena_printf(arena, "%s: rent, buy or API", m.model->name);
    draft_answer(&m.draft, answer(&m));
    m.draft.page->description =
        arena_printf(arena, "%s: %s", m.model->name, m.draft.blocks[0].text);
    return m;
}

struct page *model_price_outline(const struct page_plan *plan, const struct page_entry *entry,
                                 struct arena *arena) {
    return begin(plan, entry, arena).draft.page;
}

struct page *page_model_price(const struct page_plan *plan, const struct page_entry *entry,
                              struct arena *arena) {
    struct model_page m = begin(plan, entry, arena);
    figures(&m);
    economics_bands(&m);
    economics_supply(&m);
    economics_gap(&m);
    economics_targets(&m);
    economics_frontier(&m);
    economics_contracts(&m);
    economics_flips(&m);
    economics_sensitivity(&m);
    if (m.best->gpu != UINT32_MAX)
        economics_history(&m.draft, plan, m.best->gpu);
    model_links(&m.draft, m.plan, m.index);
    return draft_end(&m.draft);
}
