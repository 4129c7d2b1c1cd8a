/* Names from others' files on a terminal: nothing in them colours, clears, turns or breaks a line.
 */
#include "base/shown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void shows(const char *text, const char *expected) {
    struct buf out = BUF_INIT;
    buf_put_shown(&out, text);
    assert_string_equal(buf_text(&out), expected);
    buf_free(&out);
}

static void only_what_can_be_seen_is_shown(void **state) {
    (void)state;
    shows("", "");
    shows("H100 SXM, 80 GB", "H100 SXM, 80 GB");
    shows("\x1b[31mred\x1b[0m", "?[31mred?[0m");
    shows("a\nb\rc\td\x7f", "a?b?c?d?");
    shows("\xC3\xA9t\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80",
          "\xC3\xA9t\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
    shows("\xC2\x9B"
          "31m\xC2\xA0x",
          "?31m\xC2\xA0x"); /* the control sequence of one character */
    shows("A\xE2\x80\xAE"
          "00.3$",
          "A?00.3$"); /* turns what follows */
    shows("caf\xE9 \xFF\xC3", "caf? ??");
    shows("\xF0\x9F\x98", "???");
}

static void columns_stay_in_line(void **state) {
    (void)state;
    struct buf out = BUF_INIT;
    buf_put_column(&out, "\xC3\xA9t\xC3\xA9", 5);
    buf_put_column(&out, "|abcdef", 4);
    buf_put_column(&out, "\xE2\x82\xAC\xE2\x82\xAC", 1);
    buf_put_column(&out, "\x1b[2J", 3);
    assert_string_equal(buf_text(&out), "\xC3\xA9t\xC3\xA9  |abc\xE2\x82\xAC?[2");
    buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(only_what_can_be_seen_is_shown),
                                       cmocka_unit_test(columns_stay_in_line)};
    return cmocka_run_group_tests_name("base/shown", tests, NULL, NULL);
}
