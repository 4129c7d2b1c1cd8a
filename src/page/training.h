/* What the training pages share: the GPU they speak of, the fewest of it, where the memory goes.
   Private to page/. */
#ifndef PAGE_TRAINING_H
#define PAGE_TRAINING_H

#include "engine/training.h"
#include "page/draft.h"
#include "page/plan.h"

/* The GPU of a linked node with the most offers of 80 GB or more. */
uint32_t training_usual_gpu(const struct page_plan *plan);
/* A model as training_default() asks, at the lowest on-demand price, on the fewest GPUs that hold
   it in the layout that needs them. `kept` is that of the model and method. */
struct training_outcome training_fewest(const struct page_plan *plan, uint32_t model, uint32_t gpu,
                                        enum training_method method, struct training_layouts *kept);
/* 0: no number of them holds it. */
uint32_t training_gpus(const struct training_outcome *outcome);
/* training_parts.c: what each method keeps on a GPU, as a table for `name`; the hours with the
   numbers put in. Outcomes of one model by method. */
struct table *training_parts(struct draft *draft, const char *name, const char *heading,
                             const struct training_outcome *outcomes);
void training_formula(struct draft *draft, const struct page_plan *plan, uint32_t model,
                      uint32_t gpu, const struct training_outcome *full);

#endif
