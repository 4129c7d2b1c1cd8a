#include "engine/audit_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct audit_table audit_table_new(struct arena *arena, size_t capacity) {
    return (struct audit_table){ARENA_ARRAY(arena, capacity + 1, struct audit_value), 0};
}

void audit_table_add(struct audit_table *table, size_t key, double value) {
    table->items[table->count++] = (struct audit_value){key, value};
}

static int compare(const void *x, const void *y) {
    const struct audit_value *a = x, *b = y;
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return (a->value > b->value) - (a->value < b->value);
}

void audit_table_settle(struct audit_table *table) {
    if (table->count) {
        qsort(table->items, table->count, sizeof *table->items, compare);
    }
}

static size_t first_of(const struct audit_table *table, size_t key) {
    size_t low = 0, high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->items[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

double audit_table_median(const struct audit_table *table, size_t key, size_t least) {
    size_t from = first_of(table, key), to = first_of(table, key + 1), n = to - from;
    if (n < least || n == 0) {
        return NAN;
    }
    const struct audit_value *v = table->items + from;
    return n % 2 ? v[n / 2].value : (v[n / 2 - 1].value + v[n / 2].value) / 2;
}

struct audit_names audit_names_new(struct arena *arena) {
    return (struct audit_names){.arena = arena};
}

void audit_names_add(struct audit_names *names, const char *name, const char *why,
                     struct place place, bool warn) {
    for (size_t i = 0; i < names->count; i++) {
        struct audit_name *n = &names->items[i];
        if (n->name == name || strcmp(n->name, name) == 0) {
            n->count++;
            n->warn = n->warn || warn;
            return;
        }
    }
    names->items = arena_grow(names->arena, names->items, names->count, &names->capacity,
                              sizeof *names->items);
    names->items[names->count++] = (struct audit_name){name, why, place, 1, warn};
}

bool audit_names_has(const struct audit_names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}
