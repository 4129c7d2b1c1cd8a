/* tallypress accuracy: predicted against measured, row by row and in summary. */
#include "command/accuracy_out.h"
#include "command/bench_options.h"
#include "command/command.h"
#include "command/engines.h"
#include "command/project.h"
#include "command/specs.h"

#include "base/str.h"

struct asked {
    const char *project, *engine;
    struct option_list files;
    struct bench_defaults defaults;
    double compute_efficiency, memory_efficiency; /* first principles; 0: the whole peak */
    bool json, summary_only;
};

/* Rows that can be read, of the files that can. */
static void read_rows(struct project *project, const struct asked *asked,
                      const struct benchmark **rows, size_t *count) {
    struct benchmark_list list = {0};
    if (asked->files.count == 0) {
        *rows = project->catalog.benchmarks;
        *count = project->catalog.benchmark_count;
        return;
    }
    bench_read_files(project->arena, project->source, &project->catalog, &asked->files,
                     &asked->defaults, project->diags, &list);
    *rows = list.items;
    *count = list.count;
}

static bool is_first_principles(const struct asked *asked) {
    const char *engine = asked->engine;
    return engine && str_equal_nocase(str_of(engine), STR(ENGINE_FIRST_PRINCIPLES));
}

static double share(double asked) {
    return asked > 0 ? asked : 1;
}

static void answer(struct project *project, const struct asked *asked, struct buf *out) {
    const struct benchmark *benchmarks;
    size_t count;
    bool own = asked->files.count == 0; /* the shipped rows */
    bool basic = is_first_principles(asked);
    read_rows(project, asked, &benchmarks, &count);
    if (count == 0 && diags_errors(project->diags))
        return;
    struct accuracy_row *rows = ARENA_ARRAY(project->arena, count + 1, struct accuracy_row);
    for (size_t i = 0; i < count; i++)
        rows[i] = basic
                      ? accuracy_first_principles(&benchmarks[i], share(asked->compute_efficiency),
                                                  share(asked->memory_efficiency))
                      : accuracy_of(&benchmarks[i], &project->calibrations);
    if (asked->json)
        accuracy_put_json(out, project->arena, rows, count, &project->calibrations);
    else
        accuracy_put_text(out, project->arena, rows, count, &project->calibrations,
                          !own    ? asked->summary_only ? 0 : ACCURACY_ROWS
                          : basic ? 0
                                  : ACCURACY_CROSS_VALIDATION);
}

int command_accuracy(int argc, char **argv) {
    static const struct options_help help = {
        "accuracy", "[FILE...]",
        "Sets the calibrated engines beside measured rows: the shipped ones, or those of FILE,\n"
        "in the project's row format or as vLLM, SGLang, genai-perf, AIPerf, llama-bench,\n"
        "guidellm, InferenceX, MLPerf and others write them. What a file does not say comes from\n"
        "FILE.meta.json beside it or from the options.",
        "tallypress accuracy --benchmarks result.json --gpu H100 --model Llama-3.1-8B"};
    struct project project = project_begin();
    struct option_list words = {0}; /* more files */
    struct asked a = {.defaults = bench_defaults_none()};
    struct option_spec specs[BENCH_OPTIONS + 6] = {
        spec_text("project", &a.project, "DIR", "directory with data/"),
        spec_text("engine", &a.engine, "E",
                  "engine of rows that name none; first-principles: predict every row by it"),
        spec_number("compute-efficiency", &a.compute_efficiency, 0.001, 1, "X",
                    "share of peak FLOP/s, first principles only (1)"),
        spec_number("memory-efficiency", &a.memory_efficiency, 0.001, 1, "X",
                    "share of peak bandwidth, first principles only (1)"),
        spec_flag("summary", &a.summary_only, "no rows"),
        spec_flag("json", &a.json, "one JSON object"),
    };
    bench_options(specs + 6, &a.files, &a.defaults);
    struct buf out = BUF_INIT;
    int status = options_parse(project.arena, &help, specs, sizeof specs / sizeof *specs, argc,
                               argv, &words);
    bool shares = a.compute_efficiency > 0 || a.memory_efficiency > 0;
    if (status == OPTIONS_RUN && shares && !is_first_principles(&a))
        status = options_error("accuracy", "--compute-efficiency and --memory-efficiency belong to "
                                           "--engine first-principles");
    if (status != OPTIONS_RUN)
        return project_end(&project, &out, status);
    if (!is_first_principles(&a))
        a.defaults.engine = a.engine;
    bench_options_files(project.arena, &a.files, &words);
    if (project_read(&project, a.project, NULL))
        answer(&project, &a, &out);
    return project_end(&project, &out, EXIT_DONE);
}
