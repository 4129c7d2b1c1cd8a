/* A model's page about training: memory, the fewest GPUs, hours and dollars of each method, and
   where that is cheapest. */
#include "page/model.h"
#include "page/phrases.h"
#include "page/training.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>

#define PARTS 5
#define SHOWN_GPUS 24

struct tuning { /* one model on one kind of GPU */
    uint32_t gpu;
    struct training_outcome outcomes[TRAINING_METHODS];
};

struct tuning_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    uint32_t index;
    const struct model *model;
    struct tuning usual;
    struct training_layouts *kept; /* by method */
};

static struct tuning tune(const struct tuning_page *t, uint32_t gpu) {
    struct tuning tuning = {.gpu = gpu};
    for (int method = 0; method < TRAINING_METHODS; method++)
        tuning.outcomes[method] =
            training_fewest(t->plan, t->index, gpu, (enum training_method)method, &t->kept[method]);
    return tuning;
}

/* "at least 8x H100 SXM for all of it", "1 for LoRA". */
static const char *amount(const struct tuning_page *t, int method, bool first) {
    struct arena *arena = t->arena;
    uint32_t gpus = training_gpus(&t->usual.outcomes[method]);
    const char *what =
        method == TRAINING_FULL ? "all of it" : training_method_name((enum training_method)method);
    if (!first)
        return arena_printf(arena, "%u for %s", gpus, what);
    return arena_printf(arena, "at least %s for %s",
                        words_gpus(arena, gpus, phrase_gpu(&t->plan->catalog->gpus[t->usual.gpu])),
                        what);
}

static const char *answer(const struct tuning_page *t) {
    struct arena *arena = t->arena;
    const char *gpu = phrase_gpu(&t->plan->catalog->gpus[t->usual.gpu]);
    const char *items[TRAINING_METHODS];
    size_t count = 0;
    for (int method = 0; method < TRAINING_METHODS; method++)
        if (training_gpus(&t->usual.outcomes[method])) {
            items[count] = amount(t, method, count == 0);
            count++;
        }
    if (count == 0)
        return arena_printf(arena, "%s cannot be trained on %s. %s", t->model->name, gpu,
                            training_reason_sentence(t->usual.outcomes[TRAINING_QLORA].reason));
    const struct training_outcome *full = &t->usual.outcomes[TRAINING_FULL];
    const char *cost =
        full->feasible && isfinite(full->usd)
            ? arena_printf(arena, " A billion tokens of full fine-tuning take %s and cost %s.",
                           words_unit(arena, full->gpu_hours, "GPU-hours"),
                           words_usd(arena, full->usd))
            : "";
    return arena_printf(arena, "Fine-tuning %s takes %s.%s", t->model->name,
                        phrase_list(arena, items, count), cost);
}

static void figures(struct tuning_page *t) {
    struct arena *arena = t->arena;
    const struct gpu_market *market = &t->plan->gpu_markets[t->usual.gpu];
    const struct training_outcome *full = &t->usual.outcomes[TRAINING_FULL];
    const struct training_outcome *lora = &t->usual.outcomes[TRAINING_LORA];
    struct training ask = training_default(t->model, &t->plan->catalog->gpus[t->usual.gpu]);
    struct figure out[4] = {
        {"Trained in full",
         value_from(value_count(arena, full->trainable_parameters), FROM_FIRST_PRINCIPLES, NULL),
         "parameters", "every weight, all experts"},
        {"Trained by LoRA",
         value_from(value_count(arena, lora->trainable_parameters), FROM_FIRST_PRINCIPLES, NULL),
         "parameters", arena_printf(arena, "rank %u, all linear layers", (unsigned)ask.lora_rank)},
        {"Work",
         value_from(value_number(arena, full->model_flop_per_token / 1e9), FROM_FIRST_PRINCIPLES,
                    NULL),
         "GFLOP per token", "forward and backward"},
        {phrase_gpu(&t->plan->catalog->gpus[t->usual.gpu]),
         value_from(value_usd_listed(arena, market->low_usd_per_gpu_hour), FROM_INPUT,
                    market->ranked ? market->listings[0].source : NULL),
         "per GPU-hour", "the lowest on demand"},
    };
    if (full->feasible && lora->feasible)
        draft_figures(&t->draft, out, COUNT_OF(out));
}

static void part_bytes(const struct training_memory *memory, double *out) {
    const double bytes[PARTS] = {memory->weights, memory->gradients, memory->optimizer,
                                 memory->activations, memory->logits + memory->buffers};
    for (size_t i = 0; i < PARTS; i++)
        out[i] = bytes[i] / 1e9;
}

/* The whole job's memory by method: what one GPU holds, times the GPUs. */
static void memory_chart(struct tuning_page *t) {
    static const char *const names[PARTS] = {"Weights", "Gradients", "Optimizer", "Activations",
                                             "Logits, buffers"};
    struct arena *arena = t->arena;
    const char **methods = ARENA_ARRAY(arena, TRAINING_METHODS, const char *);
    struct chart_series *series = ARENA_ARRAY(arena, PARTS, struct chart_series);
    double *y = ARENA_ARRAY(arena, PARTS * TRAINING_METHODS, double);
    double *x = ARENA_ARRAY(arena, TRAINING_METHODS, double), total[TRAINING_METHODS];
    size_t count = 0;
    for (int method = 0; method < TRAINING_METHODS; method++) {
        const struct training_outcome *outcome = &t->usual.outcomes[method];
        double parts[PARTS];
        if (!outcome->feasible)
            continue;
        part_bytes(&outcome->memory, parts);
        total[count] = 0;
        for (size_t i = 0; i < PARTS; i++) {
            y[i * TRAINING_METHODS + count] = parts[i] * outcome->min_gpus;
            total[count] += parts[i] * outcome->min_gpus;
        }
        methods[count] = training_method_name((enum training_method)method);
        x[count] = (double)count;
        count++;
    }
    if (count < 2)
        return;
    for (size_t i = 0; i < PARTS; i++)
        series[i] = (struct chart_series){.name = names[i],
                                          .kind = SERIES_BAR,
                                          .colour = (int)i,
                                          .x = x,
                                          .y = y + i * TRAINING_METHODS,
                                          .count = count};
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_STACKED,
        .id = "memory",
        .title = arena_printf(arena, "%s takes %s of the memory of %s", methods[count - 1],
                              words_percent(arena, round(100 * total[count - 1] / total[0]) / 100),
                              count == TRAINING_METHODS ? "full fine-tuning" : methods[0]),
        .x = {.label = "Method", .unit = "", .categories = methods, .category_count = count},
        .y = {.label = "All GPUs together", .unit = "GB", .from_zero = true},
        .series = series,
        .series_count = PARTS,
        .height = 260};
    draft_chart(&t->draft, "memory", chart, NULL);
}

static int cheaper_first(const void *left, const void *right) {
    const struct tuning *a = left, *b = right;
    for (int method = 0; method < TRAINING_METHODS; method++) {
        double x = a->outcomes[method].feasible ? a->outcomes[method].usd : INFINITY;
        double y = b->outcomes[method].feasible ? b->outcomes[method].usd : INFINITY;
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a->gpu > b->gpu) - (a->gpu < b->gpu);
}

/* Every GPU that is rented and has a 16-bit peak, cheapest full fine-tuning first. */
static void gpu_table(struct tuning_page *t) {
    static const struct column columns[] = {
        {"gpu", "GPU", NULL, false, false},
        {"usd_per_gpu_hour", "From", "$ / GPU-hour", true, false},
        {"full_gpus", "Full", "GPUs", true, false},
        {"full_usd", "Full", "$ / 1B tokens", true, false},
        {"lora_gpus", "LoRA", "GPUs", true, false},
        {"lora_usd", "LoRA", "$ / 1B tokens", true, false},
        {"qlora_gpus", "QLoRA", "GPUs", true, false},
        {"qlora_usd", "QLoRA", "$ / 1B tokens", true, false},
    };
    struct arena *arena = t->arena;
    const struct catalog *catalog = t->plan->catalog;
    struct tuning *all = arena_room(arena, catalog->gpu_count + 1, sizeof *all);
    size_t count = 0;
    for (uint32_t g = 0; g < catalog->gpu_count; g++)
        if (t->plan->gpu_markets[g].ranked && !catalog->gpus[g].announced &&
            catalog->gpus[g].flop_per_s[COMPUTE_16] > 0)
            all[count++] = tune(t, g);
    qsort(all, count, sizeof *all, cheaper_first);
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        const struct gpu *gpu = &catalog->gpus[all[i].gpu];
        const struct gpu_market *market = &t->plan->gpu_markets[all[i].gpu];
        rows_put(&rows, value_link(phrase_gpu(gpu), href_gpu(arena, gpu)));
        rows_put(&rows, value_from(value_usd_listed(arena, market->low_usd_per_gpu_hour),
                                   FROM_INPUT, market->listings[0].offer->as_of));
        for (int method = 0; method < TRAINING_METHODS; method++) {
            const struct training_outcome *outcome = &all[i].outcomes[method];
            if (!outcome->feasible) {
                rows_put_infeasible(&rows, outcome->reason, 2);
                continue;
            }
            rows_put(&rows, value_from(value_exact(arena, outcome->min_gpus), FROM_FIRST_PRINCIPLES,
                                       NULL));
            rows_put(&rows,
                     value_from(value_usd(arena, outcome->usd), FROM_FIRST_PRINCIPLES, NULL));
        }
    }
    struct table *table = draft_table(&t->draft, "gpus", "Where it is cheapest", &rows,
                                      "Fewest GPUs up to 1,024, and what a billion tokens cost at "
                                      "the lowest on-demand price");
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_GPUS;
}

/* Written as a reader counts, "1.97 h"; the raw number is days. */
static struct value days(struct arena *arena, double seconds) {
    struct value value = value_seconds(arena, seconds);
    value.number = seconds / 86400;
    return value;
}

/* Continued pre-training is full fine-tuning on more tokens. */
static void token_table(struct tuning_page *t) {
    static const double tokens[] = {1e8, 1e9, 1e10, 1e11, 1e12, 1e13};
    static const struct column columns[] = {
        {"tokens", "Tokens", NULL, true, false},
        {"gpu_hours", "GPU-hours", NULL, true, false},
        {"days", "On the fewest GPUs", NULL, true, false},
        {"usd", "Cost", "$", true, false},
    };
    struct arena *arena = t->arena;
    const struct training_outcome *full = &t->usual.outcomes[TRAINING_FULL];
    if (!full->feasible || !isfinite(full->gpu_hours))
        return;
    double asked = training_default(t->model, &t->plan->catalog->gpus[t->usual.gpu]).tokens;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), COUNT_OF(tokens));
    for (size_t i = 0; i < COUNT_OF(tokens); i++) {
        double times = tokens[i] / asked, hours = full->gpu_hours * times;
        rows_put(&rows, value_count(arena, tokens[i]));
        rows_put(&rows, value_from(value_number(arena, hours), FROM_FIRST_PRINCIPLES, NULL));
        rows_put(&rows, value_from(days(arena, full->run_s * times), FROM_FIRST_PRINCIPLES, NULL));
        rows_put(&rows,
                 value_from(value_usd(arena, full->usd * times), FROM_FIRST_PRINCIPLES, NULL));
    }
    draft_table(&t->draft, "tokens", "Continued pre-training", &rows,
                arena_printf(arena, "All weights, on %s at the lowest on-demand price",
                             words_gpus(arena, full->min_gpus,
                                        phrase_gpu(&t->plan->catalog->gpus[t->usual.gpu]))));
}

/* Crumbs, title, answer and description. */
static struct tuning_page begin(const struct page_plan *plan, const struct page_entry *entry,
                                struct arena *arena) {
    const struct catalog *catalog = plan->catalog;
    struct tuning_page t = {.plan = plan,
                            .arena = arena,
                            .index = entry->model,
                            .model = &catalog->models[entry->model],
                            .kept = ARENA_ARRAY(arena, TRAINING_METHODS, struct training_layouts),
                            .draft = draft_begin(arena, entry->path, "tuning")};
    struct link crumbs[] = {{catalog->site.title, "", NULL},
                            {t.model->name, href_model(arena, t.model), NULL},
                            {"Training", NULL, NULL}};
    draft_crumbs(&t.draft, crumbs, COUNT_OF(crumbs));
    t.draft.page->title = arena_printf(arena, "%s: what training takes", t.model->name);
    if (catalog->gpu_count)
        t.usual = tune(&t, training_usual_gpu(plan));
    draft_answer(&t.draft,
                 catalog->gpu_count
                     ? answer(&t)
                     : arena_printf(arena, "There is no GPU to train %s on.", t.model->name));
    t.draft.page->description = t.draft.blocks[0].text;
    return t;
}

struct page *model_training_outline(const struct page_plan *plan, const struct page_entry *entry,
                                    struct arena *arena) {
    return begin(plan, entry, arena).draft.page;
}

struct page *page_model_training(const struct page_plan *plan, const struct page_entry *entry,
                                 struct arena *arena) {
    struct tuning_page t = begin(plan, entry, arena);
    if (plan->catalog->gpu_count) {
        figures(&t);
        memory_chart(&t);
        training_parts(&t.draft, "parts", "What each GPU holds", t.usual.outcomes);
        gpu_table(&t);
        token_table(&t);
        training_formula(&t.draft, plan, entry->model, t.usual.gpu,
                         &t.usual.outcomes[TRAINING_FULL]);
        draft_markdown(&t.draft, "training_method", "How it is made", NULL);
    }
    model_links(&t.draft, t.plan, t.index);
    return draft_end(&t.draft);
}
