/* What any page can answer about itself: its depth, and how it links to another page. */
#include "page/page.h"

#include "base/str.h"

#include <string.h>

unsigned page_depth(const struct page *page) {
    unsigned depth = 0;
    for (const char *p = page->path; *p; p++)
        depth += *p == '/';
    return depth;
}

/* "https:", "mailto:": letters, digits, '+', '-', '.' and a colon before any slash (RFC 3986). */
static bool has_scheme(const char *href) {
    const char *p = href;
    while ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
           (p > href && ((*p >= '0' && *p <= '9') || *p == '+' || *p == '-' || *p == '.')))
        p++;
    return p > href && *p == ':';
}

const char *page_relative(struct arena *arena, const struct page *page, const char *href) {
    if (has_scheme(href) || href[0] == '#')
        return href;
    size_t n = strlen(href), up = page_depth(page) * (size_t)3;
    /* A directory link ends in its index.html, so that it works from file:// too. */
    const char *tail = n == 0 || href[n - 1] == '/' ? "index.html" : "";
    char *out = arena_alloc(arena, up + n + strlen(tail) + 1);
    for (size_t i = 0; i < up; i += 3)
        memcpy(out + i, "../", 3);
    memcpy(out + up, href, n);
    memcpy(out + up + n, tail, strlen(tail) + 1);
    return out;
}
