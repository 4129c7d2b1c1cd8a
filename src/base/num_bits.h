/* Private to num*.c: the bits of a double, powers of ten, digits. */
#ifndef BASE_NUM_BITS_H
#define BASE_NUM_BITS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

__extension__ typedef unsigned __int128 num_wide;

extern const uint64_t num_powers[20]; /* 10^0 .. 10^19 */

/* value = mantissa x 2^exponent, value >= 0 and finite. */
struct num_binary {
    uint64_t mantissa;
    int exponent;
};

static inline struct num_binary num_split(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    unsigned biased = (unsigned)(bits >> 52) & 0x7ff;
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    if (biased == 0)
        return (struct num_binary){fraction, -1074};
    return (struct num_binary){fraction | UINT64_C(1) << 52, (int)biased - 1075};
}

/* 0 for 0. */
static inline unsigned num_digit_count(uint64_t value) {
    unsigned n = ((64 - (unsigned)__builtin_clzll(value | 1)) * 1233) >> 12;
    return n + (n < 20 && value >= num_powers[n]);
}

extern const double num_tens[23]; /* 1e0 .. 1e22, which doubles hold exactly */
extern const char num_pairs[201]; /* "000102...99" */

static inline void num_put_small(char *out, uint32_t value, unsigned n) {
    while (n >= 2) {
        n -= 2;
        memcpy(out + n, num_pairs + (size_t)2 * (value % 100), 2);
        value /= 100;
    }
    if (n)
        out[0] = (char)('0' + value % 10);
}

static inline void num_put_four(char *out, uint32_t value) {
    memcpy(out, num_pairs + (size_t)2 * (value / 100), 2);
    memcpy(out + 2, num_pairs + (size_t)2 * (value % 100), 2);
}

/* Exactly n digits, with leading zeros, of a value that has no more; no NUL. 32 bits at a time:
   their divisions are cheaper. */
static inline void num_put_digits(char *out, uint64_t value, unsigned n) {
    for (; n > 9; n -= 8, value /= 100000000) {
        uint32_t eight = (uint32_t)(value % 100000000);
        num_put_four(out + n - 8, eight / 10000);
        num_put_four(out + n - 4, eight % 10000);
    }
    num_put_small(out, (uint32_t)value, n);
}
/* Puts commas between groups of three of the digits before the point, or of all; returns the new
   length. An exponent follows one digit. */
size_t num_group(char *text, size_t n);
/* "nan", "inf", "-inf". */
size_t num_special(char *out, double value);

#endif
