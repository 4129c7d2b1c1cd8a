/* Tables of an audit: medians by key, and names with how often they were met. */
#ifndef ENGINE_AUDIT_TABLE_H
#define ENGINE_AUDIT_TABLE_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

struct audit_value {
    size_t key;
    double value;
};

struct audit_table {
    struct audit_value *items;
    size_t count;
};

/* Room for `capacity` values. */
struct audit_table audit_table_new(struct arena *arena, size_t capacity);
void audit_table_add(struct audit_table *table, size_t key, double value);
/* Sorts; call once before asking. */
void audit_table_settle(struct audit_table *table);
/* Median of the key's values, NaN with fewer than `least`. */
double audit_table_median(const struct audit_table *table, size_t key, size_t least);

struct audit_name {
    const char *name, *why; /* why: of the first */
    struct place place;     /* of the first */
    unsigned count;
    bool warn; /* of any */
};

/* In the order of first meeting. */
struct audit_names {
    struct arena *arena;
    struct audit_name *items;
    size_t count, capacity;
    size_t *slots; /* 1 + index, 0 = free; slot_count is a power of two */
    size_t slot_count;
};

struct audit_names audit_names_new(struct arena *arena);
/* One more of this name (exact bytes). */
void audit_names_add(struct audit_names *names, const char *name, const char *why,
                     struct place place, bool warn);
bool audit_names_has(const struct audit_names *names, const char *name);

/* The ending of what there are `count` of. */
static inline const char *audit_plural(unsigned count) {
    return count == 1 ? "" : "s";
}

#endif
