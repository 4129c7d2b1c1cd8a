#include "base/shown.h"

#include "base/str.h"

#include <limits.h>

/* Bytes of the character at text; 1 where there is none. */
static size_t character(const char *text) {
    size_t n = 1;
    while (((unsigned char)text[n - 1] >= 0x80) && n < 4 && !str_is_utf8(text, n) && text[n])
        n++;
    return str_is_utf8(text, n) ? n : 1;
}

static bool is_plain(const char *text, size_t n) {
    unsigned char first = (unsigned char)text[0];
    if (n == 1)
        return first >= 0x20 && first < 0x7f;
    bool control = n == 2 && first == 0xC2 && (unsigned char)text[1] < 0xA0;
    return !control && !str_turns(text, n);
}

static int put(struct buf *out, const char *text, int most) {
    int shown = 0;
    for (; *text && shown < most; shown++) {
        size_t n = character(text);
        if (is_plain(text, n))
            buf_put(out, text, n);
        else
            buf_putc(out, '?');
        text += n;
    }
    return shown;
}

void buf_put_shown(struct buf *out, const char *text) {
    put(out, text, INT_MAX);
}

void buf_put_column(struct buf *out, const char *text, int width) {
    int shown = put(out, text, width);
    buf_printf(out, "%*s", width - shown, "");
}
