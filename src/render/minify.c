/* Style sheets and scripts, shortened the way that cannot change their meaning. */
#include "render/theme.h"

#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The end of a comment or a quoted string that begins at p; p when neither does. */
static const char *skip_opaque(const char *p, const char *end) {
    if (*p == '/' && p + 1 < end && p[1] == '*') {
        const char *close = memmem(p + 2, (size_t)(end - p - 2), "*/", 2);
        return close ? close + 2 : end;
    }
    if (*p != '"' && *p != '\'')
        return p;
    const char *q = p + 1;
    while (q < end && *q != *p)
        q += *q == '\\' && q + 1 < end ? 2 : 1;
    return q < end ? q + 1 : end;
}

void minify_style(struct buf *out, const char *text, size_t n) {
    const char *end = text + n;
    bool blank = false; /* blanks wait until it is known that they part two words */
    for (const char *p = text; p < end;) {
        const char *after = skip_opaque(p, end);
        if (after > p && *p == '/') {
            p = after;
            continue;
        }
        if (after == p && is_blank(*p)) {
            blank = true;
            p++;
            continue;
        }
        char last = out->len ? out->data[out->len - 1] : '{';
        if (blank && !strchr("{};,:>", last) && !strchr("{};,>", *p))
            buf_putc(out, ' ');
        blank = false;
        if (*p == '}' && last == ';')
            out->len--;
        if (after == p)
            after++;
        buf_put(out, p, (size_t)(after - p));
        p = after;
    }
}

void minify_script(struct buf *out, const char *text, size_t n) {
    const char *end = text + n;
    for (const char *p = text; p < end;) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        if (!stop)
            stop = end;
        const char *next = stop < end ? stop + 1 : end;
        while (p < stop && is_blank(*p))
            p++;
        if (p < stop && !(stop - p >= 2 && p[0] == '/' && p[1] == '/')) {
            buf_put(out, p, (size_t)(stop - p));
            if (next < end)
                buf_putc(out, '\n');
        }
        p = next;
    }
}
