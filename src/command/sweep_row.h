/* One row of `sweep`: every column of every row, whatever is known. */
#ifndef COMMAND_SWEEP_ROW_H
#define COMMAND_SWEEP_ROW_H

#include "base/buf.h"
#include "engine/quote.h"
#include "engine/sweep.h"

struct sweep_prices {           /* cheapest quote by [gpu of the catalog][count of the site] */
    const struct quote *quotes; /* current ones */
    const struct quote *stale;  /* stale ones too: tells no price from an old one */
};

struct sweep_format {
    const struct catalog *catalog;
    const char *engine;
    struct sweep_prices prices;
    double gamma, utilisation;
    bool json; /* lines of JSON, else CSV */
};

void sweep_header(const struct sweep_format *format, struct buf *out); /* CSV only */
void sweep_put_row(const struct sweep_format *format, const struct sweep_row *row, struct buf *out);

#endif
