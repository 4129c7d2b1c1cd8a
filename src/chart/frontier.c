/* Pareto frontier of points. */
#include "chart/frontier.h"

#include <math.h>
#include <stdlib.h>

struct candidate {
    double x, y; /* smaller is better in both */
    size_t index;
};

static int by_x_then_y(const void *a, const void *b) {
    const struct candidate *p = a, *q = b;
    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return p->index < q->index ? -1 : p->index > q->index;
}

size_t frontier_find(struct arena *arena, const double *x, const double *y, size_t count,
                     bool less_x_is_better, bool less_y_is_better, size_t **indices) {
    struct candidate *all = ARENA_ARRAY(arena, count + 1, struct candidate);
    size_t *found = ARENA_ARRAY(arena, count + 1, size_t), n = 0, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(x[i]) && isfinite(y[i]))
            all[n++] = (struct candidate){less_x_is_better ? x[i] : -x[i],
                                          less_y_is_better ? y[i] : -y[i], i};
    qsort(all, n, sizeof *all, by_x_then_y);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || all[i].y < all[found[kept - 1]].y)
            found[kept++] = i;
    for (size_t i = 0; i < kept; i++)
        found[i] = all[found[i]].index;
    for (size_t i = 0; !less_x_is_better && i < kept / 2; i++) {
        size_t other = found[kept - 1 - i];
        found[kept - 1 - i] = found[i];
        found[i] = other;
    }
    *indices = found;
    return kept;
}
