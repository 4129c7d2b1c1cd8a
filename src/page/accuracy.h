/* The parts of the accuracy page. Private to page/. */
#ifndef PAGE_ACCURACY_H
#define PAGE_ACCURACY_H

#include "engine/accuracy.h"
#include "page/draft.h"
#include "page/plan.h"

struct accuracy_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    const struct accuracy_row *rows;
    size_t row_count;
    const struct accuracy_summary *all; /* NULL: no rows */
};

/* accuracy_charts.c: the spread by engine, the errors by engine and GPU. */
void accuracy_charts(struct accuracy_page *a);
/* accuracy_tables.c */
void accuracy_summaries(struct accuracy_page *a);
void accuracy_left_out(struct accuracy_page *a);
void accuracy_left_out_classes(struct accuracy_page *a);
/* accuracy_rows.c */
void accuracy_rows(struct accuracy_page *a);

#endif
