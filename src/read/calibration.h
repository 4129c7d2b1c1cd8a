/* Calibrations of engines: data/calibration/ENGINE.json. */
#ifndef READ_CALIBRATION_H
#define READ_CALIBRATION_H

#include "base/arena.h"
#include "base/diag.h"
#include "catalog/calibration.h"
#include "read/read.h"

/* One file; its generations in the file's order, newest first. Codes: missing-key, wrong-type,
   unknown-key, wrong-unit, out-of-range, unknown-precision. */
bool read_calibration(struct arena *arena, const char *display, const char *text, size_t n,
                      struct diags *diags, struct calibration_set *set);
/* data/calibration/left-out.csv: left_out,name,class,rows,median,mean,within_25. */
bool read_left_out(struct arena *arena, const char *display, const char *text, size_t n,
                   struct diags *diags, struct calibration_set *set);
/* All files of the project; an empty set when there are none. False when any is wrong. */
bool read_calibrations(struct arena *arena, struct source *source, struct diags *diags,
                       struct calibration_set *set);

#endif
