/* The answer of `offers`: ranked offers of one model and workload, and what they mean against API
   prices, buying, and the width of what is not known. */
#ifndef COMMAND_OFFERS_ANSWER_H
#define COMMAND_OFFERS_ANSWER_H

#include "base/buf.h"
#include "engine/economics.h"
#include "engine/montecarlo.h"
#include "engine/offers.h"

struct api_row { /* an API price of the same model beside the best offer */
    const struct api_price *price;
    double usd_per_request;
    struct break_even even; /* NaN members without a best offer */
    double margin;          /* of the API's price over the best offer's cost at the utilisation */
};

struct offers_answer {
    struct search search;
    const char *engine, *workload;
    double cached_share, requests_per_user_per_day;
    const struct offered **offers; /* the ones shown, best first */
    struct montecarlo_band *bands; /* of each, $ per 1M output tokens at the utilisation */
    size_t shown, found, stale;    /* stale: offers left out for their age, or shown last */
    const struct api_row *apis;    /* cheapest request first, one a provider */
    size_t api_count;
    struct sensitivity factors[FACTORS]; /* of the best offer */
    double requests_per_month;           /* 0: not asked */
    struct supply_choice supply; /* rent the best offer, buy its GPUs, or the cheapest API */
    double buy_usd_per_hour;     /* of its instance; NaN: the GPU has no list price */
};

/* The configuration of an offer as a scenario of one replica. */
struct scenario offers_scenario(const struct offers_answer *answer, const struct offered *offered);
void offers_json(const struct offers_answer *answer, struct buf *out);
void offers_table(const struct offers_answer *answer, struct buf *out);

#endif
