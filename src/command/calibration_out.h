/* A calibration as the file data/calibration/ENGINE.json. */
#ifndef COMMAND_CALIBRATION_OUT_H
#define COMMAND_CALIBRATION_OUT_H

#include "base/buf.h"
#include "catalog/calibration.h"
#include "engine/accuracy.h"

/* Every software of the engine in the set that has rows, in the set's order. */
void calibration_put(struct buf *out, const struct calibration_set *set, const char *engine);
/* Lines of data/calibration/left-out.csv for one key: all together, then each value, by class. */
void left_out_put(struct buf *out, struct arena *arena, const struct accuracy_case *cases,
                  const double *ratios, size_t count, enum accuracy_key key);

#endif
