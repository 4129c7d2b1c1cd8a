/* Engines by name: first principles, or one of the project's calibrations. */
#ifndef COMMAND_ENGINES_H
#define COMMAND_ENGINES_H

#include "command/project.h"
#include "engine/calibration.h"

#define ENGINE_FIRST_PRINCIPLES "first-principles"

/* name NULL: first principles. *id is the engine's own name, *calibration NULL for first
   principles. False with a diagnostic [unknown-engine] that lists what there is. */
bool engines_find(struct project *project, const char *name, const char **id,
                  const struct calibration **calibration);

#endif
