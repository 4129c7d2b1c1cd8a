/* The objective of a fit, its gradient by differences, and nlopt. */
#include "engine/calibrate_problem.h"

#include <math.h>
#include <nlopt.h>
#include <string.h>

#define LEFT_OUT_EVALUATIONS 30
#define PRIOR_WEIGHT 6e-5 /* against the mean loss of a row */
#define LOSS_SCALE 0.06   /* errors below are squared, above they count as they are */
#define LOSS_CAP 1.0      /* an outlier never costs more */
#define STEP 1e-4

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

/* Room for an evaluation, and the weight of the rows that are in use now. */
static struct search search_begin(struct calibrate_problem *p) {
    p->weight_sum = 0;
    for (size_t i = 0; i < p->count; i++)
        p->weight_sum += p->used[i] ? p->weight[i] : 0;
    return (struct search){p, ARENA_ARRAY(p->arena, p->variable_count, double),
                           ARENA_ARRAY(p->arena, p->count + 1, double),
                           ARENA_ARRAY(p->arena, p->software_count, struct calibration)};
}

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
    struct search search = search_begin(p);
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
    struct search search = search_begin(p);
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
