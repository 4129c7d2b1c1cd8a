/* The figures of a table in full, which both its twins write: each worked out once. */
#ifndef RENDER_RAW_H
#define RENDER_RAW_H

#include "base/num.h"
#include "render/render.h"

struct raw_figures {
    const char *text; /* one after another, row-major; NUM_SHORTEST_MAX bytes may be read of each */
    const uint32_t *starts; /* by cell, and of the end; a cell without a figure has no text */
};

/* Puts the number of a cell; raw NULL: worked out here. */
static inline void raw_put(const struct raw_figures *raw, size_t cell, double number,
                           struct buf *out) {
    if (!raw) {
        buf_put_shortest(out, number);
        return;
    }
    char *at = buf_space(out, NUM_SHORTEST_MAX);
    if (!at)
        return;
    memcpy(at, raw->text + raw->starts[cell],
           NUM_SHORTEST_MAX); /* quicker than as many as needed */
    buf_took(out, raw->starts[cell + 1] - raw->starts[cell]);
}

#endif
