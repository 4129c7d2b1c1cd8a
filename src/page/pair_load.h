/* A pair under load: what is evaluated at each batch, and the charts of it. Private to page/. */
#ifndef PAGE_PAIR_LOAD_H
#define PAGE_PAIR_LOAD_H

#include "page/pair.h"

#define MOST_BATCHES 24

struct load {
    struct scenario scenario; /* without the batch */
    struct measured_curve measured;
    size_t count;
    double batch[MOST_BATCHES];
    struct pace ours[MOST_BATCHES];
    struct phase decode[MOST_BATCHES]; /* of ours, all but its FLOP */
    enum reason reason;                /* why no batch runs */
    double rate[MOST_BATCHES], theory_rate[MOST_BATCHES], measured_rate[MOST_BATCHES];
    double each[MOST_BATCHES]; /* what one request gets of `rate` */
    bool calibrated;
    size_t within; /* batches from the first that lie in the range the engine was fitted to */
};

/* pair_load.c: every batch in figures, as the table behind the charts. */
struct table *load_table(struct pair *c, const struct load *load);

/* pair_charts.c: all requests together and each; how much of first principles is reached, where
   something was measured; where a step's time goes. */
void load_throughput(struct pair *c, const struct load *load);
void load_efficiency(struct pair *c, const struct load *load);
void load_split(struct pair *c, const struct load *load);

#endif
