/* Escaping by context: element text, attribute, link target, JSON string, CSV field. */
#include "render/render.h"

#include "base/str.h"

#include <stdint.h>

/* Which bytes need another spelling, by context: looked up for every byte of a site. */
enum { IN_TEXT = 1, IN_ATTRIBUTE = 2, IN_JSON = 4, IN_CSV = 8, IN_HREF = 16 };
static const unsigned char special[256] = {
    [0 ... 9] = IN_JSON,
    ['\n'] = IN_JSON | IN_CSV,
    [11 ... 12] = IN_JSON,
    ['\r'] = IN_JSON | IN_CSV,
    [14 ... 31] = IN_JSON,
    [' '] = IN_HREF,
    ['"'] = IN_ATTRIBUTE | IN_JSON | IN_CSV | IN_HREF,
    ['&'] = IN_TEXT | IN_ATTRIBUTE,
    [','] = IN_CSV,
    ['<'] = IN_TEXT | IN_ATTRIBUTE | IN_JSON | IN_HREF,
    ['>'] = IN_TEXT | IN_ATTRIBUTE | IN_HREF,
    ['\\'] = IN_JSON,
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

/* The first byte that needs an entity, or the end. Sixteen at a time, which most texts pass. */
static const char *next_special(const char *p, const char *end, unsigned context) {
    typedef char sixteen __attribute__((vector_size(16)));
    for (; end - p >= 16; p += 16) {
        sixteen bytes;
        uint64_t hits[2];
        memcpy(&bytes, p, sizeof bytes);
        bytes = (bytes == '&') | (bytes == '<') | (bytes == '>') | (bytes == '"');
        memcpy(hits, &bytes, sizeof hits);
        if (hits[0] | hits[1])
            break;
    }
    while (p < end && !is_special(*p, context))
        p++;
    return p;
}

/* Copies text in runs between the bytes that stand as entities. */
static void put_escaped(struct buf *out, struct str text, unsigned context) {
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

void escape_text(struct buf *out, const char *text) {
    put_escaped(out, str_of(text ? text : ""), IN_TEXT);
}

void escape_text_slice(struct buf *out, struct str text) {
    put_escaped(out, text, IN_TEXT);
}

void escape_attribute(struct buf *out, const char *text) {
    put_escaped(out, str_of(text ? text : ""), IN_ATTRIBUTE);
}

void escape_attribute_slice(struct buf *out, struct str text) {
    put_escaped(out, text, IN_ATTRIBUTE);
}

/* The part before the first ':' that stands before any '/', '?' and '#'; n = 0 when there is none.
 */
static struct str url_scheme(const char *url) {
    size_t n = strcspn(url, ":/?#");
    return (struct str){url, url[n] == ':' ? n : 0};
}

static bool url_is_allowed(const char *url) {
    struct str scheme = url_scheme(url);
    if (scheme.n)
        return str_equal_nocase(scheme, STR("https")) || str_equal_nocase(scheme, STR("http")) ||
               str_equal_nocase(scheme, STR("mailto"));
    /* "//host" leaves the site, and browsers read a backslash as a slash. */
    return url[0] != ':' && !(url[0] == '/' && url[1] == '/') && !strchr(url, '\\');
}

void escape_href(struct buf *out, const char *url) {
    static const char hex[] = "0123456789ABCDEF";
    if (!url)
        url = "";
    const char *run = url, *p = url;
    for (; *p; p++)
        if ((unsigned char)*p < ' ') {
            buf_putc(out, '#');
            return;
        }
    if (!url_is_allowed(url)) {
        buf_putc(out, '#');
        return;
    }
    for (p = url; *p; p++) {
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
    buf_put(out, run, (size_t)(p - run));
}

void escape_site_href(struct buf *out, const char *root, const char *path) {
    if (url_scheme(path).n || path[0] == '#' || path[0] == '/') {
        escape_href(out, path);
        return;
    }
    size_t n = strcspn(path, "?#");
    struct buf url = BUF_INIT;
    buf_puts(&url, root);
    buf_put(&url, path, n);
    if (n == 0 || path[n - 1] == '/')
        buf_puts(&url, "index.html");
    buf_puts(&url, path + n);
    escape_href(out, buf_text(&url));
    buf_free(&url);
}

void escape_json(struct buf *out, const char *text) {
    static const char hex[] = "0123456789abcdef";
    const char *run = text ? text : "";
    const char *p = run;
    for (; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (!(special[c] & IN_JSON))
            continue;
        buf_put(out, run, (size_t)(p - run));
        run = p + 1;
        if (c == '"' || c == '\\')
            buf_put(out, (char[]){'\\', (char)c}, 2);
        else if (c == '\n')
            buf_put(out, "\\n", 2);
        else /* '<' too: the text may stand inside a script element */
            buf_put(out, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
    }
    buf_put(out, run, (size_t)(p - run));
}

void escape_csv(struct buf *out, const char *text) {
    if (!text)
        return;
    bool formula = text[0] && strchr("=+-@\t\r\n", text[0]);
    size_t n = 0;
    bool quote = false;
    for (; text[n]; n++)
        quote = quote || is_special(text[n], IN_CSV);
    quote = quote || (n && (text[0] == ' ' || text[n - 1] == ' '));
    if (quote)
        buf_putc(out, '"');
    if (formula) /* a spreadsheet would calculate it */
        buf_putc(out, '\'');
    if (!quote)
        buf_put(out, text, n);
    for (const char *p = text; quote && *p; p++) {
        if (*p == '"')
            buf_putc(out, '"');
        buf_putc(out, *p);
    }
    if (quote)
        buf_putc(out, '"');
}
