/* One model on one kind of GPU: the answer, the key figures and the order of the parts. */
#include "page/pair.h"

#include "catalog/weights.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

static const char *price_sentence(const struct pair *c) {
    const struct pick *pick = c->pick;
    struct arena *arena = c->arena;
    if (c->gpu->announced)
        return " It is announced, not shipping: its figures are promises and it is not ranked.";
    if (!pick->listing)
        return " No platform on the list rents it at a current on-demand price.";
    double median = api_median(c->plan, c->model_index);
    double at_site = pick->usd_per_million / c->plan->catalog->site.utilisation;
    const char *versus = phrase_versus(arena, at_site, median, "the API median");
    return WORDS_JOIN(arena, " Cheapest at ", c->plan->platforms[pick->listing->platform].name,
                      ": ", words_usd(arena, pick->usd_per_million),
                      " per 1M output tokens when always busy, ", words_usd(arena, at_site), " at ",
                      c->plan->use, versus[0] ? " use, " : " use", versus, ".");
}

/* The reason with its numbers. */
static const char *why_not(const struct pair *c) {
    struct arena *arena = c->arena;
    enum precision least = PRECISION_AWQ;
    double weights = memory_weights_bytes(c->model, least);
    uint32_t node = gpu_per_node(c->gpu);
    const char *hold = node == 1 ? " holds " : " hold ";
    if (c->pick->reason == REASON_DOES_NOT_FIT && weights > node * c->gpu->memory_bytes)
        return WORDS_JOIN(arena, ": even at 4 bit its weights are ", words_bytes(arena, weights),
                          ", and ", words_gpus(arena, node, phrase_gpu(c->gpu)), hold,
                          words_bytes(arena, node * c->gpu->memory_bytes), ".");
    weights = memory_weights_bytes(c->model, c->plan->precisions[c->model_index]);
    if (c->pick->reason == REASON_DOES_NOT_FIT && weights > node * c->gpu->memory_bytes)
        return WORDS_JOIN(arena, ": in ",
                          phrase_weights(c->model, c->plan->precisions[c->model_index], c->gpu),
                          " its weights are ", words_bytes(arena, weights), ", and ",
                          words_gpus(arena, node, phrase_gpu(c->gpu)), hold,
                          words_bytes(arena, node * c->gpu->memory_bytes),
                          ". Why a smaller format does not help stands in the table.");
    return WORDS_JOIN(arena, ". ", reason_sentence(c->pick->reason));
}

static const char *answer(const struct pair *c) {
    const struct pick *pick = c->pick;
    struct arena *arena = c->arena;
    const char *name = phrase_gpu(c->gpu);
    if (pick->reason == REASON_SPEC_MISSING)
        return WORDS_JOIN(arena, c->model->name, " on ", name,
                          " is not computed: ", phrase_unknown(c->gpu), " not known.");
    if (pick->reason == REASON_CONTEXT_TOO_LONG && c->model->context_tokens) {
        double asked = (double)c->workload->input_tokens + c->workload->output_tokens;
        return WORDS_JOIN(arena, c->model->name, " takes ",
                          words_exact(arena, c->model->context_tokens),
                          " tokens of context, and a request of ", c->workload->name, " has ",
                          words_exact(arena, asked), ", on ", name,
                          " as anywhere. For shorter ones see the model's own page.");
    }
    if (pick->reason != REASON_NONE)
        return WORDS_JOIN(arena, c->model->name, " cannot be served on ", name, why_not(c));
    const char *each = "one request at a time";
    if (pick->batch > 1.5)
        each = WORDS_JOIN(arena, words_exact(arena, pick->batch), " requests at once with ",
                          words_unit(arena, pick->output_tokens_per_s_per_request, "tokens/s"),
                          " each");
    return WORDS_JOIN(arena, c->model->name, " on ", words_gpus(arena, pick->gpus, name),
                      pick->fallback ? " at " : "",
                      pick->fallback ? phrase_weights(c->model, pick->weights, c->gpu) : "",
                      " gives ", words_unit(arena, pick->output_tokens_per_s, "output tokens/s"),
                      ", ", each, ".", price_sentence(c));
}

static void figures(struct pair *c) {
    const struct pick *pick = c->pick;
    struct arena *arena = c->arena;
    const struct site *site = &c->plan->catalog->site;
    double use = site->utilisation;
    const char *source = pick->listing ? pick->listing->source : NULL;
    struct figure out[4] = {
        {"Output tokens per second",
         value_from(value_number(arena, pick->output_tokens_per_s), pick->provenance, NULL),
         "tokens/s", c->set_up},
        {"Each request",
         value_from(value_number(arena, pick->output_tokens_per_s_per_request), pick->provenance,
                    NULL),
         "tokens/s", WORDS_JOIN(arena, "first token after ", words_seconds(arena, pick->ttft_s))},
        {"Always busy",
         value_from(value_usd(arena, pick->usd_per_million), pick->provenance, source),
         "per 1M output tokens",
         pick->listing
             ? WORDS_JOIN(arena, "at ", pick->listing->gpu_hour.text, " per GPU-hour; input ",
                          words_usd(arena, site->gamma * pick->usd_per_million))
             : "no current price"},
        {c->kept->at_use_label,
         value_from(value_usd(arena, pick->usd_per_million / use), pick->provenance, NULL),
         "per 1M output tokens",
         pick->listing ? WORDS_JOIN(arena, "price of ", pick->listing->offer->as_of) : NULL},
    };
    draft_figures(&c->draft, out, isfinite(pick->usd_per_million) ? 4 : 2);
}

/* What makes the command line give the page's numbers: its own way to serve and, where it is not
   the site's, its engine. */
static const char *engine_options(const struct pair *c) {
    const struct calibration *engine = c->plan->engines[c->gpu_index];
    if (!engine || c->pick->provenance == FROM_FIRST_PRINCIPLES)
        return " --engine first-principles";
    if (strcmp(engine->engine, c->plan->catalog->site.engine) == 0)
        return " --serving continuous";
    return WORDS_JOIN(c->arena, " --engine ", engine->engine, " --serving continuous");
}

static void links(struct pair *c) {
    struct arena *arena = c->arena;
    const struct pair_kept *kept = c->kept;
    struct link out[] = {
        kept->every_gpu,
        kept->gpus[c->gpu_index],
        {"Calculator", href_calculator(arena, c->plan, c->model_index, c->gpu_index, c->pick),
         "your lengths, price, use"},
        kept->csv,
        kept->json,
    };
    draft_links(&c->draft, "links", "More", out, COUNT_OF(out));
    uint32_t gpus = c->pick->reason == REASON_DOES_NOT_FIT ? gpu_per_node(c->gpu) : c->pick->gpus;
    unsigned batch = c->pick->batch > 1 ? (unsigned)c->pick->batch : 1;
    struct derivation command = {.arena = arena};
    derivation_line(&command,
                    WORDS_JOIN(arena, kept->estimate, c->gpu->id, " --count ",
                               words_digits(arena, gpus), " --weights ",
                               precision_info(weights_on(c->pick->weights, c->gpu))->id,
                               kept->lengths, words_digits(arena, batch), engine_options(c)),
                    NULL, NULL);
    draft_formula(&c->draft, "reproduce", "On the command line", NULL, &command);
}

static void notes(struct pair *c) {
    const struct pick *pick = c->pick;
    if (pick->reason == REASON_NONE && pick->provenance == FROM_EXTRAPOLATED)
        draft_text(&c->draft, "extrapolated", NULL,
                   arena_printf(c->arena, "Extrapolated: %s.",
                                pick->extrapolated_why ? pick->extrapolated_why
                                                       : "outside the measured range"));
}

static struct pair begin(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena) {
    const struct catalog *catalog = plan->catalog;
    return (struct pair){.plan = plan,
                         .arena = arena,
                         .model_index = entry->model,
                         .gpu_index = entry->gpu,
                         .model = &catalog->models[entry->model],
                         .gpu = &catalog->gpus[entry->gpu],
                         .market = &plan->gpu_markets[entry->gpu],
                         .pick = plan_pick(plan, entry->model, entry->gpu),
                         .workload = &catalog->site.workloads[0]};
}

/* What the lists of pages say of it too. */
static void outline(const struct pair *c, struct page *page) {
    page->title = WORDS_JOIN(c->arena, c->model->name, " on ", phrase_gpu(c->gpu));
    page->description = answer(c);
}

struct page *pair_outline(const struct page_plan *plan, const struct page_entry *entry,
                          struct arena *arena) {
    struct pair c = begin(plan, entry, arena);
    struct page *page = ARENA_NEW(arena, struct page);
    outline(&c, page);
    return page;
}

struct page *page_combination(struct pair_kept *kept, const struct page_plan *plan,
                              const struct page_entry *entry, struct arena *arena) {
    struct pair c = begin(plan, entry, arena);
    c.kept = kept;
    pair_keep(kept, plan, entry->model);
    struct draft draft = draft_begin(arena, entry->path, "combination");
    outline(&c, draft.page);
    c.draft = draft;
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL},
                            {c.model->name, kept->every_gpu.href, NULL},
                            {phrase_gpu(c.gpu), NULL, NULL}};
    draft_crumbs(&c.draft, crumbs, COUNT_OF(crumbs));
    draft_answer(&c.draft, draft.page->description);
    if (c.pick->reason == REASON_NONE) {
        c.set_up = WORDS_JOIN(arena, words_gpus(arena, c.pick->gpus, phrase_gpu(c.gpu)), ", ",
                              phrase_weights(c.model, c.pick->weights, c.gpu));
        pick_begin(plan, &kept->own, c.model_index, c.gpu_index, c.pick->gpus, c.pick->weights);
        figures(&c);
        notes(&c);
        pair_throughput(&c);
        pair_context(&c); /* charts together: on paper two stand side by side */
        pair_platforms(&c);
        pair_workloads(&c);
    }
    pair_counts(&c);
    if (c.pick->reason == REASON_NONE)
        pair_formula(&c);
    links(&c);
    return draft_end(&c.draft);
}
