#include "command/diff_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double diff_number_at(const struct json *row, const char *key) {
    return json_get_number(json_get(row, key), "value");
}

const char *diff_text_at(const struct json *row, const char *key) {
    const char *text = json_get_string(json_get(row, key), "value");
    return text ? text : "";
}

/* Numbers in order, what is none last. */
static int compare_numbers(double a, double b) {
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

/* Zero: the same thing on offer, whatever its price. */
static int compare_things(const struct diff_offer_row *a, const struct diff_offer_row *b) {
    int order = strcmp(a->gpu, b->gpu);
    order = order ? order : strcmp(a->instance, b->instance);
    order = order ? order : strcmp(a->region, b->region);
    return order ? order : compare_numbers(a->gpu_count, b->gpu_count);
}

static int compare_rows(const struct diff_offer_row *a, const struct diff_offer_row *b) {
    int order = compare_things(a, b);
    return order ? order : compare_numbers(a->usd_per_gpu_hour, b->usd_per_gpu_hour);
}

static int by_thing_and_price(const void *left, const void *right) {
    const struct diff_offer_row *a = left, *b = right;
    int order = compare_rows(a, b);
    if (order)
        return order;
    const struct place *p = &a->row->place, *q = &b->row->place;
    order = (p->line > q->line) - (p->line < q->line);
    return order ? order : (p->column > q->column) - (p->column < q->column);
}

struct diff_rows diff_rows_of(struct arena *arena, const struct json *rows) {
    size_t count = json_count(rows);
    struct diff_rows sorted = {ARENA_ARRAY(arena, count + 1, struct diff_offer_row), count};
    for (size_t i = 0; i < count; i++) {
        const struct json *row = rows->items[i];
        sorted.items[i] =
            (struct diff_offer_row){.row = row,
                                    .gpu = diff_text_at(row, "gpu"),
                                    .instance = diff_text_at(row, "instance"),
                                    .region = diff_text_at(row, "region"),
                                    .gpu_count = diff_number_at(row, "gpu_count"),
                                    .usd_per_gpu_hour = diff_number_at(row, DIFF_ROWS_PRICE)};
    }
    if (count)
        qsort(sorted.items, count, sizeof *sorted.items, by_thing_and_price);
    return sorted;
}

/* The first that does not come before the offer. */
static size_t lower_bound(const struct diff_rows *rows, const struct diff_offer_row *offer,
                          int (*compare)(const struct diff_offer_row *a,
                                         const struct diff_offer_row *b)) {
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&rows->items[middle], offer) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct diff_offer_row *at_same_price(const struct diff_rows *rows,
                                                  const struct diff_offer_row *offer) {
    size_t at = lower_bound(rows, offer, compare_rows);
    bool same = at < rows->count && !isnan(offer->usd_per_gpu_hour) &&
                compare_rows(&rows->items[at], offer) == 0;
    return same ? &rows->items[at] : NULL;
}

const struct diff_offer_row *diff_rows_find(const struct diff_rows *rows,
                                            const struct diff_rows *own,
                                            const struct diff_offer_row *offer) {
    const struct diff_offer_row *found = at_same_price(rows, offer);
    for (size_t i = lower_bound(rows, offer, compare_things);
         !found && i < rows->count && compare_things(&rows->items[i], offer) == 0; i++)
        if (!at_same_price(own, &rows->items[i]))
            found = &rows->items[i];
    return found;
}

double diff_rows_hourly(const struct diff_offer_row *offer) {
    return offer ? offer->usd_per_gpu_hour * offer->gpu_count : (double)NAN;
}
