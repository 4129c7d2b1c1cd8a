/* The training page: memory, fewest GPUs, hours and dollars of full fine-tuning, LoRA and QLoRA. */
#include "engine/training.h"

#include "page/draft.h"
#include "page/phrases.h"
#include "page/plan.h"
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

/* The GPU of a linked node with the most offers of 80 GB or more. */
static uint32_t usual_gpu(const struct page_plan *plan) {
    uint32_t best = 0;
    size_t most = 0;
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++) {
        const struct gpu *gpu = &plan->catalog->gpus[g];
        if (gpu->announced || gpu->memory_bytes < 79e9 || gpu->link != LINK_NVLINK ||
            !(gpu->flop_per_s[COMPUTE_16] > 0))
            continue;
        if (plan->gpu_markets[g].ranked > most) {
            most = plan->gpu_markets[g].ranked;
            best = g;
        }
    }
    return best;
}

/* At the fewest GPUs that hold it, in the layout that needs them. */
static struct training_outcome fewest(const struct training_page *t, uint32_t m,
                                      enum training_method method) {
    struct training ask =
        training_default(&t->plan->catalog->models[m], &t->plan->catalog->gpus[t->gpu]);
    ask.method = method;
    ask.usd_per_gpu_hour = t->plan->gpu_markets[t->gpu].low_usd_per_gpu_hour;
    ask.gpu_count = training_min_gpus(&ask, &ask.tensor_parallel, &ask.pipeline_parallel);
    if (ask.gpu_count == 0)
        return (struct training_outcome){.reason = REASON_DOES_NOT_FIT};
    return training_estimate(&ask);
}

static void measure(struct training_page *t) {
    for (uint32_t m = 0; m < t->plan->catalog->model_count; m++)
        for (int method = 0; method < TRAINING_METHODS; method++)
            t->outcomes[m][method] = fewest(t, m, (enum training_method)method);
}

static uint32_t gpus_of(const struct training_outcome *outcome) {
    return outcome->feasible ? outcome->min_gpus : 0;
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
    return arena_printf(arena, "Fine-tuning all of %s takes at least %s, LoRA %s, QLoRA %s.%s",
                        t->plan->catalog->models[m].name, words_gpus(arena, gpus_of(full), gpu),
                        words_exact(arena, gpus_of(lora)), words_exact(arena, gpus_of(qlora)),
                        cost);
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
                    market->ranked ? phrase_price_source(arena, market->listings[0].offer) : NULL),
         "per GPU-hour", "the lowest on demand"},
        {"MFU", value_percent(arena, ask.mfu), NULL, "share of the peak that training reaches"},
        {"Tokens", value_count(arena, ask.tokens), NULL,
         arena_printf(arena, "in sequences of %s", words_exact(arena, ask.sequence_tokens))},
    };
    draft_figures(&t->draft, out, COUNT_OF(out));
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
            if (!gpus_of(&t->outcomes[m][method]))
                continue;
            x[n] = (double)t->plan->parameters[m].total / 1e9;
            y[n++] = gpus_of(&t->outcomes[m][method]);
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
        if (gpus_of(&t->outcomes[m][TRAINING_FULL]) && gpus_of(&t->outcomes[m][TRAINING_QLORA])) {
            ratio += log((double)gpus_of(&t->outcomes[m][TRAINING_FULL]) /
                         gpus_of(&t->outcomes[m][TRAINING_QLORA]));
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
    draft_chart(&t->draft, "gpus", out, NULL);
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

static void table(struct training_page *t) {
    static const struct column columns[] = {
        {"model", "Model", NULL, false, false},
        {"parameters", "Parameters", NULL, true, false},
        {"full_gpus", "Full", "GPUs", true, false},
        {"full_gb_per_gpu", "", "GB each", true, false},
        {"lora_gpus", "LoRA", "GPUs", true, false},
        {"lora_gb_per_gpu", "", "GB each", true, false},
        {"qlora_gpus", "QLoRA", "GPUs", true, false},
        {"qlora_gb_per_gpu", "", "GB each", true, false},
        {"full_gpu_hours", "Full, 1B tokens", "GPU-hours", true, false},
        {"full_usd", "", "$", true, false},
    };
    struct arena *arena = t->arena;
    const struct catalog *catalog = t->plan->catalog;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), catalog->model_count);
    uint32_t *order = by_size(t);
    for (size_t i = 0; i < catalog->model_count; i++) {
        uint32_t m = order[i];
        rows_put(&rows,
                 value_link(catalog->models[m].name, href_model(arena, &catalog->models[m])));
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
    struct table *out =
        draft_table(&t->draft, "models", "Every model", &rows,
                    "AdamW in mixed precision, ZeRO 3, FlashAttention, full recomputation, one "
                    "sequence of 4,096 tokens a GPU");
    if (!out)
        return;
    out->sortable = out->downloadable = true;
    out->shown_rows = SHOWN_MODELS;
}

/* Where the memory of a GPU goes, for the headline model. */
static void parts(struct training_page *t) {
    static const struct column columns[] = {{"method", "Method", NULL, false, false},
                                            {"gpus", "GPUs", NULL, true, false},
                                            {"weights_gb", "Weights", "GB", true, false},
                                            {"gradients_gb", "Gradients", "GB", true, false},
                                            {"optimizer_gb", "Optimizer", "GB", true, false},
                                            {"activations_gb", "Activations", "GB", true, false},
                                            {"buffers_gb", "Logits, buffers", "GB", true, false},
                                            {"total_gb", "Together", "GB a GPU", true, false},
                                            {"trainable", "Trained", "parameters", true, false}};
    struct arena *arena = t->arena;
    uint32_t m = t->plan->headline_model;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), TRAINING_METHODS);
    for (int method = 0; method < TRAINING_METHODS; method++) {
        const struct training_outcome *outcome = &t->outcomes[m][method];
        const struct training_memory *memory = &outcome->memory;
        if (!outcome->feasible)
            continue;
        rows_put(&rows, value_text(training_method_name((enum training_method)method)));
        rows_put(&rows, value_exact(arena, outcome->min_gpus));
        const double gb[] = {memory->weights,
                             memory->gradients,
                             memory->optimizer,
                             memory->activations,
                             memory->logits + memory->buffers,
                             memory->total};
        for (size_t i = 0; i < COUNT_OF(gb); i++)
            rows_put(&rows,
                     value_from(value_number(arena, gb[i] / 1e9), FROM_FIRST_PRINCIPLES, NULL));
        rows_put(&rows, value_count(arena, outcome->trainable_parameters));
    }
    draft_table(&t->draft, "parts",
                arena_printf(arena, "Where the memory goes: %s", t->plan->catalog->models[m].name),
                &rows, "GB on each GPU, at the fewest GPUs");
}

static void formula(struct training_page *t) {
    struct arena *arena = t->arena;
    uint32_t m = t->plan->headline_model;
    const struct training_outcome *full = &t->outcomes[m][TRAINING_FULL];
    struct training ask =
        training_default(&t->plan->catalog->models[m], &t->plan->catalog->gpus[t->gpu]);
    struct derivation lines = {.arena = arena};
    if (!full->feasible)
        return;
    double peak = t->plan->catalog->gpus[t->gpu].flop_per_s[COMPUTE_16];
    derivation_line(
        &lines, "GPU-hours = FLOP per token \xC2\xB7 tokens / (MFU \xC2\xB7 peak \xC2\xB7 3600)",
        arena_printf(arena, "%s \xC2\xB7 %s / (%s \xC2\xB7 %s \xC2\xB7 3600)",
                     phrase_formula_number(arena, full->model_flop_per_token),
                     phrase_formula_number(arena, ask.tokens),
                     phrase_formula_number(arena, ask.mfu), phrase_formula_number(arena, peak)),
        words_unit(arena, full->model_flop_per_token * ask.tokens / (ask.mfu * peak * 3600),
                   "GPU-hours"));
    derivation_line(&lines, "the rule of thumb = 6 \xC2\xB7 parameters \xC2\xB7 tokens",
                    arena_printf(arena, "6 \xC2\xB7 %s \xC2\xB7 %s",
                                 phrase_formula_number(arena, full->flop_6nd / 6 / ask.tokens),
                                 phrase_formula_number(arena, ask.tokens)),
                    words_unit(arena, full->flop_6nd / 1e18, "EFLOP"));
    draft_formula(&t->draft, "formula", "How the hours are made", NULL, &lines);
}

struct page *page_training(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena) {
    size_t models = plan->catalog->model_count;
    struct training_page t = {.plan = plan,
                              .arena = arena,
                              .gpu = usual_gpu(plan),
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
    parts(&t);
    table(&t);
    formula(&t);
    draft_markdown(&t.draft, "training_method", "How it is made", NULL);
    return draft_end(&t.draft);
}
