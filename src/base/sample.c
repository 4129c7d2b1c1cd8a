#include "base/sample.h"

#include <math.h>

/* Shell's way: samples are some hundreds, and comparing in place costs less than a call for each.
 */
void sample_sort(double *values, size_t n) {
    size_t gap = 1;
    while (gap < n / 3)
        gap = 3 * gap + 1;
    for (; gap > 0; gap /= 3)
        for (size_t i = gap; i < n; i++) {
            double value = values[i];
            size_t at = i;
            for (; at >= gap && values[at - gap] > value; at -= gap)
                values[at] = values[at - gap];
            values[at] = value;
        }
}

double sample_median(double *values, size_t n) {
    if (n == 0)
        return NAN;
    sample_sort(values, n);
    return (values[(n - 1) / 2] + values[n / 2]) / 2;
}
