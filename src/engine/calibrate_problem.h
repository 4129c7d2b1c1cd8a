/* The variables of a fit and what they mean. Private to calibrate_problem.c, which makes them,
   calibrate.c, which fits them, and calibrate_result.c, which hands them out. */
#ifndef ENGINE_CALIBRATE_PROBLEM_H
#define ENGINE_CALIBRATE_PROBLEM_H

#include "engine/calibrate.h"

enum variable_kind { SHARED, OWN, FAMILY_COMPUTE, FAMILY_MEMORY };

/* One number that is fitted, as a natural logarithm. A parameter of one software is the shared
   value times its own factor. */
struct variable {
    enum variable_kind kind;
    size_t parameter, software, family;
    double prior, low, high, sigma;
};

struct calibrate_problem {
    struct arena *arena;
    const struct accuracy_case *cases;
    size_t count;
    const struct calibration *software; /* items of the set */
    size_t software_count;
    const char *family[CALIBRATION_FAMILIES];
    size_t family_count;
    size_t *case_software, *case_family; /* by case */
    double *weight;
    bool *used;
    double weight_sum;
    struct variable *variables;
    size_t variable_count;
    double *x;
    unsigned evaluations;
};

/* The calibration of one software under x, with its family factors. */
void problem_expand(const struct calibrate_problem *p, const double *x, size_t software,
                    struct calibration *out);
/* Ratio of one case under an expanded calibration. */
double problem_ratio(const struct calibrate_problem *p, size_t index,
                     const struct calibration *expanded);

#endif
