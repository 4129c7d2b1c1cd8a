/* Short texts that stand as they are, as most figures and words of a page do: put without a call.
   Private to the room. */
#ifndef RENDER_ESCAPE_FEW_H
#define RENDER_ESCAPE_FEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Which bytes need another spelling, by context: looked up for every byte of a site. */
enum {
    IN_TEXT = 1,
    IN_ATTRIBUTE = 2,
    IN_JSON = 4,
    IN_CSV = 8,
    IN_HREF = 16,
    REFUSED_IN_HREF = 32,
    PARTS_HREF = 64 /* stands as it is, but what is before and after it differ */
};
extern const unsigned char escape_special[256];

typedef unsigned char sixteen __attribute__((vector_size(16)));

/* What follows is inlined where the context is a constant, or most of it would be questions. */
#define INLINE static inline __attribute__((always_inline))

/* Not 0 where a byte may need another spelling: all that do, and a few more. */
INLINE sixteen suspects(sixteen bytes, unsigned context) {
    sixteen found = (sixteen)(bytes == '"');
    if (context & (IN_TEXT | IN_ATTRIBUTE | IN_HREF))
        found |= (sixteen)(bytes == '&') | (sixteen)(bytes == '<') | (sixteen)(bytes == '>');
    if (context & (IN_JSON | REFUSED_IN_HREF | PARTS_HREF))
        found |= (sixteen)(bytes < ' ') | (sixteen)(bytes == '\\') | (sixteen)(bytes == '<');
    if (context & IN_CSV)
        found |= (sixteen)(bytes < ' ') | (sixteen)(bytes == ',');
    if (context & (IN_HREF | PARTS_HREF))
        found |= (sixteen)(bytes == ' ') | (sixteen)(bytes >= 127) | (sixteen)(bytes == '#') |
                 (sixteen)(bytes == ':') | (sixteen)(bytes == '?');
    return found;
}

INLINE bool is_any(sixteen found) {
    uint64_t hits[2];
    memcpy(hits, &found, sizeof hits);
    return hits[0] | hits[1];
}

INLINE bool may_hit(sixteen bytes, unsigned context) {
    return is_any(suspects(bytes, context));
}

INLINE bool may_hit_pair(uint64_t first, uint64_t last, unsigned context) {
    typedef uint64_t two __attribute__((vector_size(16)));
    two both = {first, last};
    return may_hit((sixteen)both, context);
}

/* The same of 4 to 15 bytes: the first and the last eight (or four) of them, which overlap. */
INLINE bool may_hit_few(const char *p, size_t n, unsigned context) {
    uint64_t first, last;
    uint32_t four[2];
    if (n >= 8) {
        memcpy(&first, p, 8);
        memcpy(&last, p + n - 8, 8);
        return may_hit_pair(first, last, context);
    }
    memcpy(&four[0], p, 4);
    memcpy(&four[1], p + n - 4, 4);
    first = four[0] | (uint64_t)four[1] << 32;
    return may_hit_pair(first, first, context);
}

#define FEW_MAX 15 /* bytes */

/* Copies n <= FEW_MAX bytes to where there is room for them; false, with nothing said of what is
   there now, when one of them may need another spelling. */
INLINE bool put_few(char *at, const char *p, size_t n, unsigned context) {
    if (n >= 8) {
        uint64_t first, last;
        memcpy(&first, p, 8);
        memcpy(&last, p + n - 8, 8);
        memcpy(at, &first, 8);
        memcpy(at + n - 8, &last, 8);
        return !may_hit_pair(first, last, context);
    }
    if (n >= 4) {
        uint32_t first, last;
        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        memcpy(at, &first, 4);
        memcpy(at + n - 4, &last, 4);
        uint64_t both = first | (uint64_t)last << 32;
        return !may_hit_pair(both, both, context);
    }
    if (n == 0)
        return true;
    char first = p[0], middle = p[n / 2], last = p[n - 1]; /* of up to three, all */
    at[0] = first;
    at[n / 2] = middle;
    at[n - 1] = last;
    unsigned found = escape_special[(unsigned char)first] | escape_special[(unsigned char)middle] |
                     escape_special[(unsigned char)last];
    return !(found & context);
}

#define UNCHANGED_MAX 240 /* longer texts are tried piece by piece */

/* The same of any length: 16 at a time, the last ones again where they overlap. */
INLINE bool put_unchanged(char *at, const char *p, size_t n, unsigned context) {
    if (n <= FEW_MAX)
        return put_few(at, p, n, context);
    sixteen bytes, found = {0};
    for (size_t i = 0; i + 16 < n; i += 16) {
        memcpy(&bytes, p + i, 16);
        memcpy(at + i, &bytes, 16);
        found |= suspects(bytes, context);
    }
    memcpy(&bytes, p + n - 16, 16);
    memcpy(at + n - 16, &bytes, 16);
    return !is_any(found | suspects(bytes, context));
}

#endif
