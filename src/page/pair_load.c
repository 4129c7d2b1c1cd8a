/* Load: throughput against the batch in theory, calibrated and measured, and where a step's time
   goes. */
#include "page/pair_load.h"

#include "engine/accuracy.h"
#include "engine/combination.h"
#include "engine/cost.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

static void measured_batches(struct load *load) {
    load->scenario.batch = 1;
    for (size_t i = 0; i < load->measured.count && load->count < MOST_BATCHES; i++) {
        double batch = load->measured.rows[i]->batch;
        if (batch > 0 && (load->count == 0 || batch > load->batch[load->count - 1]))
            load->batch[load->count++] = batch;
    }
}

/* What was measured at three batches or more, else the page's own configuration. */
static void choose_setup(struct pair *c, struct load *load) {
    load->measured = measured_longest(c->plan, c->model_index, c->gpu_index);
    if (load->measured.count >= 3) {
        load->scenario = measured_scenario(c->plan, load->measured.rows[0]);
        measured_batches(load);
        return;
    }
    load->measured.count = 0;
    load->scenario =
        plan_scenario(c->plan, c->model, c->gpu, c->pick->gpus, c->pick->weights, c->workload, 0);
}

static double rate_of(const struct pace *pace) {
    return pace->feasible ? pace->output_tokens_per_s : NAN;
}

/* The prediction is that of the accuracy page, which knows how the row was run. */
static void set_measured(const struct page_plan *plan, struct load *load, size_t i,
                         const struct benchmark *row) {
    const struct accuracy_row *accuracy = measured_accuracy(plan, row);
    load->measured_rate[i] = row->output_tokens_per_s_system;
    if (load->calibrated && !accuracy->skipped && isfinite(accuracy->ratio))
        load->rate[i] = accuracy->ratio * row->output_tokens_per_s_system;
}

/* The page's own place is begun; what was measured may be another. */
static struct combination *begin_ours(struct pair *c, const struct load *load) {
    if (load->measured.count == 0)
        return &c->kept->own;
    combination_begin(&c->kept->other, &load->scenario);
    return &c->kept->other;
}

static void evaluate(struct pair *c, struct load *load) {
    struct scenario scenario = load->scenario;
    struct combination *ours = begin_ours(c, load), *theory = &c->kept->theory;
    load->calibrated = scenario.calibration != NULL;
    combination_workload(ours, scenario.input_tokens, scenario.output_tokens);
    load->reason = ours->begun.reason;
    scenario.calibration = NULL;
    scenario.serving = SERVING_STATIC;
    combination_begin(theory, &scenario);
    combination_workload(theory, scenario.input_tokens, scenario.output_tokens);
    if (load->count == 0) { /* 1, 2, 4 ... to the largest that fits */
        double top = fmin(combination_max_batch(ours), 256);
        for (double b = 1; b < top && load->count + 1 < MOST_BATCHES; b *= 2)
            load->batch[load->count++] = b;
        load->batch[load->count++] = fmax(top, 1);
    }
    for (size_t i = 0; i < load->count; i++) {
        load->ours[i] = combination_pace_parts(ours, load->batch[i], &load->decode[i]);
        struct pace ideal = combination_pace(theory, load->batch[i]);
        load->rate[i] = rate_of(&load->ours[i]);
        load->theory_rate[i] = rate_of(&ideal);
        load->measured_rate[i] = NAN;
        for (size_t r = 0; r < load->measured.count; r++)
            if (load->measured.rows[r]->batch == load->batch[i])
                set_measured(c->plan, load, i, load->measured.rows[r]);
        /* Measured rows keep a whole batch busy; the page's own setting also waits for its turn. */
        load->each[i] = load->measured.count ? load->rate[i] / load->batch[i]
                                             : load->ours[i].output_tokens_per_s_per_request;
        if (load->ours[i].provenance != FROM_EXTRAPOLATED && load->within == i)
            load->within++;
    }
}

static void load_cells(struct pair *c, const struct load *load, struct rows *rows, size_t i,
                       double usd_per_hour) {
    struct arena *arena = c->arena;
    const struct pace *ours = &load->ours[i];
    enum provenance from = ours->provenance;
    rows_put(rows, value_exact(arena, load->batch[i]));
    rows_put(rows,
             value_from(value_number(arena, load->theory_rate[i]), FROM_FIRST_PRINCIPLES, NULL));
    if (load->calibrated)
        rows_put(rows, value_from(value_number(arena, load->rate[i]), from, NULL));
    if (load->measured.count)
        rows_put(rows, value_from(value_number(arena, load->measured_rate[i]), FROM_MEASURED,
                                  load->measured.rows[0]->source));
    if (!ours->feasible) {
        rows_put_infeasible(rows, load->reason, 3);
        return;
    }
    struct cost cost =
        cost_of_pace(ours, &load->scenario, usd_per_hour, c->plan->catalog->site.gamma, 1);
    rows_put(rows, value_from(value_number(arena, load->each[i]), from, NULL));
    rows_put(rows, value_from(value_seconds(arena, ours->ttft_s), from, NULL));
    double usd = cost.usd_per_million_output * ours->output_tokens_per_s / load->rate[i];
    rows_put(rows, value_from(value_usd(arena, usd), from, NULL));
}

/* Columns of what was calibrated or measured only where something was. */
struct table *load_table(struct pair *c, const struct load *load) {
    static const struct column all[] = {
        {"batch", "Batch", NULL, true, false},
        {"first_principles_tokens_per_s", "First principles", "tokens/s", true, false},
        {"tokens_per_s", "Calibrated", "tokens/s", true, false},
        {"measured_tokens_per_s", "Measured", "tokens/s", true, false},
        {"tokens_per_s_per_request", "Each", "tokens/s", true, false},
        {"ttft_s", "First token", NULL, true, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
    };
    struct arena *arena = c->arena;
    struct column *columns = arena_room(arena, COUNT_OF(all), sizeof *columns);
    size_t used = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if ((i == 2 && !load->calibrated) || (i == 3 && !load->measured.count))
            continue;
        columns[used] = all[i];
        if (i == 2 && load->within == 0)
            columns[used].head = "Extrapolated";
        used++;
    }
    struct rows rows = rows_begin(arena, columns, used, load->count);
    double hour =
        c->pick->listing ? listing_usd_per_hour(c->pick->listing, load->scenario.gpu_count) : NAN;
    const char *source = load->measured.count ? load->measured.rows[0]->source : NULL;
    for (size_t i = 0; i < load->count; i++)
        load_cells(c, load, &rows, i, hour);
    return rows_table(
        &rows, WORDS_JOIN(arena, words_gpus(arena, load->scenario.gpu_count, phrase_gpu(c->gpu)),
                          ", ", phrase_weights(c->model, load->scenario.weights, c->gpu), ", ",
                          words_exact(arena, load->scenario.input_tokens), " tokens in, ",
                          words_exact(arena, load->scenario.output_tokens), " out",
                          source ? "; measured: " : "", source ? source : ""));
}

void pair_throughput(struct pair *c) {
    struct load load; /* its rows are written before they are read */
    load.count = load.within = 0;
    choose_setup(c, &load);
    evaluate(c, &load);
    load_throughput(c, &load);
    load_efficiency(c, &load);
    load_split(c, &load);
}
