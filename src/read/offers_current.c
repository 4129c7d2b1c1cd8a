/* Which of many dated offers is the one to use, and which stand twice. */
#include "read/offers_current.h"
#include "base/str.h"
#include "catalog/names.h"

#include <stdlib.h>

/* Name of what is rented: the joined GPU's, else as stated. */
static const char *gpu_name_of(const struct offer *o) {
    return o->gpu ? o->gpu->id : o->gpu_as_stated;
}

static int compare_product(const struct offer *a, const struct offer *b) {
    int order = strcmp(a->platform_id, b->platform_id);
    order = order ? order : strcmp(gpu_name_of(a), gpu_name_of(b));
    return order ? order : (a->gpu_count > b->gpu_count) - (a->gpu_count < b->gpu_count);
}

static int compare_offer(const struct offer *a, const struct offer *b) {
    int order = compare_product(a, b);
    order = order ? order : strcmp(a->gpu_as_stated, b->gpu_as_stated);
    order = order ? order : str_order(a->instance, b->instance);
    order = order ? order : str_order(a->region, b->region);
    return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static int compare_places(const struct place *a, const struct place *b) {
    int order = str_order(a->file, b->file);
    order = order ? order : (a->line > b->line) - (a->line < b->line);
    return order ? order : (a->column > b->column) - (a->column < b->column);
}

static int compare_rows(const void *x, const void *y) {
    const struct offer *a = x, *b = y;
    int order = compare_offer(a, b);
    order = order ? order : str_order(a->as_of, b->as_of);
    return order ? order : compare_places(&a->place, &b->place);
}

size_t offers_until(struct offer *offers, size_t count, const char *as_of) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!offers[i].as_of || strcmp(offers[i].as_of, as_of) <= 0) {
            offers[kept++] = offers[i];
        }
    }
    return kept;
}

static bool newest_of_offer(const struct offer *offers, size_t count, size_t i) {
    return i + 1 == count || compare_offer(&offers[i], &offers[i + 1]) != 0;
}

/* Takes over a price the first row leaves open; false when both say different ones. */
static bool merge_price(double *into, double from) {
    if (isnan(*into)) {
        *into = from;
    }
    return isnan(from) || *into == from;
}

/* Lists with a row for each tier: on demand, spot and reserved of one offer come together. */
static bool merge(struct offer *into, const struct offer *from) {
    bool on_demand = merge_price(&into->on_demand_usd_per_hour, from->on_demand_usd_per_hour);
    bool spot = merge_price(&into->spot_usd_per_hour, from->spot_usd_per_hour);
    bool one = merge_price(&into->reserved_1y_usd_per_hour, from->reserved_1y_usd_per_hour);
    bool three = merge_price(&into->reserved_3y_usd_per_hour, from->reserved_3y_usd_per_hour);
    return on_demand && spot && one && three;
}

/* Of the rows of one offer and date the first stands; the newest date's is current. */
static void mark_rows(struct offer *offers, size_t count) {
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        struct offer *o = &offers[i];
        bool same = i > 0 && compare_offer(o, o - 1) == 0;
        o->duplicate = same && str_order(o->as_of, (o - 1)->as_of) == 0;
        if (!o->duplicate) {
            first = i;
        } else {
            o->conflict = !merge(&offers[first], o);
        }
        o->current = false;
        offers[first].current = newest_of_offer(offers, count, i);
    }
}

/* Within one product, rows that say instance and date put those that do not aside. */
static void settle_product(struct offer *offers, size_t count) {
    bool detailed = false, dated = false;
    for (size_t i = 0; i < count; i++) {
        detailed = detailed || (offers[i].instance && offers[i].as_of);
        dated = dated || offers[i].as_of;
    }
    for (size_t i = 0; i < count; i++) {
        bool aside = (detailed && !offers[i].instance) || (dated && !offers[i].as_of);
        offers[i].current = offers[i].current && !aside;
    }
}

void offers_mark_current(struct offer *offers, size_t count) {
    if (count == 0) {
        return;
    }
    qsort(offers, count, sizeof *offers, compare_rows);
    mark_rows(offers, count);
    for (size_t from = 0, i = 1; i <= count; i++) {
        if (i == count || compare_product(&offers[from], &offers[i]) != 0) {
            settle_product(offers + from, i - from);
            from = i;
        }
    }
}
