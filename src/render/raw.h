/* The figures of a table in full, and as its CSV twin shows them: each worked out once. */
#ifndef RENDER_RAW_H
#define RENDER_RAW_H

#include "base/num.h"
#include "render/render.h"

#define RAW_SHOWN_MAX 64 /* bytes that may be read of a figure as shown */

/* Where the texts of a cell are; of one without a figure all is 0. */
struct raw_figure {
    uint32_t at;    /* as shown, without dollar sign and commas; in full where what is shown is not
                       that figure ("12 GB" for 12e9) */
    uint8_t shown;  /* bytes of it; RAW_SHOWN_MAX may be read */
    uint8_t behind; /* in full: so many bytes behind `at` */
    uint8_t full;   /* bytes of it; NUM_SHORTEST_MAX may be read */
};

struct raw_figures {
    const char *text;
    const struct raw_figure *cells; /* row-major */
    const bool *rounded;            /* by column: some figure shown is not all of it */
};

/* Puts the number of a cell; raw NULL: worked out here. */
static inline void raw_put(const struct raw_figures *raw, size_t cell, double number,
                           struct buf *out) {
    if (!raw) {
        buf_put_shortest(out, number);
        return;
    }
    const struct raw_figure *figure = &raw->cells[cell];
    char *at = buf_space(out, NUM_SHORTEST_MAX);
    if (!at)
        return;
    memcpy(at, raw->text + figure->at + figure->behind, NUM_SHORTEST_MAX); /* quicker than few */
    buf_took(out, figure->full);
}

#endif
