/* The figures of a table in full, which both its twins write: each worked out once. */
#ifndef RENDER_RAW_H
#define RENDER_RAW_H

#include "base/num.h"
#include "render/render.h"

struct raw_figures {
    const char *text;       /* one after another, row-major */
    const uint32_t *starts; /* by cell, and of the end; a cell without a figure has no text */
};

/* Puts the number of a cell; raw NULL: worked out here. */
static inline void raw_put(const struct raw_figures *raw, size_t cell, double number,
                           struct buf *out) {
    if (raw)
        buf_put(out, raw->text + raw->starts[cell], raw->starts[cell + 1] - raw->starts[cell]);
    else
        buf_put_shortest(out, number);
}

#endif
