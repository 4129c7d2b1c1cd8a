#include "base/sample.h"

#include <math.h>
#include <stdlib.h>

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

void sample_sort(double *values, size_t n) {
    if (n > 1)
        qsort(values, n, sizeof *values, ascending);
}

double sample_median(double *values, size_t n) {
    if (n == 0)
        return NAN;
    sample_sort(values, n);
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}
