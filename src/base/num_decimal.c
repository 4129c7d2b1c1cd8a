/* Significant and shortest digits of a double: exact 128-bit integers in the common range, printf's
   digits outside it. */
#include "base/num.h"
#include "base/num_bits.h"
#include "base/num_small.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { DECIMALS_MAX = 22 };

/* A decimal: d.ddd x 10^exponent, digits without leading zeros. */
struct decimal {
    char digits[24];
    unsigned count;
    int exponent; /* of the first digit */
};

/* value x 10^decimals to nearest, ties to even; exact below 2^126. */
struct scaled {
    uint64_t rounded;
    num_wide product; /* mantissa x 10^decimals */
    int shift;        /* value x 10^decimals = product / 2^shift */
};

static num_wide power(int decimals) {
    return decimals < 20 ? num_powers[decimals]
                         : (num_wide)num_powers[19] * num_powers[decimals - 19];
}

/* value in [1e-6, 1e15), decimals 0..DECIMALS_MAX. */
static struct scaled scale(struct num_binary b, int decimals) {
    struct scaled s = {.product = b.mantissa * power(decimals), .shift = -b.exponent};
    num_wide rest = s.product & (((num_wide)1 << s.shift) - 1);
    num_wide half = (num_wide)1 << (s.shift - 1);
    s.rounded = (uint64_t)(s.product >> s.shift);
    s.rounded += rest > half || (rest == half && (s.rounded & 1));
    return s;
}

/* value / 10^zeros to nearest, ties to even. */
static uint64_t divide(struct num_binary b, int zeros) {
    int shift = -b.exponent;
    uint64_t whole = b.mantissa >> shift, ten = num_powers[zeros];
    bool more = (b.mantissa & ((UINT64_C(1) << shift) - 1)) != 0;
    uint64_t quotient = whole / ten, rest = whole % ten, half = ten / 2;
    return quotient + (rest > half || (rest == half && (more || (quotient & 1))));
}

static int exponent_below(double value) {
    static const double below[] = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6};
    int i = 0;
    while (i < 5 && value < below[i])
        i++;
    return -1 - i;
}

/* Exponent of the first digit, at most one too small for value in [1e-6, 1e15). */
static int exponent_of(struct num_binary b, double value) {
    return value >= 1 ? (int)num_digit_count(b.mantissa >> -b.exponent) - 1 : exponent_below(value);
}

static bool is_common(double value) {
    return value >= 1e-6 && value < 1e15;
}

/* `count` significant digits as an integer, with the decimals they have. */
static bool round_exact(double value, int count, struct scaled *scaled, int *decimals) {
    if (!is_common(value))
        return false;
    struct num_binary b = num_split(value);
    for (*decimals = count - 1 - exponent_of(b, value);; --*decimals) {
        if (*decimals > DECIMALS_MAX)
            return false;
        if (*decimals >= 0)
            *scaled = scale(b, *decimals);
        else
            scaled->rounded = divide(b, -*decimals);
        if (scaled->rounded < num_powers[count])
            return true; /* else it rounded up to one digit more */
    }
}

/* As round_exact, where one operation on doubles leaves no doubt: its error is below a
   ten-millionth then, so only what lies nearly half way between two results needs exact arithmetic.
   Signed integers become doubles, and doubles signed integers, in one instruction. */
static inline bool round_fast(double value, int count, uint64_t *rounded, int *decimals) {
    if (count > 9 || !(value >= 1e-6 && value < 1e14))
        return false;
    int exponent =
        value >= 1 ? (int)num_digit_count((uint64_t)(int64_t)value) - 1 : exponent_below(value);
    *decimals = count - 1 - exponent;
    double scaled = *decimals >= 0 ? value * num_tens[*decimals] : value / num_tens[-*decimals];
    int64_t down = (int64_t)scaled;
    double rest = scaled - (double)down;
    if (fabs(rest - 0.5) < 1e-6)
        return false;
    *rounded = (uint64_t)down + (rest > 0.5);
    if (*rounded == num_powers[count]) {
        *rounded /= 10;
        --*decimals;
    }
    return true;
}

static void strip_zeros(struct decimal *d) {
    while (d->count > 1 && d->digits[d->count - 1] == '0')
        d->count--;
}

static struct decimal from_integer(uint64_t value, int decimals) {
    struct decimal d = {.count = num_digit_count(value)};
    num_put_digits(d.digits, value, d.count);
    d.exponent = (int)d.count - 1 - decimals;
    return d;
}

/* Reads only the digits of printf's answer, so the locale's decimal point does not matter. */
static struct decimal round_printf(double value, unsigned count) {
    char text[64];
    snprintf(text, sizeof text, "%.*e", (int)count - 1, value);
    struct decimal d = {.count = 0};
    const char *p = text;
    for (; *p != 'e'; p++)
        if (*p >= '0' && *p <= '9')
            d.digits[d.count++] = *p;
    d.exponent = (int)strtol(p + 1, NULL, 10);
    return d;
}

static struct decimal round_digits(double value, unsigned count) {
    struct scaled scaled;
    int decimals;
    if (round_exact(value, (int)count, &scaled, &decimals))
        return from_integer(scaled.rounded, decimals);
    return round_printf(value, count);
}

static double decimal_value(const struct decimal *d) {
    char text[48];
    snprintf(text, sizeof text, "%.*se%d", (int)d->count, d->digits,
             d->exponent - (int)d->count + 1);
    return strtod(text, NULL);
}

/* product / 2^shift / 10^zeros to nearest, ties to even. */
static uint64_t nearest(num_wide product, int shift, int zeros) {
    uint64_t whole = (uint64_t)(product >> shift), ten = num_powers[zeros];
    num_wide below = product & (((num_wide)1 << shift) - 1), unit = (num_wide)ten << shift;
    num_wide rest = ((num_wide)(whole % ten) << shift) + below, half = unit / 2;
    uint64_t quotient = whole / ten;
    return quotient + (rest > half || (rest == half && (quotient & 1)));
}

/* Multiples of 10^-decimals read back as the value when they lie at most half a unit of its last
   bit away; the one with most zeros at its end is the shortest, and of those the nearest is taken.
   False where 128 bits do not hold the bounds or the value's neighbour below is the nearer one. */
static bool shortest_exact(double value, uint64_t *digits, int *decimals) {
    struct num_binary b = num_split(value);
    if (!(value >= 1e-5 && value < 1e15) || b.mantissa == UINT64_C(1) << 52)
        return false;
    int places = 16 - exponent_of(b, value), shift = 1 - b.exponent, zeros = 0;
    num_wide unit = power(places), twice = 2 * (b.mantissa * unit);
    num_wide least = twice - unit, most = twice + unit, mask = ((num_wide)1 << shift) - 1;
    bool open = b.mantissa & 1; /* the bounds themselves read back as the even neighbour */
    uint64_t low = (uint64_t)((least + mask) >> shift) + (open && !(least & mask));
    uint64_t high = (uint64_t)(most >> shift) - (open && !(most & mask));
    for (;; zeros++) {
        uint64_t fewer_low = (low + 9) / 10, fewer_high = high / 10;
        if (fewer_low > fewer_high)
            break;
        low = fewer_low;
        high = fewer_high;
    }
    *digits = low == high ? low : nearest(twice, shift, zeros);
    *decimals = places - zeros;
    return true;
}

/* Fewest digits that read back as value > 0. */
static struct decimal shortest_digits(double value) {
    unsigned count = value < 0x1p-1022 ? 1 : 15;
    struct decimal d = round_printf(value, count);
    while (count < 17 && decimal_value(&d) != value)
        d = round_printf(value, ++count);
    return d;
}

static size_t put_exponent(char *out, int exponent) {
    out[0] = 'e';
    out[1] = exponent < 0 ? '-' : '+';
    unsigned size = (unsigned)(exponent < 0 ? -exponent : exponent);
    unsigned n = size > 99 ? 3 : 2;
    num_put_digits(out + 2, size, n);
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

/* rounded, which has `count` digits, / 10^decimals in plain notation. Copies of a fixed size are
   one instruction: NUM_SHORTEST_MAX has the room. */
static inline size_t put_plain(char *out, uint64_t rounded, unsigned count, int decimals) {
    size_t n = count;
    if (decimals >= (int)count) {
        memcpy(out, "0.000000000000000000000000", 26);
        n = 2 + (unsigned)decimals - count;
        num_put_digits(out + n, rounded, count);
        n += count;
    } else {
        num_put_digits(out, rounded, count);
        if (decimals > 0) {
            char *point = out + count - (unsigned)decimals;
            memmove(point + 1, point, 16);
            *point = '.';
            n++;
        } else {
            memcpy(out + n, "0000000000000000", 16);
            n += (unsigned)-decimals;
        }
    }
    out[n] = '\0';
    return n;
}

/* The same of three digits at most. */
static inline size_t put_plain_few(char *out, uint64_t rounded, unsigned count, int decimals) {
    const char *digits = num_small((unsigned)rounded);
    size_t n = count;
    if (decimals >= (int)count) {
        memcpy(out, "0.000000", 8); /* 1e-6 and more */
        n = 2 + (unsigned)decimals;
        memcpy(out + n - count, digits, 4);
    } else if (decimals > 0) {
        size_t whole = count - (unsigned)decimals;
        memcpy(out, digits, 2);
        out[whole] = '.';
        memcpy(out + whole + 1, digits + whole, 2);
        n++;
    } else {
        memcpy(out, digits, 4);
        memcpy(out + n, "0000000000000000", 16);
        n += (unsigned)-decimals;
    }
    out[n] = '\0';
    return n;
}

static size_t put_decimal(char *out, const struct decimal *d, int most) {
    bool positional = d->exponent >= -6 && d->exponent < most;
    return positional ? put_positional(out, d) : put_scientific(out, d);
}

/* What is seldom needed stands apart: the room it takes would be made for every figure. */
#define APART static __attribute__((noinline))

APART size_t shortest_rare(char *out, double value) {
    if (!isfinite(value))
        return num_special(out, value);
    struct decimal d = shortest_digits(fabs(value));
    strip_zeros(&d);
    size_t sign = value < 0;
    out[0] = '-';
    return sign + put_decimal(out + sign, &d, 17);
}

APART size_t significant_rare(char *out, double value, int digits) {
    if (!isfinite(value))
        return num_special(out, value);
    if (value == 0)
        return num_fixed(out, 0, digits - 1);
    struct decimal d = round_digits(fabs(value), (unsigned)digits);
    size_t sign = value < 0;
    out[0] = '-';
    return sign + put_decimal(out + sign, &d, 15);
}

size_t num_shortest(char *out, double value) {
    double magnitude = fabs(value);
    size_t sign = value < 0;
    out[0] = '-';
    if (magnitude < 1e15 && magnitude == (double)(int64_t)magnitude)
        return sign + num_u64(out + sign, (uint64_t)(int64_t)magnitude);
    uint64_t digits;
    int decimals;
    if (shortest_exact(magnitude, &digits, &decimals))
        return sign + put_plain(out + sign, digits, num_digit_count(digits), decimals);
    return shortest_rare(out, value);
}

static int within_limits(int digits) {
    return digits < 1 ? 1 : digits > 17 ? 17 : digits;
}

size_t num_significant(char *out, double value, int digits) {
    digits = within_limits(digits);
    uint64_t rounded;
    int decimals;
    if (!round_fast(fabs(value), digits, &rounded, &decimals))
        return significant_rare(out, value, digits);
    size_t sign = value < 0;
    out[0] = '-';
    if (digits <= 3)
        return sign + put_plain_few(out + sign, rounded, (unsigned)digits, decimals);
    return sign + put_plain(out + sign, rounded, (unsigned)digits, decimals);
}

size_t num_grouped(char *out, double value, int digits) {
    digits = within_limits(digits);
    uint64_t rounded;
    int decimals;
    if (!round_fast(fabs(value), digits, &rounded, &decimals))
        return num_group(out, significant_rare(out, value, digits));
    size_t sign = value < 0;
    out[0] = '-';
    if (decimals <= 0)
        return sign + num_u64_grouped(out + sign, rounded * num_powers[-decimals]);
    if (digits <= 3)
        return sign + put_plain_few(out + sign, rounded, (unsigned)digits, decimals);
    return num_group(out, sign + put_plain(out + sign, rounded, (unsigned)digits, decimals));
}
