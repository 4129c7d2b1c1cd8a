/* Engines by name, from the project's calibrations. */
#include "command/engines.h"

#include "base/str.h"

bool engines_find(struct project *project, const char *name, const char **id,
                  const struct calibration **calibration) {
    *id = ENGINE_FIRST_PRINCIPLES;
    *calibration = NULL;
    if (!name || str_equal_nocase(str_of(name), STR(ENGINE_FIRST_PRINCIPLES)))
        return true;
    diag_add(project->diags, DIAG_ERROR, "unknown-engine", (struct place){0},
             "'%s' is no engine; there is: " ENGINE_FIRST_PRINCIPLES, name);
    return false;
}
