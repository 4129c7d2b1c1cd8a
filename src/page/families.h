/* Models as points over their active parameters, dense ones and mixtures of experts apart. Private
   to page/. */
#ifndef PAGE_FAMILIES_H
#define PAGE_FAMILIES_H

#include "page/draft.h"
#include "page/plan.h"

struct families {
    double *x[2], *y[2]; /* dense, experts */
    const char **labels[2];
    enum chart_mark *marks[2];
    size_t count[2];
};

/* Room for every model of the plan. */
struct families families_begin(struct arena *arena, const struct page_plan *plan);
void families_add(struct families *families, const struct page_plan *plan, uint32_t model,
                  double value, enum provenance from);
/* A chart of the values on the y axis. */
struct chart *families_chart(struct arena *arena, const struct families *families, const char *id,
                             const char *title, struct chart_axis y);

#endif
