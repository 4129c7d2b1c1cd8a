/* Number formatting: exact integer arithmetic on the bits of a double, never the C locale. */
#include "base/num.h"

#include "base/buf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

#define TEN_15 1000000000000000u
#define TWO_63 9223372036854775808.0

static const uint64_t powers[20] = {
    1u,
    10u,
    100u,
    1000u,
    10000u,
    100000u,
    1000000u,
    10000000u,
    100000000u,
    1000000000u,
    10000000000u,
    100000000000u,
    1000000000000u,
    10000000000000u,
    100000000000000u,
    TEN_15,
    10000000000000000u,
    100000000000000000u,
    1000000000000000000u,
    10000000000000000000u,
};

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

/* value = mantissa x 2^exponent, value >= 0 and finite. */
struct binary {
    uint64_t mantissa;
    int exponent;
};

static struct binary split(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    unsigned biased = (unsigned)(bits >> 52) & 0x7ff;
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    if (biased == 0)
        return (struct binary){fraction, -1074};
    return (struct binary){fraction | UINT64_C(1) << 52, (int)biased - 1075};
}

static unsigned digit_count(uint64_t value) {
    unsigned n = ((64 - (unsigned)__builtin_clzll(value | 1)) * 1233) >> 12;
    return n + (n < 20 && value >= powers[n]);
}

/* Exactly n digits, with leading zeros. */
static void put_digits(char *out, uint64_t value, unsigned n) {
    while (n >= 2) {
        n -= 2;
        memcpy(out + n, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (n)
        out[0] = (char)('0' + value % 10);
}

size_t num_u64(char *out, uint64_t value) {
    unsigned n = digit_count(value);
    if (n == 0)
        n = 1;
    put_digits(out, value, n);
    out[n] = '\0';
    return n;
}

static size_t special(char *out, double value) {
    const char *text = isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    strcpy(out, text);
    return strlen(text);
}

/* From 2^63 up every double is an integer: its digits come from printf, without a point. */
static size_t fixed_large(char *out, double value, int decimals) {
    size_t n = (size_t)snprintf(out, NUM_MAX, "%.0f", value);
    if (decimals > 0) {
        out[n++] = '.';
        memset(out + n, '0', (size_t)decimals);
        n += (size_t)decimals;
        out[n] = '\0';
    }
    return n;
}

/* fraction x 10^decimals / 2^shift, to nearest, ties to even (by `odd` when the result is all). */
static uint64_t scaled_fraction(uint64_t fraction, int shift, int decimals, bool odd) {
    if (shift > 120) /* below half a unit of the 17th place */
        return 0;
    wide product = (wide)fraction * powers[decimals];
    uint64_t quotient = (uint64_t)(product >> shift);
    wide rest = product & (((wide)1 << shift) - 1), half = (wide)1 << (shift - 1);
    bool up = rest > half || (rest == half && (decimals ? quotient & 1 : odd));
    return quotient + up;
}

/* value < 2^63: whole part and rounded fraction. */
static size_t fixed_positive(char *out, double value, int decimals) {
    struct binary b = split(value);
    uint64_t whole = 0, fraction = 0;
    if (b.exponent >= 0) {
        whole = b.mantissa << b.exponent;
    } else {
        int shift = -b.exponent;
        whole = shift < 64 ? b.mantissa >> shift : 0;
        uint64_t rest = shift < 64 ? b.mantissa & ((UINT64_C(1) << shift) - 1) : b.mantissa;
        fraction = scaled_fraction(rest, shift, decimals, whole & 1);
        if (fraction >= powers[decimals]) {
            fraction -= powers[decimals];
            whole++;
        }
    }
    size_t n = num_u64(out, whole);
    if (decimals > 0) {
        out[n++] = '.';
        put_digits(out + n, fraction, (unsigned)decimals);
        n += (size_t)decimals;
        out[n] = '\0';
    }
    return n;
}

static bool only_zeros(const char *text) {
    return text[strspn(text, "0.")] == '\0';
}

size_t num_fixed(char *out, double value, int decimals) {
    if (!isfinite(value))
        return special(out, value);
    decimals = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
    bool negative = signbit(value) != 0;
    double magnitude = fabs(value);
    char *start = out + negative;
    size_t n = magnitude < TWO_63 ? fixed_positive(start, magnitude, decimals)
                                  : fixed_large(start, magnitude, decimals);
    if (!negative)
        return n;
    if (only_zeros(start)) { /* "-0" is written as "0" */
        memmove(out, start, n + 1);
        return n;
    }
    out[0] = '-';
    return n + 1;
}

/* A decimal: 0.d1d2d3... x 10^(exponent+1), digits without leading zeros. */
struct decimal {
    char digits[24];
    unsigned count;
    int exponent; /* of the first digit */
};

/* `count` significant digits, correctly rounded. Reads only the digits of printf's answer, so the
   locale's decimal point does not matter. */
static struct decimal round_digits(double value, unsigned count) {
    char text[64];
    snprintf(text, sizeof text, "%.*e", (int)count - 1, value);
    struct decimal d = {.count = 0};
    const char *p = text;
    for (; *p != 'e'; p++)
        if (*p >= '0' && *p <= '9')
            d.digits[d.count++] = *p;
    d.exponent = atoi(p + 1);
    return d;
}

static double decimal_value(const struct decimal *d) {
    char text[48];
    snprintf(text, sizeof text, "%.*se%d", (int)d->count, d->digits,
             d->exponent - (int)d->count + 1);
    return strtod(text, NULL);
}

static void strip_zeros(struct decimal *d) {
    while (d->count > 1 && d->digits[d->count - 1] == '0')
        d->count--;
}

static size_t put_exponent(char *out, int exponent) {
    out[0] = 'e';
    out[1] = exponent < 0 ? '-' : '+';
    unsigned size = (unsigned)(exponent < 0 ? -exponent : exponent);
    unsigned n = size > 99 ? 3 : 2;
    put_digits(out + 2, size, n);
    out[2 + n] = '\0';
    return 2 + n;
}

static size_t put_scientific(char *out, const struct decimal *d) {
    size_t n = 0;
    out[n++] = d->digits[0];
    if (d->count > 1) {
        out[n++] = '.';
        memcpy(out + n, d->digits + 1, d->count - 1);
        n += d->count - 1;
    }
    return n + put_exponent(out + n, d->exponent);
}

static size_t put_positional(char *out, const struct decimal *d) {
    size_t n = 0;
    if (d->exponent < 0) {
        out[n++] = '0';
        out[n++] = '.';
        for (int i = -1; i > d->exponent; i--)
            out[n++] = '0';
        memcpy(out + n, d->digits, d->count);
        n += d->count;
    } else {
        unsigned whole = (unsigned)d->exponent + 1;
        for (unsigned i = 0; i < whole || i < d->count; i++) {
            if (i == whole)
                out[n++] = '.';
            out[n++] = i < d->count ? d->digits[i] : '0';
        }
    }
    out[n] = '\0';
    return n;
}

static struct decimal from_integer(uint64_t value, int exponent_of_unit) {
    struct decimal d = {.count = digit_count(value)};
    put_digits(d.digits, value, d.count);
    d.exponent = exponent_of_unit + (int)d.count - 1;
    strip_zeros(&d);
    return d;
}

/* Fewest digits that read back as value > 0. */
static struct decimal shortest_digits(double value) {
    struct decimal d;
    for (unsigned count = value < 0x1p-1022 ? 1 : 15; count <= 17; count++) {
        d = round_digits(value, count);
        if (decimal_value(&d) == value)
            break;
    }
    strip_zeros(&d);
    return d;
}

size_t num_shortest(char *out, double value) {
    if (!isfinite(value))
        return special(out, value);
    if (value == 0) {
        strcpy(out, "0");
        return 1;
    }
    double magnitude = fabs(value);
    struct decimal d = magnitude < (double)TEN_15 && magnitude == floor(magnitude)
                           ? from_integer((uint64_t)magnitude, 0)
                           : shortest_digits(magnitude);
    size_t n = 0;
    if (value < 0)
        out[n++] = '-';
    bool positional = d.exponent >= -6 && d.exponent < 17;
    return n + (positional ? put_positional(out + n, &d) : put_scientific(out + n, &d));
}

size_t num_significant(char *out, double value, int digits) {
    if (!isfinite(value))
        return special(out, value);
    digits = digits < 1 ? 1 : digits > 17 ? 17 : digits;
    if (value == 0)
        return num_fixed(out, 0, digits - 1);
    struct decimal d = round_digits(fabs(value), (unsigned)digits);
    size_t n = 0;
    if (value < 0)
        out[n++] = '-';
    bool positional = d.exponent >= -6 && d.exponent < 15;
    return n + (positional ? put_positional(out + n, &d) : put_scientific(out + n, &d));
}

/* Commas between groups of three of the digits before the point. */
static size_t group(char *text, size_t n) {
    size_t start = text[0] == '-';
    size_t digits = strspn(text + start, "0123456789");
    if (digits < 4 || strchr(text, 'e'))
        return n;
    size_t commas = (digits - 1) / 3, from = start + digits, to = from + commas;
    memmove(text + to, text + from, n - from + 1);
    for (unsigned i = 0; commas && from > start; i++) {
        if (i && i % 3 == 0)
            text[--to] = ',';
        text[--to] = text[--from];
    }
    return n + commas;
}

size_t num_grouped(char *out, double value, int digits) {
    return group(out, num_significant(out, value, digits));
}

size_t num_u64_grouped(char *out, uint64_t value) {
    return group(out, num_u64(out, value));
}

void buf_put_fixed(struct buf *buf, double value, int decimals) {
    char text[NUM_MAX];
    buf_put(buf, text, num_fixed(text, value, decimals));
}

void buf_put_shortest(struct buf *buf, double value) {
    char text[NUM_MAX];
    buf_put(buf, text, num_shortest(text, value));
}

void buf_put_significant(struct buf *buf, double value, int digits) {
    char text[NUM_MAX];
    buf_put(buf, text, num_significant(text, value, digits));
}

void buf_put_u64(struct buf *buf, uint64_t value) {
    char text[NUM_MAX];
    buf_put(buf, text, num_u64(text, value));
}
