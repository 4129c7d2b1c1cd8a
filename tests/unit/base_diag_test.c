/* Diagnostics: exit status, order, formats, the limit of fifty, many threads. */
#include "base/buf.h"
#include "base/diag.h"
#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void worst_level_is_the_exit_status(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    diag_add(diags, DIAG_WARNING, "stale", (struct place){0}, "old");
    assert_int_equal(diags_exit_status(diags), 0);
    diag_add(diags, DIAG_ERROR, "bad", (struct place){"a.json", 3, 7}, "%d things", 2);
    assert_int_equal(diags_exit_status(diags), 1);
    diag_add(diags, DIAG_IO, "io-open", (struct place){"b", 0, 0}, "gone");
    assert_int_equal(diags_exit_status(diags), 3);
    assert_int_equal(diags_errors(diags), 2);
    assert_int_equal(diags_warnings(diags), 1);
    struct buf out = BUF_INIT;
    diags_print(diags, DIAG_FORMAT_TEXT, &out);
    assert_string_equal(buf_text(&out), "b: error: [io-open] gone\n"
                                        "a.json:3:7: error: [bad] 2 things\n"
                                        "tallypress: warning: [stale] old\n");
    buf_free(&out);
    diags_free(diags);
}

static void machine_formats_escape(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    diag_add(diags, DIAG_ERROR, "c", (struct place){"a,b:c", 1, 2}, "50%% \"of\"\nit");
    struct buf out = BUF_INIT;
    diags_print(diags, DIAG_FORMAT_JSON, &out);
    assert_string_equal(buf_text(&out),
                        "{\"diagnostics\":[\n  {\"level\":\"error\",\"code\":\"c\",\"file\":"
                        "\"a,b:c\",\"line\":1,\"column\":2,\"message\":\"50% \\\"of\\\"\\u000ait\"}"
                        "\n],\"more\":0,\"errors\":1,\"warnings\":0}\n");
    buf_reset(&out);
    diags_print(diags, DIAG_FORMAT_GITHUB, &out);
    assert_string_equal(buf_text(&out), "::error file=a%2Cb%3Ac,line=1,col=2,title=c::"
                                        "50%25 \"of\"%0Ait\n");
    buf_free(&out);
    diags_free(diags);
}

/* A name from a price list cannot write a line of its own, nor colour one; a file's name is any
   bytes, JSON is not. */
static void names_forge_no_lines(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    diag_add(diags, DIAG_WARNING, "c", (struct place){"a\nb\xFF", 1, 2}, "\"%s\" is odd",
             "x\n::error::y\x1b[2J");
    struct buf out = BUF_INIT;
    diags_print(diags, DIAG_FORMAT_TEXT, &out);
    assert_string_equal(buf_text(&out), "a?b?:1:2: warning: [c] \"x?::error::y?[2J\" is odd\n");
    buf_reset(&out);
    diags_print(diags, DIAG_FORMAT_JSON, &out);
    assert_non_null(strstr(buf_text(&out), "\"file\":\"a?b?\""));
    assert_non_null(strstr(buf_text(&out), "x\\u000a::error::y\\u001b[2J"));
    buf_free(&out);
    diags_free(diags);
}

static void add_many(void *context, size_t index, unsigned worker) {
    (void)worker;
    diag_add(context, DIAG_ERROR, "many", (struct place){"f", (unsigned)index + 1, 1}, "x");
}

static void shows_fifty_and_counts_the_rest(void **state) {
    (void)state;
    struct diags *diags = diags_new();
    pool_run(8, 20000, add_many, diags);
    assert_int_equal(diags_errors(diags), 20000);
    struct buf out = BUF_INIT;
    diags_print(diags, DIAG_FORMAT_TEXT, &out);
    size_t lines = 0;
    for (const char *p = buf_text(&out); *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 51);
    assert_non_null(strstr(buf_text(&out), "... and 19950 more\n"));
    buf_free(&out);
    diags_free(diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worst_level_is_the_exit_status),
        cmocka_unit_test(machine_formats_escape),
        cmocka_unit_test(names_forge_no_lines),
        cmocka_unit_test(shows_fifty_and_counts_the_rest),
    };
    return cmocka_run_group_tests_name("base/diag", tests, NULL, NULL);
}
