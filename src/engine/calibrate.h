/* Fitting calibrations to measured rows: all engines together, so that each leans on the others
   where its own rows say little. */
#ifndef ENGINE_CALIBRATE_H
#define ENGINE_CALIBRATE_H

#include "base/arena.h"
#include "engine/accuracy.h"

/* Rows of a case are used with weight n^-1/2 of their source and engine, so that no large sweep
   drowns the others. Cases that are skipped are ignored. Every case's calibration must be an item
   of `set`: its engine, version and until are kept, its values are where the search starts when
   `warm`, else the priors. */
struct calibrate_options {
    unsigned evaluations; /* of the objective with its gradient; 0: 80 */
    bool warm;
};

struct calibrate_problem;

struct calibrate_problem *calibrate_new(struct arena *arena, const struct accuracy_case *cases,
                                        size_t count, const struct calibration_set *set,
                                        struct calibrate_options options);
/* Minimises the robust loss plus the priors (nlopt, L-BFGS within bounds). Deterministic. */
void calibrate_fit(struct calibrate_problem *problem);
/* Ratio predicted / measured of each case with the current values; NaN where skipped. */
void calibrate_ratios(const struct calibrate_problem *problem, double *ratios);
/* Each case predicted by a fit that never saw the rows with its value of the key. */
void calibrate_left_out(const struct calibrate_problem *problem, enum accuracy_key key,
                        unsigned evaluations, double *ratios);
/* The fitted set, in the order of the given one, with range, rows, sources and in-sample error. */
struct calibration_set calibrate_result(const struct calibrate_problem *problem,
                                        struct arena *arena);
/* Error of one software's cases among ratios (dense and experts, single streams and
   max-throughput alike; waves are left apart). */
struct calibration_error calibrate_error(const struct calibrate_problem *problem,
                                         const struct calibration *software, const double *ratios,
                                         struct arena *scratch);

#endif
