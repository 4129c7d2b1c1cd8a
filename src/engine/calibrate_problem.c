/* What a fit starts from: its variables with their priors, the weight of each row. */
#include "engine/calibrate_problem.h"

#include <math.h>
#include <string.h>

#define DEFAULT_EVALUATIONS 120

/* How far an engine's own value may lie from the shared one, in natural logarithms; 0: not at all.
   Kernels differ little between engines, host work and latencies much. */
static const double own_sigma[CALIBRATION_PARAMETERS] = {
    [CAL_WEIGHT_EFFICIENCY] = 0.1, [CAL_KV_EFFICIENCY] = 0.25,   [CAL_COMPUTE_16] = 0.15,
    [CAL_COMPUTE_8] = 0.15,        [CAL_COMPUTE_UNPACKED] = 0.3, [CAL_PREFILL_ATTENTION] = 0.25,
    [CAL_DECODE_ATTENTION] = 0.5,  [CAL_ALL_REDUCE_S] = 0.5,     [CAL_STEP_S] = 0.8,
    [CAL_LAYER_S] = 0.5,           [CAL_SEQUENCE_S] = 0.6,       [CAL_REQUEST_S] = 0.7,
    [CAL_EXPERT_LAYER_S] = 0.3,
};

static void add_variable(struct calibrate_problem *p, struct variable v) {
    p->variables[p->variable_count++] = v;
}

static bool has_rows(const struct calibrate_problem *p, size_t software) {
    for (size_t i = 0; i < p->count; i++)
        if (p->used[i] && p->case_software[i] == software)
            return true;
    return false;
}

static void add_parameters(struct calibrate_problem *p) {
    for (size_t k = 0; k < CALIBRATION_PARAMETERS; k++) {
        const struct calibration_parameter_info *info = &calibration_parameters[k];
        double low = fmax(info->low, 1e-12);
        add_variable(p, (struct variable){.kind = SHARED,
                                          .parameter = k,
                                          .prior = log(info->prior),
                                          .low = log(low),
                                          .high = log(info->high),
                                          .sigma = info->sigma});
        for (size_t s = 0; s < p->software_count && own_sigma[k] > 0; s++)
            if (has_rows(p, s))
                add_variable(p, (struct variable){.kind = OWN,
                                                  .parameter = k,
                                                  .software = s,
                                                  .low = -3,
                                                  .high = 3,
                                                  .sigma = own_sigma[k]});
    }
}

/* What is known of a family before any row: GeForce parts are measured with llama.cpp, which
   accumulates in fp16 at twice the rate; plain matrix products reach 668 of 1,307 TFLOP/s on MI300X
   and 795 of 989 on H100 (stas00/ml-engineering, maximum achievable matmul FLOPS). */
static double family_prior(const char *name) {
    if (strstr(name, "GeForce"))
        return log(2);
    return strncmp(name, "CDNA", 4) == 0 ? log((668.4 / 1307) / (794.5 / 989)) : 0;
}

/* The family with most rows is the yardstick: its factors stay near 1. */
static void add_families(struct calibrate_problem *p, size_t yardstick) {
    for (size_t f = 0; f < p->family_count; f++) {
        double free = f == yardstick ? 0.01 : 1;
        add_variable(p, (struct variable){.kind = FAMILY_COMPUTE,
                                          .family = f,
                                          .prior = family_prior(p->family[f]),
                                          .low = log(0.4),
                                          .high = log(3),
                                          .sigma = 0.15 * free});
        add_variable(p, (struct variable){.kind = FAMILY_MEMORY,
                                          .family = f,
                                          .low = log(0.5),
                                          .high = log(1.3),
                                          .sigma = 0.1 * free});
    }
}

static size_t family_index(struct calibrate_problem *p, const char *name) {
    for (size_t f = 0; f < p->family_count; f++)
        if (strcmp(p->family[f], name) == 0)
            return f;
    if (p->family_count == CALIBRATION_FAMILIES)
        return CALIBRATION_FAMILIES - 1;
    p->family[p->family_count] = name;
    return p->family_count++;
}

static const char *source_of(const struct accuracy_case *c) {
    return c->row->source ? c->row->source : "";
}

static void set_weights(struct calibrate_problem *p) {
    for (size_t i = 0; i < p->count; i++) {
        size_t alike = 0;
        for (size_t j = 0; j < p->count; j++)
            alike += p->used[j] && p->case_software[i] == p->case_software[j] &&
                     strcmp(source_of(&p->cases[i]), source_of(&p->cases[j])) == 0;
        p->weight[i] = alike ? 1 / sqrt((double)alike) : 0;
    }
}

/* A family's factors as some calibration knows them. */
static double known_factor(const struct calibrate_problem *p, const struct variable *v) {
    for (size_t k = 0; k < p->software_count; k++)
        for (size_t f = 0; f < p->software[k].family_count; f++) {
            const struct calibration_family *known = &p->software[k].family[f];
            if (strcmp(known->name, p->family[v->family]) == 0)
                return log(v->kind == FAMILY_COMPUTE ? known->compute : known->memory);
        }
    return v->prior;
}

static void start_from(struct calibrate_problem *p, bool warm) {
    for (size_t v = 0; v < p->variable_count; v++) {
        const struct variable *var = &p->variables[v];
        p->x[v] = var->prior;
        if (!warm || p->software_count == 0)
            continue;
        const struct calibration *first = &p->software[0];
        if (var->kind == FAMILY_COMPUTE || var->kind == FAMILY_MEMORY)
            p->x[v] = known_factor(p, var);
        if (var->kind == SHARED && first->value[var->parameter] > 0)
            p->x[v] = log(first->value[var->parameter]);
        if (var->kind == OWN && first->value[var->parameter] > 0)
            p->x[v] = log(p->software[var->software].value[var->parameter] /
                          first->value[var->parameter]);
    }
}

struct calibrate_problem *calibrate_new(struct arena *arena, const struct accuracy_case *cases,
                                        size_t count, const struct calibration_set *set,
                                        struct calibrate_options options) {
    struct calibrate_problem *p = ARENA_NEW(arena, struct calibrate_problem);
    size_t rows_of[CALIBRATION_FAMILIES] = {0}, yardstick = 0;
    *p = (struct calibrate_problem){.arena = arena,
                                    .cases = cases,
                                    .count = count,
                                    .software = set->items,
                                    .software_count = set->count,
                                    .evaluations = options.evaluations ? options.evaluations
                                                                       : DEFAULT_EVALUATIONS};
    p->case_software = ARENA_ARRAY(arena, count + 1, size_t);
    p->case_family = ARENA_ARRAY(arena, count + 1, size_t);
    p->weight = ARENA_ARRAY(arena, count + 1, double);
    p->used = ARENA_ARRAY(arena, count + 1, bool);
    for (size_t i = 0; i < count; i++) {
        p->used[i] = !cases[i].skipped && cases[i].row->value > 0;
        if (!p->used[i])
            continue;
        p->case_software[i] = (size_t)(cases[i].calibration - set->items);
        p->case_family[i] = family_index(p, calibration_family_name(cases[i].row->gpu));
        rows_of[p->case_family[i]]++;
    }
    for (size_t f = 1; f < p->family_count; f++)
        yardstick = rows_of[f] > rows_of[yardstick] ? f : yardstick;
    set_weights(p);
    size_t most = CALIBRATION_PARAMETERS * (1 + set->count) + 2 * CALIBRATION_FAMILIES;
    p->variables = ARENA_ARRAY(arena, most, struct variable);
    add_parameters(p);
    add_families(p, yardstick);
    p->x = ARENA_ARRAY(arena, p->variable_count, double);
    start_from(p, options.warm);
    return p;
}
