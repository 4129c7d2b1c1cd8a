/* What weights are called: on a GPU older than bfloat16, and where a checkpoint's own groups are
   not the format's usual ones. */
#ifndef CATALOG_WEIGHTS_H
#define CATALOG_WEIGHTS_H

#include "catalog/gpu.h"
#include "catalog/model.h"

/* The format as the GPU computes it: one older than bfloat16 takes such weights and caches as FP16,
   at the same size and rate (CUDA Programming Guide: bfloat16 from compute capability 8.0 on). */
enum precision weights_on(enum precision precision, const struct gpu *gpu);
/* "BF16", "GPTQ INT3 g64". Without a GPU (NULL) as stored, without a model as usual. */
const char *weights_name(const struct model *model, enum precision weights, const struct gpu *gpu);

#endif
