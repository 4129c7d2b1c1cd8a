/* The first-principles engine: the basic model of "Tokenomics from first principles" with the
   config's own sizes. Prefill is compute and communication; a decode step is the larger of compute
   and memory, plus communication. Memory limits are reported but do not cap the batch. No latency
   per layer or step, no scheduler: peaks times the scenario's two efficiencies.

   A mixture of experts computes with the k experts of a token and reads, in each decode step, all
   weights except the experts that a batch of b tokens is expected to leave untouched:
   E_touched = E(1 - (1 - k/E)^b). Data-parallel replicas share the batch evenly and share nothing
   else. Speculative decoding is not part of this model. */
#include "engine/first_principles.h"

#include <math.h>

static enum bound larger_bound(double compute_s, double memory_s, double communication_s) {
    if (communication_s > compute_s && communication_s > memory_s)
        return BOUND_COMMUNICATION;
    return memory_s > compute_s ? BOUND_MEMORY : BOUND_COMPUTE;
}

/* Sequences of one replica; of fewer than there are replicas each has one to itself. */
static double replica_batch(const struct outcome *out, double batch) {
    return fmax(batch / out->data_parallel, 1);
}

static double fresh_tokens(const struct scenario *s) {
    return s->input_tokens * (1 - s->prefix_hit_rate);
}

/* FLOPs per byte of a decode step in the middle of the answer, against what the GPU balances. */
static void set_roofline(const struct scenario *s, const struct fp_kernel *kernel,
                         struct outcome *out) {
    double context = s->input_tokens + 0.5 * (s->output_tokens - 1),
           batch = replica_batch(out, out->batch);
    double bytes = fp_weights_touched_bytes(kernel, batch) + batch * fp_kv_bytes(kernel, context);
    enum compute unit;
    double flop_per_s = gpu_flop_per_s(s->gpu, s->weights, &unit);
    out->arithmetic_intensity = batch * fp_decode_flop(kernel, context) / bytes;
    out->ridge_point = flop_per_s / s->gpu->memory_bytes_per_s;
    out->critical_batch = out->ridge_point * precision_info(s->weights)->bits_per_weight / 8 / 2;
    if (kernel->group_count)
        out->critical_batch *= kernel->groups[0].experts / kernel->groups[0].experts_per_token;
}

static void set_static(const struct scenario *s, const struct fp_kernel *kernel,
                       const struct fp_times *t, struct outcome *out) {
    double steps = s->output_tokens;
    out->prefill =
        (struct phase){.time_s = t->prefill_s,
                       .flop = fresh_tokens(s) * fp_prefill_flop(kernel, s->input_tokens),
                       .compute_s = t->prefill_compute_s,
                       .communication_s = t->prefill_communication_s};
    out->decode = (struct phase){
        .time_s = t->decode_s / steps,
        .flop = t->decode_compute_s / (steps * replica_batch(out, out->batch) * kernel->s_per_flop),
        .compute_s = t->decode_compute_s / steps,
        .memory_s = t->decode_memory_s / steps,
        .communication_s = t->decode_communication_s / steps};
    out->ttft_s = t->prefill_s;
    out->tpot_s = out->decode.time_s;
    out->request_s = t->prefill_s + t->decode_s;
}

/* Steady state: each step decodes one token of every sequence at the mean context and prefills
   the b I/O prompt tokens that keep the batch full. Little's law gives the request's time; its
   first token waits for a prefill of its own. */
static void set_continuous(const struct scenario *s, const struct fp_kernel *kernel,
                           struct outcome *out) {
    double b = replica_batch(out, out->batch), steps = s->output_tokens, fresh = fresh_tokens(s);
    double context = s->input_tokens + 0.5 * (steps - 1), tokens = b * (1 + fresh / steps);
    double prefill_flop = fresh * fp_prefill_flop(kernel, s->input_tokens);
    double compute =
        b * (fp_decode_flop(kernel, context) + prefill_flop / steps) * kernel->s_per_flop;
    double memory = (fp_weights_touched_bytes(kernel, tokens) + b * fp_kv_bytes(kernel, context)) *
                    kernel->s_per_byte;
    double communication = tokens * kernel->communication_s_per_token;
    double step = fmax(compute, memory) + communication;
    double one = prefill_flop * kernel->s_per_flop + fresh * kernel->communication_s_per_token;
    out->prefill = (struct phase){.time_s = one,
                                  .flop = prefill_flop,
                                  .compute_s = prefill_flop * kernel->s_per_flop,
                                  .communication_s = fresh * kernel->communication_s_per_token};
    out->decode = (struct phase){.time_s = step,
                                 .flop = fp_decode_flop(kernel, context),
                                 .compute_s = compute,
                                 .memory_s = memory,
                                 .communication_s = communication};
    out->request_s = steps * step;
    out->ttft_s = one;
    out->tpot_s = (out->request_s - out->ttft_s) / steps;
}

static void set_rates(const struct scenario *s, struct outcome *out) {
    out->output_tokens_per_s = out->batch * s->output_tokens / out->request_s;
    out->total_tokens_per_s = out->batch * (s->input_tokens + s->output_tokens) / out->request_s;
    out->output_tokens_per_s_per_request = s->output_tokens / out->request_s;
    out->prefill.bound = larger_bound(out->prefill.compute_s, 0, out->prefill.communication_s);
    out->decode.bound =
        larger_bound(out->decode.compute_s, out->decode.memory_s, out->decode.communication_s);
}

typedef struct fp_times static_times(const struct fp_kernel *kernel, double batch, double fresh,
                                     double input_tokens, double output_tokens);

static void fill(const struct scenario *s, const struct fp_kernel *kernel, static_times *times,
                 struct outcome *out) {
    if (s->serving == SERVING_CONTINUOUS) {
        set_continuous(s, kernel, out);
    } else {
        struct fp_times t = times(kernel, replica_batch(out, out->batch), fresh_tokens(s),
                                  s->input_tokens, s->output_tokens);
        set_static(s, kernel, &t, out);
    }
    set_rates(s, out);
    set_roofline(s, kernel, out);
}

static struct outcome run(const struct scenario *asked, static_times *times) {
    struct outcome out = estimate_begin(asked, FROM_FIRST_PRINCIPLES);
    struct fp_kernel kernel;
    if (!out.feasible)
        return out;
    out.reason = fp_kernel_make(asked, &kernel);
    out.feasible = out.reason == REASON_NONE;
    if (out.feasible)
        fill(asked, &kernel, times, &out);
    return out;
}

void fp_fill(const struct scenario *scenario, const struct fp_kernel *kernel,
             struct outcome *begun) {
    fill(scenario, kernel, fp_static_times, begun);
}

struct pace fp_static_pace(const struct scenario *s, const struct fp_kernel *kernel,
                           const struct outcome *begun, double batch) {
    struct fp_times t = fp_static_times(kernel, replica_batch(begun, batch), fresh_tokens(s),
                                        s->input_tokens, s->output_tokens);
    double request_s = t.prefill_s + t.decode_s;
    return (struct pace){.feasible = true,
                         .provenance = begun->provenance,
                         .batch = batch,
                         .output_tokens_per_s = batch * s->output_tokens / request_s,
                         .total_tokens_per_s =
                             batch * (s->input_tokens + s->output_tokens) / request_s,
                         .output_tokens_per_s_per_request = s->output_tokens / request_s,
                         .ttft_s = t.prefill_s,
                         .tpot_s = t.decode_s / s->output_tokens,
                         .request_s = request_s};
}

/* Step by step, each cost taken from the kernel at its own context: slow and plain. */
static struct fp_times loop_times(const struct fp_kernel *kernel, double batch, double fresh,
                                  double input_tokens, double output_tokens) {
    double touched = fp_weights_touched_bytes(kernel, batch);
    struct fp_times t = {0};
    t.prefill_compute_s =
        batch * fresh * fp_prefill_flop(kernel, input_tokens) * kernel->s_per_flop;
    t.prefill_communication_s = batch * fresh * kernel->communication_s_per_token;
    t.prefill_s = t.prefill_compute_s + t.prefill_communication_s;
    for (double i = 0; i < output_tokens; i++) {
        double context = input_tokens + i;
        double compute = batch * fp_decode_flop(kernel, context) * kernel->s_per_flop;
        double memory = (touched + batch * fp_kv_bytes(kernel, context)) * kernel->s_per_byte;
        double communication = batch * kernel->communication_s_per_token;
        t.decode_compute_s += compute;
        t.decode_memory_s += memory;
        t.decode_communication_s += communication;
        t.decode_s += fmax(compute, memory) + communication;
    }
    return t;
}

struct outcome first_principles(const struct scenario *scenario) {
    return run(scenario, fp_static_times);
}

struct outcome first_principles_loop(const struct scenario *scenario) {
    return run(scenario, loop_times);
}
