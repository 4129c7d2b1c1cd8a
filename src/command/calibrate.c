/* tallypress calibrate: fits an engine to measured rows and says its cross-validated error. */
#include "engine/calibrate.h"
#include "base/fs.h"
#include "base/num.h"
#include "command/bench_options.h"
#include "command/calibration_out.h"
#include "command/command.h"
#include "command/project.h"
#include "command/specs.h"

#include <math.h>
#include <string.h>

enum { HOLDOUT_ALL, HOLDOUT_MODEL, HOLDOUT_GPU, HOLDOUT_SOURCE, HOLDOUT_NONE };

struct asked {
    const char *project, *engine, *file;
    struct option_list files;
    struct bench_defaults defaults;
    int holdout;
    bool cold;
};

static bool is_all(const char *engine) {
    return strcmp(engine, "all") == 0;
}

/* The known calibrations, and a fresh one for an engine that has none: it starts from the first. */
static struct calibration_set software_of(struct project *project, const char *engine) {
    const struct calibration_set *known = &project->calibrations;
    struct calibration *items = ARENA_ARRAY(project->arena, known->count + 1, struct calibration);
    memcpy(items, known->items, known->count * sizeof *items);
    size_t count = known->count;
    if (!is_all(engine) && !calibration_set_find(known, engine)) {
        struct calibration fresh = {0};
        for (size_t i = 0; i < CALIBRATION_PARAMETERS; i++)
            fresh.value[i] = count ? items[0].value[i] : calibration_parameters[i].prior;
        fresh.engine = fresh.name = engine;
        fresh.version = "1";
        items[count++] = fresh;
    }
    return (struct calibration_set){.items = items, .count = count};
}

/* Errors of every software when the rows of one model, GPU or source are left out in turn. */
static void leave_out(struct project *project, struct calibrate_problem *problem,
                      const struct accuracy_case *all, const struct calibration_set *software,
                      struct calibration_set *fitted, size_t cases, int holdout,
                      struct buf *table) {
    static const enum accuracy_key keys[] = {ACCURACY_BY_MODEL, ACCURACY_BY_GPU,
                                             ACCURACY_BY_SOURCE};
    struct calibration *items = (struct calibration *)fitted->items; /* ours, in the arena */
    double *ratios = ARENA_ARRAY(project->arena, cases + 1, double);
    for (int k = 0; k < 3; k++) {
        if (holdout != HOLDOUT_ALL && holdout != HOLDOUT_MODEL + k)
            continue;
        calibrate_left_out(problem, keys[k], 0, ratios);
        left_out_put(table, project->arena, all, ratios, cases, keys[k]);
        for (size_t i = 0; i < fitted->count; i++) {
            struct calibration_error *to[] = {&items[i].left_out, &items[i].left_out_gpu,
                                              &items[i].left_out_source};
            *to[k] = calibrate_error(problem, &software->items[i], ratios, project->arena);
        }
    }
}

static void say(struct buf *out, const struct calibration_set *fitted, const char *engine) {
    for (size_t i = 0; i < fitted->count; i++) {
        const struct calibration *c = &fitted->items[i];
        if ((!is_all(engine) && strcmp(c->engine, engine) != 0) || c->rows == 0)
            continue;
        buf_printf(out, "%s %s: %u rows; median, mean absolute error, share within 25 %%\n",
                   c->name, c->version, c->rows);
        const struct {
            const char *name;
            struct calibration_error error;
        } lines[] = {{"in sample", c->fitted},
                     {"model left out", c->left_out},
                     {"GPU left out", c->left_out_gpu},
                     {"source left out", c->left_out_source}};
        for (size_t k = 0; k < 4; k++) {
            if (!lines[k].error.rows)
                continue;
            buf_printf(out, "  %-16s", lines[k].name);
            const double shares[] = {lines[k].error.median, lines[k].error.mean,
                                     lines[k].error.within_25};
            for (size_t j = 0; j < 3; j++) {
                buf_puts(out, "  ");
                buf_put_fixed(out, 100 * shares[j], 1);
                buf_puts(out, " %");
            }
            buf_putc(out, '\n');
        }
    }
}

static bool write_one(struct project *project, const struct calibration_set *fitted,
                      const char *engine, const char *path) {
    struct buf file = BUF_INIT;
    calibration_put(&file, fitted, engine);
    bool ok = fs_write(path, buf_text(&file), file.len, project->diags);
    buf_free(&file);
    return ok;
}

/* One file an engine in a directory. */
static bool write_all(struct project *project, const struct calibration_set *fitted,
                      struct buf *table, const char *directory) {
    bool ok = fs_mkdirs(directory, project->diags);
    for (size_t i = 0; ok && i < fitted->count; i++) {
        const char *engine = fitted->items[i].engine;
        bool first = i == 0 || strcmp(fitted->items[i - 1].engine, engine) != 0;
        if (first && fitted->items[i].rows)
            ok = write_one(project, fitted, engine,
                           arena_printf(project->arena, "%s/%s.json", directory, engine));
    }
    if (ok && table->len)
        ok = fs_write(fs_join(project->arena, directory, "left-out.csv"), buf_text(table),
                      table->len, project->diags);
    return ok;
}

static bool fit(struct project *project, const struct asked *asked, struct buf *out) {
    struct benchmark_list list = {0};
    struct buf table = BUF_INIT;
    if (!bench_read_files(project->arena, project->source, &project->catalog, &asked->files,
                          &asked->defaults, project->diags, &list))
        return false;
    const char *engine = calibration_engine_id(asked->engine);
    struct calibration_set software = software_of(project, engine);
    struct accuracy_case *cases = ARENA_ARRAY(project->arena, list.count + 1, struct accuracy_case);
    size_t usable = 0;
    for (size_t i = 0; i < list.count; i++) {
        cases[i] = accuracy_prepare(&list.items[i], &software);
        if (cases[i].borrowed && !cases[i].skipped)
            cases[i].skipped = "unknown-engine";
        usable += !cases[i].skipped &&
                  (is_all(engine) || strcmp(cases[i].calibration->engine, engine) == 0);
    }
    if (usable < 8) {
        diag_add(project->diags, DIAG_ERROR, "too-few-rows", (struct place){0},
                 "%zu rows of '%s' can be used; a fit needs at least 8", usable, engine);
        return false;
    }
    struct calibrate_options options = {.warm = !asked->cold};
    struct calibrate_problem *problem =
        calibrate_new(project->arena, cases, list.count, &software, options);
    calibrate_fit(problem);
    struct calibration_set fitted = calibrate_result(problem, project->arena);
    if (asked->holdout != HOLDOUT_NONE)
        leave_out(project, problem, cases, &software, &fitted, list.count, asked->holdout, &table);
    say(out, &fitted, engine);
    bool ok = is_all(engine) ? write_all(project, &fitted, &table, asked->file)
                             : write_one(project, &fitted, engine, asked->file);
    buf_free(&table);
    return ok;
}

int command_calibrate(int argc, char **argv) {
    static const struct options_help help = {
        "calibrate", "[FILE...]",
        "Fits the parameters of an engine to measured rows and writes them as data, with the rows\n"
        "used and the error on rows that the fit never saw. Rows of other engines in the files\n"
        "take part: what the engine's own rows say little about, they hold near to the others.",
        "tallypress calibrate --benchmarks runs.jsonl --engine vllm -o vllm.json"};
    struct project project = project_begin();
    struct option_list words = {0}; /* more files */
    struct asked a = {.defaults = bench_defaults_none(), .holdout = HOLDOUT_ALL};
    struct option_spec specs[BENCH_OPTIONS + 5] = {
        spec_text("project", &a.project, "DIR", "directory with data/"),
        spec_text("engine", &a.engine, "NAME",
                  "the engine to fit; all: every one in the rows, -o names a directory"),
        spec_choice("holdout", &a.holdout, "all|model|gpu|source|none", "what is left out in turn"),
        spec_flag("cold", &a.cold, "start from the priors, not from the known calibration"),
        spec_short('o', spec_text("write", &a.file, "FILE", "where the calibration goes")),
    };
    bench_options(specs + 5, &a.files, &a.defaults);
    struct buf out = BUF_INIT;
    int status = options_parse(project.arena, &help, specs, sizeof specs / sizeof *specs, argc,
                               argv, &words);
    if (status == OPTIONS_RUN && (!a.engine || !a.file || a.files.count + words.count == 0))
        status = options_error("calibrate", "--benchmarks, --engine and -o are needed");
    if (status != OPTIONS_RUN)
        return project_end(&project, &out, status);
    bench_options_files(project.arena, &a.files, &words);
    a.defaults.engine = is_all(a.engine) ? NULL : a.engine;
    if (project_read(&project, a.project, NULL))
        fit(&project, &a, &out);
    return project_end(&project, &out, EXIT_DONE);
}
