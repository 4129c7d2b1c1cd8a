/* Pareto frontier of points. */
#ifndef CHART_FRONTIER_H
#define CHART_FRONTIER_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Indices of the points no other point beats in both directions, by ascending x; points with NaN
   are left out, of equal points the first stays. Returns how many; *indices in the arena. */
size_t frontier_find(struct arena *arena, const double *x, const double *y, size_t count,
                     bool less_x_is_better, bool less_y_is_better, size_t **indices);

#endif
