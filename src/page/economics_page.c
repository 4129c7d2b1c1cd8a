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

struct page *page_model_price(const struct page_plan *plan, const struct page_entry *entry,
                              struct arena *arena) {
    struct model_page m = model_page_begin(plan, entry, arena, "price");
    const struct catalog *catalog = plan->catalog;
    struct link crumbs[] = {{catalog->site.title, "", NULL},
                            {m.model->name, href_model(arena, m.model), NULL},
                            {"Prices", NULL, NULL}};
    draft_crumbs(&m.draft, crumbs, COUNT_OF(crumbs));
    m.draft.page->title = arena_printf(arena, "%s: rent, buy or API", m.model->name);
    draft_answer(&m.draft, answer(&m));
    m.draft.page->description =
        arena_printf(arena, "%s: %s", m.model->name, m.draft.blocks[0].text);
    economics_bands(&m);
    economics_supply(&m);
    economics_gap(&m);
    economics_targets(&m);
    economics_frontier(&m);
    economics_contracts(&m);
    economics_flips(&m);
    economics_sensitivity(&m);
    if (m.best->gpu != UINT32_MAX)
        economics_history(&m.draft, catalog, &catalog->gpus[m.best->gpu]);
    model_links(&m.draft, m.model);
    return draft_end(&m.draft);
}
