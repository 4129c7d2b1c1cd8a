/* Number formatting: exact integer arithmetic on the bits of a double, never the C locale. */
#include "base/num.h"

#include "base/buf.h"
#include "base/num_bits.h"
#include "base/num_small.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TWO_63 9223372036854775808.0

const uint64_t num_powers[20] = {
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
    1000000000000000u,
    10000000000000000u,
    100000000000000000u,
    1000000000000000000u,
    10000000000000000000u,
};

const char num_pairs[201] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

const double num_tens[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static inline size_t put_small(char *out, uint64_t value) {
    memcpy(out, num_small((unsigned)value), NUM_SMALL_ROOM);
    return num_small_length((unsigned)value);
}

size_t num_u64(char *out, uint64_t value) {
    if (value < NUM_SMALL_END)
        return put_small(out, value);
    unsigned n = num_digit_count(value);
    num_put_digits(out, value, n);
    out[n] = '\0';
    return n;
}

size_t num_special(char *out, double value) {
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
    num_wide product = (num_wide)fraction * num_powers[decimals];
    uint64_t quotient = (uint64_t)(product >> shift);
    num_wide rest = product & (((num_wide)1 << shift) - 1), half = (num_wide)1 << (shift - 1);
    bool up = rest > half || (rest == half && (decimals ? quotient & 1 : odd));
    return quotient + up;
}

static size_t put_fixed(char *out, uint64_t whole, uint64_t fraction, int decimals) {
    size_t n = num_u64(out, whole);
    if (decimals > 0) {
        out[n++] = '.';
        num_put_digits(out + n, fraction, (unsigned)decimals);
        n += (size_t)decimals;
        out[n] = '\0';
    }
    return n;
}

/* Where one operation on doubles leaves no doubt: its error is below a ten-millionth then, so only
   what lies nearly half way between two results needs exact arithmetic. 0: it does. */
static size_t fixed_fast(char *out, double value, int decimals) {
    double scaled = value * num_tens[decimals];
    if (!(scaled < 1e9))
        return 0;
    uint32_t down = (uint32_t)(int64_t)scaled,
             unit = (uint32_t)num_powers[decimals > 9 ? 9 : decimals];
    double rest = scaled - down;
    if (fabs(rest - 0.5) < 1e-6)
        return 0;
    down += rest > 0.5;
    return put_fixed(out, decimals > 9 ? 0 : down / unit, decimals > 9 ? down : down % unit,
                     decimals);
}

/* value < 2^63: whole part and rounded fraction. */
static size_t fixed_positive(char *out, double value, int decimals) {
    struct num_binary b = num_split(value);
    uint64_t whole = 0, fraction = 0;
    if (b.exponent >= 0) {
        whole = b.mantissa << b.exponent;
    } else {
        int shift = -b.exponent;
        whole = shift < 64 ? b.mantissa >> shift : 0;
        uint64_t rest = shift < 64 ? b.mantissa & ((UINT64_C(1) << shift) - 1) : b.mantissa;
        fraction = scaled_fraction(rest, shift, decimals, whole & 1);
        if (fraction >= num_powers[decimals]) {
            fraction -= num_powers[decimals];
            whole++;
        }
    }
    return put_fixed(out, whole, fraction, decimals);
}

static bool only_zeros(const char *text) {
    return text[strspn(text, "0.")] == '\0';
}

size_t num_fixed(char *out, double value, int decimals) {
    if (!isfinite(value))
        return num_special(out, value);
    decimals = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
    bool negative = signbit(value) != 0;
    double magnitude = fabs(value);
    char *start = out + negative;
    size_t n = fixed_fast(start, magnitude, decimals);
    if (!n)
        n = magnitude < TWO_63 ? fixed_positive(start, magnitude, decimals)
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

size_t num_group(char *text, size_t n) {
    size_t start = text[0] == '-', digits = 0;
    while (text[start + digits] >= '0' && text[start + digits] <= '9')
        digits++;
    if (digits < 4)
        return n;
    size_t commas = (digits - 1) / 3, from = start + digits, to = from + commas;
    memmove(text + to, text + from, n - from + 1);
    while (commas--) {
        to -= 3, from -= 3;
        memmove(text + to, text + from, 3);
        text[--to] = ',';
    }
    return n + (digits - 1) / 3;
}

size_t num_fixed_grouped(char *out, double value, int decimals) {
    if (decimals == 0 && value >= 0 && value < 1e15 && value == (double)(int64_t)value)
        return num_u64_grouped(out, (uint64_t)(int64_t)value);
    size_t n = num_fixed(out, value, decimals);
    return fabs(value) < 999 ? n : num_group(out, n);
}

size_t num_u64_grouped(char *out, uint64_t value) {
    if (value < NUM_SMALL_END)
        return put_small(out, value);
    uint32_t last = (uint32_t)(value % 1000);
    size_t n = num_u64_grouped(out, value / 1000);
    out[n] = ',';
    out[n + 1] = (char)('0' + last / 100);
    memcpy(out + n + 2, num_pairs + (size_t)2 * (last % 100), 2);
    out[n + 4] = '\0';
    return n + 4;
}

void buf_put_fixed(struct buf *buf, double value, int decimals) {
    char text[NUM_MAX];
    buf_put(buf, text, num_fixed(text, value, decimals));
}

void buf_put_shortest(struct buf *buf, double value) {
    char *at = buf_space(buf, NUM_SHORTEST_MAX);
    if (at)
        buf_took(buf, num_shortest(at, value));
}

void buf_put_u64(struct buf *buf, uint64_t value) {
    char text[NUM_MAX];
    buf_put(buf, text, num_u64(text, value));
}
