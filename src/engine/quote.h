/* Offers as quotes: which price of an offer is meant, how old it is, what a group of GPUs costs
   there, and who is cheapest. The one rule for it: pages and every command use these. */
#ifndef ENGINE_QUOTE_H
#define ENGINE_QUOTE_H

#include "catalog/catalog.h"

enum price_kind { PRICE_ON_DEMAND, PRICE_SPOT, PRICE_RESERVED_1Y, PRICE_RESERVED_3Y, PRICE_KINDS };
const char *price_kind_name(enum price_kind kind); /* "on-demand" */

/* How an offer holds groups of GPUs, one group a replica. */
struct room {
    uint32_t instances; /* rented together; 0: the offer cannot hold the group */
    uint32_t replicas;  /* that these hold */
    uint32_t idle_gpus; /* paid for and in no replica */
};

struct quote {
    const struct offer *offer; /* NULL: none */
    enum price_kind kind;
    double usd_per_hour;     /* of one instance, or of the group asked for; NaN: not offered so */
    double usd_per_gpu_hour; /* of the listing */
    int age_days;            /* at the site's date; -1: the offer has no date */
    bool stale;              /* older than the site's limit, or without a date */
    struct room room;        /* of the group; one instance where none was asked for */
};

/* Days from one YYYY-MM-DD to another, proleptic Gregorian; false when either is no date. */
bool quote_days(const char *from, const char *to, int *days);
/* The age of a date at the site's date, -1 where it is none; whether it is older than the site's
   limit or none. What lies ahead is not old. */
bool quote_is_old(const struct site *site, const char *as_of, int *age_days);
/* Of one whole instance. */
struct quote quote_of(const struct site *site, const struct offer *offer, enum price_kind kind);
/* Offers that may be ranked: joined to a GPU that ships, newest of their kind, not duplicates, not
   implausible, and whole: no GPU without its host, no market index. */
bool quote_counts(const struct offer *offer);
/* The GPUs of a group share a link, so they lie in one instance: as many groups as it holds, GPUs
   left over are paid for. A rate per GPU (offer.per_gpu) is rented as often as the group needs, up
   to one node. Groups beyond a node take whole nodes. */
struct room quote_room(const struct offer *offer, uint32_t gpus);
/* What one of the groups pays, where an instance costs `usd`. */
double quote_usd_in(const struct room *room, double usd);
/* What a group costs there: usd_per_hour is its share of what is rented for as many groups as that
   holds. offer is NULL where there is no room. */
struct quote quote_group(const struct site *site, const struct offer *offer, uint32_t gpus,
                         enum price_kind kind);
/* Whether a goes before b: cheaper for the group, then quote_tie. b.offer may be NULL. */
bool quote_before(const struct quote *a, const struct quote *b);
/* The cheapest quote_group of a kind among the offers that count. Stale ones only when
   `stale_too`. */
struct quote quote_cheapest(const struct catalog *catalog, const struct gpu *gpu, uint32_t gpus,
                            enum price_kind kind, bool stale_too);
/* < 0 when a ranks before b at equal price: smaller instance, platform, instance, region, place. */
int quote_tie(const struct offer *a, const struct offer *b);

#endif
