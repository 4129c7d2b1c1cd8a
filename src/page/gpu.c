/* A GPU's page: what it can do, what runs on it and what it costs. */
#include "page/gpu.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

static size_t models_that_fit(const struct gpu_page *g, uint32_t at_most) {
    size_t n = 0;
    for (uint32_t m = 0; m < g->plan->catalog->model_count; m++) {
        const struct pick *pick = plan_pick(g->plan, m, g->index);
        n += pick->reason == REASON_NONE && !pick->fallback && pick->min_gpus <= at_most;
    }
    return n;
}

static const char *market_sentence(const struct gpu_page *g) {
    struct arena *arena = g->arena;
    const struct gpu_market *market = g->market;
    if (g->gpu->announced)
        return "It is announced, not shipping.";
    if (market->ranked == 0)
        return "No platform on the list rents it at a current on-demand price.";
    const char *spread = market->ranked < 3
                             ? ""
                             : arena_printf(arena, ", %s at the median offer",
                                            words_usd(arena, market->median_usd_per_gpu_hour));
    return arena_printf(arena, "Cheapest at %s for %s per GPU-hour%s.",
                        g->plan->platforms[market->listings[0].platform].name,
                        words_usd_listed(arena, market->low_usd_per_gpu_hour), spread);
}

/* "One H100 SXM runs 83 of the 153 models, 8 together 118" */
static const char *what_fits(const struct gpu_page *g) {
    struct arena *arena = g->arena;
    const char *name = phrase_gpu(g->gpu);
    size_t models = g->plan->catalog->model_count, one = models_that_fit(g, 1);
    uint32_t node = gpu_per_node(g->gpu);
    if (one == models)
        return models == 1
                   ? arena_printf(arena, "One %s runs %s", name, g->plan->catalog->models[0].name)
                   : arena_printf(arena, "One %s runs all %zu models", name, models);
    if (node == 1)
        return arena_printf(arena, "One %s runs %zu of the %zu models", name, one, models);
    return arena_printf(arena, "One %s runs %zu of the %zu models, %u together %zu", name, one,
                        models, node, models_that_fit(g, node));
}

static const char *answer(const struct gpu_page *g) {
    struct arena *arena = g->arena;
    if (!(g->gpu->memory_bytes_per_s > 0 && g->gpu->flop_per_s[COMPUTE_16] > 0))
        return arena_printf(arena, "What %s runs is not computed: %s not known. %s",
                            phrase_gpu(g->gpu), phrase_unknown(g->gpu), market_sentence(g));
    if (g->plan->catalog->model_count == 0)
        return market_sentence(g);
    return arena_printf(arena, "%s. %s", what_fits(g), market_sentence(g));
}

static void figures(struct gpu_page *g) {
    struct arena *arena = g->arena;
    const struct gpu *gpu = g->gpu;
    const char *source = phrase_spec_source(arena, gpu);
    struct figure out[4] = {
        {"Memory", value_from(value_gb(arena, gpu->memory_bytes), FROM_INPUT, source), "GB",
         gpu->unified_memory ? "shared with the host" : NULL},
        {"Bandwidth",
         value_from(value_stated(arena, gpu->memory_bytes_per_s / 1e9), FROM_INPUT, source),
         gpu->memory_bytes_per_s > 0 ? "GB/s" : NULL,
         gpu->memory_bytes_per_s > 0 ? NULL : "not known"},
        {"16-bit peak",
         value_from(value_stated(arena, gpu->flop_per_s[COMPUTE_16] / 1e12), FROM_INPUT, source),
         gpu->flop_per_s[COMPUTE_16] > 0 ? "TFLOP/s, dense" : NULL,
         gpu->flop_per_s[COMPUTE_16] > 0 ? NULL : "not known"},
        {"Cheapest",
         value_from(value_usd_listed(arena, g->market->low_usd_per_gpu_hour), FROM_INPUT,
                    g->market->ranked ? g->market->listings[0].source : NULL),
         g->market->ranked ? "per GPU-hour" : NULL,
         g->market->ranked
             ? arena_printf(arena, "of %s at %s",
                            words_plural(arena, (double)g->market->ranked, "offer"),
                            words_plural(arena, (double)g->market->platform_count, "platform"))
             : "no current price"},
    };
    draft_figures(&g->draft, out, COUNT_OF(out));
}

static void spec(struct rows *rows, const char *name, const char *text, double number,
                 const char *source) {
    if (!(number > 0))
        return;
    rows_put(rows, value_text(name));
    rows_put(rows, value_from((struct value){.kind = VALUE_NUMBER, .text = text, .number = number},
                              FROM_INPUT, source));
}

static void specs(struct gpu_page *g) {
    static const struct column columns[] = {
        {"specification", "Specification", NULL, false, false},
        {"value", "Value", NULL, true, false},
    };
    static const char *const units[COMPUTE_COUNT] = {"FP32", "16-bit", "FP8", "INT8", "FP4"};
    struct arena *arena = g->arena;
    const struct gpu *gpu = g->gpu;
    const char *source = phrase_spec_source(arena, gpu);
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), 14);
    spec(&rows, "Memory", words_bytes(arena, gpu->memory_bytes), gpu->memory_bytes, source);
    spec(&rows, "Memory bandwidth", words_bandwidth(arena, gpu->memory_bytes_per_s),
         gpu->memory_bytes_per_s, source);
    for (int unit = 0; unit < COMPUTE_COUNT; unit++)
        spec(&rows, arena_printf(arena, "Dense %s peak", units[unit]),
             unit == COMPUTE_INT8 ? words_unit(arena, gpu->flop_per_s[unit] / 1e12, "TOP/s")
                                  : words_flops(arena, gpu->flop_per_s[unit]),
             gpu->flop_per_s[unit], source);
    spec(&rows, "Link, each direction", words_bandwidth(arena, gpu->link_bytes_per_s),
         gpu->link_bytes_per_s, source);
    spec(&rows, "GPUs that share it", words_exact(arena, gpu->max_per_node), gpu->max_per_node,
         source);
    spec(&rows, "Power limit", words_unit(arena, gpu->tdp_w, "W"), gpu->tdp_w, source);
    spec(&rows, "List price", words_usd(arena, gpu->list_price_usd), gpu->list_price_usd, source);
    draft_table(
        &g->draft, "specs", "Specifications", &rows,
        arena_printf(arena, "%s %s%s%s", gpu->vendor, gpu->architecture ? gpu->architecture : "",
                     gpu->release_date ? ", " : "", gpu->release_date ? gpu->release_date : ""));
    if (source)
        draft_text(&g->draft, "sources", NULL, arena_printf(arena, "Sources: %s.", source));
    if (gpu->note && gpu->note[0])
        draft_text(&g->draft, "note", NULL, gpu->note);
}

static void formula(struct gpu_page *g) {
    struct arena *arena = g->arena;
    struct derivation lines = {.arena = arena};
    double peak = g->gpu->flop_per_s[COMPUTE_16], bandwidth = g->gpu->memory_bytes_per_s;
    if (!(peak > 0 && bandwidth > 0))
        return;
    derivation_line(&lines, "ridge point = peak / bandwidth",
                    arena_printf(arena, "%s / %s", phrase_formula_number(arena, peak),
                                 phrase_formula_number(arena, bandwidth)),
                    words_unit(arena, peak / bandwidth, "FLOP per byte"));
    derivation_line(&lines, "critical batch at 16 bit = peak \xC2\xB7 2 / (2 \xC2\xB7 bandwidth)",
                    arena_printf(arena, "%s \xC2\xB7 2 / (2 \xC2\xB7 %s)",
                                 phrase_formula_number(arena, peak),
                                 phrase_formula_number(arena, bandwidth)),
                    words_unit(arena, peak / bandwidth, "sequences"));
    draft_formula(&g->draft, "formula", "Where memory stops being the limit", NULL, &lines);
}

static void gpu_charts(struct gpu_page *g) {
    gpu_roofline(g);
    size_t drawn = g->draft.count;
    gpu_history(g);
    if (drawn > 0 && g->draft.count == drawn) /* no history stands beside it */
        g->draft.blocks[drawn - 1].alone = g->draft.blocks[drawn - 1].chart != NULL;
}

static struct gpu_page begin(const struct page_plan *plan, const struct page_entry *entry,
                             struct arena *arena) {
    const struct catalog *catalog = plan->catalog;
    struct gpu_page g = {.plan = plan,
                         .arena = arena,
                         .index = entry->gpu,
                         .gpu = &catalog->gpus[entry->gpu],
                         .market = &plan->gpu_markets[entry->gpu],
                         .workload = &catalog->site.workloads[0],
                         .draft = draft_begin(arena, entry->path, "gpu")};
    struct link crumbs[] = {{catalog->site.title, "", NULL}, {g.gpu->name, NULL, NULL}};
    draft_crumbs(&g.draft, crumbs, COUNT_OF(crumbs));
    g.draft.page->title = arena_printf(arena, "%s: models, speed and price", g.gpu->name);
    draft_answer(&g.draft, answer(&g));
    g.draft.page->description = g.draft.blocks[0].text;
    return g;
}

struct page *gpu_outline(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena) {
    return begin(plan, entry, arena).draft.page;
}

struct page *page_gpu(const struct page_plan *plan, const struct page_entry *entry,
                      struct arena *arena) {
    struct gpu_page g = begin(plan, entry, arena);
    struct link links[] = {{"How each number is made", "method/", NULL}};
    figures(&g);
    gpu_charts(&g);
    gpu_models(&g);
    gpu_prices(&g);
    specs(&g);
    formula(&g);
    draft_links(&g.draft, "links", "See also", links, COUNT_OF(links));
    return draft_end(&g.draft);
}
