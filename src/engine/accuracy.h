/* Predicted against measured: one benchmark row at a time, and summed up. */
#ifndef ENGINE_ACCURACY_H
#define ENGINE_ACCURACY_H

#include "base/arena.h"
#include "catalog/benchmark.h"
#include "catalog/calibration.h"
#include "engine/estimate.h"
#include "engine/serve.h"

/* What a row is an example of; the summaries and the aims are by class. */
enum accuracy_class {
    ACCURACY_DENSE,          /* batch stated, the KV cache holds it */
    ACCURACY_EXPERTS,        /* the same, mixture of experts */
    ACCURACY_MAX_THROUGHPUT, /* the engine chose the batch */
    ACCURACY_SINGLE_STREAM,
    ACCURACY_WAVES, /* more sequences than the KV cache holds */
    ACCURACY_CLASSES
};
const char *accuracy_class_name(enum accuracy_class kind); /* "dense", "experts" ... */

/* A row made ready: everything that does not depend on the calibration's values. */
struct accuracy_case {
    const struct benchmark *row;
    const char *skipped; /* reason code, NULL when it can be predicted */
    const struct calibration *calibration;
    bool borrowed; /* of another engine: this one was never measured */
    struct step_shape shape;
    struct serve_case serve; /* without its model */
    double replicas;
    enum accuracy_class kind;
    enum precision weights, kv;
    uint32_t tensor_parallel;
};

/* Reasons to skip: unknown-model, unknown-gpu, unknown-engine, lengths-missing, does-not-fit,
   heads-not-divisible, precision-unsupported, spec-missing. */
struct accuracy_case accuracy_prepare(const struct benchmark *row,
                                      const struct calibration_set *set);
struct accuracy_prediction {
    double value; /* in the row's metric */
    double ratio; /* predicted / measured throughput of the whole system where the row gives it: a
                     time per token alone says little when requests queue; else of the metric */
};
/* With a model folded from c->shape. */
struct accuracy_prediction accuracy_predict(const struct accuracy_case *c,
                                            const struct step_model *model);

/* The whole serving result of a row whose requests come and go. */
struct serve_result accuracy_serve(const struct accuracy_case *c, const struct step_model *model);

struct accuracy_row {
    const struct benchmark *row;
    const char *skipped; /* reason code or NULL */
    const struct calibration *calibration;
    enum accuracy_class kind;
    double predicted, ratio; /* as in accuracy_prediction; NaN when skipped */
    enum provenance provenance;
    const char *why; /* it is extrapolated; NULL otherwise */
};

struct accuracy_row accuracy_of(const struct benchmark *row, const struct calibration_set *set);
/* The same with the basic model of the article at these shares of the peaks, whatever engine was
   measured; memory does not cap a stated batch. Reasons to skip: those of accuracy_prepare but
   unknown-engine, and those of estimate(). */
struct accuracy_row accuracy_first_principles(const struct benchmark *row,
                                              double compute_efficiency, double memory_efficiency);

struct accuracy_summary {
    const char *key; /* "all", or the engine, GPU id, model id, source, class */
    size_t rows, predicted, skipped;
    double mean, median, within_25; /* of |ratio - 1|; NaN when nothing was predicted */
    double bias;                    /* geometric mean of ratio, less 1 */
};
enum accuracy_key {
    ACCURACY_BY_ALL,
    ACCURACY_BY_CLASS,
    ACCURACY_BY_ENGINE,
    ACCURACY_BY_GPU,
    ACCURACY_BY_MODEL,
    ACCURACY_BY_SOURCE
};
/* One summary for each value of the key, in bytewise order. */
struct accuracy_summary *accuracy_summarise(struct arena *arena, const struct accuracy_row *rows,
                                            size_t count, enum accuracy_key key, size_t *found);
/* Indices of the `most` rows with the largest |log ratio|, worst first; the count found. */
size_t accuracy_worst(struct arena *arena, const struct accuracy_row *rows, size_t count,
                      size_t most, size_t *worst);
/* The value of the key a row has ("unknown" when it has none). */
const char *accuracy_key_of(const struct accuracy_row *row, enum accuracy_key key);

#endif
