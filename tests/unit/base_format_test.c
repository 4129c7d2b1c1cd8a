/* format_text against vsnprintf: every conversion, every capacity, and what only printf knows. */
#include "base/format.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

__attribute__((format(printf, 2, 3))) static void agree(size_t cap, const char *format, ...) {
    char ours[200], theirs[200];
    va_list args;
    memset(ours, '#', sizeof ours);
    memset(theirs, '#', sizeof theirs);
    va_start(args, format);
    size_t n = format_text(ours, cap, format, args);
    va_end(args);
    va_start(args, format);
    int m = vsnprintf(theirs, cap, format, args);
    va_end(args);
    assert_int_equal(n, m);
    if (cap)
        assert_string_equal(ours, theirs);
    assert_int_equal(ours[cap], '#');
}

static void every_conversion_equals_printf(void **state) {
    (void)state;
    for (size_t cap = 0; cap < 64; cap++) {
        agree(cap, "plain");
        agree(cap, "%s and %s", "one", "another of some length");
        agree(cap, "%u %u %u", 0u, 7u, UINT_MAX);
        agree(cap, "%d %d %d", 0, INT_MIN, INT_MAX);
        agree(cap, "%zu %lu %llu", SIZE_MAX, ULONG_MAX, ULLONG_MAX);
        agree(cap, "%c%c %% %.*s|%.*s|%.*s", 'a', 'b', 3, "abcdef", 9, "short", -1, "all");
        agree(cap, "%s", "");
    }
}

static void the_rest_is_printf_itself(void **state) {
    (void)state;
    for (size_t cap = 0; cap < 40; cap++) {
        agree(cap, "%s %5u %-6s|", "x", 12u, "ab");
        agree(cap, "%d %016llx", -3, 0xabcdefull);
        agree(cap, "%s %ld %02u %.2s", "y", -5L, 3u, "abc");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_conversion_equals_printf),
        cmocka_unit_test(the_rest_is_printf_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
