/* The objective of a fit, its gradient by differences, and nlopt. */
#include "engine/calibrate_problem.h"

#include <math.h>
#include <nlopt.h>
#include <string.h>

#define DEFAULT_EVALUATIONS 120
#define LEFT_OUT_EVALUATIONS 30
#define PRIOR_WEIGHT 6e-5 /* against the mean loss of a row */
#define LOSS_SCALE 0.06   /* errors below are squared, above they count as they are */
#define LOSS_CAP 1.0      /* an outlier never costs more */
#define STEP 1e-4

/* How far an engine's own value may lie from the shared one, in natural logarithms; 0: not at all.
   Kernels differ little between engines, host work and latencies much. */
static const double own_sigma[CALIBRATION_PARAMETERS] = {
    [CAL_WEIGHT_EFFICIENCY] = 0.1, [CAL_KV_EFFICIENCY] = 0.25,   [CAL_COMPUTE_16] = 0.15,
    [CAL_COMPUTE_8] = 0.15,        [CAL_COMPUTE_UNPACKED] = 0.3, [CAL_PREFILL_ATTENTION] = 0.25,
    [CAL_DECODE_ATTENTION] = 0.5,  [CAL_ALL_REDUCE_S] = 0.5,     [CAL_STEP_S] = 0.8,
    [CAL_LAYER_S] = 0.5,           [CAL_SEQUENCE_S] = 0.6,       [CAL_REQUEST_S] = 0.7,
    [CAL_EXPERT_LAYER_S] = 0.3,
};

/* Smooth, linear in large errors and bounded in absurd ones. */
static double loss(double log_ratio) {
    if (!isfinite(log_ratio))
        return LOSS_CAP;
    double scaled = log_ratio / LOSS_SCALE;
    double size = LOSS_SCALE * (sqrt(1 + scaled * scaled) - 1);
    return LOSS_CAP * size / (LOSS_CAP + size);
}

static double clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

static bool is_llama_cpp(const struct calibration *software) {
    return strcmp(software->engine, "llama.cpp") == 0;
}

void problem_expand(const struct calibrate_problem *p, const double *x, size_t software,
                    struct calibration *out) {
    *out = p->software[software];
    out->family_count = p->family_count;
    double sum[CALIBRATION_PARAMETERS] = {0};
    for (size_t f = 0; f < p->family_count; f++)
        out->family[f] =
            (struct calibration_family){.name = p->family[f], .compute = 1, .memory = 1};
    for (size_t v = 0; v < p->variable_count; v++) {
        const struct variable *var = &p->variables[v];
        if (var->kind == SHARED || (var->kind == OWN && var->software == software))
            sum[var->parameter] += x[v];
        else if (var->kind == FAMILY_COMPUTE)
            out->family[var->family].compute = exp(x[v]);
        else if (var->kind == FAMILY_MEMORY)
            out->family[var->family].memory = exp(x[v]);
    }
    for (size_t k = 0; k < CALIBRATION_PARAMETERS; k++)
        out->value[k] =
            clamp(exp(sum[k]), calibration_parameters[k].low, calibration_parameters[k].high);
    if (!is_llama_cpp(out)) /* fused attention keeps no scores; kernels are made for these GPUs */
        out->value[CAL_SCORE_BYTES] = out->value[CAL_STREAM_LIMIT] = 0;
}

double problem_ratio(const struct calibrate_problem *p, size_t index,
                     const struct calibration *expanded) {
    const struct accuracy_case *c = &p->cases[index];
    struct step_model model =
        step_model_make(&c->shape, expanded, expanded->family[p->case_family[index]]);
    return accuracy_predict(c, &model).ratio;
}

static double case_loss(const struct calibrate_problem *p, size_t i,
                        const struct calibration *expanded) {
    return p->weight[i] * loss(log(problem_ratio(p, i, &expanded[p->case_software[i]])));
}

static double prior_cost(const struct calibrate_problem *p, const double *x) {
    double sum = 0;
    for (size_t v = 0; v < p->variable_count; v++) {
        double z = (x[v] - p->variables[v].prior) / p->variables[v].sigma;
        sum += z * z;
    }
    return PRIOR_WEIGHT * sum;
}

/* Rows that a variable can change. */
static bool touches(const struct calibrate_problem *p, const struct variable *v, size_t i) {
    if (v->kind == SHARED)
        return true;
    return v->kind == OWN ? v->software == p->case_software[i] : v->family == p->case_family[i];
}

static void gradient_of(const struct calibrate_problem *p, double *x, const double *losses,
                        struct calibration *expanded, double *gradient) {
    for (size_t v = 0; v < p->variable_count; v++) {
        const struct variable *var = &p->variables[v];
        double kept = x[v], sum = 0;
        x[v] = kept + STEP;
        for (size_t k = 0; k < p->software_count; k++)
            problem_expand(p, x, k, &expanded[k]);
        for (size_t i = 0; i < p->count; i++)
            if (p->used[i] && touches(p, var, i))
                sum += case_loss(p, i, expanded) - losses[i];
        x[v] = kept;
        gradient[v] = sum / STEP / p->weight_sum +
                      2 * PRIOR_WEIGHT * (kept - var->prior) / (var->sigma * var->sigma);
    }
}

struct search {
    const struct calibrate_problem *problem;
    double *x, *losses;
    struct calibration *expanded;
};

static double objective(unsigned n, const double *x, double *gradient, void *data) {
    struct search *search = data;
    const struct calibrate_problem *p = search->problem;
    double sum = 0;
    memcpy(search->x, x, n * sizeof *x);
    for (size_t k = 0; k < p->software_count; k++)
        problem_expand(p, x, k, &search->expanded[k]);
    for (size_t i = 0; i < p->count; i++) {
        search->losses[i] = p->used[i] ? case_loss(p, i, search->expanded) : 0;
        sum += search->losses[i];
    }
    double value = sum / p->weight_sum + prior_cost(p, x);
    if (gradient)
        gradient_of(p, search->x, search->losses, search->expanded, gradient);
    return value;
}

static void minimise(struct calibrate_problem *p, unsigned evaluations) {
    size_t n = p->variable_count;
    double *low = ARENA_ARRAY(p->arena, n, double), *high = ARENA_ARRAY(p->arena, n, double);
    struct search search = {p, ARENA_ARRAY(p->arena, n, double),
                            ARENA_ARRAY(p->arena, p->count + 1, double),
                            ARENA_ARRAY(p->arena, p->software_count, struct calibration)};
    p->weight_sum = 0;
    for (size_t i = 0; i < p->count; i++)
        p->weight_sum += p->used[i] ? p->weight[i] : 0;
    for (size_t v = 0; v < n; v++) {
        low[v] = p->variables[v].low;
        high[v] = p->variables[v].high;
        p->x[v] = clamp(p->x[v], low[v], high[v]);
    }
    if (p->weight_sum <= 0)
        return;
    nlopt_opt opt = nlopt_create(NLOPT_LD_LBFGS, (unsigned)n);
    nlopt_set_lower_bounds(opt, low);
    nlopt_set_upper_bounds(opt, high);
    nlopt_set_min_objective(opt, objective, &search);
    nlopt_set_maxeval(opt, (int)evaluations);
    nlopt_set_ftol_rel(opt, 1e-6);
    double value;
    nlopt_optimize(opt, p->x, &value); /* a failed line search keeps the best x so far */
    nlopt_destroy(opt);
}

void calibrate_fit(struct calibrate_problem *p) {
    minimise(p, p->evaluations);
}

void calibrate_ratios(const struct calibrate_problem *p, double *ratios) {
    struct calibration *expanded = ARENA_ARRAY(p->arena, p->software_count, struct calibration);
    for (size_t k = 0; k < p->software_count; k++)
        problem_expand(p, p->x, k, &expanded[k]);
    for (size_t i = 0; i < p->count; i++)
        ratios[i] = p->cases[i].skipped ? NAN : problem_ratio(p, i, &expanded[p->case_software[i]]);
}

static const char *key_of(const struct accuracy_case *c, enum accuracy_key key) {
    struct accuracy_row row = {.row = c->row, .skipped = c->skipped, .kind = c->kind};
    return accuracy_key_of(&row, key);
}

/* Half way back to the priors, and all the way for what only the left-out rows knew: a variable
   that no remaining row feels. */
static void forget(struct calibrate_problem *p, const double *x) {
    double *gradient = ARENA_ARRAY(p->arena, p->variable_count, double);
    struct search search = {p, ARENA_ARRAY(p->arena, p->variable_count, double),
                            ARENA_ARRAY(p->arena, p->count + 1, double),
                            ARENA_ARRAY(p->arena, p->software_count, struct calibration)};
    p->weight_sum = 0;
    for (size_t i = 0; i < p->count; i++)
        p->weight_sum += p->used[i] ? p->weight[i] : 0;
    for (size_t v = 0; v < p->variable_count; v++)
        p->x[v] = 0.5 * x[v] + 0.5 * p->variables[v].prior;
    if (p->weight_sum <= 0)
        return;
    objective((unsigned)p->variable_count, p->x, gradient, &search);
    for (size_t v = 0; v < p->variable_count; v++) {
        const struct variable *var = &p->variables[v];
        double prior = 2 * PRIOR_WEIGHT * (p->x[v] - var->prior) / (var->sigma * var->sigma);
        if (fabs(gradient[v] - prior) < 1e-10)
            p->x[v] = var->prior;
    }
}

void calibrate_left_out(const struct calibrate_problem *problem, enum accuracy_key key,
                        unsigned evaluations, double *ratios) {
    struct calibrate_problem p = *problem;
    double *all = ARENA_ARRAY(p.arena, p.count + 1, double);
    bool *done = ARENA_ARRAY(p.arena, p.count + 1, bool);
    p.x = ARENA_ARRAY(p.arena, p.variable_count, double);
    p.used = ARENA_ARRAY(p.arena, p.count + 1, bool);
    for (size_t first = 0; first < p.count; first++) {
        if (done[first])
            continue;
        const char *left = key_of(&p.cases[first], key);
        for (size_t i = 0; i < p.count; i++)
            p.used[i] = problem->used[i] && strcmp(key_of(&p.cases[i], key), left) != 0;
        forget(&p, problem->x);
        minimise(&p, evaluations ? evaluations : LEFT_OUT_EVALUATIONS);
        calibrate_ratios(&p, all);
        for (size_t i = 0; i < p.count; i++)
            if (!done[i] && strcmp(key_of(&p.cases[i], key), left) == 0) {
                ratios[i] = all[i];
                done[i] = true;
            }
    }
}

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
