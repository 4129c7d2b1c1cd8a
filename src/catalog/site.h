/* The owner's choices: title, base URL, workloads, precisions, batches, gamma, defaults. */
#ifndef CATALOG_SITE_H
#define CATALOG_SITE_H

#include <stddef.h>
#include <stdint.h>

#include "catalog/precision.h"

struct workload {
    const char *id, *name;
    uint32_t input_tokens, output_tokens;
};

struct site {
    const char *title, *description, *base_url; /* base_url "" = relative links only */
    const char *owner;                          /* may be NULL */
    const char *as_of;                          /* newest date of any input, or --as-of */
    const struct workload *workloads;
    size_t workload_count;
    const enum precision *precisions; /* weights to sweep */
    size_t precision_count;
    enum precision kv_precision;
    const uint32_t *batches;
    size_t batch_count;
    const uint32_t *gpu_counts;
    size_t gpu_count_count;
    double gamma;       /* input price / output price */
    double utilisation; /* the site's own default, 0..1 */
    uint32_t max_price_age_days;
    double pue;
    double electricity_usd_per_kwh, grid_gco2_per_kwh;
    const char *engine; /* default engine id: "first-principles", "vllm" ... */
};

#endif
