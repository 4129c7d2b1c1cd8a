/* Growable byte buffer with a maximum and a sticky error. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data; /* owned; NUL-terminated whenever data != NULL */
    size_t len, capacity;
    size_t max;    /* bytes; 0 means BUF_DEFAULT_MAX */
    bool overflow; /* sticky: something did not fit below max; later puts are ignored */
};

#define BUF_DEFAULT_MAX ((size_t)1 << 30)
#define BUF_INIT                                                                                   \
    { 0 }

void buf_free(struct buf *buf);
void buf_reset(struct buf *buf); /* len = 0, overflow = false, memory kept */
void buf_reserve(struct buf *buf, size_t more);
void buf_put(struct buf *buf, const char *bytes, size_t n);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *buf_text(struct buf *buf); /* "" when empty */

#endif
