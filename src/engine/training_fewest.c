/* The fewest GPUs that hold a training, and the layout that needs them. */
#include "engine/training_layout.h"

#include <math.h>

enum { MOST_GPUS = 1024, MOST_BY_NODE = 128 };

/* One node GPU by GPU, whole nodes up to 128 GPUs, then doubling. */
static uint32_t next_count(uint32_t n, uint32_t node) {
    if (n < node)
        return n + 1;
    return n < MOST_BY_NODE ? n + node : 2 * n;
}

static bool heads_split(struct training_layouts *kept, const struct model *model, uint32_t degree) {
    if (degree > TRAINING_KEPT_DEGREES)
        return memory_tensor_parallel_fits(model, degree);
    enum training_split *split = &kept->split[degree - 1];
    if (*split == TRAINING_SPLIT_UNKNOWN)
        *split = memory_tensor_parallel_fits(model, degree) ? TRAINING_SPLITS : TRAINING_SPLITS_NOT;
    return *split == TRAINING_SPLITS;
}

static void lay_out(struct training_layout *layout, const struct training *t) {
    *layout = training_layout_of(t);
    layout->least_total = training_memory_in(t, layout, INFINITY).total;
}

/* `stage` is the logarithm of the pipeline stages; `room` is for a layout that is not kept. */
static const struct training_layout *layout_of(struct training_layouts *kept,
                                               const struct training *t, uint32_t stage,
                                               struct training_layout *room) {
    struct training_layout *layout = room;
    if (t->tensor_parallel <= TRAINING_KEPT_DEGREES && stage < TRAINING_KEPT_STAGES)
        layout = &kept->layout[t->tensor_parallel - 1][stage];
    if (layout == room || !layout->known)
        lay_out(layout, t);
    return layout;
}

/* Fits when the fullest GPU's total does. Leaves the layout that does in `trial`. */
static bool fits_with(struct training_layouts *kept, struct training *trial, uint32_t degree,
                      struct training_layout *layout) {
    uint32_t n = trial->gpu_count / degree;
    trial->tensor_parallel = degree;
    for (uint32_t stage = 0; 1u << stage <= n && 1u << stage <= trial->model->layer_count;
         stage++) {
        trial->pipeline_parallel = 1u << stage;
        if (n % trial->pipeline_parallel)
            continue;
        const struct training_layout *of = layout_of(kept, trial, stage, layout);
        double most = trial->gpu->memory_bytes;
        if (of->least_total <= most &&
            training_memory_in(trial, of, n / trial->pipeline_parallel).total <= most) {
            *layout = *of;
            return true;
        }
    }
    return false;
}

/* Sets count and degrees of `trial`; false when there are none. */
static bool search(struct training_layouts *kept, struct training *trial, uint32_t node,
                   struct training_layout *layout) {
    for (uint32_t n = 1; n <= MOST_GPUS; n = next_count(n, node))
        for (uint32_t degree = 1; degree <= node && degree <= n; degree++) {
            if (n % degree || !heads_split(kept, trial->model, degree))
                continue;
            trial->gpu_count = n;
            if (fits_with(kept, trial, degree, layout))
                return true;
        }
    return false;
}

/* The same, as it was found for a GPU of this size before. */
static bool find(struct training_layouts *kept, struct training *trial,
                 struct training_layout *layout) {
    double memory = trial->gpu->memory_bytes;
    uint32_t node = trial->gpu->max_per_node ? trial->gpu->max_per_node : 8;
    if (!(memory > 0))
        return false;
    size_t i = 0;
    while (i < kept->size_count &&
           (kept->sizes[i].memory_bytes != memory || kept->sizes[i].node != node))
        i++;
    if (i == TRAINING_KEPT_SIZES)
        return search(kept, trial, node, layout);
    struct training_fewest *fewest = &kept->sizes[i];
    if (i == kept->size_count) {
        bool found = search(kept, trial, node, &fewest->layout);
        fewest->memory_bytes = memory;
        fewest->node = node;
        fewest->gpus = found ? trial->gpu_count : 0;
        fewest->tensor_parallel = trial->tensor_parallel;
        fewest->pipeline_parallel = trial->pipeline_parallel;
        kept->size_count++;
    }
    trial->gpu_count = fewest->gpus;
    trial->tensor_parallel = fewest->tensor_parallel;
    trial->pipeline_parallel = fewest->pipeline_parallel;
    *layout = fewest->layout;
    return fewest->gpus > 0;
}

uint32_t training_min_gpus(const struct training *t, uint32_t *tensor, uint32_t *pipeline) {
    struct training_layouts kept = {0};
    struct training trial = *t;
    struct training_layout layout;
    *tensor = *pipeline = 0;
    if (!find(&kept, &trial, &layout))
        return 0;
    *tensor = trial.tensor_parallel;
    *pipeline = trial.pipeline_parallel;
    return trial.gpu_count;
}

struct training_outcome training_on_fewest(struct training_layouts *kept,
                                           const struct training *t) {
    struct training trial = *t;
    struct training_layout layout;
    if (!find(kept, &trial, &layout))
        return (struct training_outcome){.reason = REASON_DOES_NOT_FIT};
    if (!kept->work.known)
        kept->work = training_work_of(t);
    struct training_outcome out = training_outcome_of(&trial, &kept->work, &layout);
    out.min_gpus = trial.gpu_count;
    out.min_tensor_parallel = trial.tensor_parallel;
    out.min_pipeline_parallel = trial.pipeline_parallel;
    return out;
}
