/* Every input file of a project, with one fingerprint of them all. */
#ifndef COMMAND_INPUTS_H
#define COMMAND_INPUTS_H

#include "command/project.h"
#include "render/render.h"

struct inputs {
    struct render_sources all;   /* data/, templates/, assets/; sorted by name */
    struct render_sources theme; /* templates/ and assets/ */
    uint64_t data_hash, hash;    /* of data/; of all, and of the program itself */
    uint64_t rest_hash;          /* the same without the files that only state prices */
};

/* Reads every file below data/, templates/ and assets/, the project's over the embedded ones.
   False with a diagnostic when one cannot be read. */
bool inputs_gather(struct project *project, struct inputs *inputs);
/* The same of templates/ and assets/ alone. */
bool inputs_theme(struct project *project, struct render_sources *theme);

#endif
