#include "engine/audit_table.h"

#include "base/hash.h"

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

/* The slot of the name: where it stands, or the free one where it belongs. */
static size_t slot_of(const struct audit_names *names, const char *name) {
    size_t mask = names->slot_count - 1, at = (size_t)hash_bytes(name, strlen(name), 0) & mask;
    while (names->slots[at] && strcmp(names->items[names->slots[at] - 1].name, name) != 0) {
        at = (at + 1) & mask;
    }
    return at;
}

/* Twice as many slots as names, at least. */
static void make_room(struct audit_names *names) {
    if (2 * (names->count + 1) <= names->slot_count) {
        return;
    }
    names->slot_count = names->slot_count ? 2 * names->slot_count : 64;
    names->slots = ARENA_ARRAY(names->arena, names->slot_count, size_t);
    for (size_t i = 0; i < names->count; i++) {
        names->slots[slot_of(names, names->items[i].name)] = i + 1;
    }
}

void audit_names_add(struct audit_names *names, const char *name, const char *why,
                     struct place place, bool warn) {
    make_room(names);
    size_t slot = slot_of(names, name);
    if (names->slots[slot]) {
        struct audit_name *found = &names->items[names->slots[slot] - 1];
        found->count++;
        found->warn = found->warn || warn;
        return;
    }
    names->items = arena_grow(names->arena, names->items, names->count, &names->capacity,
                              sizeof *names->items);
    names->items[names->count] = (struct audit_name){name, why, place, 1, warn};
    names->slots[slot] = ++names->count;
}

bool audit_names_has(const struct audit_names *names, const char *name) {
    return names->slot_count && names->slots[slot_of(names, name)];
}
