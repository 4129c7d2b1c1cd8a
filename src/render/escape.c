/* Escaping by context: element text, attribute, link target, JSON string, CSV field. */
#include "render/render.h"

#include "base/str.h"

/* Copies text in runs; `replacement` says what stands for a byte, NULL for itself. */
static void put_escaped(struct buf *out, struct str text, const char *(*replacement)(char)) {
    const char *run = text.p, *end = text.p + text.n;
    for (const char *p = run; p < end; p++) {
        const char *instead = replacement(*p);
        if (!instead)
            continue;
        buf_put(out, run, (size_t)(p - run));
        buf_puts(out, instead);
        run = p + 1;
    }
    buf_put(out, run, (size_t)(end - run));
}

static const char *text_replacement(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return NULL;
    }
}

static const char *attribute_replacement(char c) {
    return c == '"' ? "&quot;" : text_replacement(c);
}

void escape_text(struct buf *out, const char *text) {
    put_escaped(out, str_of(text ? text : ""), text_replacement);
}

void escape_text_slice(struct buf *out, struct str text) {
    put_escaped(out, text, text_replacement);
}

void escape_attribute(struct buf *out, const char *text) {
    put_escaped(out, str_of(text ? text : ""), attribute_replacement);
}

void escape_attribute_slice(struct buf *out, struct str text) {
    put_escaped(out, text, attribute_replacement);
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
    for (const char *p = url; *p; p++)
        if ((unsigned char)*p < ' ') {
            buf_putc(out, '#');
            return;
        }
    if (!url_is_allowed(url)) {
        buf_putc(out, '#');
        return;
    }
    for (const char *p = url; *p; p++) {
        unsigned char c = (unsigned char)*p;
        const char *instead = attribute_replacement(*p);
        if (c == ' ' || c == '"' || c == '<' || c == '>' || c >= 0x7f)
            buf_put(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
        else if (instead)
            buf_puts(out, instead);
        else
            buf_putc(out, *p);
    }
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
    for (const char *p = run; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c >= ' ' && c != '"' && c != '\\' && c != '<')
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
    buf_puts(out, run);
}

void escape_csv(struct buf *out, const char *text) {
    if (!text)
        return;
    bool formula = text[0] && strchr("=+-@\t\r", text[0]);
    size_t n = strlen(text);
    bool quote = strpbrk(text, ",\"\r\n") || (n && (text[0] == ' ' || text[n - 1] == ' '));
    if (quote)
        buf_putc(out, '"');
    if (formula) /* a spreadsheet would calculate it */
        buf_putc(out, '\'');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            buf_putc(out, '"');
        buf_putc(out, *p);
    }
    if (quote)
        buf_putc(out, '"');
}
