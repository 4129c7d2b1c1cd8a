/* Slices: UTF-8 by the book, distances, slugs. */
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void utf8_is_checked_by_the_book(void **state) {
    (void)state;
    static const char *const good[] = {"",
                                       "abc",
                                       "\xc2\x80",
                                       "\xe0\xa0\x80",
                                       "\xed\x9f\xbf",
                                       "\xee\x80\x80",
                                       "\xf0\x90\x80\x80",
                                       "\xf4\x8f\xbf\xbf"};
    static const char *const bad[] = {"\x80",         "\xc0\x80",         "\xc1\xbf",
                                      "\xe0\x9f\xbf", "\xed\xa0\x80",     "\xf0\x8f\xbf\xbf",
                                      "\xf5\x80\x80", "\xf4\x90\x80\x80", "\xe2\x82",
                                      "a\xff"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(str_is_utf8(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(str_is_utf8(bad[i], strlen(bad[i])));
}

static void comparisons_ignore_only_ascii_case(void **state) {
    (void)state;
    assert_true(str_equal(STR("ab"), str_of("ab")));
    assert_false(str_equal(STR("ab"), STR("aB")));
    assert_true(str_equal_nocase(STR("H100 sxm"), STR("h100 SXM")));
    assert_false(str_equal_nocase(STR("@"), STR("`")));
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_false(str_starts(STR("a"), STR("ab")));
    assert_true(str_contains_nocase("NVIDIA H100", "h100"));
    assert_true(str_contains_nocase("x", ""));
    assert_false(str_contains_nocase("", "x"));
    assert_true(str_equal(str_trim(STR(" \t a b\r\n")), STR("a b")));
    assert_int_equal(str_trim(STR("  ")).n, 0);
}

static void distances_and_slugs(void **state) {
    (void)state;
    assert_int_equal(str_distance("kitten", "sitting"), 3);
    assert_int_equal(str_distance("H100", "h100"), 0);
    assert_int_equal(str_distance("", "abc"), 3);
    char out[32];
    assert_int_equal(str_slug(out, sizeof out, "NVIDIA H100 SXM"), 15);
    assert_string_equal(out, "nvidia-h100-sxm");
    str_slug(out, sizeof out, "../../etc/passwd");
    assert_string_equal(out, "etc-passwd");
    str_slug(out, sizeof out, "\xe2\x82\xac");
    assert_string_equal(out, "x");
    str_slug(out, sizeof out, "Llama 3.3  (70B)");
    assert_string_equal(out, "llama-3.3-70b");
    assert_int_equal(str_slug(out, 5, "abcdefgh"), 4);
    assert_string_equal(out, "abcd");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_checked_by_the_book),
        cmocka_unit_test(comparisons_ignore_only_ascii_case),
        cmocka_unit_test(distances_and_slugs),
    };
    return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}
