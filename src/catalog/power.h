/* What electricity costs and emits where, and what a GPU draws with its share of the server. */
#ifndef CATALOG_POWER_H
#define CATALOG_POWER_H

#include "base/diag.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>

struct gpu;
struct model;

struct grid_region {
    const char *id, *name; /* "us-east-1", "FRA", "US-California"; NULL-free */
    double gco2_per_kwh;   /* NaN: not known */
    double usd_per_kwh;    /* for industry or a large data centre; NaN: not known */
    const char *carbon_source, *carbon_date; /* NULL with NaN */
    const char *price_source, *price_date;
    struct place place;
};

struct site_overhead {     /* power usage effectiveness: facility / IT */
    const char *id, *name; /* "aws" */
    double pue;
    const char *source, *date;
};

struct all_in_power { /* of one GPU with its share of host, network and cooling */
    const struct gpu *gpu;
    double watts;
    const char *source, *date;
};

struct measured_energy { /* of a published run that states energy or power */
    const struct model *model;
    const struct gpu *gpu;
    uint32_t gpu_count;
    uint32_t batch; /* 0: not stated */
    double joules_per_output_token;
    const char *engine;
    const char *scope; /* what was metered: "GPUs", "server at the wall" */
    const char *source, *date;
};

struct power {
    const struct grid_region *regions;
    size_t region_count;
    const struct site_overhead *overheads;
    size_t overhead_count;
    const struct all_in_power *all_in;
    size_t all_in_count;
    const struct measured_energy *measured;
    size_t measured_count;
};

/* By id, ignoring case; NULL when unknown. */
const struct grid_region *power_find_region(const struct power *power, const char *id);
const struct all_in_power *power_find_all_in(const struct power *power, const struct gpu *gpu);

#endif
