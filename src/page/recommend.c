/* The recommender: with this much memory, these GPUs or this budget, which model at which
 * precision. */
#include "page/draft.h"
#include "page/phrases.h"
#include "page/plan.h"
#include "page/words.h"

#include <math.h>

struct recommend_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
};

#define CONTEXT 8192.0
static const enum precision levels[] = {PRECISION_BF16, PRECISION_FP8, PRECISION_AWQ};
#define LEVELS 3

/* The memory of more than one GPU is that of a node of eight. */
#define ONE_GPU_BYTES 288e9
#define NODE_GPUS 8

/* As an estimate judges it: one request, what the engine keeps besides and its share of the memory,
   on one GPU or as many of a node of that memory as its heads divide over. */
static bool holds(const struct recommend_page *r, double memory_bytes, uint32_t m,
                  enum precision weights) {
    const struct model *model = &r->plan->catalog->models[m];
    uint32_t gpus = memory_bytes > ONE_GPU_BYTES ? NODE_GPUS : 1;
    const struct gpu gpu = {.memory_bytes = memory_bytes / gpus, .max_per_node = NODE_GPUS};
    struct memory_case c = {.model = model,
                            .gpu = &gpu,
                            .p = 1,
                            .weights = weights,
                            .kv = r->plan->catalog->site.kv_precision,
                            .plan = memory_plan_of(r->plan->catalog->site.engine),
                            .engine = r->plan->catalog->site.engine};
    double context = model->context_tokens ? fmin(CONTEXT, model->context_tokens) : CONTEXT;
    for (c.t = gpus; c.t >= 1; c.t /= 2)
        if (memory_tensor_parallel_fits(model, c.t) && memory_max_batch(&c, context) >= 1)
            return true;
    return false;
}

/* The largest model that fits; UINT32_MAX: none. */
static uint32_t largest(const struct recommend_page *r, double memory_bytes, enum precision weights,
                        size_t *count) {
    uint32_t best = UINT32_MAX;
    *count = 0;
    for (uint32_t m = 0; m < r->plan->catalog->model_count; m++) {
        if (!holds(r, memory_bytes, m, weights))
            continue;
        ++*count;
        if (best == UINT32_MAX || r->plan->parameters[m].total > r->plan->parameters[best].total)
            best = m;
    }
    return best;
}

static struct value model_value(const struct recommend_page *r, uint32_t m) {
    if (m == UINT32_MAX)
        return value_infeasible(REASON_DOES_NOT_FIT);
    const struct model *model = &r->plan->catalog->models[m];
    return value_link(model->name, href_model(r->arena, model));
}

static void by_memory(struct recommend_page *r) {
    static const double sizes_gb[] = {4,  6,   8,   12,  16,  24,  32,  40,  48,   64,  80,
                                      96, 128, 141, 192, 256, 320, 512, 640, 1128, 1536};
    static const struct column columns[] = {
        {"memory_gb", "Memory", "GB", true, false},
        {"at_16_bit", "At 16 bit", NULL, false, false},
        {"at_8_bit", "At 8 bit", NULL, false, false},
        {"at_4_bit", "At 4 bit", NULL, false, false},
        {"models_16_bit", "Models that fit", "16 bit", true, false},
        {"models_4_bit", "Models that fit", "4 bit", true, false},
    };
    struct rows rows = rows_begin(r->arena, columns, COUNT_OF(columns), COUNT_OF(sizes_gb));
    for (size_t i = 0; i < COUNT_OF(sizes_gb); i++) {
        size_t counts[LEVELS];
        rows_put(&rows, value_exact(r->arena, sizes_gb[i]));
        for (size_t level = 0; level < LEVELS; level++)
            rows_put(&rows,
                     model_value(r, largest(r, sizes_gb[i] * 1e9, levels[level], &counts[level])));
        rows_put(&rows, value_exact(r->arena, (double)counts[0]));
        rows_put(&rows, value_exact(r->arena, (double)counts[2]));
    }
    struct table *table =
        draft_table(&r->draft, "memory", "With this much memory: the largest model", &rows,
                    arena_printf(r->arena,
                                 "One request of 8,192 tokens, or of the whole context where that "
                                 "is shorter, served by %s on one GPU or, beyond 288 GB, on eight",
                                 phrase_engine(r->plan, r->plan->catalog->site.engine)));
    if (table)
        table->downloadable = true;
}

/* The largest model on so many of a GPU, in its own precision, and what they cost. */
static void gpu_row(struct recommend_page *r, struct rows *rows, uint32_t g, uint32_t gpus) {
    struct arena *arena = r->arena;
    const struct catalog *catalog = r->plan->catalog;
    const struct gpu *gpu = &catalog->gpus[g];
    uint32_t best = UINT32_MAX;
    size_t count = 0;
    for (uint32_t m = 0; m < catalog->model_count; m++) {
        const struct pick *pick = plan_pick(r->plan, m, g);
        if (pick->reason != REASON_NONE || pick->fallback || pick->min_gpus > gpus)
            continue;
        count++;
        if (best == UINT32_MAX || r->plan->parameters[m].total > r->plan->parameters[best].total)
            best = m;
    }
    const struct listing *listing = market_cheapest(&r->plan->gpu_markets[g], gpus);
    rows_put(rows, value_link(words_gpus(arena, gpus, phrase_gpu(gpu)), href_gpu(arena, gpu)));
    rows_put(rows, value_from(value_gb(arena, gpus * gpu->memory_bytes), FROM_INPUT, NULL));
    rows_put(rows, listing
                       ? value_from(value_usd_listed(arena, listing_usd_per_hour(listing, gpus)),
                                    FROM_INPUT, NULL)
                       : value_infeasible(REASON_NO_PRICE));
    rows_put(rows, model_value(r, best));
    if (best == UINT32_MAX) {
        rows_put_infeasible(rows, REASON_DOES_NOT_FIT, 1);
        rows_put(rows, value_exact(arena, 0));
        return;
    }
    struct pick pick =
        pick_of(r->plan, best, g, gpus, r->plan->precisions[best], &catalog->site.workloads[0]);
    rows_put(rows,
             pick.reason == REASON_NONE
                 ? value_from(value_number(arena, pick.output_tokens_per_s), pick.provenance, NULL)
                 : value_infeasible(pick.reason));
    rows_put(rows, value_exact(arena, (double)count));
}

static void by_gpu(struct recommend_page *r) {
    static const struct column columns[] = {
        {"gpus", "GPUs", NULL, false, false},
        {"memory_gb", "Memory", "GB", true, false},
        {"usd_per_hour", "$ / h", NULL, true, false},
        {"largest_model", "Largest model in its own precision", NULL, false, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"models", "Models that fit", NULL, true, false},
    };
    struct rows rows = rows_begin(r->arena, columns, COUNT_OF(columns), 64);
    for (uint32_t g = 0; g < r->plan->catalog->gpu_count; g++) {
        const struct gpu *gpu = &r->plan->catalog->gpus[g];
        if (gpu->announced || (!r->plan->gpu_markets[g].ranked && !gpu->unified_memory))
            continue;
        uint32_t node = gpu_per_node(gpu);
        for (uint32_t gpus = 1; gpus <= node; gpus *= 2)
            gpu_row(r, &rows, g, gpus);
    }
    struct table *table =
        draft_table(&r->draft, "gpus", "With these GPUs", &rows,
                    phrase_workload(r->arena, &r->plan->catalog->site.workloads[0]));
    if (table)
        table->sortable = table->downloadable = true;
}

/* The largest model that is served for at most this much an hour. */
static uint32_t affordable(const struct recommend_page *r, double usd_per_hour, uint32_t *gpu) {
    uint32_t best = UINT32_MAX;
    for (uint32_t m = 0; m < r->plan->catalog->model_count; m++)
        for (uint32_t g = 0; g < r->plan->catalog->gpu_count; g++) {
            const struct pick *pick = plan_pick(r->plan, m, g);
            if (pick->reason != REASON_NONE || !pick->listing || pick->fallback ||
                r->plan->catalog->gpus[g].announced || pick->usd_per_hour > usd_per_hour)
                continue;
            bool larger = best == UINT32_MAX ||
                          r->plan->parameters[m].total > r->plan->parameters[best].total;
            if (larger || (m == best && pick->usd_per_million <
                                            plan_pick(r->plan, best, *gpu)->usd_per_million)) {
                best = m;
                *gpu = g;
            }
        }
    return best;
}

static void by_budget(struct recommend_page *r) {
    static const double budgets[] = {0.2, 0.5, 1, 2, 4, 8, 16, 32, 64};
    static const struct column columns[] = {
        {"budget_usd_per_hour", "Budget", "$ / h", true, false},
        {"largest_model", "Largest model", NULL, false, false},
        {"gpus", "On", NULL, false, false},
        {"platform", "At", NULL, false, false},
        {"usd_per_hour", "For", "$ / h", true, false},
        {"output_tokens_per_s", "Output", "tokens/s", true, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
    };
    struct arena *arena = r->arena;
    const struct catalog *catalog = r->plan->catalog;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), COUNT_OF(budgets));
    for (size_t i = 0; i < COUNT_OF(budgets); i++) {
        uint32_t g = 0, m = affordable(r, budgets[i], &g);
        rows_put(&rows, value_usd_listed(arena, budgets[i]));
        rows_put(&rows, model_value(r, m));
        if (m == UINT32_MAX) {
            rows_put_infeasible(&rows, REASON_NO_PRICE, 5);
            continue;
        }
        const struct pick *pick = plan_pick(r->plan, m, g);
        const struct platform *platform = &r->plan->platforms[pick->listing->platform];
        rows_put(&rows,
                 value_link(words_gpus(arena, pick->gpus, phrase_gpu(&catalog->gpus[g])),
                            href_combination(arena, &catalog->models[m], &catalog->gpus[g])));
        rows_put(&rows, value_link(platform->name, href_platform(arena, platform->id)));
        rows_put(&rows, value_from(value_usd_listed(arena, pick->usd_per_hour), FROM_INPUT,
                                   pick->listing->source));
        rows_put(&rows, value_from(value_number(arena, pick->output_tokens_per_s), pick->provenance,
                                   NULL));
        rows_put(&rows,
                 value_from(value_usd(arena, pick->usd_per_million), pick->provenance, NULL));
    }
    struct table *table = draft_table(&r->draft, "budget", "For this budget", &rows,
                                      "Rented on demand at a current price, always busy");
    if (table)
        table->downloadable = true;
}

static const char *answer(struct recommend_page *r) {
    static const double sizes_gb[] = {8, 24, 80};
    size_t count, n = 0;
    const char *parts[COUNT_OF(sizes_gb)];
    uint32_t before = UINT32_MAX;
    for (size_t i = 0; i < COUNT_OF(sizes_gb); i++) {
        uint32_t m = largest(r, sizes_gb[i] * 1e9, PRECISION_AWQ, &count);
        if (m != before) /* said of the smaller memory */
            parts[n++] = arena_printf(r->arena, "%s in %s", r->plan->catalog->models[m].name,
                                      words_bytes(r->arena, sizes_gb[i] * 1e9));
        before = m;
    }
    if (n == 0)
        return "No model fits.";
    const char *text = arena_printf(r->arena, "At 4 bit the largest model that fits is %s.",
                                    phrase_list(r->arena, parts, n));
    uint32_t gpu = 0, model = affordable(r, 4, &gpu);
    if (model == UINT32_MAX)
        return text;
    return arena_printf(r->arena, "%s For $4 an hour the largest is %s, on %s.", text,
                        r->plan->catalog->models[model].name,
                        phrase_offer(r->arena, r->plan, plan_pick(r->plan, model, gpu),
                                     &r->plan->catalog->gpus[gpu]));
}

/* What a GB of memory holds: the largest model by size of memory and precision. */
static void chart(struct recommend_page *r) {
    static const double sizes_gb[] = {8, 16, 24, 48, 80, 141, 192, 320, 640, 1128};
    static const char *const names[LEVELS] = {"16 bit", "8 bit", "4 bit"};
    struct arena *arena = r->arena;
    struct chart_series *series = ARENA_ARRAY(arena, LEVELS, struct chart_series);
    size_t used = 0, both = 0;
    double gain = 0;
    for (size_t i = 0; i < COUNT_OF(sizes_gb); i++) {
        size_t count;
        uint32_t wide = largest(r, sizes_gb[i] * 1e9, levels[0], &count);
        uint32_t narrow = largest(r, sizes_gb[i] * 1e9, levels[LEVELS - 1], &count);
        if (wide == UINT32_MAX || narrow == UINT32_MAX)
            continue;
        gain += log((double)r->plan->parameters[narrow].total /
                    (double)r->plan->parameters[wide].total);
        both++;
    }
    for (size_t level = 0; level < LEVELS; level++) {
        double *x = ARENA_ARRAY(arena, COUNT_OF(sizes_gb), double);
        double *y = ARENA_ARRAY(arena, COUNT_OF(sizes_gb), double);
        size_t n = 0, count;
        for (size_t i = 0; i < COUNT_OF(sizes_gb); i++) {
            uint32_t m = largest(r, sizes_gb[i] * 1e9, levels[level], &count);
            if (m == UINT32_MAX)
                continue;
            x[n] = sizes_gb[i];
            y[n++] = (double)r->plan->parameters[m].total / 1e9;
        }
        if (n > 1)
            series[used++] = (struct chart_series){.name = names[level],
                                                   .kind = SERIES_STEP,
                                                   .colour = (int)level,
                                                   .x = x,
                                                   .y = y,
                                                   .count = n};
    }
    bool flat = gain < log(1.05) * (double)both; /* a few models, which most memories hold */
    if (used == 0 || both == 0 || flat)
        return;
    struct chart *out = ARENA_NEW(arena, struct chart);
    *out = (struct chart){
        .kind = CHART_LINE,
        .id = "fits",
        .title = arena_printf(arena, "At 4 bit a memory holds a model %s as large as at 16",
                              words_times(arena, exp(gain / (double)both))),
        .x = {.label = "Memory", .unit = "GB", .log = true},
        .y = {.label = "Largest model", .unit = "billion parameters", .log = true},
        .series = series,
        .series_count = used,
        .height = 300};
    draft_chart_alone(&r->draft, "fits", out, NULL);
}

struct page *page_recommend(const struct page_plan *plan, const struct page_entry *entry,
                            struct arena *arena) {
    struct recommend_page r = {
        .plan = plan, .arena = arena, .draft = draft_begin(arena, entry->path, "recommend")};
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Recommend", NULL, NULL}};
    draft_crumbs(&r.draft, crumbs, COUNT_OF(crumbs));
    r.draft.page->title = "Which model fits";
    draft_answer(&r.draft, answer(&r));
    r.draft.page->description =
        "The largest model for a size of memory, a set of GPUs or a budget, and how fast it runs.";
    if (plan->catalog->site.workload_count > 0) {
        chart(&r);
        by_memory(&r);
        by_budget(&r);
        by_gpu(&r);
    }
    draft_markdown(&r.draft, "recommend_method", "How it is made", NULL);
    return draft_end(&r.draft);
}
