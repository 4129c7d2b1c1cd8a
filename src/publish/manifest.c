/* Reads and writes the manifest: a versioned text, one file a line. */
#include "publish/manifest.h"

#include "base/die.h"
#include "base/hash.h"
#include "base/num.h"
#include "base/str.h"
#include "publish/publish.h"

#include <stdlib.h>
#include <string.h>

#define HEADER "tallypress-manifest 1 "

enum { KEY_BYTES = HASH_HEX }; /* after a path that has one: a blank and its digits */

/* A digit's value + 1: by table, since a manifest is half digits that no branch can foresee. */
static const uint8_t hex_digits[UINT8_MAX + 1] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};

static bool parse_hex(const char *text, size_t n, uint64_t *value) {
    if (n != HASH_HEX - 1)
        return false;
    bool good = true;
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t digit = hex_digits[(unsigned char)text[i]];
        good = good & (digit > 0);
        *value = *value << 4 | (uint64_t)(digit - 1);
    }
    return good;
}

/* Cuts text up to the separator off the front of rest; false when it is not there. */
static bool cut(struct str *rest, char separator, struct str *part) {
    const char *end = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
    if (!end)
        return false;
    *part = (struct str){rest->p, (size_t)(end - rest->p)};
    rest->p = end + 1;
    rest->n -= part->n + 1;
    return true;
}

static bool parse_line(struct arena *arena, struct str line, struct manifest_entry *entry) {
    struct str hash, bytes;
    const char *why;
    if (!cut(&line, ' ', &hash) || !cut(&line, ' ', &bytes) ||
        !parse_hex(hash.p, hash.n, &entry->hash) || !num_parse_u64(bytes.p, bytes.n, &entry->bytes))
        return false;
    if (line.n > KEY_BYTES && line.p[line.n - KEY_BYTES] == ' ') {
        line.n -= KEY_BYTES;
        if (!parse_hex(line.p + line.n + 1, KEY_BYTES - 1, &entry->key) || !entry->key)
            return false;
    }
    entry->path = arena_copy(arena, line.p, line.n);
    return strlen(entry->path) == line.n && publish_path_ok(entry->path, &why);
}

static size_t count_lines(struct str rest) {
    struct str line;
    size_t lines = 0;
    while (cut(&rest, '\n', &line))
        lines++;
    return lines;
}

static int by_path(const void *a, const void *b) {
    const struct manifest_entry *left = a, *right = b;
    return strcmp(left->path, right->path);
}

/* Open addressing, at most half full: the slot of the path, or the free one where it is to go. */
static uint32_t *slot_of(const struct manifest *manifest, const char *path) {
    size_t at = (size_t)hash_bytes(path, strlen(path), 0) & manifest->mask;
    while (manifest->slots[at] &&
           strcmp(manifest->entries[manifest->slots[at] - 1].path, path) != 0)
        at = (at + 1) & manifest->mask;
    return &manifest->slots[at];
}

static void fill_slots(struct arena *arena, struct manifest *manifest) {
    manifest->mask = 1;
    while (manifest->mask < 2 * manifest->count)
        manifest->mask = 2 * manifest->mask + 1;
    manifest->slots = ARENA_ARRAY(arena, manifest->mask + 1, uint32_t);
    for (size_t i = 0; i < manifest->count; i++)
        *slot_of(manifest, manifest->entries[i].path) = (uint32_t)i + 1;
}

bool manifest_parse(struct arena *arena, const char *text, size_t n, struct manifest *manifest) {
    struct str rest = {text, n}, line;
    *manifest = (struct manifest){0};
    size_t header = strlen(HEADER);
    if (!cut(&rest, '\n', &line) || !str_starts(line, STR(HEADER)) ||
        !parse_hex(line.p + header, line.n - header, &manifest->fingerprint))
        return false;
    manifest->capacity = count_lines(rest);
    manifest->entries = ARENA_ARRAY(arena, manifest->capacity, struct manifest_entry);
    bool sorted = true; /* as it was printed */
    while (cut(&rest, '\n', &line)) {
        struct manifest_entry *entry = &manifest->entries[manifest->count];
        if (!parse_line(arena, line, entry)) {
            *manifest = (struct manifest){0};
            return false;
        }
        sorted = sorted && (!manifest->count || by_path(entry - 1, entry) <= 0);
        manifest->count++;
    }
    if (!sorted)
        manifest_sort(manifest);
    fill_slots(arena, manifest);
    return true;
}

void manifest_print(const struct manifest *manifest, struct buf *out) {
    char hex[HASH_HEX];
    hash_hex(hex, manifest->fingerprint);
    buf_printf(out, HEADER "%s\n", hex);
    for (size_t i = 0; i < manifest->count; i++) {
        const struct manifest_entry *entry = &manifest->entries[i];
        hash_hex(hex, entry->hash);
        buf_puts(out, hex);
        buf_putc(out, ' ');
        buf_put_u64(out, entry->bytes);
        buf_putc(out, ' ');
        buf_puts(out, entry->path);
        if (entry->key) {
            hash_hex(hex, entry->key);
            buf_putc(out, ' ');
            buf_puts(out, hex);
        }
        buf_putc(out, '\n');
    }
}

void manifest_sort(struct manifest *manifest) {
    if (manifest->count)
        qsort(manifest->entries, manifest->count, sizeof *manifest->entries, by_path);
}

static void *room(size_t count, size_t bytes_each) {
    void *memory = calloc(count + 1, bytes_each);
    if (!memory)
        die_no_memory(count * bytes_each);
    return memory;
}

/* Both parts are sorted; `at` has the places of the first part's entries in made, 0: none. */
static void merge(const struct manifest *made, const size_t *at, size_t places,
                  const struct manifest *fresh, struct manifest_entry *out) {
    size_t next = 0;
    for (size_t i = 0; i < places; i++) {
        const struct manifest_entry *entry = at[i] ? &made->entries[at[i] - 1] : NULL;
        while (entry && next < fresh->count && by_path(&fresh->entries[next], entry) < 0)
            *out++ = fresh->entries[next++];
        if (entry)
            *out++ = *entry;
    }
    while (next < fresh->count)
        *out++ = fresh->entries[next++];
}

size_t manifest_sort_like(struct manifest *made, const struct manifest *old) {
    size_t *at = room(old->count, sizeof *at); /* of old's paths: where in made, from 1 */
    struct manifest fresh = {.entries = room(made->count, sizeof *fresh.entries)};
    for (size_t i = 0; i < made->count; i++) {
        const struct manifest_entry *known = manifest_find(old, made->entries[i].path);
        size_t *place = known ? &at[known - old->entries] : NULL;
        if (place && !*place)
            *place = i + 1;
        else
            fresh.entries[fresh.count++] = made->entries[i];
    }
    manifest_sort(&fresh);
    struct manifest_entry *sorted = room(made->count, sizeof *sorted);
    merge(made, at, old->count, &fresh, sorted);
    size_t both = made->count - fresh.count;
    free(at);
    free(fresh.entries);
    free(made->entries);
    made->entries = sorted;
    return both;
}

const struct manifest_entry *manifest_find(const struct manifest *manifest, const char *path) {
    struct manifest_entry key = {.path = path};
    if (manifest->slots) {
        uint32_t slot = *slot_of(manifest, path);
        return slot ? &manifest->entries[slot - 1] : NULL;
    }
    return manifest->count ? bsearch(&key, manifest->entries, manifest->count,
                                     sizeof *manifest->entries, by_path)
                           : NULL;
}

/* How a path stands to a directory, n bytes long, and all below it: before, in it, after. */
static int against(const char *path, const char *directory, size_t n) {
    int order = strncmp(path, directory, n);
    if (order || n == 0)
        return order;
    return (path[n] > '/') - (path[n] < '/');
}

/* The first entry that is not before the directory; `after`: that is behind it. */
static size_t bound(const struct manifest *manifest, const char *directory, bool after) {
    size_t low = 0, high = manifest->count, n = strlen(directory);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (against(manifest->entries[middle].path, directory, n) < after)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct manifest_span manifest_below(const struct manifest *manifest, const char *directory) {
    if (!manifest->count)
        return (struct manifest_span){NULL, 0};
    size_t first = bound(manifest, directory, false);
    return (struct manifest_span){manifest->entries + first,
                                  bound(manifest, directory, true) - first};
}

struct manifest_entry *manifest_name(struct manifest_span below, size_t n, const char *name) {
    size_t low = 0, high = below.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(below.entries[middle].path + n, name);
        if (order == 0)
            return below.entries + middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
