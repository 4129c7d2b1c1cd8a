/* Everything that was read, joined by pointers. Read-only after read/ has filled it. */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "catalog/benchmark.h"
#include "catalog/gpu.h"
#include "catalog/model.h"
#include "catalog/power.h"
#include "catalog/price.h"
#include "catalog/site.h"

struct input_file {
    const char *path; /* relative to the project, or "builtin:data/..." */
    size_t bytes;
    uint64_t hash; /* xxh64 of the content */
};

/* Rows by what they belong to: the numbers of those of owner i stand from starts[i] to before
   starts[i + 1], in their order. starts is NULL when they were not sorted out. */
struct rows_by_owner {
    const size_t *starts, *rows;
};

struct catalog {
    struct model *models;
    size_t model_count;
    struct gpu *gpus;
    size_t gpu_count;
    struct offer *offers;
    size_t offer_count;
    struct rows_by_owner gpu_offers;  /* of each GPU */
    struct rows_by_owner gpu_current; /* those of them that are current; not without the others */
    struct api_price *api_prices;
    size_t api_price_count;
    struct rows_by_owner model_prices; /* of each model */
    struct benchmark *benchmarks;
    size_t benchmark_count;
    struct power power; /* data/power.json; empty when there is none */
    struct site site;
    const struct input_file *inputs;
    size_t input_count;
};

/* The offer of this GPU after those that were given out: *at counts them from 0. NULL: no more. */
const struct offer *catalog_next_offer(const struct catalog *catalog, const struct gpu *gpu,
                                       size_t *at);

/* The same of current offers only: lists of years hold many that are not. */
const struct offer *catalog_next_current(const struct catalog *catalog, const struct gpu *gpu,
                                         size_t *at);

/* The API price of this model after those that were given out, likewise. */
const struct api_price *catalog_next_api_price(const struct catalog *catalog,
                                               const struct model *model, size_t *at);

/* By id, else by hf id, name or alias, ignoring case; NULL when unknown or ambiguous. A path is
   not handled here. */
const struct model *catalog_find_model(const struct catalog *catalog, const char *name);
const struct gpu *catalog_find_gpu(const struct catalog *catalog, const char *name);
/* Up to `max` ids nearest to the name, best first; returns how many. */
size_t catalog_nearest_models(const struct catalog *catalog, const char *name, const char **ids,
                              size_t max);
size_t catalog_nearest_gpus(const struct catalog *catalog, const char *name, const char **ids,
                            size_t max);

#endif
