/* Number parsing: strict, locale-free, correctly rounded. */
#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAST_DIGITS = 19, TEXT_MAX = 1 << 16 };

/* What the text says, before it becomes a double. */
struct scan {
    bool negative, exact; /* exact: all significant digits are in `digits` */
    uint64_t digits;
    long scale; /* value = digits x 10^scale */
    size_t mantissa_end;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool scan_mantissa(const char *text, size_t n, size_t i, struct scan *scan) {
    size_t before = 0, after = 0, kept = 0;
    bool point = false;
    scan->exact = true;
    for (; i < n && (is_digit(text[i]) || (text[i] == '.' && !point)); i++) {
        if (text[i] == '.') {
            point = true;
            continue;
        }
        *(point ? &after : &before) += 1;
        scan->scale -= point;
        if (kept < FAST_DIGITS) {
            scan->digits = scan->digits * 10 + (uint64_t)(text[i] - '0');
            kept += scan->digits != 0;
        } else {
            scan->exact = false;
        }
    }
    scan->mantissa_end = i;
    return before > 0 && (!point || after > 0);
}

static bool scan_exponent(const char *text, size_t n, size_t i, long *exponent) {
    if (i == n)
        return true;
    if (text[i] != 'e' && text[i] != 'E')
        return false;
    i++;
    bool negative = i < n && text[i] == '-';
    if (i < n && (text[i] == '-' || text[i] == '+'))
        i++;
    if (i == n)
        return false;
    long value = 0;
    for (; i < n; i++) {
        if (!is_digit(text[i]))
            return false;
        if (value < 1000000)
            value = value * 10 + (text[i] - '0');
    }
    *exponent = negative ? -value : value;
    return true;
}

/* Powers of ten that doubles hold exactly. */
static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Both factors are exact, so one operation rounds once (Clinger 1990). */
static bool fast_value(const struct scan *scan, double *value) {
    if (!scan->exact || scan->digits > UINT64_C(1) << 53 || scan->scale < -22 || scan->scale > 22)
        return false;
    double digits = (double)scan->digits;
    *value = scan->scale < 0 ? digits / tens[-scan->scale] : digits * tens[scan->scale];
    return true;
}

/* strtod on "digits e scale": without a decimal point the locale has no say. */
static bool slow_value(const char *text, const struct scan *scan, double *value) {
    if (scan->mantissa_end > TEXT_MAX)
        return false;
    char stack[512], *copy = stack;
    if (scan->mantissa_end + 32 > sizeof stack && !(copy = malloc(scan->mantissa_end + 32)))
        return false;
    size_t n = 0;
    for (size_t i = 0; i < scan->mantissa_end; i++)
        if (is_digit(text[i]))
            copy[n++] = text[i];
    snprintf(copy + n, 32, "e%ld", scan->scale);
    *value = strtod(copy, NULL);
    if (copy != stack)
        free(copy);
    return isfinite(*value);
}

/* What most numbers are: at most 16 digits, or 15 and a point between them, so that it is rounded
   once. */
static bool parse_few(const char *text, size_t n, double *value) {
    uint64_t digits = 0;
    size_t point = n;
    for (size_t i = 0; i < n; i++) {
        if (is_digit(text[i]))
            digits = digits * 10 + (uint64_t)(text[i] - '0');
        else if (text[i] == '.' && point == n && i > 0 && i + 1 < n)
            point = i;
        else
            return false;
    }
    *value = point == n ? (double)digits : (double)digits / tens[n - point - 1];
    return true;
}

bool num_parse(const char *text, size_t n, double *value) {
    if (n > 0 && n <= 16 && parse_few(text, n, value))
        return true;
    struct scan scan = {0};
    size_t i = 0;
    if (n && (text[0] == '-' || text[0] == '+')) {
        scan.negative = text[0] == '-';
        i = 1;
    }
    long exponent = 0;
    if (!scan_mantissa(text, n, i, &scan) || !scan_exponent(text, n, scan.mantissa_end, &exponent))
        return false;
    scan.scale += exponent;
    double magnitude;
    if (!fast_value(&scan, &magnitude) && !slow_value(text, &scan, &magnitude))
        return false;
    *value = scan.negative ? -magnitude : magnitude;
    return true;
}

bool num_parse_u64(const char *text, size_t n, uint64_t *value) {
    uint64_t result = 0;
    if (n == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!is_digit(text[i]) || __builtin_mul_overflow(result, 10u, &result) ||
            __builtin_add_overflow(result, (uint64_t)(text[i] - '0'), &result))
            return false;
    }
    *value = result;
    return true;
}
