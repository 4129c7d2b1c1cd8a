/* Growable byte buffer: doubles up to a maximum, then stays full with a sticky error. */
#include "base/buf.h"

#include "base/die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_free(struct buf *buf) {
    free(buf->data);
    buf->data = NULL;
    buf->len = buf->capacity = 0;
    buf->overflow = false;
}

void buf_reset(struct buf *buf) {
    buf->len = 0;
    buf->overflow = false;
    if (buf->data)
        buf->data[0] = '\0';
}

static size_t limit(const struct buf *buf) {
    return buf->max ? buf->max : BUF_DEFAULT_MAX;
}

void buf_reserve(struct buf *buf, size_t more) {
    if (more < buf->capacity - buf->len && buf->data)
        return;
    size_t most = limit(buf);
    if (buf->overflow || more > most || buf->len > most - more) {
        buf->overflow = true;
        return;
    }
    size_t capacity = buf->capacity ? buf->capacity : 256;
    while (capacity - buf->len <= more)
        capacity *= 2;
    char *data = realloc(buf->data, capacity);
    if (!data)
        die_no_memory(capacity);
    if (!buf->data)
        data[0] = '\0';
    buf->data = data;
    buf->capacity = capacity;
}

/* True when n more bytes fit below the maximum, and memory is there for them. */
static bool make_room(struct buf *buf, size_t n) {
    if (buf->overflow || n > limit(buf) || buf->len > limit(buf) - n) {
        buf->overflow = true;
        return false;
    }
    buf_reserve(buf, n);
    return !buf->overflow;
}

void buf_put(struct buf *buf, const char *bytes, size_t n) {
    if (!n || !make_room(buf, n))
        return;
    memcpy(buf->data + buf->len, bytes, n);
    buf->len += n;
    buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text) {
    buf_put(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c) {
    if (!make_room(buf, 1))
        return;
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n <= 0 || !make_room(buf, (size_t)n))
        return;
    va_start(args, format);
    vsnprintf(buf->data + buf->len, (size_t)n + 1, format, args);
    va_end(args);
    buf->len += (size_t)n;
}

const char *buf_text(struct buf *buf) {
    return buf->data ? buf->data : "";
}
