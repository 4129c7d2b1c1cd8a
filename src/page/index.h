/* The parts of the front page. Private to page/. */
#ifndef PAGE_INDEX_H
#define PAGE_INDEX_H

#include "page/draft.h"
#include "page/plan.h"

/* index_chart.c: price against active parameters. */
void index_chart(struct draft *draft, const struct page_plan *plan);
/* index_tables.c */
void index_models(struct draft *draft, const struct page_plan *plan);
void index_gpus(struct draft *draft, const struct page_plan *plan);
void index_platforms(struct draft *draft, const struct page_plan *plan);

/* changes.c: the largest price moves of late. */
void index_movers(struct draft *draft, const struct page_plan *plan);

#endif
