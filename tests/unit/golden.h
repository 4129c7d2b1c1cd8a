/* Golden rows for tests: a tab-separated file of id, expected, absolute tolerance. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Fails the test when the row is missing or the value lies outside its tolerance. */
static inline void golden_check(const char *path, const char *id, double value) {
    FILE *file = fopen(path, "r");
    char line[1024];
    size_t n = strlen(id);
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        char *end;
        if (strncmp(line, id, n) != 0 || line[n] != '\t')
            continue;
        double expected = strtod(line + n + 1, &end), tolerance = strtod(end + 1, NULL);
        if (!(fabs(value - expected) <= tolerance))
            fail_msg("%s: %.12g, expected %.12g +- %g", id, value, expected, tolerance);
        fclose(file);
        return;
    }
    fail_msg("%s: no row %s", path, id);
}

#endif
