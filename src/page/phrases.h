/* Half-sentences that several pages share. */
#ifndef PAGE_PHRASES_H
#define PAGE_PHRASES_H

#include "page/plan.h"

/* "1.9x below the API median", "about the API median". */
const char *phrase_versus(struct arena *arena, double own, double other, const char *what);
/* "4x H100 SXM at Lambda". */
const char *phrase_offer(struct arena *arena, const struct page_plan *plan, const struct pick *pick,
                         const struct gpu *gpu);
/* "Lambda price list, 2026-10-10" for the mark of a price. */
const char *phrase_price_source(struct arena *arena, const struct offer *offer);
/* The same of an API price, and of a row someone measured. */
const char *phrase_api_source(struct arena *arena, const struct api_price *price);
const char *phrase_measured_source(struct arena *arena, const char *source, const char *date);
const char *phrase_spec_source(struct arena *arena, const struct gpu *gpu);
/* "chat: 2,035 tokens in, 300 out". */
const char *phrase_workload(struct arena *arena, const struct workload *workload);
/* "BF16"; the short name of a precision. */
const char *phrase_precision(enum precision precision);
/* The same of a model as a GPU computes it (catalog/weights.h); either may be NULL. */
const char *phrase_weights(const struct model *model, enum precision weights,
                           const struct gpu *gpu);
/* The same on several GPUs, NULL among them passed over: "BF16 or FP16" where they differ. */
const char *phrase_weights_among(struct arena *arena, const struct model *model,
                                 enum precision weights, const struct gpu *const *gpus,
                                 size_t count);
/* "a", "a and b", "a, b and c". */
const char *phrase_list(struct arena *arena, const char *const *items, size_t count);
/* Why an API price is shown but not ranked; NULL when it is. */
const char *phrase_unranked(bool stale, bool doubtful);
/* "does not fit": a reason in two or three words. */
const char *phrase_reason(enum reason reason);
/* What stands in the way of computing anything on the GPU: "its bandwidth is"; "a figure is" where
   all of the GPU that it takes is known. */
const char *phrase_unknown(const struct gpu *gpu);
/* A number in a derivation: at most six significant digits, "1.411e11" when large. */
const char *phrase_formula_number(struct arena *arena, double value);
/* The short name of a GPU or, without one, its name. */
const char *phrase_gpu(const struct gpu *gpu);

/* The engine's own spelling, "vLLM" for "vllm"; the text itself when no calibration names it. */
const char *phrase_engine(const struct page_plan *plan, const char *engine);

#endif
