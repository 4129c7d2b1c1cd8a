/* The list of files a build made: content hash, size, path and key, sorted by path. */
#ifndef PUBLISH_MANIFEST_H
#define PUBLISH_MANIFEST_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct manifest_entry {
    const char *path;
    uint64_t hash, bytes; /* XXH64 and size of the content */
    uint64_t key;         /* of all it was made from, when it may be kept by that; else 0 */
    bool changed;         /* differs from the site as it was; not kept in the file */
    bool is_new;          /* was not there; not kept in the file */
};

/* While files are replaced one by one the manifest lists old and new together. */
#define MANIFEST_MIXED UINT64_MAX

struct manifest {
    uint64_t fingerprint; /* of everything the site was made from; 0 not known, or: */
    struct manifest_entry *entries;
    size_t count, capacity;
};

/* False when the text is not a manifest of this version: then nothing counts as ours. */
bool manifest_parse(struct arena *arena, const char *text, size_t n, struct manifest *manifest);
void manifest_print(const struct manifest *manifest, struct buf *out);
/* Sorts bytewise by path. */
void manifest_sort(struct manifest *manifest);
/* In a sorted manifest; NULL when missing. */
const struct manifest_entry *manifest_find(const struct manifest *manifest, const char *path);
/* True when some entry lies below the directory. */
bool manifest_has_below(const struct manifest *manifest, const char *directory);

#endif
