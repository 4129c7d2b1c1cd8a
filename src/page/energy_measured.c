/* Measured energy of a token beside the power model's. */
#include "page/energy_measured.h"

#include "engine/accuracy.h"
#include "engine/energy.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

/* The GPUs alone, always busy: what most measurements meter. */
static double computed(struct scenario *scenario) {
    struct energy_place bare = {1, 0, NAN, NAN, 1, NAN};
    struct outcome outcome = estimate(scenario);
    return energy_of(&outcome, scenario, &bare).joules_per_output_token;
}

/* Published energies come from chats with short prompts. */
static const struct workload *shortest_prompts(const struct site *site) {
    const struct workload *best = &site->workloads[0];
    for (size_t i = 1; i < site->workload_count; i++)
        if ((double)site->workloads[i].input_tokens / site->workloads[i].output_tokens <
            (double)best->input_tokens / best->output_tokens)
            best = &site->workloads[i];
    return best;
}

struct metered {
    const struct model *model;
    const struct gpu *gpu;
    uint32_t gpus, batch;
    const char *engine, *scope, *source, *date;
    double measured, computed; /* J per output token; NaN: not known */
};

/* What EcoLogits' formula says, which was fitted on H100s. */
static double ecologits(const struct page_plan *plan, const struct metered *m) {
    if (!m->batch || strncmp(m->gpu->id, "h100", 4) != 0)
        return NAN;
    size_t model = (size_t)(m->model - plan->catalog->models);
    return energy_ecologits_wh_per_token((double)plan->parameters[model].active, m->batch) * 3600;
}

static void put(struct rows *rows, const struct page_plan *plan, const struct metered *m) {
    struct arena *arena = rows->arena;
    const char *source = phrase_measured_source(arena, m->source, m->date);
    rows_put(rows, value_link(m->model->name, href_model(arena, m->model)));
    rows_put(rows,
             value_link(words_gpus(arena, m->gpus, phrase_gpu(m->gpu)), href_gpu(arena, m->gpu)));
    rows_put(rows, value_text(m->engine));
    rows_put(rows, m->batch ? value_exact(arena, m->batch) : value_none());
    rows_put(rows, value_text(m->scope));
    rows_put(rows, value_from(value_number(arena, m->measured), FROM_MEASURED, source));
    rows_put(rows, value_number(arena, m->computed));
    rows_put(rows, value_number(arena, ecologits(plan, m)));
    rows_put(rows, value_times(arena, m->measured / m->computed));
}

static void published(struct rows *rows, const struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    const struct workload *workload = shortest_prompts(&catalog->site);
    for (size_t i = 0; i < catalog->power.measured_count; i++) {
        const struct measured_energy *e = &catalog->power.measured[i];
        struct metered m = {e->model,  e->gpu,    e->gpu_count,
                            e->batch,  e->engine, e->scope,
                            e->source, e->date,   e->joules_per_output_token,
                            NAN};
        struct scenario scenario =
            plan_scenario(plan, e->model, e->gpu, e->gpu_count,
                          plan->precisions[e->model - catalog->models], workload, e->batch);
        if (e->batch)
            m.computed = computed(&scenario);
        put(rows, plan, &m);
    }
}

static void benchmarks(struct rows *rows, const struct page_plan *plan) {
    for (size_t i = 0; i < plan->measured_count; i++) {
        const struct benchmark *b = plan->measured[i];
        if (!(b->power_w > 0) || !(b->output_tokens_per_s_system > 0))
            continue;
        struct metered m = {b->model,
                            b->gpu,
                            b->gpu_count ? b->gpu_count : 1,
                            b->batch,
                            phrase_engine(plan, b->engine),
                            "as the row says",
                            b->source,
                            b->date,
                            b->power_w / b->output_tokens_per_s_system,
                            NAN};
        struct scenario scenario = measured_scenario(plan, b);
        if (!measured_accuracy(plan, b)->skipped)
            m.computed = computed(&scenario);
        put(rows, plan, &m);
    }
}

/* How far measurements lie from what is computed: in the heading, not only in the last column. */
static const char *finding(const struct rows *rows) {
    double least = INFINITY, most = 0;
    for (size_t i = rows->column_count - 1; i < rows->count; i += rows->column_count) {
        double ratio = rows->cells[i].number; /* measured to computed */
        least = ratio > 0 ? fmin(least, ratio) : least;
        most = ratio > 0 ? fmax(most, ratio) : most;
    }
    if (!(most > 0))
        return "Measured";
    return arena_printf(rows->arena, "Metered GPUs took %s to %s what is computed here",
                        words_times(rows->arena, least), words_times(rows->arena, most));
}

void energy_measured(struct draft *draft, const struct page_plan *plan) {
    static const struct column columns[] = {
        {"model", "Model", NULL, false, false},
        {"gpus", "GPUs", NULL, false, false},
        {"engine", "Engine", NULL, false, false},
        {"batch", "Batch", NULL, true, false},
        {"metered", "Metered", NULL, false, false},
        {"measured_joules_per_output_token", "Measured", "J per output token", true, false},
        {"computed_joules_per_output_token", "Computed", "J, GPUs alone", true, false},
        {"ecologits_joules_per_output_token", "EcoLogits", "J, its formula for H100", true, false},
        {"ratio", "Ratio", "measured / computed", true, false},
    };
    if (plan->catalog->site.workload_count == 0)
        return;
    struct rows rows = rows_begin(draft->arena, columns, COUNT_OF(columns), 8);
    published(&rows, plan);
    benchmarks(&rows, plan);
    const struct workload *workload = shortest_prompts(&plan->catalog->site);
    struct table *table = draft_table(
        draft, "measured", finding(&rows), &rows,
        arena_printf(
            draft->arena,
            "Always busy, without the facility; computed for %s where the source states no "
            "lengths",
            phrase_workload(draft->arena, workload)));
    if (table)
        table->downloadable = true;
}
