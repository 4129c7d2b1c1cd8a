/* Prices of tokens on both sides: what a seller asks for a model now and what it asked before. */
#include "base/str.h"
#include "command/diff_compare.h"

#include <stdlib.h>
#include <string.h>

struct price_index {
    const struct api_price **items; /* current ones of models of the catalog, in order */
    size_t count;
};

static int compare_text(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "");
}

/* Zero: the same thing on sale. */
static int compare_things(const struct api_price *a, const struct api_price *b) {
    int order = strcmp(a->provider, b->provider);
    order = order ? order : strcmp(a->model_as_stated, b->model_as_stated);
    return order ? order : compare_text(a->precision, b->precision);
}

static int by_thing(const void *left, const void *right) {
    const struct api_price *a = *(const struct api_price *const *)left;
    const struct api_price *b = *(const struct api_price *const *)right;
    int order = compare_things(a, b);
    return order ? order : (a > b) - (a < b);
}

static struct price_index index_of(struct arena *arena, const struct catalog *catalog) {
    struct price_index index = {
        ARENA_ARRAY(arena, catalog->api_price_count + 1, const struct api_price *), 0};
    for (size_t i = 0; i < catalog->api_price_count; i++)
        if (catalog->api_prices[i].current && catalog->api_prices[i].model)
            index.items[index.count++] = &catalog->api_prices[i];
    if (index.count)
        qsort(index.items, index.count, sizeof *index.items, by_thing);
    return index;
}

static void compare_one(struct diff *diff, const struct api_price *price, const char *what,
                        double before, double after) {
    if (before > 0 && after > 0 && before != after)
        diff_api_price(
            diff,
            arena_printf(diff->arena, "%s, %s, %s", price->provider, price->model_as_stated, what),
            before, after, diff_place(diff->arena, price->place));
}

static void compare_both(struct diff *diff, const struct api_price *was,
                         const struct api_price *is) {
    compare_one(diff, is, "input", was->input_usd_per_million, is->input_usd_per_million);
    compare_one(diff, is, "output", was->output_usd_per_million, is->output_usd_per_million);
    compare_one(diff, is, "cached input", was->cached_input_usd_per_million,
                is->cached_input_usd_per_million);
}

void diff_api_prices(struct diff *diff, const struct catalog *old, const struct catalog *new) {
    struct price_index before = index_of(diff->arena, old), after = index_of(diff->arena, new);
    for (size_t i = 0, k = 0; i < before.count && k < after.count;) {
        int order = compare_things(before.items[i], after.items[k]);
        if (order == 0)
            compare_both(diff, before.items[i], after.items[k]);
        i += order <= 0;
        k += order >= 0;
    }
}
