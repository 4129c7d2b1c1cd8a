/* A model that no request of the site's first workload fits: where it runs, and for how much, when
   requests are cut to its context. */
#include "page/model.h"

#include "page/phrases.h"
#include "page/words.h"

#include <stdlib.h>

#define MOST_ROWS 8

static int cheaper_first(const void *left, const void *right) {
    const struct best *a = left, *b = right;
    if (a->pick.usd_per_million != b->pick.usd_per_million)
        return a->pick.usd_per_million < b->pick.usd_per_million ? -1 : 1;
    return (a->gpu > b->gpu) - (a->gpu < b->gpu);
}

/* The fewest GPUs of the kind that are for rent and hold a request. */
static bool pick_cut(const struct model_page *m, const struct workload *workload, uint32_t g,
                     struct pick *out) {
    const struct gpu *gpu = &m->plan->catalog->gpus[g];
    if (gpu->announced || m->plan->gpu_markets[g].ranked == 0)
        return false;
    for (uint32_t n = 1; n <= gpu_per_node(gpu); n *= 2) {
        *out = pick_of(m->plan, m->index, g, n, m->plan->precisions[m->index], workload);
        if (out->reason == REASON_NONE && out->listing)
            return true;
    }
    return false;
}

void model_cut_find(struct model_page *m) {
    uint32_t context = m->model->context_tokens, out = m->workload->output_tokens;
    size_t most = m->plan->catalog->gpu_count;
    if (m->best->gpu != UINT32_MAX || m->best->pick.reason != REASON_CONTEXT_TOO_LONG ||
        context < 2)
        return;
    m->cut.workload = *m->workload;
    m->cut.workload.name = arena_printf(m->arena, "%s cut to its context", m->workload->name);
    m->cut.workload.output_tokens = out < context ? out : context / 2;
    m->cut.workload.input_tokens = context - m->cut.workload.output_tokens;
    struct best *found = ARENA_ARRAY(m->arena, most + 1, struct best);
    for (uint32_t g = 0; g < most; g++) {
        found[m->cut.count].gpu = g;
        m->cut.count += pick_cut(m, &m->cut.workload, g, &found[m->cut.count].pick);
    }
    qsort(found, m->cut.count, sizeof *found, cheaper_first);
    m->cut.found = found;
}

const char *model_cut_words(const struct model_page *m) {
    const struct best *best = m->cut.found;
    double use = m->plan->catalog->site.utilisation;
    return arena_printf(
        m->arena,
        "Cut to %s in and %s out, %s costs %s per 1M output tokens when always busy, %s at %s use.",
        words_exact(m->arena, m->cut.workload.input_tokens),
        words_exact(m->arena, m->cut.workload.output_tokens),
        phrase_offer(m->arena, m->plan, &best->pick, &m->plan->catalog->gpus[best->gpu]),
        words_usd(m->arena, best->pick.usd_per_million),
        words_usd(m->arena, best->pick.usd_per_million / use), words_percent(m->arena, use));
}

const char *model_cut_calculator(const struct model_page *m) {
    const struct best *best = m->cut.found;
    return arena_printf(m->arena, "%s&input=%u&output=%u",
                        href_calculator(m->arena, m->plan, m->index, best->gpu, &best->pick),
                        m->cut.workload.input_tokens, m->cut.workload.output_tokens);
}

static void cut_cells(struct model_page *m, struct rows *rows, const struct best *found) {
    struct arena *arena = m->arena;
    const struct pick *pick = &found->pick;
    const struct gpu *gpu = &m->plan->catalog->gpus[found->gpu];
    double use = m->plan->catalog->site.utilisation, least = m->cut.found[0].pick.usd_per_million;
    rows_put(rows, pick->listing->link);
    rows_put(rows,
             value_link(words_gpus(arena, pick->gpus, phrase_gpu(gpu)), href_gpu(arena, gpu)));
    rows_put(rows,
             value_bar(value_from(value_usd(arena, pick->usd_per_million), pick->provenance, NULL),
                       least / pick->usd_per_million));
    rows_put(rows,
             value_from(value_usd(arena, pick->usd_per_million / use), pick->provenance, NULL));
    rows_put(rows,
             value_from(value_number(arena, pick->output_tokens_per_s), pick->provenance, NULL));
    rows_put(rows, value_from(value_number(arena, pick->output_tokens_per_s_per_request),
                              pick->provenance, NULL));
    rows_put(rows, value_from(value_usd_listed(arena, pick->usd_per_hour), FROM_INPUT,
                              pick->listing->source));
    rows_put(rows, pick->listing->age);
}

void model_cut(struct model_page *m) {
    const struct column columns[] = {
        {"platform", "Platform", NULL, false, false},
        {"gpus", "GPUs", NULL, false, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"usd_per_million_output_in_use", arena_printf(m->arena, "at %s use", m->plan->use), NULL,
         true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"output_tokens_per_s_per_request", "Each", "tokens/s", true, false},
        {"usd_per_hour", "$ / h", NULL, true, false},
        {"price_age_days", "Price age", NULL, true, false},
    };
    if (m->cut.count == 0)
        return;
    struct column *kept = ARENA_ARRAY(m->arena, COUNT_OF(columns), struct column);
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        kept[i] = columns[i];
    size_t shown = m->cut.count < MOST_ROWS ? m->cut.count : MOST_ROWS;
    struct rows rows = rows_begin(m->arena, kept, COUNT_OF(columns), shown);
    const struct gpu *gpus[MOST_ROWS];
    for (size_t i = 0; i < shown; i++) {
        gpus[i] = &m->plan->catalog->gpus[m->cut.found[i].gpu];
        cut_cells(m, &rows, &m->cut.found[i]);
    }
    draft_table(&m->draft, "offers", "Cheapest with shorter requests", &rows,
                WORDS_JOIN(m->arena, phrase_workload(m->arena, &m->cut.workload), "; on demand, ",
                           phrase_weights_among(m->arena, m->model, m->plan->precisions[m->index],
                                                gpus, shown)));
}
