/* Growable byte buffer with a maximum and a sticky error. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
    char *data;           /* owned; len bytes, and no NUL before buf_text puts one */
    size_t len, capacity; /* capacity never passes the maximum and its NUL; full after overflow */
    size_t max;           /* bytes; 0 means BUF_DEFAULT_MAX */
    bool overflow;        /* sticky: something did not fit below max; later puts are ignored */
    /* Or NULL: takes what is in the buffer where it would have to grow, and by buf_drain, so that
       a text larger than memory can be put. False: as if it did not fit. */
    bool (*drain)(void *context, const char *bytes, size_t n);
    void *context;
};

#define BUF_DEFAULT_MAX ((size_t)1 << 30)
#define BUF_INIT                                                                                   \
    { 0 }

void buf_free(struct buf *buf);
void buf_reset(struct buf *buf); /* len = 0, overflow = false, memory kept */
void buf_reserve(struct buf *buf, size_t more);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *buf_text(struct buf *buf); /* its bytes and a NUL, until more is put; "" when empty */
/* Has the drain take what is in the buffer. False after an overflow, or when it refuses. */
bool buf_drain(struct buf *buf);

/* Pages are made of millions of short puts: where there is room they are written in place. */
void buf_put_slowly(struct buf *buf, const char *bytes, size_t n);

static inline bool buf_has_room(const struct buf *buf, size_t n) {
    bool room = n < buf->capacity - buf->len;
    if (room && !buf->data)
        __builtin_unreachable(); /* the capacity is that of data */
    return room;
}

static inline void buf_put(struct buf *buf, const char *bytes, size_t n) {
    if (!buf_has_room(buf, n)) {
        buf_put_slowly(buf, bytes, n);
        return;
    }
    if (n)
        memcpy(buf->data + buf->len, bytes, n);
    buf->len += n;
}

static inline void buf_puts(struct buf *buf, const char *text) {
    buf_put(buf, text, strlen(text));
}

static inline void buf_put_str(struct buf *buf, struct str text) {
    buf_put(buf, text.p, text.n);
}

static inline void buf_putc(struct buf *buf, char c) {
    buf_put(buf, &c, 1);
}

/* Where up to n bytes may be written, NULL when they do not fit below the maximum; buf_took says
   how many were. */
static inline char *buf_space(struct buf *buf, size_t n) {
    if (!buf_has_room(buf, n)) {
        buf_reserve(buf, n);
        if (buf->overflow)
            return NULL;
    }
    return buf->data + buf->len;
}

static inline void buf_took(struct buf *buf, size_t n) {
    buf->len += n;
}

#endif
