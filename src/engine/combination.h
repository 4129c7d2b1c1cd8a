/* One (model, GPU, count, precision) prepared once and then asked for many workloads and batches:
   what a sweep and a search over configurations share. No allocation. */
#ifndef ENGINE_COMBINATION_H
#define ENGINE_COMBINATION_H

#include "engine/estimate.h"
#include "engine/first_principles.h"
#include "engine/serve_case.h"

struct combination {
    struct scenario scenario;  /* of the workload set last */
    struct fp_kernel kernel;   /* first principles only */
    enum reason own_reason;    /* that no workload or batch can lift */
    struct memory_case memory; /* one replica */
    struct memory_kv kv;       /* of that case */
    double kv_budget_per_gpu_bytes, weights_bytes, kv_bytes_per_token;
    double laid_out_bytes, loaded_per_gpu_bytes; /* of the weights, as the case splits them */
    double activation_per_gpu_bytes;             /* of the case on a GPU of that class */
    bool large_gpu;
    struct calibrated_case ready; /* calibrated engines only */
    struct outcome begun;         /* everything that does not depend on the batch */
};

/* Everything of the scenario but its lengths and batch counts. A combination that was begun before
   keeps what depends on the same model, precisions, layout or GPU only: they must not have changed
   where they lie. Zeroed memory is a fresh one. */
void combination_begin(struct combination *combination, const struct scenario *scenario);
void combination_workload(struct combination *combination, double input_tokens,
                          double output_tokens);
/* The same as estimate() with that batch (0 = the largest that fits), but the longest context and
   the fewest GPUs, which take a search of their own: NaN and 0. */
struct outcome combination_at(const struct combination *combination, double batch);
/* The same into a copy of `begun` or of an earlier answer to the same workload. */
void combination_fill(const struct combination *combination, double batch, struct outcome *out);
/* What combination_at() says of its rates and times, for less. */
struct pace combination_pace(const struct combination *combination, double batch);
/* The same with a decode step taken apart, all but its FLOP. */
struct pace combination_pace_parts(const struct combination *combination, double batch,
                                   struct phase *decode);
/* Longest context of one sequence; NaN where no workload runs. */
double combination_max_context(struct combination *combination);
/* Largest batch that fits, all replicas together; 0 when none. */
double combination_max_batch(const struct combination *combination);

#endif
