/* Escaping by context: element text, attribute, link target, JSON string, CSV field. */
#include "render/render.h"

#include "base/str.h"
#include "render/escape_few.h"

const unsigned char escape_special[256] = {
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
    return escape_special[(unsigned char)c] & context;
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

/* Most texts of a page stand as they are: true when it was put. */
INLINE bool put_as_is(struct buf *out, struct str text, unsigned context) {
    if (text.n > UNCHANGED_MAX || !buf_has_room(out, text.n) ||
        !put_unchanged(out->data + out->len, text.p, text.n, context))
        return false;
    buf_took(out, text.n);
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
    if (!put_as_is(out, text, IN_TEXT))
        put_long_text(out, text);
}

void escape_text(struct buf *out, const char *text) {
    escape_text_slice(out, str_of(text ? text : ""));
}

void escape_attribute_slice(struct buf *out, struct str text) {
    if (!put_as_is(out, text, IN_ATTRIBUTE))
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
        traits |= escape_special[(unsigned char)*url];
    return traits;
}

/* An address with these traits, none of which is refused. */
static void put_spelled(struct buf *out, const char *url, unsigned traits) {
    static const char hex[] = "0123456789ABCDEF";
    const char *run = url, *p = url;
    for (; *p && traits & (IN_HREF | IN_ATTRIBUTE); p++) {
        unsigned char c = (unsigned char)*p;
        if (!(escape_special[c] & (IN_HREF | IN_ATTRIBUTE)))
            continue;
        buf_put(out, run, (size_t)(p - run));
        run = p + 1;
        if (escape_special[c] & IN_HREF)
            buf_put(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
        else
            buf_puts(out, entity(*p));
    }
    buf_puts(out, run);
}

void escape_href(struct buf *out, const char *url) {
    if (!url)
        url = "";
    unsigned traits = traits_of(url);
    if (traits & REFUSED_IN_HREF || !scheme_is_allowed(url)) {
        buf_putc(out, '#');
        return;
    }
    put_spelled(out, url, traits);
}

/* Asks for nothing in an address, not even where it ends. */
INLINE bool is_plain_way(const char *text, size_t n) {
    const unsigned any = IN_TEXT | IN_ATTRIBUTE | IN_JSON | IN_HREF | REFUSED_IN_HREF | PARTS_HREF;
    return next_special(text, text + n, any) == text + n;
}

static void put_way(struct buf *out, struct str root, struct str path) {
    buf_put_str(out, root);
    buf_put_str(out, path);
    if (path.n == 0 || path.p[path.n - 1] == '/')
        buf_puts(out, "index.html");
}

/* What most links are: a way to a page, perhaps to a place in it. */
static bool put_plain_way(struct buf *out, struct str root, struct str path) {
    if (path.p[0] == '/' || path.p[0] == '#' || !is_plain_way(root.p, root.n))
        return false;
    if (is_plain_way(path.p, path.n)) {
        put_way(out, root, path);
        return true;
    }
    size_t n = strcspn(path.p, "?#");
    const char *rest = path.p + n;
    unsigned traits = traits_of(rest);
    if (!*rest || traits & REFUSED_IN_HREF || strpbrk(rest, ":\\") || !is_plain_way(path.p, n))
        return false;
    put_way(out, root, (struct str){path.p, n});
    put_spelled(out, rest, traits);
    return true;
}

void escape_site_href(struct buf *out, struct str root, struct str path) {
    if (put_plain_way(out, root, path))
        return;
    if (url_scheme(path.p).n || path.p[0] == '#' || path.p[0] == '/') {
        escape_href(out, path.p);
        return;
    }
    size_t n = strcspn(path.p, "?#");
    struct buf url = BUF_INIT;
    put_way(&url, root, (struct str){path.p, n});
    buf_puts(&url, path.p + n);
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

void escape_json_slice(struct buf *out, struct str text) {
    if (!put_as_is(out, text, IN_JSON))
        put_long_json(out, text);
}

void escape_json(struct buf *out, const char *text) {
    escape_json_slice(out, str_of(text ? text : ""));
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

static __attribute__((noinline)) void put_long_csv(struct buf *out, struct str all) {
    const char *text = all.p;
    size_t n = all.n;
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

void escape_csv_slice(struct buf *out, struct str text) {
    if (text.n == 0)
        return;
    bool odd = text.p[0] == ' ' || text.p[text.n - 1] == ' ' || is_formula(text.p[0]);
    if (odd || !put_as_is(out, text, IN_CSV))
        put_long_csv(out, text);
}

void escape_csv(struct buf *out, const char *text) {
    escape_csv_slice(out, str_of(text));
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
