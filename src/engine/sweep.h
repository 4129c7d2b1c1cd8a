/* Every combination of a model with the site's GPU counts, precisions, workloads and batches. */
#ifndef ENGINE_SWEEP_H
#define ENGINE_SWEEP_H

#include "engine/combination.h"
#include "engine/quote.h"

struct sweep {
    const struct catalog *catalog;
    const struct gpu *const *gpus; /* to visit, in this order */
    size_t gpu_count;
    const struct calibration *calibration; /* NULL: first principles */
    enum serving serving;
    double compute_efficiency, memory_efficiency; /* first principles; 1 = peak */
};

struct sweep_row {
    const struct scenario *scenario;
    const struct workload *workload;
    const struct outcome *outcome; /* infeasible ones too, with their reason */
};
/* Valid during the call only. */
typedef void sweep_visit(void *context, const struct sweep_row *row);

/* Visits GPU, count, precision, workload, batch in that order, the last fastest. No allocation; any
   number of threads may sweep different models at once. */
void sweep_model(const struct sweep *sweep, const struct model *model, sweep_visit *visit,
                 void *context);

/* The precisions a model is swept and searched in: the checkpoint's own first (16 bit for what was
   stored wider), then the site's others. At most `max`; returns how many. */
size_t sweep_precisions(const struct site *site, const struct model *model,
                        enum precision *precisions, size_t max);
enum precision sweep_own_precision(const struct model *model);

#endif
