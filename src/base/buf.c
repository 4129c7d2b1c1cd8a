/* Growable byte buffer: doubles up to a maximum, then stays full with a sticky error. */
#include "base/buf.h"

#include "base/die.h"
#include "base/format.h"

#include <stdarg.h>
#include <stdlib.h>

enum { FIRST_BYTES = 1024 };

void buf_free(struct buf *buf) {
    free(buf->data);
    buf->data = NULL;
    buf->len = buf->capacity = 0;
    buf->overflow = false;
}

void buf_reset(struct buf *buf) {
    if (buf->overflow) { /* how much there was is forgotten */
        buf_free(buf);
        return;
    }
    buf->len = 0;
}

static size_t limit(const struct buf *buf) {
    return buf->max ? buf->max : BUF_DEFAULT_MAX;
}

/* Sticky: without room nothing more is put. */
static void overflow(struct buf *buf) {
    buf->overflow = true;
    buf->capacity = buf->len;
}

bool buf_drain(struct buf *buf) {
    if (buf->len && !buf->overflow) {
        if (!buf->drain(buf->context, buf->data, buf->len))
            overflow(buf);
        else
            buf_reset(buf);
    }
    return !buf->overflow;
}

void buf_reserve(struct buf *buf, size_t more) {
    if (buf_has_room(buf, more) || (buf->drain && buf_drain(buf) && buf_has_room(buf, more)))
        return;
    size_t most = limit(buf);
    if (buf->overflow || more > most || buf->len > most - more) {
        overflow(buf);
        return;
    }
    size_t capacity = buf->capacity ? buf->capacity : FIRST_BYTES;
    while (capacity - buf->len <= more)
        capacity *= 2;
    if (capacity > most + 1)
        capacity = most + 1;
    char *data = realloc(buf->data, capacity);
    if (!data)
        die_no_memory(capacity);
    buf->data = data;
    buf->capacity = capacity;
}

/* True when n more bytes fit below the maximum, and memory is there for them. */
static bool make_room(struct buf *buf, size_t n) {
    if (buf->overflow || n > limit(buf) || buf->len > limit(buf) - n) {
        overflow(buf);
        return false;
    }
    buf_reserve(buf, n);
    return !buf->overflow;
}

void buf_put_slowly(struct buf *buf, const char *bytes, size_t n) {
    if (!n || !make_room(buf, n))
        return;
    memcpy(buf->data + buf->len, bytes, n);
    buf->len += n;
}

void buf_printf(struct buf *buf, const char *format, ...) {
    char usual[256];
    va_list args;
    va_start(args, format);
    size_t n = format_text(usual, sizeof usual, format, args);
    va_end(args);
    if (n < sizeof usual) {
        buf_put(buf, usual, n);
        return;
    }
    if (!make_room(buf, n))
        return;
    va_start(args, format);
    format_text(buf->data + buf->len, n + 1, format, args);
    va_end(args);
    buf->len += n;
}

const char *buf_text(struct buf *buf) {
    if (!buf->data)
        return "";
    buf->data[buf->len] = '\0'; /* there is always room for it */
    return buf->data;
}
