/* The front page's tables: every model at its best offer, every GPU, every platform. */
#include "page/index.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

#define FIXED 6

static void best_cells(struct rows *rows, const struct page_plan *plan, uint32_t m) {
    struct arena *arena = rows->arena;
    const struct best *best = plan_best(plan, m, 0);
    const struct pick *pick = &best->pick;
    if (best->gpu == UINT32_MAX) {
        rows_put(rows, value_text(phrase_reason(pick->reason)));
        rows_put(rows, value_none());
        return;
    }
    const struct gpu *gpu = &plan->catalog->gpus[best->gpu];
    const char *precision =
        pick->fallback ? arena_printf(arena, ", %s", phrase_precision(pick->weights)) : "";
    rows_put(rows,
             value_link(arena_printf(arena, "%s%s", words_gpus(arena, pick->gpus, phrase_gpu(gpu)),
                                     precision),
                        href_combination(arena, &plan->catalog->models[m], gpu)));
    rows_put(rows, value_link(plan->platforms[pick->listing->platform].name,
                              href_platform(arena, pick->listing->offer->platform_id)));
}

static struct value best_price(struct arena *arena, const struct best *best) {
    const struct pick *pick = &best->pick;
    return best->gpu == UINT32_MAX ? value_infeasible(pick->reason)
                                   : value_from(value_usd(arena, pick->usd_per_million),
                                                pick->provenance, pick->listing->offer->as_of);
}

/* Shown in millions; the raw number stays whole. */
static struct value millions(struct arena *arena, double count) {
    struct value value = value_number(arena, count);
    if (value.kind == VALUE_NUMBER)
        return value_saying(value, words_number_str(arena, count / 1e6));
    return value;
}

static void model_cells(struct rows *rows, const struct page_plan *plan, uint32_t m,
                        const double *most) {
    struct arena *arena = rows->arena;
    const struct model *model = &plan->catalog->models[m];
    const struct parameters *parameters = &plan->parameters[m];
    const struct site *site = &plan->catalog->site;
    rows_put(rows, value_link(model->name, href_model(arena, model)));
    struct value size = value_count(arena, (double)parameters->total);
    if ((double)parameters->active < 0.97 * (double)parameters->total)
        size =
            value_saying(size, str_of(WORDS_JOIN(arena, size.text, ", ",
                                                 words_count(arena, (double)parameters->active))));
    rows_put(rows, best_price(arena, plan_best(plan, m, 0)));
    rows_put(rows, value_from(value_usd(arena, api_median(plan, m)), FROM_INPUT,
                              plan->model_markets[m].fresh ? NULL : "only prices too old to rank"));
    best_cells(rows, plan, m);
    rows_put(rows, size);
    for (size_t w = 0; w < site->workload_count; w++) {
        const struct best *best = plan_best(plan, m, w);
        if (best->gpu == UINT32_MAX) {
            rows_put(rows, value_infeasible(best->pick.reason));
            continue;
        }
        struct value tokens =
            value_from(millions(arena, best->pick.tokens_per_usd), best->pick.provenance, NULL);
        rows_put(rows, w == 0 ? value_bar(tokens, best->pick.tokens_per_usd / most[w]) : tokens);
    }
}

void index_models(struct draft *draft, const struct page_plan *plan) {
    const struct column fixed[FIXED] = {
        {"model", "Model", NULL, false, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"api_median_usd_per_million", "API median", NULL, true, false},
        {"gpus", "Best on", NULL, false, false},
        {"platform", "Platform", NULL, false, true},
        {"parameters", "Parameters", "total, active", true, false},
    };
    struct arena *arena = draft->arena;
    const struct site *site = &plan->catalog->site;
    size_t width = FIXED + site->workload_count, models = plan->catalog->model_count;
    struct column *columns = ARENA_ARRAY(arena, width, struct column);
    double *most = ARENA_ARRAY(arena, site->workload_count + 1, double);
    memcpy(columns, fixed, sizeof fixed);
    for (size_t w = 0; w < site->workload_count; w++) {
        const struct workload *workload = &site->workloads[w];
        columns[FIXED + w] =
            (struct column){arena_printf(arena, "output_tokens_per_usd_%s", workload->id),
                            workload->name, "M / $", true, false};
        for (uint32_t m = 0; m < models; m++)
            if (plan_best(plan, m, w)->gpu != UINT32_MAX)
                most[w] = fmax(most[w], plan_best(plan, m, w)->pick.tokens_per_usd);
    }
    struct rows rows = rows_begin(arena, columns, width, models);
    for (int without = 0; without < 2; without++) /* what has no offer comes last */
        for (uint32_t m = 0; m < models; m++)
            if ((plan_best(plan, m, 0)->gpu == UINT32_MAX) == without)
                model_cells(&rows, plan, m, most);
    struct table *table =
        draft_table(draft, "models", "Every model at its best offer", &rows,
                    arena_printf(arena, "$ for %s; M / $: million output tokens a dollar",
                                 phrase_workload(arena, &site->workloads[0])));
    if (table)
        table->sortable = table->downloadable = true;
}

static void gpu_cells(struct rows *rows, const struct page_plan *plan, uint32_t g) {
    struct arena *arena = rows->arena;
    const struct gpu *gpu = &plan->catalog->gpus[g];
    const struct gpu_market *market = &plan->gpu_markets[g];
    const struct pick *pick = plan_pick(plan, plan->reference_model, g);
    const char *source = market->ranked ? market->listings[0].offer->as_of : NULL;
    rows_put(rows, value_link(gpu->name, href_gpu(arena, gpu)));
    rows_put(rows, value_text(gpu->vendor));
    rows_put(rows, value_from(value_gb(arena, gpu->memory_bytes), FROM_INPUT, NULL));
    rows_put(rows,
             value_from(value_stated(arena, gpu->memory_bytes_per_s / 1e9), FROM_INPUT, NULL));
    rows_put(rows,
             value_from(value_stated(arena, gpu->flop_per_s[COMPUTE_16] / 1e12), FROM_INPUT, NULL));
    rows_put(rows,
             value_from(value_usd_listed(arena, market->low_usd_per_gpu_hour), FROM_INPUT, source));
    rows_put(rows, market->platform_count ? value_exact(arena, (double)market->platform_count)
                                          : value_none());
    if (gpu->announced)
        rows_put(rows, value_text("announced"));
    else if (pick->reason != REASON_NONE)
        rows_put(rows, value_infeasible(pick->reason));
    else
        rows_put(rows, value_from(value_usd(arena, pick->usd_per_million), pick->provenance, NULL));
}

void index_gpus(struct draft *draft, const struct page_plan *plan) {
    struct arena *arena = draft->arena;
    struct column *columns = ARENA_ARRAY(arena, 8, struct column);
    const struct column fixed[] = {
        {"gpu", "GPU", NULL, false, false},
        {"vendor", "Vendor", NULL, false, true},
        {"memory_gb", "Memory", "GB", true, false},
        {"memory_gb_per_s", "Bandwidth", "GB/s", true, false},
        {"peak_tflop_per_s", "16-bit peak", "dense TFLOP/s", true, false},
        {"usd_per_gpu_hour", "From", "$ / GPU-hour", true, false},
        {"platforms", "Platforms", NULL, true, false},
        {"usd_per_million_output", NULL, "$ / 1M output", true, false},
    };
    if (plan->catalog->model_count == 0)
        return;
    memcpy(columns, fixed, sizeof fixed);
    columns[7].head = plan->catalog->models[plan->reference_model].name;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(fixed), plan->catalog->gpu_count);
    for (uint32_t g = 0; g < plan->catalog->gpu_count; g++)
        gpu_cells(&rows, plan, g);
    struct table *table = draft_table(draft, "gpus", "Every GPU", &rows,
                                      "Vendors' dense peaks; the lowest on-demand price");
    if (table)
        table->sortable = table->downloadable = true;
}

static void platform_cells(struct rows *rows, const struct page_plan *plan,
                           const struct platform *platform) {
    struct arena *arena = rows->arena;
    rows_put(rows, value_link(platform->name, href_platform(arena, platform->id)));
    rows_put(rows, value_exact(arena, (double)platform->count));
    rows_put(rows, value_exact(arena, (double)platform->ranked));
    rows_put(rows, value_age(arena, plan_age_days(plan, platform->newest)));
}

void index_platforms(struct draft *draft, const struct page_plan *plan) {
    static const struct column columns[] = {
        {"platform", "Platform", NULL, false, false},
        {"offers", "Offers", NULL, true, false},
        {"ranked", "Ranked", NULL, true, false},
        {"newest_price_age_days", "Newest price", NULL, true, false},
    };
    struct arena *arena = draft->arena;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), plan->platform_count);
    for (int without = 0; without < 2; without++)
        for (size_t p = 0; p < plan->platform_count; p++)
            if ((plan->platforms[p].ranked == 0) == without)
                platform_cells(&rows, plan, &plan->platforms[p]);
    struct table *table = draft_table(draft, "platforms", "Every platform", &rows,
                                      "Ranked: with a current on-demand price; platforms without "
                                      "one come last");
    if (table)
        table->sortable = true;
}
