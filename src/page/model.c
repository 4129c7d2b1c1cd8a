/* A model's page: what it needs and what it costs. */
#include "page/model.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

static const char *size_words(const struct model_page *m) {
    const struct parameters *p = m->parameters;
    if (p->active == p->total || (double)p->active > 0.97 * (double)p->total)
        return arena_printf(m->arena, "%s parameters", words_count(m->arena, (double)p->total));
    return arena_printf(m->arena, "%s parameters, %s of them active",
                        words_count(m->arena, (double)p->total),
                        words_count(m->arena, (double)p->active));
}

static const char *no_offer(const struct model_page *m) {
    const struct workload *w = m->workload;
    enum reason reason = m->best->pick.reason;
    const char *why = phrase_reason(reason);
    if (reason == REASON_CONTEXT_TOO_LONG)
        return arena_printf(
            m->arena, "%s (%s) takes %s tokens of context, and a request of %s has %s. %s",
            m->model->name, size_words(m), words_exact(m->arena, m->model->context_tokens), w->name,
            words_exact(m->arena, w->input_tokens + w->output_tokens),
            m->cut.count ? model_cut_words(m) : "It has no price.");
    return arena_printf(m->arena, "%s (%s) runs on no GPU that is rented at a current price: %s.",
                        m->model->name, size_words(m), why);
}

static const char *answer(const struct model_page *m) {
    struct arena *arena = m->arena;
    const struct site *site = &m->plan->catalog->site;
    if (m->best->gpu == UINT32_MAX)
        return no_offer(m);
    const struct pick *pick = &m->best->pick;
    const struct gpu *gpu = &m->plan->catalog->gpus[m->best->gpu];
    double at_site = pick->usd_per_million / site->utilisation;
    double median = api_median(m->plan, m->index);
    const char *versus = phrase_versus(arena, at_site, median, "the API median");
    return arena_printf(arena,
                        "Cheapest in %s: %s, %s per 1M output tokens when always busy, %s at %s "
                        "use%s%s.",
                        phrase_weights(m->model, pick->weights, gpu),
                        phrase_offer(arena, m->plan, pick, gpu),
                        words_usd(arena, pick->usd_per_million), words_usd(arena, at_site),
                        words_percent(arena, site->utilisation), versus[0] ? ", " : "", versus);
}

static const char *published_source(const struct model *model) {
    for (size_t i = 0; i < model->published_count; i++)
        if (model->published[i].exact)
            return model->published[i].source;
    return NULL;
}

static struct figure best_figure(const struct model_page *m) {
    struct arena *arena = m->arena;
    const struct best *best = m->cut.count ? m->cut.found : m->best;
    if (best->gpu == UINT32_MAX)
        return (struct figure){"Cheapest", value_none(), NULL, "no GPU at a current price"};
    const struct pick *pick = &best->pick;
    return (struct figure){"Cheapest",
                           value_from(value_usd(arena, pick->usd_per_million), pick->provenance,
                                      pick->listing->source),
                           "per 1M output tokens",
                           arena_printf(arena, "always busy%s; price of %s",
                                        m->cut.count ? ", requests cut to its context" : "",
                                        pick->listing->offer->as_of)};
}

static const char *api_note(const struct model_page *m) {
    const struct model_market *market = &m->plan->model_markets[m->index];
    unsigned limit = m->plan->catalog->site.max_price_age_days;
    if (market->count == 0)
        return "no API price known";
    if (market->fresh == 0)
        return arena_printf(m->arena, "only prices older than %u days", limit);
    const char *prices = words_plural(m->arena, (double)market->fresh, "price");
    if (market->fresh == 1)
        return prices;
    return arena_printf(
        m->arena, "%s, from %s at %s", prices,
        words_usd(m->arena, api_usd_per_million(m->plan, market->prices[0], m->workload)),
        market->prices[0]->provider);
}

static const char *exact_size(const struct model_page *m) {
    const char *total = words_exact(m->arena, (double)m->parameters->total);
    if (m->parameters->active == m->parameters->total)
        return arena_printf(m->arena, "%s exactly", total);
    return arena_printf(m->arena, "%s exactly; %s active", total,
                        words_count(m->arena, (double)m->parameters->active));
}

static void figures(struct model_page *m) {
    struct arena *arena = m->arena;
    enum precision own = m->plan->precisions[m->index];
    double weights = memory_weights_bytes(m->model, own);
    const struct model_market *market = &m->plan->model_markets[m->index];
    double median = api_median(m->plan, m->index);
    struct figure out[4] = {
        {"Parameters",
         value_from(value_count(arena, (double)m->parameters->total), FROM_INPUT,
                    published_source(m->model)),
         NULL, exact_size(m)},
        {"Weights", value_from(value_gb(arena, weights), FROM_FIRST_PRINCIPLES, NULL), "GB",
         arena_printf(
             arena, "%s; and %s of KV cache per 1,000 tokens", phrase_weights(m->model, own, NULL),
             words_bytes(arena, 1000 * memory_kv_bytes_per_token(
                                           m->model, m->plan->catalog->site.kv_precision)))},
        best_figure(m),
        {"API median",
         value_from(value_usd(arena, median), FROM_INPUT,
                    market->count ? market->prices[market->fresh / 2]->source : NULL),
         "per 1M output tokens", api_note(m)},
    };
    if (!isfinite(median))
        out[3].unit = NULL;
    draft_figures(&m->draft, out, COUNT_OF(out));
}

static void sources(struct model_page *m) {
    struct arena *arena = m->arena;
    const struct model *model = m->model;
    struct link out[4];
    size_t n = 0;
    if (model->hf_id)
        out[n++] = (struct link){arena_printf(arena, "%s on Hugging Face", model->hf_id),
                                 arena_printf(arena, "https://huggingface.co/%s", model->hf_id),
                                 "configuration and weights"};
    out[n++] = (struct link){"How each number is made", "method/", NULL};
    draft_links(&m->draft, "links", "Sources", out, n);
    const char *published = published_source(model);
    draft_text(&m->draft, "source", NULL,
               arena_printf(arena, "%s%s%s%s%s%s", model->source ? "Configuration: " : "",
                            model->source ? model->source : "", model->source_date ? ", " : "",
                            model->source_date ? model->source_date : "",
                            published ? ". Published size: " : "", published ? published : ""));
}

static const char *title_dates(const struct model_page *m) {
    const struct model *model = m->model;
    return arena_printf(m->arena, "%s: %s%s%s%s", model->name, size_words(m),
                        model->context_tokens ? ", context of " : "",
                        model->context_tokens ? words_exact(m->arena, model->context_tokens) : "",
                        model->context_tokens ? " tokens" : "");
}

/* At its best offer, where there is one. */
static const char *calculator_of(struct arena *arena, const struct page_plan *plan,
                                 uint32_t model) {
    const struct best *best = plan_best(plan, model, 0);
    if (best->gpu == UINT32_MAX)
        return arena_printf(arena, "calculator/#model=%s", plan->catalog->models[model].id);
    return href_calculator(arena, plan, model, best->gpu, &best->pick);
}

void model_links(struct draft *draft, const struct page_plan *plan, uint32_t index) {
    struct arena *arena = draft->arena;
    const struct model *model = &plan->catalog->models[index];
    const struct link out[] = {
        {arena_printf(arena, "%s on every GPU", model->name), href_model(arena, model), NULL},
        {"As data: CSV", href_model_page(arena, model, "gpus.csv"), "a row a GPU"},
        {"JSON", href_model_page(arena, model, "gpus.json"), NULL},
        {"Calculator", calculator_of(arena, plan, index), NULL},
        {"How each number is made", "method/", NULL},
    };
    draft_links(draft, "links", "More", out, COUNT_OF(out));
}

/* Its other pages, from the first screen. */
static void further(struct model_page *m) {
    struct arena *arena = m->arena;
    const struct link out[] = {
        {"Rent, buy or API", href_model_page(arena, m->model, "price/"),
         "break-even, doubt, history"},
        {"Training", href_model_page(arena, m->model, "training/"), "memory, GPUs, hours, dollars"},
        {"Calculator",
         m->cut.count ? model_cut_calculator(m) : calculator_of(arena, m->plan, m->index),
         "your lengths, price, use"},
    };
    size_t skipped = !plan_has_prices(m->plan, m->index);
    draft_links(&m->draft, "further", NULL, out + skipped, COUNT_OF(out) - skipped);
}

static void write_blocks(struct model_page *m) {
    model_cut_find(m);
    draft_answer(&m->draft, answer(m));
    figures(m);
    further(m);
    model_charts(m);
    model_offers(m);
    model_cut(m);
    model_api(m);
    model_memory(m);
    model_gpus(m);
    model_parameters(m);
    model_measured(m);
    sources(m);
}

struct model_page model_page_begin(const struct page_plan *plan, const struct page_entry *entry,
                                   struct arena *arena, const char *template_name) {
    return (struct model_page){.plan = plan,
                               .arena = arena,
                               .index = entry->model,
                               .model = &plan->catalog->models[entry->model],
                               .parameters = &plan->parameters[entry->model],
                               .best = plan_best(plan, entry->model, 0),
                               .workload = &plan->catalog->site.workloads[0],
                               .draft = draft_begin(arena, entry->path, template_name)};
}

struct page *page_model(const struct page_plan *plan, const struct page_entry *entry,
                        struct arena *arena) {
    struct model_page m = model_page_begin(plan, entry, arena, "model");
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {m.model->name, NULL, NULL}};
    draft_crumbs(&m.draft, crumbs, COUNT_OF(crumbs));
    m.draft.page->title = arena_printf(arena, "%s: memory, speed and price", m.model->name);
    m.draft.page->description = title_dates(&m);
    write_blocks(&m);
    return draft_end(&m.draft);
}
