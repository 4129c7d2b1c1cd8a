/* The common conversions by hand: a page takes hundreds of short texts, and printf's stream costs
   more than their bytes. */
#include "base/format.h"

#include "base/num.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct sink {
    char *out;
    size_t cap, n; /* n counts what did not fit, too */
};

static void put(struct sink *sink, const char *bytes, size_t n) {
    if (sink->n + n < sink->cap)
        memcpy(sink->out + sink->n, bytes, n);
    else if (sink->n + 1 < sink->cap)
        memcpy(sink->out + sink->n, bytes, sink->cap - 1 - sink->n);
    sink->n += n;
}

static void put_unsigned(struct sink *sink, uint64_t value) {
    char digits[NUM_U64_MAX];
    put(sink, digits, num_u64(digits, value));
}

static void put_signed(struct sink *sink, int64_t value) {
    if (value < 0)
        put(sink, "-", 1);
    put_unsigned(sink, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

static void put_text(struct sink *sink, const char *text) {
    if (!text)
        text = "(null)";
    put(sink, text, strlen(text));
}

/* The conversion after '%' and its length; false when it is none of ours. */
static bool put_conversion(struct sink *sink, const char *p, size_t *length, va_list *args) {
    *length = 1;
    switch (p[0]) {
    case 's':
        put_text(sink, va_arg(*args, const char *));
        return true;
    case 'u':
        put_unsigned(sink, va_arg(*args, unsigned));
        return true;
    case 'd':
        put_signed(sink, va_arg(*args, int));
        return true;
    case 'c': {
        char c = (char)va_arg(*args, int);
        put(sink, &c, 1);
        return true;
    }
    case '%':
        put(sink, "%", 1);
        return true;
    case 'z':
    case 'l':
        if (p[1] != 'u' && !(p[0] == 'l' && p[1] == 'l' && p[2] == 'u'))
            return false;
        *length = p[1] == 'u' ? 2 : 3;
        if (p[0] == 'z')
            put_unsigned(sink, va_arg(*args, size_t));
        else if (*length == 2)
            put_unsigned(sink, va_arg(*args, unsigned long));
        else
            put_unsigned(sink, va_arg(*args, unsigned long long));
        return true;
    case '.':
        if (p[1] != '*' || p[2] != 's')
            return false;
        *length = 3;
        int most = va_arg(*args, int);
        const char *text = va_arg(*args, const char *);
        put(sink, text, most < 0 ? strlen(text) : strnlen(text, (size_t)most));
        return true;
    default:
        return false;
    }
}

/* The words between the conversions are short: byte by byte is faster than a search and a copy. */
static const char *put_words(struct sink *sink, const char *format) {
    size_t n = sink->n;
    for (; *format && *format != '%'; format++, n++)
        if (n < sink->cap)
            sink->out[n] = *format;
    sink->n = n;
    return format;
}

static bool put_all(struct sink *sink, const char *format, va_list *args) {
    for (;;) {
        size_t length;
        format = put_words(sink, format);
        if (!*format)
            return true;
        if (!put_conversion(sink, format + 1, &length, args))
            return false;
        format += 1 + length;
    }
}

size_t format_text(char *out, size_t cap, const char *format, va_list args) {
    struct sink sink = {.out = out, .cap = cap};
    va_list again;
    va_copy(again, args);
    bool done = put_all(&sink, format, &again);
    va_end(again);
    if (!done) {
        int n = vsnprintf(out, cap, format, args);
        return n < 0 ? 0 : (size_t)n;
    }
    if (cap)
        out[sink.n < cap ? sink.n : cap - 1] = '\0';
    return sink.n;
}
