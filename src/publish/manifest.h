/* The list of files a build made: content hash, size, path and key, sorted by path. */
#ifndef PUBLISH_MANIFEST_H
#define PUBLISH_MANIFEST_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct manifest_entry {
    const char *path;
    uint64_t hash, bytes; /* hash_content and size of the file */
    uint64_t key;         /* of all it was made from, when it may be kept by that; else 0 */
    bool changed;         /* differs from the site as it was; not kept in the file */
    bool is_new;          /* was not there; not kept in the file */
    bool carried;         /* linked from the site as it was; not kept in the file */
};

/* While files are replaced one by one the manifest lists old and new together. */
#define MANIFEST_MIXED UINT64_MAX

struct manifest {
    uint64_t fingerprint; /* of everything the site was made from; 0 not known, or: */
    struct manifest_entry *entries;
    size_t count, capacity;
    uint32_t *slots; /* of one that was read: entry + 1 by path, 0 free; else NULL */
    size_t mask;     /* slots - 1 */
};

/* False when the text is not a manifest of this version: then nothing counts as ours. */
bool manifest_parse(struct arena *arena, const char *text, size_t n, struct manifest *manifest);
void manifest_print(const struct manifest *manifest, struct buf *out);
/* Sorts bytewise by path. */
void manifest_sort(struct manifest *manifest);
/* The same where most paths are those of `old`, which is sorted: they are put into its order
   without being compared. `made` has its entries from malloc. Returns how many paths of old it has.
 */
size_t manifest_sort_like(struct manifest *made, const struct manifest *old);
/* In a sorted manifest; NULL when missing. */
const struct manifest_entry *manifest_find(const struct manifest *manifest, const char *path);
/* The entries of a sorted manifest below a directory; "": all of them. */
struct manifest_span {
    struct manifest_entry *entries;
    size_t count;
};
struct manifest_span manifest_below(const struct manifest *manifest, const char *directory);
/* Of entries below one directory, whose path has n bytes with its slash, the file of that name in
   it; NULL when missing. */
struct manifest_entry *manifest_name(struct manifest_span below, size_t n, const char *name);

#endif
