/* Offers as quotes: which price of an offer is meant, how old it is, and who is cheapest. */
#ifndef ENGINE_QUOTE_H
#define ENGINE_QUOTE_H

#include "catalog/catalog.h"

enum price_kind { PRICE_ON_DEMAND, PRICE_SPOT, PRICE_RESERVED_1Y, PRICE_RESERVED_3Y, PRICE_KINDS };
const char *price_kind_name(enum price_kind kind); /* "on-demand" */

struct quote {
    const struct offer *offer; /* NULL: none */
    enum price_kind kind;
    double usd_per_hour; /* of the whole instance; NaN: not offered so */
    double usd_per_gpu_hour;
    int age_days; /* at the site's date; -1: the offer has no date */
    bool stale;   /* older than the site's limit, or without a date */
};

/* Days from one YYYY-MM-DD to another, proleptic Gregorian; false when either is no date. */
bool quote_days(const char *from, const char *to, int *days);
struct quote quote_of(const struct site *site, const struct offer *offer, enum price_kind kind);
/* Offers that may be ranked: joined to a GPU that ships, newest of their kind, not duplicates, and
   whole: no GPU without its host, no market index. */
bool quote_counts(const struct offer *offer);
/* The cheapest quote for `count` GPUs of one kind in one instance: an instance of that size, else a
   share of one that is a whole multiple, which other replicas fill. Smaller instances are never
   joined: their GPUs share no link. Stale quotes only when `stale_too`. usd_per_hour is for `count`
   GPUs. Ties: cheaper per GPU, smaller instance, platform id, instance, then order of reading. */
struct quote quote_cheapest(const struct catalog *catalog, const struct gpu *gpu, uint32_t count,
                            enum price_kind kind, bool stale_too);
/* < 0 when a ranks before b at equal price: smaller instance, platform, instance, region, place. */
int quote_tie(const struct offer *a, const struct offer *b);

#endif
