/* String slice: pointer and length, never owned. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
/* The same for tables of constants. */
#define STR_CONSTANT(literal)                                                                      \
    { (literal), sizeof(literal) - 1 }

static inline struct str str_of(const char *text) {
    return (struct str){text, text ? strlen(text) : 0};
}
static inline bool str_equal(struct str a, struct str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
bool str_equal_nocase(struct str a, struct str b); /* ASCII only, no locale */
static inline bool str_starts(struct str text, struct str prefix) {
    return text.n >= prefix.n && (prefix.n == 0 || memcmp(text.p, prefix.p, prefix.n) == 0);
}
static inline bool str_ends(const char *text, const char *ending) {
    size_t n = strlen(text), m = strlen(ending);
    return n >= m && memcmp(text + n - m, ending, m) == 0;
}
/* As strcmp, NULL as the empty text. */
static inline int str_order(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "");
}
bool str_contains_nocase(const char *haystack, const char *needle);
struct str str_trim(struct str text);
/* Whether the character turns the direction of the text that follows. */
static inline bool str_is_turning(long code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}
/* UTF-8 with such a mark: it would turn the price behind a name; a name of another's list has no
   need of it. */
bool str_turns(const char *text, size_t n);
/* True when text[0..n) is well-formed UTF-8 (no surrogates, no overlong forms). */
bool str_is_utf8(const char *text, size_t n);
/* How many bytes from the first on are; n when all are. */
size_t str_utf8_bytes(const char *text, size_t n);
/* Levenshtein distance of lower-cased ASCII, for "did you mean". */
unsigned str_distance(const char *a, const char *b);
/* Lower-case slug of [a-z0-9.-]: "NVIDIA H100 SXM" -> "nvidia-h100-sxm". Never empty, never starts
   with '.', at most cap-1 bytes. Returns its length. */
size_t str_slug(char *out, size_t cap, const char *text);

#endif
