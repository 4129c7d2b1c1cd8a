/* tallypress sweep: every combination as rows, streamed model by model. */
#include "command/command.h"
#include "command/engines.h"
#include "command/options.h"
#include "command/project.h"
#include "command/specs.h"
#include "command/sweep_row.h"

#include "base/fs.h"
#include "base/pool.h"
#include "engine/targets.h"

#include <math.h>

static const struct options_help help = {
    "sweep", "",
    "Every model x GPU x count x precision x workload x batch of the project as rows, with the\n"
    "cheapest current offer's price. Infeasible combinations have a row with their reason.",
    "tallypress sweep --models llama-3.3-70b --gpus H100,H200 --format csv > rows.csv"};

struct request {
    const char *project, *as_of, *models, *gpus, *engine;
    uint32_t jobs;
    int format, serving, kind;
    bool feasible_only;
    double utilisation, gamma;
};

static int parse(struct arena *arena, struct request *r, int argc, char **argv) {
    const struct option_spec specs[] = {
        spec_text("models", &r->models, "M,...", "only these models (all)"),
        spec_text("gpus", &r->gpus, "G,...", "only these GPUs (all)"),
        spec_choice("format", &r->format, "csv|jsonl", "rows as CSV or as lines of JSON (csv)"),
        spec_text("engine", &r->engine, "E", "first-principles, vllm, ... (the site's)"),
        spec_choice("serving", &r->serving, "static|continuous", "how the batch is run (static)"),
        spec_choice("price-kind", &r->kind, "on-demand|spot|reserved-1y|reserved-3y",
                    "which price (on-demand)"),
        spec_number("gamma", &r->gamma, 0, 100, "X", "input price / output price (the site's)"),
        spec_number("utilisation", &r->utilisation, 0.0001, 1, "X",
                    "share of the paid time in use (the site's)"),
        spec_flag("feasible", &r->feasible_only, "leave out what is infeasible or exceeds memory"),
        spec_text("project", &r->project, "DIR", "directory with data/"),
        spec_date("as-of", &r->as_of, "prices not newer than YYYY-MM-DD"),
        spec_count("jobs", &r->jobs, 64, "threads (one per processor)")};
    return options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
}

struct run {
    struct sweep sweep;
    struct sweep_format format;
    const struct model **models;
    size_t model_count, first; /* of the models under way */
    struct buf *bufs;          /* by model under way */
    bool feasible_only;
};

struct visit {
    const struct run *run;
    struct buf *out;
};

static void put_row(void *context, const struct sweep_row *row) {
    struct visit *visit = context;
    if (visit->run->feasible_only && (!row->outcome->feasible || row->outcome->memory_exceeded))
        return;
    sweep_put_row(&visit->run->format, row, visit->out);
}

static void run_model(void *context, size_t index, unsigned worker) {
    struct run *run = context;
    struct visit visit = {run, &run->bufs[index]};
    (void)worker;
    buf_reset(visit.out);
    sweep_model(&run->sweep, run->models[run->first + index], put_row, &visit);
}

/* As many models at a time as there are threads, so that memory stays small and order kept. */
static void stream(struct run *run, unsigned jobs, struct project *project) {
    struct buf header = BUF_INIT;
    bool written = true;
    sweep_header(&run->format, &header);
    if (header.len)
        written = fs_put_stdout(header.data, header.len, project->diags);
    buf_free(&header);
    run->bufs = ARENA_ARRAY(project->arena, jobs, struct buf);
    for (run->first = 0; written && run->first < run->model_count; run->first += jobs) {
        size_t count = run->model_count - run->first;
        count = count < jobs ? count : jobs;
        pool_run(jobs, count, run_model, run);
        for (size_t i = 0; written && i < count; i++)
            if (run->bufs[i].len)
                written = fs_put_stdout(run->bufs[i].data, run->bufs[i].len, project->diags);
    }
    for (unsigned i = 0; i < jobs; i++)
        buf_free(&run->bufs[i]);
}

enum { UNKNOWN_MAX = 10 }; /* names are looked up until so many were not known */

static bool choose_models(const char *names, struct project *project, struct run *run) {
    const struct catalog *catalog = &project->catalog;
    struct option_list list =
        names ? options_split(project->arena, names) : (struct option_list){0};
    run->model_count = names ? list.count : catalog->model_count;
    run->models = ARENA_ARRAY(project->arena, run->model_count + 1, const struct model *);
    size_t unknown = 0;
    for (size_t i = 0; i < run->model_count && unknown < UNKNOWN_MAX; i++) {
        run->models[i] = names ? project_model(project, list.items[i]) : &catalog->models[i];
        unknown += !run->models[i];
    }
    return unknown == 0;
}

static bool choose_gpus(const char *names, struct project *project, struct run *run) {
    const struct catalog *catalog = &project->catalog;
    struct option_list list =
        names ? options_split(project->arena, names) : (struct option_list){0};
    size_t count = names ? list.count : catalog->gpu_count;
    const struct gpu **gpus = ARENA_ARRAY(project->arena, count + 1, const struct gpu *);
    size_t unknown = 0;
    for (size_t i = 0; i < count && unknown < UNKNOWN_MAX; i++) {
        gpus[i] = names ? project_gpu(project, list.items[i]) : &catalog->gpus[i];
        unknown += !gpus[i];
    }
    run->sweep.gpus = gpus;
    run->sweep.gpu_count = count;
    return unknown == 0;
}

static int sweep_all(const struct request *r, struct project *project) {
    if (!project_read(project, r->project, r->as_of))
        return EXIT_INPUT;
    const struct catalog *catalog = &project->catalog;
    struct run run = {.feasible_only = r->feasible_only};
    const char *engine = r->engine ? r->engine : catalog->site.engine;
    run.sweep = (struct sweep){.catalog = catalog,
                               .serving = r->serving ? SERVING_CONTINUOUS : SERVING_STATIC,
                               .compute_efficiency = 1,
                               .memory_efficiency = 1};
    bool models = choose_models(r->models, project, &run);
    bool gpus = choose_gpus(r->gpus, project, &run);
    if (!engines_find(project, engine, &run.format.engine, &run.sweep.calibration))
        return EXIT_USAGE;
    if (!models || !gpus)
        return EXIT_DONE; /* the diagnostics say more */
    run.format.catalog = catalog;
    run.format.json = r->format == 1;
    run.format.gamma = r->gamma >= 0 ? r->gamma : catalog->site.gamma;
    run.format.utilisation = r->utilisation > 0 ? r->utilisation : catalog->site.utilisation;
    run.format.prices.quotes =
        quote_table(catalog, (enum price_kind)r->kind, false, project->arena);
    run.format.prices.stale = quote_table(catalog, (enum price_kind)r->kind, true, project->arena);
    stream(&run, r->jobs ? r->jobs : pool_default_jobs(), project);
    return EXIT_DONE;
}

int command_sweep(int argc, char **argv) {
    struct project project = project_begin();
    struct buf out = BUF_INIT;
    struct request r = {.gamma = -1};
    int status = parse(project.arena, &r, argc, argv);
    if (status == OPTIONS_RUN)
        status = sweep_all(&r, &project);
    return project_end(&project, &out, status);
}
