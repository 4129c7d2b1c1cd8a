/* tallypress accuracy: predicted against measured, row by row and in summary. */
#include "command/accuracy_out.h"
#include "command/command.h"
#include "command/options.h"
#include "command/project.h"
#include "read/bench.h"

#include <math.h>

struct asked {
    const char *project;
    struct option_list files;
    struct bench_defaults defaults;
    double input, output;
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
        "accuracy", "",
        "Sets the calibrated engines beside measured rows: the shipped ones, or those of FILE, in "
        "the project's row format or as vLLM, SGLang, genai-perf, AIPerf, llama-bench, guidellm, "
        "InferenceX, MLPerf and others write them. What a file does not say comes from "
        "FILE.meta.json beside it or from the options.",
        "tallypress accuracy --benchmarks result.json --gpu H100 --model Llama-3.1-8B"};
    struct project project = project_begin();
    struct asked a = {.defaults = bench_defaults_none(), .input = NAN, .output = NAN};
    const struct option_spec specs[] = {
        {.name = "project",
         .kind = OPTION_TEXT,
         .to = &a.project,
         .metavar = "DIR",
         .help = "directory with data/"},
        {.name = "benchmarks",
         .kind = OPTION_LIST,
         .to = &a.files,
         .metavar = "FILE",
         .help = "rows to judge by; may be given more than once"},
        {.name = "model",
         .kind = OPTION_TEXT,
         .to = &a.defaults.model,
         .metavar = "M",
         .help = "model of rows that name none"},
        {.name = "gpu",
         .kind = OPTION_TEXT,
         .to = &a.defaults.gpu,
         .metavar = "G",
         .help = "GPU of rows that name none"},
        {.name = "count",
         .kind = OPTION_COUNT,
         .to = &a.defaults.gpu_count,
         .metavar = "N",
         .help = "GPUs of rows that say none",
         .min = 1,
         .max = 1e6},
        {.name = "engine",
         .kind = OPTION_TEXT,
         .to = &a.defaults.engine,
         .metavar = "E",
         .help = "engine of rows that name none"},
        {.name = "weights",
         .kind = OPTION_TEXT,
         .to = &a.defaults.weights,
         .metavar = "P",
         .help = "precision of rows that name none"},
        {.name = "kv",
         .kind = OPTION_TEXT,
         .to = &a.defaults.kv,
         .metavar = "P",
         .help = "precision of the KV cache"},
        {.name = "input",
         .kind = OPTION_NUMBER,
         .to = &a.input,
         .metavar = "N",
         .help = "tokens of a prompt",
         .min = 0,
         .max = 1e8},
        {.name = "output",
         .kind = OPTION_NUMBER,
         .to = &a.output,
         .metavar = "N",
         .help = "tokens of an answer",
         .min = 0,
         .max = 1e8},
        {.name = "batch",
         .kind = OPTION_COUNT,
         .to = &a.defaults.batch,
         .metavar = "N",
         .help = "batch or concurrency",
         .min = 1,
         .max = 1e7},
        {.name = "summary",
         .kind = OPTION_FLAG,
         .to = &a.summary_only,
         .help = "leave the rows out"},
        {.name = "json", .kind = OPTION_FLAG, .to = &a.json, .help = "one JSON object"},
    };
    struct buf out = BUF_INIT;
    int status =
        options_parse(project.arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
    if (status != OPTIONS_RUN)
        return project_end(&project, &out, status);
    a.defaults.input_tokens = a.input;
    a.defaults.output_tokens = a.output;
    if (project_read(&project, a.project, NULL))
        answer(&project, &a, &out);
    return project_end(&project, &out, EXIT_DONE);
}
