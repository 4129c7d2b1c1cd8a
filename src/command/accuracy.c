/* tallypress accuracy: predicted against measured, row by row and in summary. */
#include "command/accuracy_out.h"
#include "command/bench_options.h"
#include "command/command.h"
#include "command/project.h"

struct asked {
    const char *project;
    struct option_list files;
    struct bench_defaults defaults;
    bool json, summary_only;
};

static bool read_rows(struct project *project, const struct asked *asked,
                      const struct benchmark **rows, size_t *count) {
    struct benchmark_list list = {0};
    bool ok = true;
    if (asked->files.count == 0) {
        *rows = project->catalog.benchmarks;
        *count = project->catalog.benchmark_count;
        return true;
    }
    for (size_t i = 0; i < asked->files.count; i++)
        ok = bench_read(project->arena, project->source, &project->catalog, asked->files.items[i],
                        &asked->defaults, project->diags, &list) &&
             ok;
    *rows = list.items;
    *count = list.count;
    return ok;
}

static void answer(struct project *project, const struct asked *asked, struct buf *out) {
    const struct benchmark *benchmarks;
    size_t count;
    if (!read_rows(project, asked, &benchmarks, &count))
        return;
    struct accuracy_row *rows = ARENA_ARRAY(project->arena, count + 1, struct accuracy_row);
    for (size_t i = 0; i < count; i++)
        rows[i] = accuracy_of(&benchmarks[i], &project->calibrations);
    if (asked->json)
        accuracy_put_json(out, project->arena, rows, count, &project->calibrations);
    else
        accuracy_put_text(out, project->arena, rows, count, &project->calibrations,
                          !asked->summary_only && asked->files.count > 0);
}

int command_accuracy(int argc, char **argv) {
    static const struct options_help help = {
        "accuracy", "[FILE...]",
        "Sets the calibrated engines beside measured rows: the shipped ones, or those of FILE, in "
        "the project's row format or as vLLM, SGLang, genai-perf, AIPerf, llama-bench, guidellm, "
        "InferenceX, MLPerf and others write them. What a file does not say comes from "
        "FILE.meta.json beside it or from the options.",
        "tallypress accuracy --benchmarks result.json --gpu H100 --model Llama-3.1-8B"};
    struct project project = project_begin();
    struct option_list words = {0}; /* more files */
    struct asked a = {.defaults = bench_defaults_none()};
    struct option_spec specs[BENCH_OPTIONS + 4] = {
        {.name = "project",
         .kind = OPTION_TEXT,
         .to = &a.project,
         .metavar = "DIR",
         .help = "directory with data/"},
        {.name = "engine",
         .kind = OPTION_TEXT,
         .to = &a.defaults.engine,
         .metavar = "E",
         .help = "engine of rows that name none"},
        {.name = "summary", .kind = OPTION_FLAG, .to = &a.summary_only, .help = "no rows"},
        {.name = "json", .kind = OPTION_FLAG, .to = &a.json, .help = "one JSON object"},
    };
    bench_options(specs + 4, &a.files, &a.defaults);
    struct buf out = BUF_INIT;
    int status = options_parse(project.arena, &help, specs, sizeof specs / sizeof *specs, argc,
                               argv, &words);
    if (status != OPTIONS_RUN)
        return project_end(&project, &out, status);
    bench_options_files(project.arena, &a.files, &words);
    if (project_read(&project, a.project, NULL))
        answer(&project, &a, &out);
    return project_end(&project, &out, EXIT_DONE);
}
