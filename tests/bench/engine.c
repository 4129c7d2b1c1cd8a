/* make bench-engine: requests a second of the closed form on one core against the loop, and the
   sweep of all shipped data with first principles and with the site's engine. Run from the root. */
#include "base/pool.h"
#include "command/project.h"
#include "engine/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../unit/engine_models.h"

static double clock_seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double seconds(void) {
    return clock_seconds(CLOCK_MONOTONIC);
}

/* Of this process: what one core does in a second, whatever else the machine does. */
static double core_seconds(void) {
    return clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static void closed_form(const struct model *model) {
    struct scenario s = scenario_default(model, &h100);
    struct fp_kernel kernel;
    s.gpu_count = 8;
    if (fp_kernel_make(&s, &kernel) != REASON_NONE)
        return;
    double sum = 0, touched = fp_weights_touched_bytes(&kernel, 300), start = core_seconds();
    long count = 0;
    for (int round = 0; round < 40; round++)
        for (int input = 1; input <= 1000; input++)
            for (int output = 1; output <= 500; output++, count++)
                sum += fp_static_s(&kernel, touched, 300, input * 16, input * 16, output * 8);
    double took = core_seconds() - start;
    printf("%-14s closed form %.1f M evaluations/s (checksum %.6g)\n", model->id,
           (double)count / took / 1e6, sum);
}

static void loop(void) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.gpu_count = 8;
    double sum = 0, start = core_seconds();
    for (int i = 0; i < 2000; i++) {
        s.batch = 1 + i % 300;
        sum += first_principles_loop(&s).request_s;
    }
    printf("loop, 300 steps, whole outcome: %.0f evaluations/s (checksum %.6g)\n",
           2000 / (core_seconds() - start), sum);
}

static void whole_outcomes(void) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    struct combination c;
    s.gpu_count = 8;
    combination_begin(&c, &s);
    combination_workload(&c, 2035, 300);
    double sum = 0, start = core_seconds();
    for (int i = 0; i < 2000000; i++)
        sum += combination_at(&c, 1 + i % 300).request_s;
    printf("prepared combination: %.2f M whole outcomes/s (checksum %.6g)\n",
           2 / (core_seconds() - start), sum);
    start = core_seconds();
    for (int i = 0; i < 100000; i++) {
        s.batch = 1 + i % 300;
        sum += estimate(&s).request_s;
    }
    printf("estimate: %.2f M/s (checksum %.6g)\n", 0.1 / (core_seconds() - start), sum);
}

struct swept {
    struct sweep sweep;
    size_t (*rows)[2]; /* by model: infeasible, feasible */
};

static void count_row(void *context, const struct sweep_row *row) {
    size_t *rows = context;
    rows[row->outcome->feasible]++;
}

static void sweep_one(void *context, size_t index, unsigned worker) {
    struct swept *swept = context;
    (void)worker;
    sweep_model(&swept->sweep, &swept->sweep.catalog->models[index], count_row, swept->rows[index]);
}

static void sweep_shipped(const struct project *project, const char *engine, unsigned jobs) {
    const struct catalog *catalog = &project->catalog;
    const struct gpu **gpus = calloc(catalog->gpu_count, sizeof *gpus);
    struct swept swept = {.rows = calloc(catalog->model_count, sizeof *swept.rows)};
    size_t infeasible = 0, feasible = 0;
    for (size_t i = 0; i < catalog->gpu_count; i++)
        gpus[i] = &catalog->gpus[i];
    swept.sweep =
        (struct sweep){catalog,
                       gpus,
                       catalog->gpu_count,
                       engine ? calibration_set_find(&project->calibrations, engine) : NULL,
                       SERVING_STATIC,
                       1,
                       1};
    double start = seconds();
    pool_run(jobs, catalog->model_count, sweep_one, &swept);
    double took = seconds() - start;
    for (size_t i = 0; i < catalog->model_count; i++)
        infeasible += swept.rows[i][0], feasible += swept.rows[i][1];
    printf("sweep with %s, %u threads: %zu rows, %zu feasible, %.3f s\n",
           engine ? engine : "first principles", jobs, infeasible + feasible, feasible, took);
    free(gpus);
    free(swept.rows);
}

int main(void) {
    struct project project = project_begin();
    if (!project_read(&project, ".", NULL))
        return 1;
    closed_form(&llama_70b);
    closed_form(&mixtral);
    closed_form(&windowed);
    closed_form(&latent);
    loop();
    whole_outcomes();
    for (unsigned jobs = 1; jobs <= pool_default_jobs(); jobs++) {
        sweep_shipped(&project, NULL, jobs);
        sweep_shipped(&project, project.catalog.site.engine, jobs);
    }
    return 0;
}
