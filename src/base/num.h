/* All number formatting and parsing: correctly rounded, locale-free. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

#define NUM_MAX 448         /* bytes that hold any num_* result with its NUL */
#define NUM_U64_MAX 24      /* ... of num_u64 */
#define NUM_SHORTEST_MAX 40 /* ... of num_shortest */

/* Equal to printf("%.*f"), decimals 0..17. Returns the length; out holds NUM_MAX bytes. "-0" is
   written as "0". NaN and infinities give "nan", "inf", "-inf". */
size_t num_fixed(char *out, double value, int decimals);
/* Shortest text that reads back as the same double ("0.1", "1e+300"); for JSON and CSV. */
size_t num_shortest(char *out, double value);
/* `digits` significant digits without exponent between 1e-6 and 1e15: 1234567 -> "1230000" for 3.
   Trailing zeros after the point are kept: 0.5 -> "0.500". Otherwise d.dde+XX. */
size_t num_significant(char *out, double value, int digits);
/* As num_significant, with a comma between groups of three before the point: "1,230,000". */
size_t num_grouped(char *out, double value, int digits);
/* As num_fixed, with commas. */
size_t num_fixed_grouped(char *out, double value, int decimals);
/* Exact integers, and with commas. */
size_t num_u64(char *out, uint64_t value);
size_t num_u64_grouped(char *out, uint64_t value);

void buf_put_fixed(struct buf *buf, double value, int decimals);
void buf_put_shortest(struct buf *buf, double value);
void buf_put_u64(struct buf *buf, uint64_t value);

/* Strict decimal number over the whole slice: [-+]digits[.digits][e[+-]digits]; no hex, no spaces,
   no inf/nan; false on anything else and on overflow. Locale-free, correctly rounded. */
bool num_parse(const char *text, size_t n, double *value);
bool num_parse_u64(const char *text, size_t n, uint64_t *value);

#endif
