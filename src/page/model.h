/* The parts of a model's page. Private to page/. */
#ifndef PAGE_MODEL_H
#define PAGE_MODEL_H

#include "page/draft.h"
#include "page/plan.h"

struct model_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    uint32_t index;
    const struct model *model;
    const struct parameters *parameters;
    const struct best *best; /* for the site's first workload */
    const struct workload *workload;
    struct { /* where a request of the workload does not fit its context: one that does */
        struct workload workload;
        const struct best *found; /* by price; `count` of them, 0 where nothing was cut */
        size_t count;
    } cut;
};

/* model.c: the draft of a page about the entry's model, at the site's first workload. */
struct model_page model_page_begin(const struct page_plan *plan, const struct page_entry *entry,
                                   struct arena *arena, const char *template_name);
/* model.c: what leads on from a page about a model: its own page, the data of every GPU, the
   calculator; ends the page of prices and that of training. */
void model_links(struct draft *draft, const struct page_plan *plan, uint32_t model);
/* model_charts.c */
void model_charts(struct model_page *m);
/* The speed of each request against the price of an always busy machine. */
struct chart *model_speed_price_chart(struct arena *arena, const char *id, const char *title,
                                      const struct chart_series *series, size_t series_count);
/* model_offers.c: the cheapest offers; every GPU. */
void model_offers(struct model_page *m);
void model_gpus(struct model_page *m);
/* model_cut.c: requests cut to the context of a model that takes none of the workload: finds them;
   the sentence, once found; the table. */
void model_cut_find(struct model_page *m);
const char *model_cut_words(const struct model_page *m);
const char *model_cut_calculator(const struct model_page *m); /* at the cheapest of them */
void model_cut(struct model_page *m);
/* model_memory.c: memory by precision, parameters by part. */
void model_memory(struct model_page *m);
void model_parameters(struct model_page *m);
/* model_api.c: API prices and break-even; measurements. */
void model_api(struct model_page *m);
void model_measured(struct model_page *m);

#endif
