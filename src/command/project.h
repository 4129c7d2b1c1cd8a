/* What every command starts from: the inputs, read and checked, and how it ends. */
#ifndef COMMAND_PROJECT_H
#define COMMAND_PROJECT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "catalog/catalog.h"
#include "read/calibration.h"
#include "read/read.h"

struct project {
    struct arena *arena; /* owns everything below but diags */
    struct diags *diags;
    struct source *source;
    struct catalog catalog;
    struct calibration_set calibrations;
    unsigned jobs; /* threads to read with; 0: one a processor */
};

/* An arena and an empty collector; nothing is read yet. */
struct project project_begin(void);
/* Finds the inputs: directory, or when NULL the working directory when it holds data/site.json,
   else the embedded data. False with a diagnostic. */
bool project_open(struct project *project, const char *directory);
/* project_open unless done; reads and joins the catalog. as_of NULL: newest input. False when an
   input has errors. */
bool project_read(struct project *project, const char *directory, const char *as_of);
/* Warns (site-engine) where no calibration is of the site's engine: every figure would come from
   first principles without a word. project_read does it. */
void project_check_engine(struct project *project);
/* A model by id, usual name, or path to a config.json; a GPU by id or usual name. NULL with a
   diagnostic ([unknown-model], [unknown-gpu]) that lists the nearest names. */
const struct model *project_model(struct project *project, const char *name);
const struct gpu *project_gpu(struct project *project, const char *name);
/* Reads the project and finds both; false with diagnostics. */
bool project_pair(struct project *project, const char *directory, const char *as_of,
                  const char *model_name, const char *gpu_name, const struct model **model,
                  const struct gpu **gpu);
/* Puts out's text on stdout, diagnostics on stderr, frees everything (out too). Returns the exit
   status: the worse of `status` and what the diagnostics say. */
int project_end(struct project *project, struct buf *out, int status);

#endif
