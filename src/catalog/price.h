/* What is paid: GPU offers per instance, API prices per million tokens. */
#ifndef CATALOG_PRICE_H
#define CATALOG_PRICE_H

#include "base/diag.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gpu;
struct model;

enum offer_kind {
    OFFER_INSTANCE,    /* a machine or a share of one, with its host */
    OFFER_SERVERLESS,  /* managed endpoint or job, billed per second or minute */
    OFFER_MARKETPLACE, /* private hosts: a lowest or median ask */
    OFFER_COMPONENT,   /* the GPU alone: vCPU and RAM cost extra */
    OFFER_INDEX        /* a market figure nobody can order at */
};

/* One instance type at one platform on one date. Prices are for the whole instance of gpu_count
   GPUs, NaN where not offered. */
struct offer {
    const char *platform;    /* "Lambda" */
    const char *platform_id; /* slug */
    const char *instance;    /* or NULL */
    const char *gpu_as_stated;
    const struct gpu *gpu; /* joined through aliases; NULL: could not be joined (listed) */
    const char *join_note; /* why it was joined so, or not at all; NULL: the name says it */
    bool gpu_assumed;      /* the name leaves the part open ("H100"): join_note says the choice */
    double gpu_memory_gb;  /* per GPU, as stated (GB or GiB); NaN: not stated */
    uint32_t gpu_count;
    enum offer_kind kind;
    bool rankable; /* joined, and somebody can order it whole: no component, no index */
    double on_demand_usd_per_hour, spot_usd_per_hour;
    double reserved_1y_usd_per_hour, reserved_3y_usd_per_hour;
    const char *region; /* or NULL */
    const char *as_of;  /* YYYY-MM-DD, YYYY-MM or NULL: not known, never to be ranked */
    const char *source, *note;
    struct place place;
    bool current;     /* newest of its offer not after the as-of date; never undated
                         beside a dated one, never a row without instance beside those
                         that name one. Offers after the as-of date are not in the catalog */
    bool per_gpu;     /* a rate: any number of GPUs of one node for that much each */
    bool conflict;    /* a duplicate with another price */
    bool duplicate;   /* same offer and date stands earlier */
    bool implausible; /* far below all others of its GPU (read/offers_level.h): not ranked */
};

/* Sets per_gpu. A listing of one GPU is a rate where it says "per GPU", or where the GPU is built
   in linked groups and its platform lists no larger size; a private host's ask never is. Offers
   must be sorted by platform and GPU, `current` must be set. */
void offers_mark_rates(struct offer *offers, size_t count);

/* Whether the offer of several GPUs costs about what one of them does, given the median of a GPU's
   hour: the commonest slip of a list; and what to ask then. */
bool offer_costs_one(const struct offer *offer, double median_usd_per_gpu_hour);
#define OFFER_COSTS_ONE "is this the price of one GPU, not of the whole instance?"

struct api_price {
    const char *provider;
    const char *model_as_stated;
    const char *hf_id;         /* Hugging Face id the list gives, or NULL */
    const struct model *model; /* joined, or NULL */
    const char *join_note;     /* the alias that joined it; NULL: the name says it */
    double input_usd_per_million, output_usd_per_million;
    double cached_input_usd_per_million; /* NaN: not offered */
    double cache_write_usd_per_million;
    uint64_t context_tokens; /* 0 = not said */
    const char *precision;   /* as stated or NULL */
    const char *as_of, *source;
    struct place place;
    bool current, free_tier;
};

#endif
