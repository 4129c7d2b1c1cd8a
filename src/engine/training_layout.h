/* What training takes of one GPU before data parallelism divides it. Private to training*.c. */
#ifndef ENGINE_TRAINING_LAYOUT_H
#define ENGINE_TRAINING_LAYOUT_H

#include "engine/training.h"

/* Of the training's tensor x pipeline degrees; its GPU and their count do not matter. */
struct training_layout training_layout_of(const struct training *t);
/* The same divided over n data-parallel ranks by ZeRO, with what is off-loaded to the host. */
struct training_memory training_memory_in(const struct training *t,
                                          const struct training_layout *layout, double n);
/* FLOPs of a token and the parameters trained: of the model and method, on whatever GPU. */
struct training_work training_work_of(const struct training *t);
/* training_estimate() without the search for the fewest GPUs. */
struct training_outcome training_outcome_of(const struct training *t,
                                            const struct training_work *work,
                                            const struct training_layout *layout);

#endif
