/* Every printed derivation, evaluated again, gives the printed result. */
#include "page/plan.h"

#include "page_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *at;

static double sum(void);

static void skip_spaces(void) {
    while (*at == ' ')
        at++;
}

static double factor(void) {
    skip_spaces();
    if (*at == '(') {
        at++;
        double value = sum();
        skip_spaces();
        assert_int_equal(*at, ')');
        at++;
        return value;
    }
    char *end;
    double value = strtod(at, &end);
    assert_true(end > at);
    at = end;
    return value;
}

static double product(void) {
    double value = factor();
    for (;;) {
        skip_spaces();
        if (*at == '/') {
            at++;
            value /= factor();
        } else if (!strncmp(at, "\xC2\xB7", 2)) {
            at += 2;
            value *= factor();
        } else {
            return value;
        }
    }
}

static double sum(void) {
    double value = product();
    for (;;) {
        skip_spaces();
        if (*at != '+' && *at != '-')
            return value;
        value += *at++ == '+' ? product() : -product();
    }
}

static double scale(const char *unit) {
    static const struct {
        const char *unit;
        double scale;
    } units[] = {{"\xC2\xB5s", 1e-6}, {"ms", 1e-3}, {"min", 60}, {"EFLOP", 1e18}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strncmp(unit, units[i].unit, strlen(units[i].unit)))
            return units[i].scale;
    return 1;
}

static double printed(const char *result) {
    char digits[64];
    size_t n = 0;
    for (; *result && strchr("$0123456789.,e", *result); result++)
        if (*result != '$' && *result != ',' && n + 1 < sizeof digits)
            digits[n++] = *result;
    digits[n] = '\0';
    if (!strncmp(result, "\xE2\x80\xAF", 3))
        result += 3;
    return strtod(digits, NULL) * scale(result);
}

static size_t check_page(const struct page *page) {
    size_t lines = 0;
    for (size_t b = 0; b < page->block_count; b++)
        for (size_t i = 0; i < page->blocks[b].line_count; i++, lines++) {
            const struct formula_line *line = &page->blocks[b].lines[i];
            if (!line->numbers)
                continue; /* a command, no derivation */
            at = line->numbers;
            double value = sum(), shown = printed(line->result);
            if (*at || fabs(value / shown - 1) > 0.0051)
                fail_msg("%s: %s = %s, not %s", page->path, line->symbols, line->numbers,
                         line->result);
        }
    return lines;
}

static void derivations_hold(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct page_plan *plan = page_plan_new(arena, &fixture_catalog, NULL, 1);
    size_t lines = 0;
    for (size_t i = 0; i < page_plan_count(plan); i++)
        lines += check_page(page_make(plan, i, arena));
    assert_true(lines >= 10);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(derivations_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
