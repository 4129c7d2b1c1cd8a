/* Serving: from the time of a step to throughput and latency. See serve.h. */
#include "engine/serve.h"

#include <math.h>

double serve_tokens_per_step(double acceptance, double draft_tokens) {
    if (draft_tokens <= 0 || acceptance <= 0)
        return 1;
    if (acceptance >= 1)
        return draft_tokens + 1;
    return (1 - pow(acceptance, draft_tokens + 1)) / (1 - acceptance);
}

double serve_disaggregated_rate(double prefill_rate, double prefill_workers, double decode_rate,
                                double decode_workers) {
    return fmin(0.9 * prefill_rate * prefill_workers, 0.92 * decode_rate * decode_workers);
}

/* fmin and fmax are calls that look for NaN; there is none here. */
static double smaller(double a, double b) {
    return a < b ? a : b;
}

static double larger(double a, double b) {
    return a > b ? a : b;
}

static double tokens_a_step(const struct serve_case *c) {
    return serve_tokens_per_step(c->acceptance, c->draft_tokens);
}

/* Tokens that run through the model for each decoding sequence and step. */
static double verified(const struct serve_case *c) {
    return c->acceptance > 0 && c->draft_tokens > 0 ? c->draft_tokens + 1 : 1;
}

static double fresh_tokens(const struct serve_case *c) {
    return c->input_tokens * (1 - c->cached_share);
}

/* Keys that a fresh prompt token sees on average: those cached before it and half the fresh. */
static double prompt_context(const struct serve_case *c) {
    return (c->input_tokens + c->input_tokens * c->cached_share) / 2;
}

/* Stages work on several microbatches at once; a sequence passes all stages for each token. */
static double microbatch(const struct serve_case *c, double batch) {
    double stages = c->pipeline_stages > 1 ? c->pipeline_stages : 1;
    return batch > stages ? batch / stages : smaller(batch, 1);
}

static struct step_load decode_load(const struct serve_case *c, double batch, double context) {
    double run = batch * verified(c);
    return (struct step_load){
        .decoding = batch, .decode_tokens = run, .context = context, .sampled = run};
}

/* Speed-up of n chunks over p stages against one after the other: n p / (n + p - 1), of which the
   engine reaches a share (GPipe, arXiv 1811.06965). */
static double stage_speedup(const struct serve_case *c, double chunks) {
    double p = c->pipeline_stages;
    if (p <= 1)
        return 1;
    if (c->pipeline_depth > 0)
        chunks = fmin(chunks, c->pipeline_depth);
    return 1 + c->model.pipeline_gain * (chunks * p / (chunks + p - 1) - 1);
}

static struct step_load prompt_load(const struct serve_case *c, double prompts, double *chunks) {
    double tokens = prompts * fresh_tokens(c);
    *chunks = fmax(1, ceil(tokens / c->chunk_tokens - 1e-9));
    return (struct step_load){.prefill_tokens = tokens / *chunks,
                              .prefill_context = prompt_context(c),
                              .sampled = prompts / *chunks};
}

double serve_prefill_s(const struct serve_case *c, double prompts) {
    double chunks;
    struct step_load load = prompt_load(c, prompts, &chunks);
    return chunks * step_seconds(&c->model, &load) / stage_speedup(c, chunks);
}

/* Simpson's rule: a step is a straight line in the context but for the corners of windows. */
static double mean_decode_s(const struct serve_case *c, double batch) {
    double from = c->input_tokens, to = c->input_tokens + c->output_tokens,
           m = microbatch(c, batch);
    struct step_load first = decode_load(c, m, from), last = decode_load(c, m, to);
    struct step_load middle = decode_load(c, m, (from + to) / 2);
    return (step_seconds(&c->model, &first) + 4 * step_seconds(&c->model, &middle) +
            step_seconds(&c->model, &last)) /
           6;
}

static double decode_steps(const struct serve_case *c) {
    return fmax(c->output_tokens - 1, 0) / tokens_a_step(c);
}

struct serve_result serve_static(const struct serve_case *c) {
    struct serve_result r;
    serve_static_at(c, c->batch, &r);
    return r;
}

void serve_static_at(const struct serve_case *c, double batch, struct serve_result *r) {
    r->running = smaller(batch, larger(c->held_sequences, 1));
    double waves = batch / r->running;
    if (waves > 1)
        r->running = batch / ceil(waves - 0.05);
    waves = batch / r->running;
    r->prefill_load = prompt_load(c, r->running, &r->prefill_steps);
    r->prefill_s = r->prefill_steps * step_seconds(&c->model, &r->prefill_load) /
                   stage_speedup(c, r->prefill_steps);
    r->step_s = mean_decode_s(c, r->running);
    r->decode_load =
        decode_load(c, microbatch(c, r->running), c->input_tokens + c->output_tokens / 2);
    r->tpot_s = r->step_s / tokens_a_step(c);
    double wave_s = r->prefill_s + decode_steps(c) * r->step_s;
    r->ttft_s = r->prefill_s + (waves - 1) / 2 * wave_s;
    r->request_s = r->ttft_s + decode_steps(c) * r->step_s;
    r->output_tokens_per_s = batch * c->output_tokens / (waves * wave_s);
}

/* Steps that one prompt alone takes. */
static double prompt_steps(const struct serve_case *c) {
    return larger(ceil(fresh_tokens(c) / c->chunk_tokens - 1e-9), 1);
}

/* Slots come free in bursts, so that a prompt finds others before it: about the square root of the
   sequences at once, as in a random walk. `own_s`: of a prompt's own steps. */
static void continuous_latency(const struct serve_case *c, double batch, double cycle_s,
                               double own_s, struct serve_result *r) {
    double others = c->model.prompt_burst * sqrt(larger(r->running - 1, 0));
    r->prefill_s = own_s;
    r->ttft_s = smaller(r->step_s / 2 + own_s * (1 + others) + c->model.request_s, cycle_s);
    r->tpot_s = c->output_tokens > 1 ? (cycle_s - r->ttft_s) / (c->output_tokens - 1) : r->step_s;
    double queue_s = (batch / r->running - 1) * cycle_s;
    r->ttft_s += queue_s;
    r->request_s = cycle_s + queue_s;
}

struct serve_result serve_continuous(const struct serve_case *c) {
    struct serve_steady steady = serve_steady_of(c);
    struct serve_result r;
    serve_continuous_at(c, &steady, c->batch, &r);
    return r;
}

struct serve_steady serve_steady_of(const struct serve_case *c) {
    return (struct serve_steady){.steps = larger(c->output_tokens / tokens_a_step(c), 1),
                                 .prompt_steps = prompt_steps(c),
                                 .fresh_tokens = fresh_tokens(c),
                                 .prompt_context = prompt_context(c),
                                 .decode_context = c->input_tokens + c->output_tokens / 2};
}

void serve_continuous_at(const struct serve_case *c, const struct serve_steady *steady,
                         double batch, struct serve_result *r) {
    double steps = steady->steps, each = steady->prompt_steps;
    r->running = smaller(batch, larger(c->held_sequences, 1));
    double m = microbatch(c, r->running), stages = r->running / m; /* microbatches in flight */
    /* Prompts arrive one by one as slots come free, so each takes a step of its own while there
       are enough steps to go round. */
    r->prefill_steps = smaller(larger(m * each, 1), steps);
    r->decode_load = decode_load(c, m, steady->decode_context);
    r->prefill_load = r->decode_load;
    r->prefill_load.prefill_tokens = m * steady->fresh_tokens / r->prefill_steps;
    r->prefill_load.prefill_context = steady->prompt_context;
    double plain_s, mixed_s = step_seconds_both(&c->model, &r->prefill_load, &plain_s);
    double cycle_s = r->prefill_steps * mixed_s + (steps - r->prefill_steps) * plain_s;
    cycle_s += r->running * c->model.request_s;
    r->step_s = cycle_s / steps;
    r->output_tokens_per_s = stages * m * c->output_tokens / cycle_s;
    continuous_latency(c, batch, cycle_s, each * mixed_s, r);
}

double serve_offline_s(const struct serve_case *c, double requests) {
    struct serve_case part = *c;
    part.batch = fmin(fmin(c->batch, fmax(c->held_sequences, 1)), requests);
    part.held_sequences = part.batch;
    struct serve_result steady = serve_continuous(&part);
    double ramp_s = serve_prefill_s(&part, part.batch);
    double cycle_s = part.batch * c->output_tokens / steady.output_tokens_per_s;
    double rounds = requests / part.batch;
    if (rounds <= 1)
        return serve_static(&part).request_s;
    /* The last sequences end one after the other while nothing refills their slots. */
    part.batch /= 2;
    double drain_s = serve_static(&part).step_s * decode_steps(c) / 2;
    return ramp_s + (rounds - 0.5) * cycle_s + drain_s;
}
