/* Reads and writes the manifest: a versioned text, one file a line. */
#include "publish/manifest.h"

#include "base/hash.h"
#include "base/num.h"
#include "base/str.h"
#include "publish/publish.h"

#include <stdlib.h>
#include <string.h>

#define HEADER "tallypress-manifest 1 "

enum { KEY_BYTES = HASH_HEX }; /* after a path that has one: a blank and its digits */

static bool parse_hex(const char *text, size_t n, uint64_t *value) {
    if (n != 16)
        return false;
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        const char *digit = strchr("0123456789abcdef", text[i]);
        if (!digit || !text[i])
            return false;
        *value = *value << 4 | (uint64_t)(digit - "0123456789abcdef");
    }
    return true;
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

bool manifest_parse(struct arena *arena, const char *text, size_t n, struct manifest *manifest) {
    struct str rest = {text, n}, line;
    *manifest = (struct manifest){0};
    size_t header = strlen(HEADER);
    if (!cut(&rest, '\n', &line) || !str_starts(line, STR(HEADER)) ||
        !parse_hex(line.p + header, line.n - header, &manifest->fingerprint))
        return false;
    manifest->capacity = count_lines(rest);
    manifest->entries = ARENA_ARRAY(arena, manifest->capacity, struct manifest_entry);
    while (cut(&rest, '\n', &line)) {
        if (!parse_line(arena, line, &manifest->entries[manifest->count])) {
            *manifest = (struct manifest){0};
            return false;
        }
        manifest->count++;
    }
    manifest_sort(manifest);
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

static int by_path(const void *a, const void *b) {
    const struct manifest_entry *left = a, *right = b;
    return strcmp(left->path, right->path);
}

void manifest_sort(struct manifest *manifest) {
    if (manifest->count)
        qsort(manifest->entries, manifest->count, sizeof *manifest->entries, by_path);
}

const struct manifest_entry *manifest_find(const struct manifest *manifest, const char *path) {
    struct manifest_entry key = {.path = path};
    return manifest->count ? bsearch(&key, manifest->entries, manifest->count,
                                     sizeof *manifest->entries, by_path)
                           : NULL;
}

bool manifest_has_below(const struct manifest *manifest, const char *directory) {
    size_t low = 0, high = manifest->count, n = strlen(directory);
    while (low < high) { /* first entry not before "directory/" */
        size_t middle = low + (high - low) / 2;
        const char *path = manifest->entries[middle].path;
        int order = strncmp(path, directory, n);
        if (order < 0 || (order == 0 && path[n] < '/'))
            low = middle + 1;
        else
            high = middle;
    }
    const char *path = low < manifest->count ? manifest->entries[low].path : "";
    return strncmp(path, directory, n) == 0 && path[n] == '/';
}
