/* Monte Carlo over lengths, price and efficiency. Each sample has a generator of its own, seeded by
   the run's seed and the sample's number, so that threads cannot change the draws. */
#include "engine/montecarlo.h"

#include "base/pool.h"
#include "base/sample.h"
#include "engine/calibration.h"
#include "engine/combination.h"

#include <math.h>

enum { SAMPLES_PER_JOB = 256 };

/* SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
static uint64_t next_bits(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static double next_uniform(uint64_t *state) { /* in (0, 1) */
    return ((double)(next_bits(state) >> 11) + 0.5) * 0x1p-53;
}

/* Box-Muller, one of the pair. */
static double next_normal(uint64_t *state) {
    double radius = sqrt(-2 * log(next_uniform(state)));
    return radius * cos(6.283185307179586 * next_uniform(state));
}

struct montecarlo montecarlo_default(const struct scenario *scenario, double usd_per_hour,
                                     double gamma, double utilisation) {
    struct montecarlo m = {.scenario = *scenario,
                           .usd_per_hour = usd_per_hour,
                           .gamma = gamma,
                           .utilisation = utilisation,
                           .input_sigma = 0.5,
                           .output_sigma = 0.5,
                           .price_low = 0.8,
                           .price_high = 1.25,
                           .efficiency_low = 0.5,
                           .efficiency_high = 0.9,
                           .seed = 1,
                           .samples = 4096};
    if (scenario->calibration) {
        double error = fmin(fmax(scenario->calibration->left_out.mean, 0), 0.9);
        m.efficiency_low = 1 - error;
        m.efficiency_high = 1 + error;
    }
    return m;
}

static struct montecarlo_draw draw(const struct montecarlo *m, uint32_t index) {
    uint64_t mixed = m->seed, state;
    struct montecarlo_draw d;
    state = next_bits(&mixed) ^ ((uint64_t)index * 0xd1342543de82ef95u);
    next_bits(&state);
    d.input = exp(m->input_sigma * next_normal(&state));
    d.output = exp(m->output_sigma * next_normal(&state));
    d.price = next_uniform(&state);
    d.efficiency = next_uniform(&state);
    return d;
}

const struct montecarlo_draw *montecarlo_draw_all(const struct montecarlo *m, struct arena *arena) {
    struct montecarlo_draw *draws = ARENA_ARRAY(arena, m->samples + 1, struct montecarlo_draw);
    for (uint32_t i = 0; i < m->samples; i++)
        draws[i] = draw(m, i);
    return draws;
}

struct work {
    const struct montecarlo *montecarlo;
    struct combination ready; /* at the peaks; each job has a copy of its own */
    double *usd;              /* by sample; NaN where infeasible */
};

static double between(double low, double high, double share) {
    return low + (high - low) * share;
}

static double sample_usd(const struct montecarlo *m, struct combination *ready, uint32_t index) {
    const struct montecarlo_draw d = m->draws ? m->draws[index] : draw(m, index);
    struct scenario s = m->scenario;
    s.input_tokens = fmax(round(s.input_tokens * d.input), 1); /* whole tokens */
    s.output_tokens = fmax(round(s.output_tokens * d.output), 1);
    double usd_per_hour = m->usd_per_hour * between(m->price_low, m->price_high, d.price);
    double efficiency = between(m->efficiency_low, m->efficiency_high, d.efficiency);
    double s_per_flop = ready->kernel.s_per_flop, s_per_byte = ready->kernel.s_per_byte;
    if (!s.calibration) {
        ready->kernel.s_per_flop /= efficiency;
        ready->kernel.s_per_byte /= efficiency;
    }
    combination_workload(ready, s.input_tokens, s.output_tokens);
    struct pace pace = combination_pace(ready, s.batch);
    ready->kernel.s_per_flop = s_per_flop;
    ready->kernel.s_per_byte = s_per_byte;
    if (!pace.feasible)
        return NAN;
    pace.output_tokens_per_s *= s.calibration ? efficiency : 1;
    return cost_of_pace(&pace, &s, usd_per_hour, m->gamma, m->utilisation).usd_per_million_output;
}

static void run_job(void *context, size_t index, unsigned worker) {
    struct work *work = context;
    struct combination ready = work->ready;
    uint32_t from = (uint32_t)index * SAMPLES_PER_JOB, to = from + SAMPLES_PER_JOB;
    (void)worker;
    for (uint32_t i = from; i < to && i < work->montecarlo->samples; i++)
        work->usd[i] = sample_usd(work->montecarlo, &ready, i);
}

/* Between the two nearest of a sorted row (Hyndman and Fan 1996, type 7). */
static double quantile(const double *sorted, size_t count, double share) {
    double at = share * (double)(count - 1);
    size_t low = (size_t)at;
    double part = at - (double)low;
    return low + 1 < count ? sorted[low] + part * (sorted[low + 1] - sorted[low]) : sorted[low];
}

/* Infeasible samples go, the rest is sorted; returns how many stay. */
static size_t sort_feasible(double *usd, uint32_t drawn) {
    size_t count = 0;
    for (uint32_t i = 0; i < drawn; i++)
        if (isfinite(usd[i]))
            usd[count++] = usd[i];
    sample_sort(usd, count);
    return count;
}

struct montecarlo_band montecarlo_run(const struct montecarlo *m, unsigned jobs,
                                      struct arena *arena) {
    struct work work = {.montecarlo = m, .usd = ARENA_ARRAY(arena, m->samples + 1, double)};
    struct montecarlo_band band = {m->seed, m->samples, 0, 0, 0, NAN, NAN, NAN, NAN, NAN};
    struct scenario peak = m->scenario;
    peak.compute_efficiency = peak.memory_efficiency = 1;
    combination_begin(&work.ready, &peak);
    pool_run(jobs, (m->samples + SAMPLES_PER_JOB - 1) / SAMPLES_PER_JOB, run_job, &work);
    size_t count = sort_feasible(work.usd, m->samples), from = 0, to = count;
    band.infeasible = m->samples - (uint32_t)count;
    if (count == 0)
        return band;
    double first = quantile(work.usd, count, 0.25), third = quantile(work.usd, count, 0.75);
    double reach = 1.5 * (third - first), sum = 0;
    while (from < to && work.usd[from] < first - reach)
        from++;
    while (to > from && work.usd[to - 1] > third + reach)
        to--;
    for (size_t i = from; i < to; i++)
        sum += work.usd[i];
    band.kept = (uint32_t)(to - from);
    band.trimmed = (uint32_t)count - band.kept;
    band.p10 = quantile(work.usd + from, to - from, 0.1);
    band.p50 = quantile(work.usd + from, to - from, 0.5);
    band.p90 = quantile(work.usd + from, to - from, 0.9);
    band.mean = sum / (double)(to - from);
    band.median_of_all = quantile(work.usd, count, 0.5);
    return band;
}
