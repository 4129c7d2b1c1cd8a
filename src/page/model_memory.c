/* What a model weighs: memory by precision with the fewest GPUs of usual sizes, parameters by part.
 */
#include "page/model.h"

#include "engine/cost.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

#define LANDMARKS 5
#define LONG_CONTEXT 32768.0

/* For each usual memory size the GPU with the most offers: what "24 GB" means on the market. */
static size_t landmark_gpus(const struct page_plan *plan, uint32_t *gpus) {
    static const double sizes_gb[LANDMARKS] = {24, 48, 80, 141, 192};
    const struct catalog *catalog = plan->catalog;
    size_t n = 0;
    for (size_t s = 0; s < LANDMARKS; s++) {
        uint32_t best = UINT32_MAX;
        for (uint32_t g = 0; g < catalog->gpu_count; g++) {
            const struct gpu *gpu = &catalog->gpus[g];
            if (gpu->announced || gpu->unified_memory ||
                fabs(gpu->memory_bytes / 1e9 / sizes_gb[s] - 1) > 0.08)
                continue;
            if (best == UINT32_MAX || plan->gpu_markets[g].ranked > plan->gpu_markets[best].ranked)
                best = g;
        }
        if (best != UINT32_MAX)
            gpus[n++] = best;
    }
    return n;
}

static struct value fewest(struct model_page *m, struct places *places, uint32_t gpu,
                           enum precision weights) {
    enum reason why;
    uint32_t gpus = plan_fewest(m->plan, places, m->index, gpu, weights, &why);
    return gpus ? value_exact(m->arena, gpus) : value_infeasible(why);
}

/* Every weight format the site sweeps, and the checkpoint's own, widest first as listed. */
static size_t choose_formats(const struct model_page *m, enum precision *out, size_t most) {
    const struct site *site = &m->plan->catalog->site;
    enum precision own = m->plan->precisions[m->index];
    size_t n = 0;
    bool seen = false;
    for (size_t i = 0; i < site->precision_count && n < most; i++) {
        out[n++] = site->precisions[i];
        seen |= site->precisions[i] == own;
    }
    if (!seen && n < most) {
        memmove(out + 1, out, n * sizeof *out);
        out[0] = own;
        n++;
    }
    return n;
}

void model_memory(struct model_page *m) {
    struct arena *arena = m->arena;
    uint32_t gpus[LANDMARKS];
    size_t gpu_count = landmark_gpus(m->plan, gpus), column_count = 5 + gpu_count;
    struct column *columns = ARENA_ARRAY(arena, column_count, struct column);
    const struct column fixed[5] = {
        {"weights", "Weights", NULL, false, false},
        {"weights_gb", "Size", "GB", true, false},
        {"kv_mb_per_1k_tokens", "KV per 1,000 tokens", "MB", true, false},
        {"with_32k_context_gb", "With 32k of context", "GB", true, false},
        {"rule_of_thumb_gb", "Rule of thumb", "GB, weights × 1.2", true, false},
    };
    memcpy(columns, fixed, sizeof fixed);
    for (size_t g = 0; g < gpu_count; g++) {
        const struct gpu *gpu = &m->plan->catalog->gpus[gpus[g]];
        columns[5 + g] = (struct column){arena_printf(arena, "fewest_%s", gpu->id), phrase_gpu(gpu),
                                         "fewest GPUs", true, false};
    }
    enum precision formats[PRECISION_COUNT + 1], kv = m->plan->catalog->site.kv_precision;
    size_t count = choose_formats(m, formats, COUNT_OF(formats));
    struct rows rows = rows_begin(arena, columns, column_count, count);
    bool takes_long = !m->model->context_tokens || m->model->context_tokens >= LONG_CONTEXT;
    struct places *places = places_new(arena);
    bool lacking = false;
    for (size_t i = 0; i < count; i++) {
        double weights = memory_weights_bytes(m->model, formats[i]);
        rows_put(&rows, value_text(phrase_weights(m->model, formats[i], NULL)));
        rows_put(&rows, value_from(value_gb(arena, weights), FROM_FIRST_PRINCIPLES,
                                   precision_info(formats[i])->source));
        rows_put(&rows, value_number(arena, memory_kv_bytes_per_token(m->model, kv) / 1e3));
        rows_put(&rows, takes_long ? value_gb(arena, weights + memory_kv_bytes(m->model, kv,
                                                                               LONG_CONTEXT, 1))
                                   : value_none());
        rows_put(&rows, value_gb(arena, cost_tokentally_bytes(weights)));
        for (size_t g = 0; g < gpu_count; g++) {
            struct value gpus_needed = fewest(m, places, gpus[g], formats[i]);
            lacking |= gpus_needed.kind == VALUE_MISSING;
            rows_put(&rows, gpus_needed);
        }
    }
    struct table *table = draft_table(
        &m->draft, "memory", "Memory by precision", &rows,
        m->cut.count
            ? WORDS_JOIN(arena, "KV cache in ", phrase_precision(kv))
            : arena_printf(
                  arena, "KV cache in %s; fewest GPUs hold one request of %s tokens%s",
                  phrase_precision(kv),
                  words_exact(arena, m->workload->input_tokens + m->workload->output_tokens),
                  lacking ? "; \xE2\x80\x93: not on one machine" : ""));
    if (table)
        table->downloadable = true;
}

/* Somebody else's count, and what it counts otherwise. */
static const char *published_words(struct arena *arena, const struct published_count *published) {
    return arena_printf(arena, "Published total: %s (%s)%s%s",
                        published->exact ? words_exact(arena, published->total)
                                         : words_count(arena, published->total),
                        published->source, published->counts ? ": " : "",
                        published->counts ? published->counts : "");
}

void model_parameters(struct model_page *m) {
    static const struct column columns[] = {
        {"part", "Part", NULL, false, false},
        {"parameters", "Parameters", NULL, true, false},
        {"share", "Share", NULL, true, false},
    };
    const struct parameters *p = m->parameters;
    const struct {
        const char *name;
        uint64_t count;
    } parts[] = {{"Attention", p->attention},
                 {"Dense feed-forward", p->dense},
                 {"Routed experts", p->experts},
                 {"Shared experts", p->shared},
                 {"Router", p->router},
                 {"Input embedding", p->embedding},
                 {"Output head", p->head},
                 {"Norms", p->norms},
                 {"Other", p->other}};
    struct arena *arena = m->arena;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), COUNT_OF(parts) + 4);
    double total = (double)p->total;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].count == 0)
            continue;
        double share = (double)parts[i].count / total;
        rows_put(&rows, value_text(parts[i].name));
        rows_put(&rows, value_from(value_exact(arena, (double)parts[i].count),
                                   FROM_FIRST_PRINCIPLES, NULL));
        rows_put(&rows, value_bar(value_percent(arena, share), share));
    }
    rows_put(&rows, value_text("Total"));
    rows_put(&rows, value_from(value_exact(arena, total), FROM_FIRST_PRINCIPLES, NULL));
    rows_put(&rows, value_percent(arena, 1));
    rows_put(&rows, value_text("Active per token"));
    rows_put(&rows, value_from(value_exact(arena, (double)p->active), FROM_FIRST_PRINCIPLES, NULL));
    rows_put(&rows, value_percent(arena, (double)p->active / total));
    const char *caption = NULL;
    for (size_t i = 0; i < m->model->published_count && !caption; i++)
        if (isfinite(m->model->published[i].total))
            caption = published_words(arena, &m->model->published[i]);
    draft_table(&m->draft, "parameters", "Parameters by part", &rows, caption);
}
