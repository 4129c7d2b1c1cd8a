/* Numbers: equal to printf on random values and ties, shortest texts read back, strict parsing. */
#include "base/num.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* xorshift64*: the same values in each run. */
static uint64_t next_random(uint64_t *s) {
    *s ^= *s >> 12;
    *s ^= *s << 25;
    *s ^= *s >> 27;
    return *s * UINT64_C(2685821657736338717);
}

/* Prices, counts, ties and raw bit patterns in turn. */
static double random_value(uint64_t *s, size_t i) {
    uint64_t r = next_random(s);
    double value;
    switch (i % 5) {
    case 0:
        return (double)(r >> 40) / 1000.0;
    case 1:
        return (double)(r >> 30) / 1024.0; /* ties at few decimals */
    case 2:
        return (double)(r >> 11) * 0x1p-53;
    case 3:
        return ldexp((double)(r >> 11), (int)(r % 128) - 100);
    default:
        memcpy(&value, &r, sizeof value);
        return value;
    }
}

static void same_as_printf(double value, int decimals) {
    char ours[NUM_MAX], theirs[NUM_MAX];
    size_t n = num_fixed(ours, value, decimals);
    snprintf(theirs, sizeof theirs, "%.*f", decimals, value);
    const char *expected = theirs;
    if (theirs[0] == '-' && strspn(theirs + 1, "0.") == strlen(theirs + 1))
        expected = theirs + 1;
    if (n != strlen(ours) || strcmp(ours, expected) != 0)
        fail_msg("%a with %d decimals: %s, printf says %s", value, decimals, ours, theirs);
}

static void fixed_equals_printf(void **state) {
    (void)state;
    const char *wanted = getenv("NUM_TEST_VALUES");
    size_t count = wanted ? strtoul(wanted, NULL, 10) : 200000;
    uint64_t seed = 88172645463325252u;
    for (size_t i = 0; i < count; i++) {
        double value = random_value(&seed, i);
        if (isfinite(value))
            same_as_printf(i % 7 ? value : -value, (int)(next_random(&seed) % 18));
    }
    static const double edges[] = {0.5,    1.5,     2.5,    0.125,  0.375,    9.995,
                                   999.5,  0x1p53,  0x1p63, 0x1p64, 1e300,    5e-324,
                                   1e-300, 0x1p-75, 1e15,   0.1,    99999.95, 0x1.fffffffffffffp62};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        for (int d = 0; d <= 17; d++)
            same_as_printf(edges[i], d), same_as_printf(-edges[i], d);
}

static void shortest_reads_back(void **state) {
    (void)state;
    uint64_t seed = 42;
    char text[NUM_MAX], longer[64];
    for (size_t i = 0; i < 200000; i++) {
        double value = random_value(&seed, i), back;
        if (!isfinite(value))
            continue;
        size_t n = num_shortest(text, value);
        assert_true(num_parse(text, n, &back));
        if (back != value)
            fail_msg("%a became %s", value, text);
        size_t digits = 0;
        for (const char *p = text; *p && *p != 'e'; p++)
            digits += *p >= '0' && *p <= '9' && (digits || *p != '0');
        for (int k = 15; value != 0 && k < 17 && (int)digits > k; k++) {
            snprintf(longer, sizeof longer, "%.*e", k - 1, value);
            if (!strchr(text, '.') && fabs(value) >= 1e15)
                break; /* positional zeros are not significant */
            if (strtod(longer, NULL) == value)
                fail_msg("%s is not the shortest: %s", text, longer);
        }
    }
    static const struct {
        double value;
        const char *text;
    } rows[] = {{0.1, "0.1"},
                {1e300, "1e+300"},
                {-2.5e-7, "-2.5e-07"},
                {100000, "100000"},
                {1e16, "10000000000000000"},
                {1e17, "1e+17"},
                {0.000001, "0.000001"},
                {5e-324, "5e-324"},
                {-0.0, "0"},
                {1.0 / 3, "0.3333333333333333"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        num_shortest(text, rows[i].value);
        assert_string_equal(text, rows[i].text);
    }
}

static void significant_equals_printf(void **state) {
    (void)state;
    uint64_t seed = 7;
    char ours[NUM_MAX], theirs[64], digits_only[NUM_MAX];
    for (size_t i = 0; i < 200000; i++) {
        double value = fabs(random_value(&seed, i));
        int digits = 1 + (int)(next_random(&seed) % 17);
        if (!isfinite(value) || value == 0)
            continue;
        num_significant(ours, value, digits);
        snprintf(theirs, sizeof theirs, "%.*e", digits - 1, value);
        size_t n = 0, want = (size_t)digits;
        for (const char *p = ours; *p && *p != 'e' && n < want; p++)
            if (*p >= '0' && *p <= '9' && (n || *p != '0'))
                digits_only[n++] = *p;
        digits_only[n] = '\0';
        char expected[64];
        size_t m = 0;
        for (const char *p = theirs; *p != 'e'; p++)
            if (*p >= '0' && *p <= '9')
                expected[m++] = *p;
        expected[m] = '\0';
        if (strcmp(digits_only, expected) != 0)
            fail_msg("%a with %d digits: %s, printf says %s", value, digits, ours, theirs);
    }
}

static void significant_layout(void **state) {
    (void)state;
    static const struct {
        double value;
        int digits;
        const char *text, *grouped;
    } rows[] = {
        {1234567, 3, "1230000", "1,230,000"},
        {0.5, 3, "0.500", "0.500"},
        {9.996, 3, "10.0", "10.0"},
        {999.9, 3, "1000", "1,000"},
        {-1234.5, 6, "-1234.50", "-1,234.50"},
        {0, 3, "0.00", "0.00"},
        {1e15, 3, "1.00e+15", "1.00e+15"},
        {1e-7, 2, "1.0e-07", "1.0e-07"},
        {0.00000123, 2, "0.0000012", "0.0000012"},
        {999999999999999.9, 4, "1.000e+15", "1.000e+15"},
        {2.5, 1, "2", "2"},
        {25, 1, "20", "20"},
        {35, 1, "40", "40"},
        {100, 3, "100", "100"},
        {123456.7, 17, "123456.70000000000", "123,456.70000000000"},
    };
    char text[NUM_MAX];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(num_significant(text, rows[i].value, rows[i].digits),
                         strlen(rows[i].text));
        assert_string_equal(text, rows[i].text);
        num_grouped(text, rows[i].value, rows[i].digits);
        assert_string_equal(text, rows[i].grouped);
    }
    num_u64(text, 0);
    assert_string_equal(text, "0");
    num_u64_grouped(text, UINT64_MAX);
    assert_string_equal(text, "18,446,744,073,709,551,615");
    num_u64_grouped(text, 999);
    assert_string_equal(text, "999");
    num_fixed_grouped(text, -1234567.891, 2);
    assert_string_equal(text, "-1,234,567.89");
    num_fixed_grouped(text, 999.96, 1);
    assert_string_equal(text, "1,000.0");
    assert_true(num_fixed_grouped(text, DBL_MAX, 17) == strlen(text) && strlen(text) < NUM_MAX);
    num_fixed(text, NAN, 2);
    assert_string_equal(text, "nan");
    num_fixed(text, -INFINITY, 2);
    assert_string_equal(text, "-inf");
}

static void parsing_is_strict_and_exact(void **state) {
    (void)state;
    static const char *const bad[] = {"",    "-",   ".5",    "1.",  "1e",   "1e+",
                                      " 1",  "1 ",  "0x1",   "inf", "nan",  "1e999",
                                      "1,5", "--1", "1.2.3", "+",   "1e1.5"};
    double value;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (num_parse(bad[i], strlen(bad[i]), &value))
            fail_msg("'%s' was taken", bad[i]);
    uint64_t seed = 3;
    char text[64];
    for (size_t i = 0; i < 200000; i++) {
        double v = random_value(&seed, i);
        if (!isfinite(v))
            continue;
        int n = snprintf(text, sizeof text, "%.*e", (int)(next_random(&seed) % 25), v);
        if (!isfinite(strtod(text, NULL)))
            continue;
        assert_true(num_parse(text, (size_t)n, &value));
        if (value != strtod(text, NULL))
            fail_msg("%s parsed as %a", text, value);
    }
    assert_true(num_parse("1e-999", 6, &value));
    assert_true(value == 0);
    assert_true(num_parse("+00012.50", 9, &value));
    assert_true(value == 12.5);
    uint64_t u;
    assert_true(num_parse_u64("18446744073709551615", 20, &u));
    assert_true(u == UINT64_MAX);
    assert_false(num_parse_u64("18446744073709551616", 20, &u));
    assert_false(num_parse_u64("-1", 2, &u));
}

static void the_locale_has_no_say(void **state) {
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        skip();
    char text[NUM_MAX];
    num_fixed(text, 1234.5, 1);
    assert_string_equal(text, "1234.5");
    num_shortest(text, 1.0 / 3);
    assert_string_equal(text, "0.3333333333333333");
    double value;
    assert_true(num_parse("3.14159265358979323846", 22, &value));
    assert_true(value == 3.14159265358979323846);
    setlocale(LC_ALL, "C");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_equals_printf),         cmocka_unit_test(shortest_reads_back),
        cmocka_unit_test(significant_equals_printf),   cmocka_unit_test(significant_layout),
        cmocka_unit_test(parsing_is_strict_and_exact), cmocka_unit_test(the_locale_has_no_say),
    };
    return cmocka_run_group_tests_name("base/num", tests, NULL, NULL);
}
