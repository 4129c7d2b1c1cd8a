/* The parts of a model x GPU page. Private to page/. */
#ifndef PAGE_COMBINATION_H
#define PAGE_COMBINATION_H

#include "page/draft.h"
#include "page/plan.h"

struct combination {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    uint32_t model_index, gpu_index;
    const struct model *model;
    const struct gpu *gpu;
    const struct gpu_market *market;
    const struct pick *pick;
    const struct workload *workload; /* the site's first */
};

/* combination_load.c: throughput and time split against batch, with the measured points. */
void combination_throughput(struct combination *c);
/* combination_context.c: what a longer context does. */
void combination_context(struct combination *c);
/* combination_prices.c: GPU counts x precisions with reasons; platforms; workloads. */
void combination_counts(struct combination *c);
void combination_platforms(struct combination *c);
void combination_workloads(struct combination *c);
/* combination_formula.c: the derivation of the price with the numbers put in. */
void combination_formula(struct combination *c);

#endif
