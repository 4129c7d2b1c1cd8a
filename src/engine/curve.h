/* How one combination behaves along the context and along the batch: memory traffic, bottleneck,
   theory beside the calibrated engine beside measurements. Pure; the caller owns the points. */
#ifndef ENGINE_CURVE_H
#define ENGINE_CURVE_H

#include "catalog/benchmark.h"
#include "engine/estimate.h"

struct curve_point {
    double context_tokens, batch;
    struct outcome ours;          /* the scenario's engine; feasible or with a reason */
    struct outcome theory;        /* first principles at the whole peaks, static */
    double kv_bytes;              /* of one sequence at this context */
    double read_bytes;            /* by one decode step: the weights it touches and all KV */
    double kv_share;              /* of those */
    double bandwidth_bytes_per_s; /* effective: read_bytes over the step's time */
    double bandwidth_share;       /* of the GPUs' peak together */
    double waste_share;   /* of the KV blocks held: the last of each sequence is half empty */
    double prefill_share; /* of a request's time */
};

struct curve_ask {
    double batch;        /* sequences: of a context curve, or the most of a batch curve */
    double reply_tokens; /* contexts: the last of each are generated */
    double per_doubling; /* contexts: points for each doubling */
    bool with_theory;    /* else theory is left infeasible */
};

/* Contexts of 1,024 tokens up to the model's longest, at the asked batch or what fits of it. Ends
   where nothing fits. */
size_t curve_contexts(const struct scenario *scenario, const struct curve_ask *ask,
                      struct curve_point *points, size_t most);
/* The same of a combination that was begun, without theory; its workload is another afterwards. */
struct combination;
size_t curve_contexts_of(struct combination *begun, const struct curve_ask *ask,
                         struct curve_point *points, size_t most);
/* Batches 1, 2, 4 ... and the largest that fits. */
size_t curve_batches(const struct scenario *scenario, const struct curve_ask *ask,
                     struct curve_point *points, size_t most);
/* Context at which the KV of `batch` sequences is as large as the weights; INFINITY when it never
   is within 100 million tokens. */
double curve_crossover(const struct model *model, enum precision weights, enum precision kv,
                       double batch);

/* True when a row was measured on the scenario's model, GPUs, precision, engine (any when the
   scenario has none) and lengths, at a stated batch. */
bool curve_measures(const struct scenario *scenario, const struct benchmark *row);

#endif
