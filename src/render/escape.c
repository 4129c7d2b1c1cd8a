/* Escaping by context: element text, attribute, link target, JSON string, CSV field. */
#include "render/render.h"

#include "base/str.h"

#include <stdint.h>

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
static const unsigned char special[256] = {
    [0 ... 9] = IN_JSON | REFUSED_IN_HREF,
    ['\n'] = IN_JSON | IN_CSV | REFUSED_IN_HREF,
    [11 ... 12] = IN_JSON | REFUSED_IN_HREF,
    ['\r'] = IN_JSON | IN_CSV | REFUSED_IN_HREF,
    [14 ... 31] = IN_JSON | REFUSED_IN_HREF,
    [' '] = IN_HREF,
    ['"'] = IN_ATTRIBUTE | IN_JSON | IN_CSV | IN_HREF,
    ['#'] = PARTS_HREF,
    ['&'] = IN_TEXT | IN_ATTRIBUTE,
    [','] = IN_CSV,
    [':'] = PARTS_HREF,
    ['<'] = IN_TEXT | IN_ATTRIBUTE | IN_JSON | IN_HREF,
    ['>'] = IN_TEXT | IN_ATTRIBUTE | IN_HREF,
    ['?'] = PARTS_HREF,
    ['\\'] = IN_JSON | PARTS_HREF,
    [127 ... 255] = IN_HREF,
};

static bool is_special(char c, unsigned context) {
    return special[(unsigned char)c] & context;
}

static const char *entity(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return "&quot;";
    }
}

typedef unsigned char sixteen __attribute__((vector_size(16)));

/* What follows is inlined where the context is a constant, or most of it would be questions. */
#define INLINE static inline __attribute__((always_inline))

/* Whether one of the bytes may need another spelling: yes for all that do, and a few more. */
INLINE bool may_hit(sixteen bytes, unsigned context) {
    uint64_t hits[2];
    sixteen found = (sixteen)(bytes == '"');
    if (context & (IN_TEXT | IN_ATTRIBUTE))
        found |= (sixteen)(bytes == '&') | (sixteen)(bytes == '<') | (sixteen)(bytes == '>');
    if (context & IN_JSON)
        found |= (sixteen)(bytes < ' ') | (sixteen)(bytes == '\\') | (sixteen)(bytes == '<');
    if (context & IN_CSV)
        found |= (sixteen)(bytes < ' ') | (sixteen)(bytes == ',');
    memcpy(hits, &found, sizeof hits);
    return hits[0] | hits[1];
}

/* The same of 4 to 15 bytes: the first and the last eight (or four) of them, which overlap. */
INLINE bool may_hit_few(const char *p, size_t n, unsigned context) {
    typedef uint64_t pair __attribute__((vector_size(16)));
    uint64_t first, last;
    uint32_t four[2];
    if (n >= 8) {
        memcpy(&first, p, 8);
        memcpy(&last, p + n - 8, 8);
    } else {
        memcpy(&four[0], p, 4);
        memcpy(&four[1], p + n - 4, 4);
        first = last = four[0] | (uint64_t)four[1] << 32;
    }
    pair both = {first, last};
    return may_hit((sixteen)both, context);
}

/* The first byte that needs another spelling, or the end. Sixteen at a time, which most pass. */
INLINE const char *next_special(const char *p, const char *end, unsigned context) {
    for (; end - p >= 16; p += 16) {
        sixteen bytes;
        memcpy(&bytes, p, sizeof bytes);
        if (may_hit(bytes, context))
            break;
    }
    size_t few = (size_t)(end - p);
    if (few >= 4 && few < 16 && !may_hit_few(p, few, context))
        return end;
    while (p < end && !is_special(*p, context))
        p++;
    return p;
}

/* Most texts of a page are figures of up to 15 bytes that stand as they are: true when it was put.
 */
INLINE bool put_few(struct buf *out, const char *p, size_t n, unsigned context) {
    if (n > 15 || !buf_has_room(out, n))
        return false;
    char *at = out->data + out->len;
    if (n < 4) {
        for (size_t i = 0; i < n; i++)
            if (is_special(at[i] = p[i], context))
                return false;
    } else if (may_hit_few(p, n, context)) {
        return false;
    } else if (n >= 8) {
        memcpy(at, p, 8);
        memcpy(at + n - 8, p + n - 8, 8);
    } else {
        memcpy(at, p, 4);
        memcpy(at + n - 4, p + n - 4, 4);
    }
    buf_took(out, n);
    return true;
}

/* Copies text in runs between the bytes that stand as entities. */
INLINE void put_runs(struct buf *out, struct str text, unsigned context) {
    const char *run = text.p, *end = text.p + text.n;
    for (;;) {
        const char *p = next_special(run, end, context);
        buf_put(out, run, (size_t)(p - run));
        if (p == end)
            return;
        buf_puts(out, entity(*p));
        run = p + 1;
    }
}

/* The long texts have functions of their own: with their loops in it, a figure of three bytes would
   save and restore every register. */
static __attribute__((noinline)) void put_long_text(struct buf *out, struct str text) {
    put_runs(out, text, IN_TEXT);
}

static __attribute__((noinline)) void put_long_attribute(struct buf *out, struct str text) {
    put_runs(out, text, IN_ATTRIBUTE);
}

void escape_text_slice(struct buf *out, struct str text) {
    if (!put_few(out, text.p, text.n, IN_TEXT))
        put_long_text(out, text);
}

void escape_text(struct buf *out, const char *text) {
    escape_text_slice(out, str_of(text ? text : ""));
}

void escape_attribute_slice(struct buf *out, struct str text) {
    if (!put_few(out, text.p, text.n, IN_ATTRIBUTE))
        put_long_attribute(out, text);
}

void escape_attribute(struct buf *out, const char *text) {
    escape_attribute_slice(out, str_of(text ? text : ""));
}

/* The part before the first ':' that stands before any '/', '?' and '#'; n = 0 when there is none.
 */
static struct str url_scheme(const char *url) {
    size_t n = 0;
    while (url[n] && url[n] != ':' && url[n] != '/' && url[n] != '?' && url[n] != '#')
        n++;
    return (struct str){url, url[n] == ':' ? n : 0};
}

static bool scheme_is_allowed(const char *url) {
    struct str scheme = url_scheme(url);
    if (scheme.n)
        return str_equal_nocase(scheme, STR("https")) || str_equal_nocase(scheme, STR("http")) ||
               str_equal_nocase(scheme, STR("mailto"));
    /* "//host" leaves the site, and browsers read a backslash as a slash. */
    return url[0] != ':' && !(url[0] == '/' && url[1] == '/') && !strchr(url, '\\');
}

/* What the bytes of the address ask for, all together. */
static unsigned traits_of(const char *url) {
    unsigned traits = 0;
    for (; *url; url++)
        traits |= special[(unsigned char)*url];
    return traits;
}

void escape_href(struct buf *out, const char *url) {
    static const char hex[] = "0123456789ABCDEF";
    if (!url)
        url = "";
    unsigned traits = traits_of(url);
    if (traits & REFUSED_IN_HREF || !scheme_is_allowed(url)) {
        buf_putc(out, '#');
        return;
    }
    const char *run = url, *p = url;
    for (; *p && traits & (IN_HREF | IN_ATTRIBUTE); p++) {
        unsigned char c = (unsigned char)*p;
        if (!(special[c] & (IN_HREF | IN_ATTRIBUTE)))
            continue;
        buf_put(out, run, (size_t)(p - run));
        run = p + 1;
        if (special[c] & IN_HREF)
            buf_put(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
        else
            buf_puts(out, entity(*p));
    }
    buf_puts(out, run);
}

/* What most links are: a way to a page, with no byte that asks for anything. */
static bool put_plain_way(struct buf *out, const char *root, const char *path) {
    size_t n = 0;
    unsigned traits = traits_of(root);
    for (; path[n]; n++)
        traits |= special[(unsigned char)path[n]];
    if (traits & ~(unsigned)IN_CSV || path[0] == '/')
        return false;
    buf_puts(out, root);
    buf_put(out, path, n);
    if (n == 0 || path[n - 1] == '/')
        buf_puts(out, "index.html");
    return true;
}

void escape_site_href(struct buf *out, const char *root, const char *path) {
    if (put_plain_way(out, root, path))
        return;
    if (url_scheme(path).n || path[0] == '#' || path[0] == '/') {
        escape_href(out, path);
        return;
    }
    size_t start = out->len, n = 0;
    while (path[n] && path[n] != '?' && path[n] != '#')
        n++;
    buf_puts(out, root);
    buf_put(out, path, n);
    if (n == 0 || path[n - 1] == '/')
        buf_puts(out, "index.html");
    buf_puts(out, path + n);
    const unsigned plain = IN_JSON | IN_CSV | PARTS_HREF; /* but '\\' */
    if (out->overflow ||
        (!(traits_of(out->data + start) & ~plain) && path[0] != ':' && !strchr(path, '\\')))
        return;
    struct buf url = BUF_INIT; /* not as it stands: taken back and escaped */
    buf_puts(&url, out->data + start);
    out->len = start;
    escape_href(out, buf_text(&url));
    buf_free(&url);
}

static __attribute__((noinline)) void put_long_json(struct buf *out, struct str text) {
    static const char hex[] = "0123456789abcdef";
    const char *run = text.p, *end = text.p + text.n;
    for (;;) {
        const char *p = next_special(run, end, IN_JSON);
        buf_put(out, run, (size_t)(p - run));
        if (p == end)
            return;
        unsigned char c = (unsigned char)*p;
        run = p + 1;
        if (c == '"' || c == '\\')
            buf_put(out, (char[]){'\\', (char)c}, 2);
        else if (c == '\n')
            buf_put(out, "\\n", 2);
        else /* '<' too: the text may stand inside a script element */
            buf_put(out, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
    }
}

void escape_json(struct buf *out, const char *text) {
    struct str all = str_of(text ? text : "");
    if (!put_few(out, all.p, all.n, IN_JSON))
        put_long_json(out, all);
}

/* A spreadsheet would calculate a field that begins so. */
static bool is_formula(char first) {
    return first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' ||
           first == '\r' || first == '\n';
}

/* Quotes within stand twice; then the one that ends the field. */
static void put_doubled(struct buf *out, const char *p, const char *end) {
    const char *quote;
    while ((quote = memchr(p, '"', (size_t)(end - p)))) {
        buf_put(out, p, (size_t)(quote + 1 - p));
        buf_putc(out, '"');
        p = quote + 1;
    }
    buf_put(out, p, (size_t)(end - p));
    buf_putc(out, '"');
}

void escape_csv(struct buf *out, const char *text) {
    if (!text)
        return;
    size_t n = strlen(text);
    bool quote = next_special(text, text + n, IN_CSV) != text + n;
    quote = quote || (n && (text[0] == ' ' || text[n - 1] == ' '));
    if (quote)
        buf_putc(out, '"');
    if (is_formula(text[0]))
        buf_putc(out, '\'');
    if (!quote)
        buf_put(out, text, n);
    if (quote)
        put_doubled(out, text, text + n);
}

void escape_markdown(struct buf *out, const char *text) {
    for (const char *p = text ? text : ""; *p; p++) {
        if (*p == '<' || *p == '&')
            buf_puts(out, entity(*p));
        else if (strchr("|\\`*_[]", *p))
            buf_printf(out, "\\%c", *p);
        else
            buf_putc(out, *p == '\n' || *p == '\r' ? ' ' : *p);
    }
}
