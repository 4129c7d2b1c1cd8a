/* The answer of `accuracy` as text and JSON. */
#ifndef COMMAND_ACCURACY_OUT_H
#define COMMAND_ACCURACY_OUT_H

#include "command/project.h"
#include "engine/accuracy.h"

void accuracy_put_json(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                       size_t count, const struct calibration_set *set);
void accuracy_put_text(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                       size_t count, const struct calibration_set *set, bool with_rows);

#endif
