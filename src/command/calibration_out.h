/* A calibration as the file data/calibration/ENGINE.json. */
#ifndef COMMAND_CALIBRATION_OUT_H
#define COMMAND_CALIBRATION_OUT_H

#include "base/buf.h"
#include "catalog/calibration.h"

/* Every software of the engine in the set that has rows, in the set's order. */
void calibration_put(struct buf *out, const struct calibration_set *set, const char *engine);

#endif
