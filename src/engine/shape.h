/* Sizes of a model spread over GPUs: what step.h needs to know, from the catalog's structs. */
#ifndef ENGINE_SHAPE_H
#define ENGINE_SHAPE_H

#include "catalog/gpu.h"
#include "catalog/model.h"
#include "engine/step.h"

/* One replica: tensor_parallel GPUs hold each layer. attention_replicas > 1: that many groups run
   attention for their own sequences with whole copies of it, and share the routed experts (data
   parallel attention, DeepSeek-V3, arXiv 2412.19437 section 3.4). */
struct shape_layout {
    uint32_t tensor_parallel, expert_parallel, attention_replicas;
};

struct step_shape shape_of(const struct model *model, const struct gpu *gpu, enum precision weights,
                           enum precision kv, struct shape_layout layout);
/* What no weights and no GPU change of it: for parameters_keep(). */
struct step_shape shape_frame(const struct model *model, enum precision kv,
                              struct shape_layout layout);
/* The same model, precisions and layout on another GPU. */
void shape_move(struct step_shape *shape, const struct gpu *gpu, enum precision weights);

#endif
