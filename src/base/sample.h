/* Numbers of a sample: in order, and the middle one. */
#ifndef BASE_SAMPLE_H
#define BASE_SAMPLE_H

#include <stddef.h>

/* From the smallest up; no NaN among them. */
void sample_sort(double *values, size_t n);
/* The middle one, or the mean of the middle two; NaN of none. Sorts the values. */
double sample_median(double *values, size_t n);

#endif
