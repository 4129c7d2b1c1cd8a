/* A machine of one's own beside the API prices of the same model, and beside buying it. */
#ifndef ENGINE_COMPARE_H
#define ENGINE_COMPARE_H

#include "base/arena.h"
#include "engine/economics.h"
#include "engine/quote.h"

struct served { /* what is rented, and what it answers */
    double usd_per_hour;
    double output_tokens_per_s; /* at full use, all replicas */
    double input_tokens, output_tokens;
    double utilisation; /* at which margins are taken */
};

struct api_row {
    const struct api_price *price;
    int age_days;  /* -1: the price has no date */
    bool stale;    /* older than the site's limit, or without a date */
    bool doubtful; /* ten times above or below the median of four current ones or more */
    double usd_per_request;
    double usd_per_million_output; /* input priced in at gamma, as own tokens are */
    struct break_even even;        /* NaN members where nothing is served */
    double margin;                 /* of the API's price over the own cost at the utilisation */
};

struct api_case {
    const struct catalog *catalog;
    const struct model *model;
    struct served served;
    double cached_share;              /* of the input that an API has cached, 0..1 */
    double requests_per_user_per_day; /* for the number of users */
};
/* Paid current prices, one a provider: its newest, of several that day the cheapest request. Those
   that can be ranked first, then the doubtful and the stale ones, each part from the cheapest
   request up; `*fresh` is how many the first part has. */
struct api_row *compare_apis(const struct api_case *what, struct arena *arena, size_t *count,
                             size_t *fresh);
/* Median $ per 1M output of the fresh ones, of all where none is fresh; NaN where there is none. */
double compare_api_median(const struct api_row *rows, size_t count, size_t fresh,
                          struct arena *arena);

/* Bought at the list price with half of it again for the server, written off over four years to a
   tenth; drawing its all-in power where data/power.json has it, else its design power with half of
   it again for host and network; at the site's electricity and PUE, hosted for 100 $ per kW and
   month. usd_per_gpu is NaN where no list price is known. */
struct purchase compare_purchase(const struct catalog *catalog, const struct gpu *gpu);

/* The cheapest current price of a group of GPUs under each kind of contract. */
struct contract {
    struct quote quote; /* offer NULL: none */
    double usd_per_million_output;
    double pays_from_use; /* for reserved kinds: share of the hours from which it beats on demand,
                             paid only while in use; NaN for the others */
};
void compare_contracts(const struct catalog *catalog, const struct gpu *gpu, uint32_t gpus,
                       const struct served *served, double gamma,
                       struct contract contracts[PRICE_KINDS]);

#endif
