/* First principles: a whole static batch in closed form. Between two limits of the context the
   compute time and the memory time of a decode step are straight lines; the larger of the two is
   split where they cross, and each side is an arithmetic series. */
#include "engine/first_principles.h"

#include <math.h>

static const struct fp_piece *piece_of(const struct fp_kernel *kernel, double context) {
    size_t i = 0;
    while (i + 1 < kernel->piece_count && kernel->pieces[i + 1].from_tokens <= context)
        i++;
    return &kernel->pieces[i];
}

double fp_prefill_flop(const struct fp_kernel *kernel, double context_tokens) {
    const struct fp_piece *p = piece_of(kernel, context_tokens);
    return p->prefill_flop + p->prefill_flop_per_token * (context_tokens - p->from_tokens);
}

double fp_decode_flop(const struct fp_kernel *kernel, double context_tokens) {
    const struct fp_piece *p = piece_of(kernel, context_tokens);
    return p->decode_flop + p->decode_flop_per_token * (context_tokens - p->from_tokens);
}

double fp_kv_bytes(const struct fp_kernel *kernel, double context_tokens) {
    const struct fp_piece *p = piece_of(kernel, context_tokens);
    return p->kv_bytes + p->kv_bytes_per_token * (context_tokens - p->from_tokens);
}

double fp_weights_touched_bytes(const struct fp_kernel *kernel, double tokens) {
    double bytes = kernel->weights_bytes;
    for (size_t i = 0; i < kernel->group_count; i++) {
        const struct fp_experts *g = &kernel->groups[i];
        bytes -= g->bytes * pow(1 - g->experts_per_token / g->experts, tokens);
    }
    return bytes;
}

/* A straight line over the steps i = 0, 1, ... of one piece. */
struct line {
    double at, slope;
};

static double line_sum(struct line l, double from, double steps) {
    return steps * (l.at + l.slope * (from + 0.5 * (steps - 1)));
}

/* Sum over `steps` steps of the larger line. */
static double larger_sum(struct line a, struct line b, double steps) {
    double first = a.at - b.at, slope = a.slope - b.slope, last = first + slope * (steps - 1);
    if (first >= 0 && last >= 0)
        return line_sum(a, 0, steps);
    if (first <= 0 && last <= 0)
        return line_sum(b, 0, steps);
    /* Steps led by the line that is larger at the start; where the lines meet either will do. */
    double before = 1 + (double)(int64_t)(-first / slope);
    struct line lead = first > 0 ? a : b, follow = first > 0 ? b : a;
    return line_sum(lead, 0, before) + line_sum(follow, before, steps - before);
}

struct decode_lines {
    struct line compute, memory; /* seconds of one step */
    double steps;
};

/* The lines from `context` on, until the piece or the request ends. */
static struct decode_lines lines_at(const struct fp_kernel *kernel, double touched_bytes,
                                    double batch, double context, double end) {
    const struct fp_piece *p = piece_of(kernel, context);
    double into = context - p->from_tokens, stop = end;
    if (p + 1 < kernel->pieces + kernel->piece_count && p[1].from_tokens < end)
        stop = fmin(end, context + ceil(p[1].from_tokens - context));
    double flop = p->decode_flop + p->decode_flop_per_token * into;
    double kv = p->kv_bytes + p->kv_bytes_per_token * into;
    double per_flop = batch * kernel->s_per_flop, per_byte = batch * kernel->s_per_byte;
    return (struct decode_lines){
        {flop * per_flop, p->decode_flop_per_token * per_flop},
        {touched_bytes * kernel->s_per_byte + kv * per_byte, p->kv_bytes_per_token * per_byte},
        stop - context};
}

double fp_static_s(const struct fp_kernel *kernel, double touched_bytes, double batch, double fresh,
                   double input_tokens, double output_tokens) {
    double end = input_tokens + output_tokens, context = input_tokens;
    double total = batch * fresh * fp_prefill_flop(kernel, input_tokens) * kernel->s_per_flop +
                   batch * (fresh + output_tokens) * kernel->communication_s_per_token;
    while (context < end) {
        struct decode_lines l = lines_at(kernel, touched_bytes, batch, context, end);
        total += larger_sum(l.compute, l.memory, l.steps);
        context += l.steps;
    }
    return total;
}

struct fp_times fp_static_times(const struct fp_kernel *kernel, double batch, double fresh,
                                double input_tokens, double output_tokens) {
    double end = input_tokens + output_tokens, context = input_tokens;
    double touched = fp_weights_touched_bytes(kernel, batch);
    struct fp_times t = {0};
    t.prefill_compute_s =
        batch * fresh * fp_prefill_flop(kernel, input_tokens) * kernel->s_per_flop;
    t.prefill_communication_s = batch * fresh * kernel->communication_s_per_token;
    t.prefill_s = t.prefill_compute_s + t.prefill_communication_s;
    t.decode_communication_s = batch * output_tokens * kernel->communication_s_per_token;
    t.decode_s = t.decode_communication_s;
    while (context < end) {
        struct decode_lines l = lines_at(kernel, touched, batch, context, end);
        t.decode_s += larger_sum(l.compute, l.memory, l.steps);
        t.decode_compute_s += line_sum(l.compute, 0, l.steps);
        t.decode_memory_s += line_sum(l.memory, 0, l.steps);
        context += l.steps;
    }
    return t;
}
