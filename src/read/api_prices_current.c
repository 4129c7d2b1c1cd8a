/* Which of many dated API prices is the one to use. */
#include "base/str.h"
#include "catalog/names.h"
#include "read/offers_current.h"

#include <stdlib.h>
#include <string.h>

static int compare_price(const struct api_price *a, const struct api_price *b) {
    int order = strcmp(a->provider, b->provider);
    order = order ? order : strcmp(a->model_as_stated, b->model_as_stated);
    return order ? order : str_order(a->precision, b->precision);
}

static int compare_rows(const void *x, const void *y) {
    const struct api_price *a = x, *b = y;
    int order = compare_price(a, b);
    order = order ? order : str_order(a->as_of, b->as_of);
    order = order ? order : str_order(a->place.file, b->place.file);
    order = order ? order : (a->place.line > b->place.line) - (a->place.line < b->place.line);
    return order ? order
                 : (a->place.column > b->place.column) - (a->place.column < b->place.column);
}

size_t api_prices_until(struct api_price *prices, size_t count, const char *as_of) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!prices[i].as_of || strcmp(prices[i].as_of, as_of) <= 0) {
            prices[kept++] = prices[i];
        }
    }
    return kept;
}

void api_prices_mark_current(struct api_price *prices, size_t count) {
    if (count == 0) {
        return;
    }
    qsort(prices, count, sizeof *prices, compare_rows);
    for (size_t i = 0; i < count; i++) {
        prices[i].current = i + 1 == count || compare_price(&prices[i], &prices[i + 1]) != 0;
    }
}
