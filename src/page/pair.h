/* The parts of a model x GPU page. Private to page/. */
#ifndef PAGE_PAIR_H
#define PAGE_PAIR_H

#include "engine/combination.h"
#include "page/draft.h"
#include "page/plan.h"

enum { PAIR_PRECISIONS = 4, PAIR_COUNTS = 7 }; /* the own and lower ones; 1, 2, 4 ... 64 */

/* What one page leaves to the next. */
struct pair_kept {
    struct arena *arena;
    /* Places: each keeps what the GPU does not change. */
    struct combination own;    /* the pick's, where it runs */
    struct combination theory; /* the same in theory */
    struct combination counts[PAIR_PRECISIONS][PAIR_COUNTS];
    struct combination other; /* any other place */
    /* Words of all pairs. */
    const char *at_use, *at_use_label; /* "at 40 % use", "At ..." */
    const char *always_busy;           /* the first workload's caption */
    const char *lengths;               /* options of the first workload, up to its batch */
    struct value *workload_cells;      /* name, input and output tokens of each workload */
    struct link *gpus;                 /* by GPU: every model on it */
    /* Words of this model's pairs. */
    const struct model *model;
    enum precision precisions[PAIR_PRECISIONS];
    size_t precision_count;
    double weights_bytes[PAIR_PRECISIONS];
    struct value sizes[PAIR_PRECISIONS];   /* the same in GB */
    double one_overtakes[PRECISION_COUNT]; /* pair_context.c; NaN: not asked yet */
    const char *estimate;                  /* the command up to the GPU */
    struct link every_gpu, csv, json;
};

struct pair {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    uint32_t model_index, gpu_index;
    const struct model *model;
    const struct gpu *gpu;
    const struct gpu_market *market;
    const struct pick *pick;
    const struct workload *workload; /* the site's first */
    const char *set_up;              /* "4x H100, FP8" of the pick, where it runs */
    struct pair_kept *kept;
};

/* pair_kept.c: makes the words that a pair of this model needs, where they are not kept. */
void pair_keep(struct pair_kept *kept, const struct page_plan *plan, uint32_t model);
/* pair_load.c: throughput and time split against batch, with the measured points. */
void pair_throughput(struct pair *c);
/* pair_context.c: what a longer context does. */
void pair_context(struct pair *c);
/* pair_prices.c: GPU counts x precisions with reasons; platforms; workloads. */
void pair_counts(struct pair *c);
void pair_platforms(struct pair *c);
void pair_workloads(struct pair *c);
/* pair_formula.c: the derivation of the price with the numbers put in. */
void pair_formula(struct pair *c);

#endif
