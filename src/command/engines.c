/* Engines by name, from the project's calibrations. */
#include "command/engines.h"

#include "base/buf.h"
#include "base/str.h"

#include <string.h>

bool engines_find(struct project *project, const char *name, const char **id,
                  const struct calibration **calibration) {
    *id = ENGINE_FIRST_PRINCIPLES;
    *calibration = NULL;
    if (!name || str_equal_nocase(str_of(name), STR(ENGINE_FIRST_PRINCIPLES)))
        return true;
    *calibration = calibration_set_find(&project->calibrations, name);
    if (*calibration) {
        *id = (*calibration)->engine;
        return true;
    }
    struct buf known = BUF_INIT;
    for (size_t i = 0; i < project->calibrations.count; i++)
        if (i == 0 || strcmp(project->calibrations.items[i].engine,
                             project->calibrations.items[i - 1].engine) != 0)
            buf_printf(&known, ", %s", project->calibrations.items[i].engine);
    diag_add(project->diags, DIAG_ERROR, "unknown-engine", (struct place){0},
             "'%s' is no engine; there is: " ENGINE_FIRST_PRINCIPLES "%s", name, buf_text(&known));
    buf_free(&known);
    return false;
}
