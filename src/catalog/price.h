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

/* One instance type at one platform on one date. Prices are for the whole instance of gpu_count
   GPUs, NaN where not offered. */
struct offer {
    const char *platform;    /* "Lambda" */
    const char *platform_id; /* slug */
    const char *instance;    /* or NULL */
    const char *gpu_as_stated;
    const struct gpu *gpu;   /* joined through aliases; NULL: could not be joined (listed) */
    uint32_t gpu_count;
    double on_demand_usd_per_hour, spot_usd_per_hour;
    double reserved_1y_usd_per_hour, reserved_3y_usd_per_hour;
    const char *region;      /* or NULL */
    const char *as_of;       /* YYYY-MM-DD or NULL */
    const char *source, *note;
    struct place place;
    bool current;            /* newest of its offer not after the as-of date */
    bool duplicate;          /* same offer and date stands earlier */
};

struct api_price {
    const char *provider;
    const char *model_as_stated;
    const struct model *model; /* joined, or NULL */
    double input_usd_per_million, output_usd_per_million;
    double cached_input_usd_per_million; /* NaN: not offered */
    double cache_write_usd_per_million;
    uint64_t context_tokens;  /* 0 = not said */
    const char *precision;    /* as stated or NULL */
    const char *as_of, *source;
    struct place place;
    bool current, free_tier;
};

#endif
