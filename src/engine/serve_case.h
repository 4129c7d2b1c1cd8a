/* A scenario as the calibrated engine serves it: shared by calibrated.c, accuracy and fitting. */
#ifndef ENGINE_SERVE_CASE_H
#define ENGINE_SERVE_CASE_H

#include "engine/estimate.h"
#include "engine/serve.h"
#include "engine/shape.h"

/* Why a result lies outside the data of its calibration; NULL when inside. Static text. */
const char *calibrated_extrapolated(const struct scenario *scenario, uint32_t tensor_parallel,
                                    double batch);
/* Sets the degrees that the scenario leaves open as its engine does: llama.cpp splits layers. */
void calibrated_lay_out(struct scenario *scenario);
/* What of a replica's case does not change with the batch. */
struct calibrated_case {
    struct calibrated_place { /* what the shape is of; kept while it stays the same */
        const struct model *model;
        const struct gpu *gpu;
        const struct calibration *calibration;
        enum precision weights, kv;
        struct shape_layout layout;
    } place;
    struct calibration_family family; /* of that GPU */
    struct step_shape shape;
    struct serve_case serve;
    struct serve_steady steady; /* of that */
    const char *outside; /* why every batch lies outside the data; NULL: not every one does */
};
/* For an outcome that estimate_begin found feasible; false when the GPU's row lacks a figure.
   Zeroed memory is a fresh case; one that was prepared before keeps what is still true. */
bool calibrated_prepare(const struct scenario *scenario, const struct outcome *begun,
                        struct calibrated_case *ready);
/* Times and rates of such an outcome; its batch and memory count. */
void calibrated_finish(const struct scenario *scenario, const struct calibrated_case *ready,
                       struct outcome *begun);
/* Only what a caller of such an outcome waits and pays for, at another batch. */
struct pace calibrated_pace(const struct scenario *scenario, const struct calibrated_case *ready,
                            const struct outcome *begun, double batch);
/* The same with a decode step taken apart, all but its FLOP. */
struct pace calibrated_pace_parts(const struct scenario *scenario,
                                  const struct calibrated_case *ready, const struct outcome *begun,
                                  double batch, struct phase *decode);

#endif
