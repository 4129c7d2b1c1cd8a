/* The answer of `offers`: ranked offers of one model and workload, and what they mean against API
   prices, buying, and the width of what is not known. */
#ifndef COMMAND_OFFERS_ANSWER_H
#define COMMAND_OFFERS_ANSWER_H

#include "base/buf.h"
#include "engine/compare.h"
#include "engine/montecarlo.h"
#include "engine/offers.h"

struct offers_answer {
    struct search search;
    const char *engine, *workload;
    double cached_share, requests_per_user_per_day;
    const struct offered **offers; /* the ones shown, best first */
    struct montecarlo_band *bands; /* of each, $ per 1M output tokens at the utilisation */
    size_t shown, found, stale;    /* stale: offers left out for their age, or shown last */
    const struct api_row *apis;    /* beside the best offer; stale ones last */
    size_t api_count, api_fresh;
    struct sensitivity factors[FACTORS]; /* of the best offer */
    struct contract contracts[PRICE_KINDS];
    double requests_per_month;   /* 0: not asked */
    struct supply_choice supply; /* rent the best offer, buy its GPUs, or the cheapest API */
    struct purchase purchase;    /* of its GPU */
    double buy_usd_per_hour;     /* of its GPUs; NaN: the GPU has no list price */
};

/* The configuration of an offer as a scenario of one replica. */
struct scenario offers_scenario(const struct offers_answer *answer, const struct offered *offered);
void offers_json(const struct offers_answer *answer, struct buf *out);
void offers_table(const struct offers_answer *answer, struct buf *out);

#endif
