/* Bytes of a report where room for them is known: a report has ten thousand numbers. Each function
   writes at `at` and returns the end. Private to the room. */
#ifndef RENDER_PDF_BYTES_H
#define RENDER_PDF_BYTES_H

#include <stddef.h>
#include <string.h>

enum { PDF_NUMBER_ROOM = 24 }; /* bytes that no number of these functions passes */

static inline char *pdf_bytes(char *at, const char *bytes, size_t n) {
    memcpy(at, bytes, n);
    return at + n;
}

static inline char *pdf_bytes_whole(char *at, size_t value) {
    size_t digits = 1;
    for (size_t end = 10; value >= end && digits < 19; end *= 10)
        digits++;
    for (char *p = at + digits; p-- > at; value /= 10)
        *p = (char)('0' + value % 10);
    return at + digits;
}

/* With a blank behind it. */
static inline char *pdf_bytes_hundredths(char *at, long v) {
    size_t size = (size_t)(v < 0 ? -v : v), whole = size / 100;
    unsigned part = (unsigned)(size % 100);
    if (v < 0)
        *at++ = '-';
    if (whole || !part)
        at = pdf_bytes_whole(at, whole);
    if (part) {
        *at++ = '.';
        *at++ = (char)('0' + part / 10);
        if (part % 10)
            *at++ = (char)('0' + part % 10);
    }
    *at++ = ' ';
    return at;
}

#endif
