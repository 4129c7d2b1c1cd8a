/* A price dated years ahead would make every other one old: it is refused, not believed. */
#include "read/newest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static size_t errors_of(const char *const *dates, size_t count, unsigned *line) {
    struct newest newest = {0};
    struct diags *diags = diags_new();
    for (size_t i = 0; i < count; i++)
        newest_take(&newest, dates[i],
                    (struct place){.file = "prices.csv", .line = (unsigned)i + 2, .column = 1});
    newest_check(&newest, diags);
    size_t errors = diags_errors(diags);
    if (errors) {
        assert_string_equal(diags_get(diags, 0)->code, "date-far");
        *line = diags_get(diags, 0)->place.line;
    }
    diags_free(diags);
    return errors;
}

static void one_far_ahead_is_refused(void **state) {
    (void)state;
    static const char *const dates[] = {"2026-11-01", NULL, "9999-12-31", "9999-12-31", "2024-02"};
    unsigned line = 0;
    assert_int_equal(errors_of(dates, 5, &line), 1);
    assert_int_equal(line, 4);
}

static void history_may_have_gaps(void **state) {
    (void)state;
    static const char *const gap[] = {"2023-11-30", "2026-11-01"}, *const alone[] = {"2031-01-01"};
    static const char *const late[] = {"2031-01-01", "2026-11-01", "2029-06-01"};
    unsigned line = 0;
    assert_int_equal(errors_of(gap, 2, &line), 0);
    assert_int_equal(errors_of(alone, 1, &line), 0);
    assert_int_equal(errors_of(late, 3, &line), 0); /* another is near */
    assert_int_equal(errors_of(late, 2, &line), 1);
    assert_int_equal(errors_of(NULL, 0, &line), 0);
}

/* Ages are counted in days: a month or year that is the newest date counts as its first day. */
static void a_month_is_its_first_day(void **state) {
    (void)state;
    static const char *const dates[] = {"2026-11-30", "2026-12", NULL, "2026-10"};
    struct arena *arena = arena_new();
    struct newest newest = {0};
    assert_null(newest_day(&newest, arena));
    newest_take(&newest, dates[0], (struct place){0});
    assert_string_equal(newest_day(&newest, arena), "2026-11-30");
    for (size_t i = 1; i < sizeof dates / sizeof *dates; i++)
        newest_take(&newest, dates[i], (struct place){0});
    assert_string_equal(newest_day(&newest, arena), "2026-12-01");
    newest_take(&newest, "2027", (struct place){0});
    assert_string_equal(newest_day(&newest, arena), "2027-01-01");
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_far_ahead_is_refused),
                                       cmocka_unit_test(history_may_have_gaps),
                                       cmocka_unit_test(a_month_is_its_first_day)};
    return cmocka_run_group_tests_name("read/newest", tests, NULL, NULL);
}
