/* Offers in a table of a built site, in order, to find one in the other site's. */
#ifndef COMMAND_DIFF_ROWS_H
#define COMMAND_DIFF_ROWS_H

#include "base/arena.h"
#include "read/json.h"

/* A cell's value in a row of a table's JSON; NaN, "" where there is none. */
double diff_number_at(const struct json *row, const char *key);
const char *diff_text_at(const struct json *row, const char *key);

struct diff_offer_row {
    const struct json *row;
    const char *gpu, *instance, *region;
    double gpu_count, usd_per_gpu_hour; /* NaN: not said */
};

struct diff_rows {
    struct diff_offer_row *items; /* by what is on offer, then by price */
    size_t count;
};

#define DIFF_ROWS_PRICE "on_demand_usd_per_gpu_hour"

/* rows: the table's, or NULL. */
struct diff_rows diff_rows_of(struct arena *arena, const struct json *rows);
/* What an offer of `own` is among the rows of the other site: of several the one of the same price,
   else one that no other offer of `own` is the same as. A page may show an old price of the same
   instance beside the new one. NULL: there is none. */
const struct diff_offer_row *diff_rows_find(const struct diff_rows *rows,
                                            const struct diff_rows *own,
                                            const struct diff_offer_row *offer);
/* Of all GPUs of the offer. */
double diff_rows_hourly(const struct diff_offer_row *offer);

#endif
