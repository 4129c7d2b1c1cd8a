/* Measured rows grouped into curves over the batch, one per set-up. */
#include "page/plan.h"

#include "base/str.h"
#include "engine/accuracy.h"
#include "engine/calibration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

/* The set-up: everything but the batch. */
static int compare_setups(const struct benchmark *a, const struct benchmark *b) {
    int by = (a->gpu_count > b->gpu_count) - (a->gpu_count < b->gpu_count);
    if (by == 0)
        by = (a->weights > b->weights) - (a->weights < b->weights);
    if (by == 0)
        by = compare_numbers(a->input_tokens, b->input_tokens);
    if (by == 0)
        by = compare_numbers(a->output_tokens, b->output_tokens);
    if (by == 0)
        by = (a->scenario > b->scenario) - (a->scenario < b->scenario);
    if (by == 0)
        by = str_order(a->engine, b->engine);
    return by ? by : str_order(a->source, b->source);
}

static int compare_pairs(const struct benchmark *a, const struct benchmark *b) {
    if (a->model != b->model)
        return a->model < b->model ? -1 : 1;
    return a->gpu == b->gpu ? 0 : a->gpu < b->gpu ? -1 : 1;
}

static int compare_rows(const void *left, const void *right) {
    const struct benchmark *a = *(const struct benchmark *const *)left;
    const struct benchmark *b = *(const struct benchmark *const *)right;
    int by = compare_pairs(a, b);
    if (by == 0)
        by = compare_setups(a, b);
    if (by == 0)
        by = (a->batch > b->batch) - (a->batch < b->batch);
    return by ? by : (a > b) - (a < b);
}

void measured_build(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    plan->measured = ARENA_ARRAY(arena, catalog->benchmark_count + 1, const struct benchmark *);
    for (size_t i = 0; i < catalog->benchmark_count; i++) {
        const struct benchmark *row = &catalog->benchmarks[i];
        if (row->model && row->gpu && isfinite(row->output_tokens_per_s_system))
            plan->measured[plan->measured_count++] = row;
    }
    qsort(plan->measured, plan->measured_count, sizeof *plan->measured, compare_rows);
    static const struct calibration_set none;
    plan->accuracy = ARENA_ARRAY(arena, catalog->benchmark_count + 1, struct accuracy_row);
    for (size_t i = 0; i < catalog->benchmark_count; i++)
        plan->accuracy[i] =
            accuracy_of(&catalog->benchmarks[i], plan->calibrations ? plan->calibrations : &none);
    plan->accuracy_order = accuracy_in_order(arena, plan->accuracy, catalog->benchmark_count);
}

struct measured_curve measured_all(const struct page_plan *plan, uint32_t model, uint32_t gpu) {
    struct benchmark key = {.model = &plan->catalog->models[model],
                            .gpu = &plan->catalog->gpus[gpu]};
    size_t low = 0, high = plan->measured_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_pairs(plan->measured[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct measured_curve all = {.rows = plan->measured + low};
    while (low + all.count < plan->measured_count &&
           compare_pairs(plan->measured[low + all.count], &key) == 0)
        all.count++;
    return all;
}

struct measured_curve measured_longest(const struct page_plan *plan, uint32_t model, uint32_t gpu) {
    struct measured_curve all = measured_all(plan, model, gpu), best = {0};
    size_t most = 0;
    for (size_t from = 0, to; from < all.count; from = to) {
        size_t batches = all.rows[from]->batch > 0;
        for (to = from + 1; to < all.count && compare_setups(all.rows[from], all.rows[to]) == 0;
             to++)
            batches += all.rows[to]->batch > all.rows[to - 1]->batch;
        if (batches > most) {
            most = batches;
            best = (struct measured_curve){all.rows + from, to - from};
        }
    }
    return best;
}

const struct accuracy_row *measured_accuracy(const struct page_plan *plan,
                                             const struct benchmark *row) {
    return &plan->accuracy[row - plan->catalog->benchmarks];
}

struct scenario measured_scenario(const struct page_plan *plan, const struct benchmark *row) {
    struct workload workload = {.input_tokens = (uint32_t)row->input_tokens,
                                .output_tokens = (uint32_t)row->output_tokens};
    enum precision weights = row->weights == PRECISION_NONE ? PRECISION_BF16 : row->weights;
    struct scenario scenario =
        plan_scenario(plan, row->model, row->gpu, row->gpu_count ? row->gpu_count : 1, weights,
                      &workload, row->batch);
    scenario.tensor_parallel = row->tensor_parallel;
    scenario.pipeline_parallel = row->pipeline_parallel;
    scenario.data_parallel = row->data_parallel;
    scenario.expert_parallel = row->expert_parallel;
    if (row->kv != PRECISION_NONE)
        scenario.kv = row->kv;
    if (row->engine && plan->calibrations)
        scenario.calibration =
            calibration_set_find_dated(plan->calibrations, row->engine, row->date);
    if (row->scenario == SCENARIO_FIXED_BATCH || row->scenario == SCENARIO_SINGLE_STREAM)
        scenario.serving = SERVING_STATIC;
    return scenario;
}
