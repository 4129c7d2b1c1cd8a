/* The answer of `accuracy` as text and JSON. */
#ifndef COMMAND_ACCURACY_OUT_H
#define COMMAND_ACCURACY_OUT_H

#include "command/project.h"
#include "engine/accuracy.h"

#define ACCURACY_KEYS 5
#define ACCURACY_WORST 10

/* What errors are summed up by. */
struct accuracy_key_info {
    enum accuracy_key key;
    const char *name, *heading; /* in JSON and in text */
    const char *left_out;       /* the same in the cross-validation; NULL: not there */
};
extern const struct accuracy_key_info accuracy_keys[ACCURACY_KEYS];

enum { ACCURACY_ROWS = 1, ACCURACY_CROSS_VALIDATION = 2 };

/* Rows, summary with the indices of the worst rows, errors of the calibrations in use. */
void accuracy_put_json(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                       size_t count, const struct calibration_set *set);
/* Summaries and worst rows; ACCURACY_ROWS: every row before them; ACCURACY_CROSS_VALIDATION: the
   shipped errors on rows left out beside and below them. */
void accuracy_put_text(struct buf *out, struct arena *arena, const struct accuracy_row *rows,
                       size_t count, const struct calibration_set *set, unsigned parts);

#endif
