/* Reads the inputs of a command, finds what the user named, ends with the right exit status. */
#include "command/project.h"

#include "base/fs.h"
#include "base/pool.h"
#include "base/str.h"
#include "command/command.h"
#include "command/engines.h"
#include "engine/parameters.h"
#include "read/json.h"

#include <stdio.h>
#include <string.h>

enum { NEAREST = 5, PROJECT_JOBS_MAX = 8 };

struct project project_begin(void) {
    return (struct project){.arena = arena_new(), .diags = diags_new()};
}

bool project_open(struct project *project, const char *directory) {
    if (!directory && fs_is_file("data/site.json", project->diags))
        directory = ".";
    project->source = source_open(project->arena, directory, project->diags);
    if (directory && project->source &&
        !fs_is_dir(fs_join(project->arena, directory, "data"), project->diags))
        diag_add(project->diags, DIAG_NOTE, "project-data", (struct place){directory, 0, 0},
                 "has no data/: the data shipped with tallypress are used");
    return project->source != NULL;
}

void project_check_engine(struct project *project) {
    const char *engine = project->catalog.site.engine;
    if (strcmp(engine, ENGINE_FIRST_PRINCIPLES) != 0 && project->calibrations.count &&
        !calibration_set_find(&project->calibrations, engine))
        diag_add(project->diags, DIAG_WARNING, "site-engine",
                 (struct place){source_display(project->source, "data/site.json"), 0, 0},
                 "no calibration is of the engine \"%s\": figures are from first principles",
                 engine);
}

/* Counting a model takes memory: each thread has an arena of its own, which the project takes. */
struct keeping {
    struct catalog *catalog;
    struct arena *arenas[PROJECT_JOBS_MAX];
};

static void keep_model(void *context, size_t index, unsigned worker) {
    struct keeping *keeping = context;
    parameters_keep(keeping->arenas[worker], &keeping->catalog->models[index]);
}

static void keep_models(struct project *project) {
    unsigned jobs = project->jobs ? project->jobs : pool_default_jobs();
    jobs = jobs < PROJECT_JOBS_MAX ? jobs : PROJECT_JOBS_MAX;
    struct keeping keeping = {.catalog = &project->catalog};
    for (unsigned i = 0; i < jobs; i++)
        keeping.arenas[i] = arena_new();
    pool_run(jobs, project->catalog.model_count, keep_model, &keeping);
    for (unsigned i = 0; i < jobs; i++)
        arena_adopt(project->arena, keeping.arenas[i]);
}

bool project_read(struct project *project, const char *directory, const char *as_of) {
    bool good = (project->source || project_open(project, directory)) &&
                read_calibrations(project->arena, project->source, project->diags,
                                  &project->calibrations) &&
                read_catalog_with(project->arena, project->source, as_of,
                                  project->jobs ? project->jobs : pool_default_jobs(),
                                  project->diags, &project->catalog);
    if (!good)
        return false;
    keep_models(project);
    project_check_engine(project);
    calibration_set_keep(project->arena, &project->calibrations, project->catalog.gpus,
                         project->catalog.gpu_count);
    return true;
}

/* Says that the name is not known, with the nearest ids. */
static void unknown(struct project *project, const char *what, const char *code, const char *name,
                    const char *const *ids, size_t count) {
    struct buf nearest = BUF_INIT;
    for (size_t i = 0; i < count; i++)
        buf_printf(&nearest, "%s%s", i ? ", " : "", ids[i]);
    diag_add(project->diags, DIAG_ERROR, code, (struct place){0},
             "'%.200s' is no %s, or more than one%s%s", name, what, count ? "; nearest: " : "",
             buf_text(&nearest));
    buf_free(&nearest);
}

static const struct model *model_from_file(struct project *project, const char *path) {
    const char *text;
    size_t n;
    struct model *model = ARENA_NEW(project->arena, struct model);
    if (!fs_read(project->arena, path, JSON_MAX_BYTES, project->diags, &text, &n) ||
        !read_model(project->arena, path, text, n, project->diags, model))
        return NULL;
    if (model->weights_only) {
        diag_add(project->diags, DIAG_ERROR, "index-no-shape", model->place,
                 "an index gives a size but no shape; name the config.json beside it");
        return NULL;
    }
    return model;
}

const struct model *project_model(struct project *project, const char *name) {
    const struct model *model = catalog_find_model(&project->catalog, name);
    if (model)
        return model;
    if (fs_is_file(name, project->diags) || str_ends(name, ".json"))
        return model_from_file(project, name);
    const char *ids[NEAREST];
    size_t count = catalog_nearest_models(&project->catalog, name, ids, NEAREST);
    unknown(project, "model", "unknown-model", name, ids, count);
    return NULL;
}

const struct gpu *project_gpu(struct project *project, const char *name) {
    const struct gpu *gpu = catalog_find_gpu(&project->catalog, name);
    if (gpu)
        return gpu;
    const char *ids[NEAREST];
    size_t count = catalog_nearest_gpus(&project->catalog, name, ids, NEAREST);
    unknown(project, "GPU", "unknown-gpu", name, ids, count);
    return NULL;
}

/* A name that is not known is a mistake on the command line, not in the input. */
static int status_of(const struct diags *diags) {
    int status = diags_exit_status(diags);
    for (size_t i = 0; status == EXIT_INPUT && i < diags_count(diags); i++)
        if (strncmp(diags_get(diags, i)->code, "unknown-", 8) == 0 &&
            !diags_get(diags, i)->place.file)
            return EXIT_USAGE;
    return status;
}

bool project_pair(struct project *project, const char *directory, const char *as_of,
                  const char *model_name, const char *gpu_name, const struct model **model,
                  const struct gpu **gpu) {
    if (!project_read(project, directory, as_of))
        return false;
    *model = project_model(project, model_name);
    *gpu = project_gpu(project, gpu_name);
    return *model && *gpu;
}

int project_end(struct project *project, struct buf *out, int status) {
    if (out && out->len)
        fs_put_stdout(out->data, out->len, project->diags);
    struct buf said = BUF_INIT;
    diags_print(project->diags, DIAG_FORMAT_TEXT, &said);
    fputs(buf_text(&said), stderr);
    int found = status_of(project->diags);
    buf_free(&said);
    if (out)
        buf_free(out);
    diags_free(project->diags);
    arena_free(project->arena);
    return found == EXIT_IO || status == EXIT_DONE ? found : status;
}
