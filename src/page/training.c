/* The training page: memory, fewest GPUs, hours and dollars of full fine-tuning, LoRA and QLoRA. */
#include "page/training.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

#define SHOWN_MODELS 80

struct training_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    uint32_t gpu;                                          /* on which everything is trained here */
    struct training_outcome (*outcomes)[TRAINING_METHODS]; /* by model, at the fewest GPUs */
};

static void measure(struct training_page *t) {
    for (uint32_t m = 0; m < t->plan->catalog->model_count; m++)
        for (int method = 0; method < TRAINING_METHODS; method++) {
            struct training_layouts kept = {0};
            t->outcomes[m][method] =
                training_fewest(t->plan, m, t->gpu, (enum training_method)method, &kept);
        }
}

static const char *answer(const struct training_page *t) {
    struct arena *arena = t->arena;
    uint32_t m = t->plan->headline_model;
    const char *gpu = phrase_gpu(&t->plan->catalog->gpus[t->gpu]);
    const struct training_outcome *full = &t->outcomes[m][TRAINING_FULL];
    const struct training_outcome *lora = &t->outcomes[m][TRAINING_LORA];
    const struct training_outcome *qlora = &t->outcomes[m][TRAINING_QLORA];
    if (!full->feasible || !lora->feasible || !qlora->feasible)
        return "What fine-tuning takes: memory, the fewest GPUs, hours and dollars.";
    const char *cost = isfinite(full->usd)
                           ? arena_printf(arena, " A billion tokens of full fine-tuning cost %s.",
                                          words_usd(arena, full->usd))
                           : "";
    return arena_printf(
        arena, "Fine-tuning all of %s takes at least %s, LoRA %s, QLoRA %s.%s",
        t->plan->catalog->models[m].name, words_gpus(arena, training_gpus(full), gpu),
        words_exact(arena, training_gpus(lora)), words_exact(arena, training_gpus(qlora)), cost);
}

static void figures(struct training_page *t) {
    struct arena *arena = t->arena;
    const struct catalog *catalog = t->plan->catalog;
    struct training ask = training_default(&catalog->models[0], &catalog->gpus[t->gpu]);
    const struct gpu_market *market = &t->plan->gpu_markets[t->gpu];
    struct figure out[4] = {
        {"GPU",
         value_link(phrase_gpu(&catalog->gpus[t->gpu]), href_gpu(arena, &catalog->gpus[t->gpu])),
         NULL, "the one most offered of 80 GB and more"},
        {"Price",
         value_from(value_usd_listed(arena, market->low_usd_per_gpu_hour), FROM_INPUT,
                    market->ranked ? market->listings[0].source : NULL),
         "per GPU-hour", "the lowest on demand"},
        {"MFU", value_percent(arena, ask.mfu), NULL, "share of the peak that training reaches"},
        {"Tokens", value_count(arena, ask.tokens), NULL,
         arena_printf(arena, "in sequences of %s", words_exact(arena, ask.sequence_tokens))},
    };
    draft_figures(&t->draft, out, COUNT_OF(out));
}

/* Models, largest first. */
static uint32_t *by_size(const struct training_page *t) {
    size_t n = t->plan->catalog->model_count;
    uint32_t *order = ARENA_ARRAY(t->arena, n + 1, uint32_t);
    for (uint32_t m = 0; m < n; m++) {
        size_t at = m;
        for (; at > 0 && t->plan->parameters[order[at - 1]].total < t->plan->parameters[m].total;
             at--)
            order[at] = order[at - 1];
        order[at] = m;
    }
    return order;
}

/* The points by name, the largest model first. */
static const struct table *chart_table(const struct training_page *t, const char *caption) {
    static const struct column columns[] = {
        {"model", "Model", NULL, false, false},  {"parameters", "Size", NULL, true, false},
        {"full", "Full", "GPUs", true, false},   {"lora", "LoRA", "GPUs", true, false},
        {"qlora", "QLoRA", "GPUs", true, false},
    };
    const struct catalog *catalog = t->plan->catalog;
    struct rows rows = rows_begin(t->arena, columns, COUNT_OF(columns), catalog->model_count);
    uint32_t *order = by_size(t);
    for (size_t i = 0; i < catalog->model_count; i++) {
        rows_put(&rows, value_text(catalog->models[order[i]].name));
        rows_put(&rows, value_count(t->arena, (double)t->plan->parameters[order[i]].total));
        for (int method = 0; method < TRAINING_METHODS; method++) {
            uint32_t gpus = training_gpus(&t->outcomes[order[i]][method]);
            rows_put(&rows, gpus ? value_exact(t->arena, gpus) : value_none());
        }
    }
    return rows_table(&rows, caption);
}

static void chart(struct training_page *t) {
    struct arena *arena = t->arena;
    size_t models = t->plan->catalog->model_count, used = 0;
    struct chart_series *series = ARENA_ARRAY(arena, TRAINING_METHODS, struct chart_series);
    double ratio = 0;
    size_t both = 0;
    for (int method = 0; method < TRAINING_METHODS; method++) {
        double *x = ARENA_ARRAY(arena, models + 1, double);
        double *y = ARENA_ARRAY(arena, models + 1, double);
        size_t n = 0;
        for (uint32_t m = 0; m < models; m++) {
            if (!training_gpus(&t->outcomes[m][method]))
                continue;
            x[n] = (double)t->plan->parameters[m].total / 1e9;
            y[n++] = training_gpus(&t->outcomes[m][method]);
        }
        if (n > 1)
            series[used++] =
                (struct chart_series){.name = training_method_name((enum training_method)method),
                                      .kind = SERIES_POINTS,
                                      .colour = method,
                                      .x = x,
                                      .y = y,
                                      .count = n};
    }
    for (uint32_t m = 0; m < models; m++)
        if (training_gpus(&t->outcomes[m][TRAINING_FULL]) &&
            training_gpus(&t->outcomes[m][TRAINING_QLORA])) {
            ratio += log((double)training_gpus(&t->outcomes[m][TRAINING_FULL]) /
                         training_gpus(&t->outcomes[m][TRAINING_QLORA]));
            both++;
        }
    if (used == 0 || both == 0)
        return;
    struct chart *out = ARENA_NEW(arena, struct chart);
    *out = (struct chart){.kind = CHART_SCATTER,
                          .id = "gpus",
                          .title =
                              arena_printf(arena, "QLoRA takes %s fewer GPUs than full fine-tuning",
                                           words_times(arena, exp(ratio / (double)both))),
                          .x = {.label = "Parameters", .unit = "billion", .log = true},
                          .y = {.label = "Fewest GPUs", .unit = "", .log = true},
                          .series = series,
                          .series_count = used};
    draft_chart_alone(&t->draft, "gpus", out, chart_table(t, out->title));
}

static void table(struct training_page *t) {
    static const struct column columns[] = {
        {"model", "Model", NULL, false, false},
        {"parameters", "Parameters", NULL, true, false},
        {"full_gpus", "Full", "GPUs", true, false},
        {"full_gb_per_gpu", "Full", "GB each", true, false},
        {"lora_gpus", "LoRA", "GPUs", true, false},
        {"lora_gb_per_gpu", "LoRA", "GB each", true, false},
        {"qlora_gpus", "QLoRA", "GPUs", true, false},
        {"qlora_gb_per_gpu", "QLoRA", "GB each", true, false},
        {"full_gpu_hours", "Full, 1B tokens", "GPU-hours", true, false},
        {"full_usd", "Full, 1B tokens", "$", true, false},
    };
    struct arena *arena = t->arena;
    const struct catalog *catalog = t->plan->catalog;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), catalog->model_count);
    uint32_t *order = by_size(t);
    for (size_t i = 0; i < catalog->model_count; i++) {
        uint32_t m = order[i];
        rows_put(&rows, value_link(catalog->models[m].name,
                                   href_model_page(arena, &catalog->models[m], "training/")));
        rows_put(&rows, value_count(arena, (double)t->plan->parameters[m].total));
        for (int method = 0; method < TRAINING_METHODS; method++) {
            const struct training_outcome *outcome = &t->outcomes[m][method];
            if (!outcome->feasible) {
                rows_put_infeasible(&rows, outcome->reason, 2);
                continue;
            }
            rows_put(&rows, value_from(value_exact(arena, outcome->min_gpus), FROM_FIRST_PRINCIPLES,
                                       NULL));
            rows_put(&rows, value_from(value_gb(arena, outcome->memory.total),
                                       FROM_FIRST_PRINCIPLES, NULL));
        }
        const struct training_outcome *full = &t->outcomes[m][TRAINING_FULL];
        rows_put(&rows, value_from(value_number(arena, full->feasible ? full->gpu_hours : NAN),
                                   FROM_FIRST_PRINCIPLES, NULL));
        rows_put(&rows, value_from(value_usd(arena, full->feasible ? full->usd : NAN),
                                   FROM_FIRST_PRINCIPLES, NULL));
    }
    struct training ask = training_default(&catalog->models[0], &catalog->gpus[t->gpu]);
    struct table *out = draft_table(
        &t->draft, "models", "Every model", &rows,
        arena_printf(arena,
                     "AdamW in mixed precision, ZeRO 3, FlashAttention, full recomputation, one "
                     "sequence of %s tokens a GPU",
                     words_exact(arena, ask.sequence_tokens)));
    if (!out)
        return;
    out->sortable = out->downloadable = true;
    out->shown_rows = SHOWN_MODELS;
}

struct page *page_training(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena) {
    const struct catalog *catalog = plan->catalog;
    size_t models = catalog->model_count;
    struct training_page t = {.plan = plan,
                              .arena = arena,
                              .gpu = training_usual_gpu(plan),
                              .draft = draft_begin(arena, entry->path, "training")};
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Training", NULL, NULL}};
    draft_crumbs(&t.draft, crumbs, COUNT_OF(crumbs));
    t.draft.page->title = "What training takes";
    t.outcomes = arena_array(arena, models + 1, sizeof *t.outcomes);
    if (models == 0 || plan->catalog->gpu_count == 0) {
        draft_answer(&t.draft, "There is no model or no GPU to train with.");
        t.draft.page->description = t.draft.blocks[0].text;
        return draft_end(&t.draft);
    }
    measure(&t);
    draft_answer(&t.draft, answer(&t));
    t.draft.page->description = t.draft.blocks[0].text;
    figures(&t);
    chart(&t);
    uint32_t headline = plan->headline_model;
    training_parts(&t.draft, "parts",
                   arena_printf(arena, "Where the memory goes: %s", catalog->models[headline].name),
                   t.outcomes[headline]);
    table(&t);
    training_formula(&t.draft, plan, headline, t.gpu, &t.outcomes[headline][TRAINING_FULL]);
    draft_markdown(&t.draft, "training_method", "How it is made", NULL);
    return draft_end(&t.draft);
}
