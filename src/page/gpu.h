/* The parts of a GPU's page. Private to page/. */
#ifndef PAGE_GPU_H
#define PAGE_GPU_H

#include "page/draft.h"
#include "page/plan.h"

struct gpu_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    uint32_t index;
    const struct gpu *gpu;
    const struct gpu_market *market;
    const struct workload *workload;
};

/* gpu_charts.c */
void gpu_roofline(struct gpu_page *g);
void gpu_history(struct gpu_page *g);
/* gpu_tables.c */
void gpu_models(struct gpu_page *g);
void gpu_prices(struct gpu_page *g);

#endif
