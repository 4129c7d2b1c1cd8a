/* String slices: comparison without locale, UTF-8 check, distance, slugs. */
#include "base/str.h"

static unsigned char lower(char c) {
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_equal_nocase(struct str a, struct str b) {
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool str_contains_nocase(const char *haystack, const char *needle) {
    struct str rest = str_of(haystack), want = str_of(needle);
    for (; rest.n >= want.n; rest.p++, rest.n--) {
        if (str_equal_nocase((struct str){rest.p, want.n}, want))
            return true;
        if (rest.n == 0)
            break;
    }
    return false;
}

struct str str_trim(struct str text) {
    while (text.n && is_space(text.p[0]))
        text.p++, text.n--;
    while (text.n && is_space(text.p[text.n - 1]))
        text.n--;
    return text;
}

/* Length of the well-formed sequence at p (RFC 3629, table 3-7 of Unicode), 0 when ill-formed. */
static size_t utf8_sequence(const unsigned char *p, size_t n) {
    unsigned char c = p[0];
    if (c < 0x80)
        return 1;
    unsigned char low = 0x80, high = 0xbf;
    size_t need;
    if (c >= 0xc2 && c <= 0xdf)
        need = 2;
    else if (c >= 0xe0 && c <= 0xef)
        need = 3;
    else if (c >= 0xf0 && c <= 0xf4)
        need = 4;
    else
        return 0;
    if (c == 0xe0)
        low = 0xa0;
    else if (c == 0xed)
        high = 0x9f;
    else if (c == 0xf0)
        low = 0x90;
    else if (c == 0xf4)
        high = 0x8f;
    if (n < need || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return need;
}

size_t str_utf8_bytes(const char *text, size_t n) {
    const unsigned char *p = (const unsigned char *)text;
    size_t at = 0, step = 1;
    while (at < n && (step = utf8_sequence(p + at, n - at)) > 0)
        at += step;
    return at;
}

bool str_is_utf8(const char *text, size_t n) {
    return str_utf8_bytes(text, n) == n;
}

bool str_turns(const char *text, size_t n) {
    for (size_t i = 0; i + 3 <= n; i++) {
        const unsigned char *p = (const unsigned char *)text + i;
        if (p[0] == 0xE2 && p[1] >> 6 == 2 && p[2] >> 6 == 2 &&
            str_is_turning(0x2000 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F)))
            return true;
    }
    return false;
}

enum { DISTANCE_MAX_BYTES = 127 };

unsigned str_distance(const char *a, const char *b) {
    size_t n = strnlen(a, DISTANCE_MAX_BYTES), m = strnlen(b, DISTANCE_MAX_BYTES);
    unsigned row[DISTANCE_MAX_BYTES + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned above = row[j];
            unsigned best = diagonal + (lower(a[i - 1]) != lower(b[j - 1]));
            if (above + 1 < best)
                best = above + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[m];
}

static bool is_slug_byte(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
}

size_t str_slug(char *out, size_t cap, const char *text) {
    size_t n = 0;
    for (; *text && n + 1 < cap; text++) {
        unsigned char c = lower(*text);
        if (is_slug_byte(c)) {
            if (c != '.' || n > 0)
                out[n++] = (char)c;
        } else if (n > 0 && out[n - 1] != '-') {
            out[n++] = '-';
        }
    }
    while (n > 0 && (out[n - 1] == '-' || out[n - 1] == '.'))
        n--;
    if (n == 0 && cap > 1)
        out[n++] = 'x';
    if (cap)
        out[n] = '\0';
    return n;
}
