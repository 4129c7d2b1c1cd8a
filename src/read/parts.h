/* The parts of a catalog, one reader a file; read/catalog.c puts them together. */
#ifndef READ_PARTS_H
#define READ_PARTS_H

#include "catalog/catalog.h"
#include "read/json.h"
#include "read/read.h"

/* What every part's reader gets: one input file, already in memory. */
struct input {
    struct arena *arena;
    struct diags *diags;
    const char *path;    /* "data/gpus.json" */
    const char *display; /* for diagnostics */
    const char *text;
    size_t n;
};

/* data/gpus.json in the project's own format: {"sources": {...}, "gpus": [...]}. */
bool read_gpus(const struct input *input, struct catalog *catalog);

/* Growing lists of the catalog under construction; `arena`, when set, holds their items in place of
   the one that is given with each. */
struct offer_list {
    struct offer *items;
    size_t count, capacity;
    struct arena *arena;
};
struct api_price_list {
    struct api_price *items;
    size_t count, capacity;
    struct arena *arena;
};
struct benchmark_list {
    struct benchmark *items;
    size_t count, capacity;
    struct arena *arena;
};

/* One more element; the caller fills it. */
struct offer *offer_add(struct arena *arena, struct offer_list *list);
struct api_price *api_price_add(struct arena *arena, struct api_price_list *list);
struct benchmark *benchmark_add(struct arena *arena, struct benchmark_list *list);

/* Rows of one file in the project's own format or any foreign one, recognised by content. A file
   that nothing recognises is an error (format-unknown). */
void read_offers(const struct input *input, struct offer_list *list);
void read_api_prices(const struct input *input, struct api_price_list *list);
void read_benchmarks(const struct input *input, struct benchmark_list *list);

bool read_site(const struct input *input, struct site *site);
/* data/power.json into catalog->power; GPUs are read before. */
bool read_power(const struct input *input, struct catalog *catalog);

#endif
