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
static inline double larger_sum(struct line a, struct line b, double steps) {
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

/* A request's steps, piece by piece. */
struct walk {
    const struct fp_piece *piece, *last;
    double context, end;                  /* tokens: the next step's; where the request ends */
    double touched_s, per_flop, per_byte; /* of a step of the batch */
};

static inline struct walk walk_begin(const struct fp_kernel *kernel, double touched_bytes,
                                     double batch, double input_tokens, double output_tokens) {
    return (struct walk){.piece = piece_of(kernel, input_tokens),
                         .last = kernel->pieces + kernel->piece_count - 1,
                         .context = input_tokens,
                         .end = input_tokens + output_tokens,
                         .touched_s = touched_bytes * kernel->s_per_byte,
                         .per_flop = batch * kernel->s_per_flop,
                         .per_byte = batch * kernel->s_per_byte};
}

/* Steps until the context has reached a limit: rounded up. */
static double steps_to(double tokens) {
    double whole = (double)(int64_t)tokens;
    return whole < tokens ? whole + 1 : whole;
}

/* The lines from here on, until the piece or the request ends; there the walk goes on. */
static inline struct decode_lines walk_lines(struct walk *walk) {
    const struct fp_piece *p = walk->piece;
    double into = walk->context - p->from_tokens, stop = walk->end;
    double flop = p->decode_flop + p->decode_flop_per_token * into;
    double kv = p->kv_bytes + p->kv_bytes_per_token * into;
    if (p < walk->last && p[1].from_tokens < stop) {
        double limit = walk->context + steps_to(p[1].from_tokens - walk->context);
        stop = limit < stop ? limit : stop;
    }
    struct decode_lines lines = {
        {flop * walk->per_flop, p->decode_flop_per_token * walk->per_flop},
        {walk->touched_s + kv * walk->per_byte, p->kv_bytes_per_token * walk->per_byte},
        stop - walk->context};
    walk->context += lines.steps;
    while (walk->piece < walk->last && walk->piece[1].from_tokens <= walk->context)
        walk->piece++;
    return lines;
}

static double prefill_flop(const struct fp_piece *p, double context_tokens) {
    return p->prefill_flop + p->prefill_flop_per_token * (context_tokens - p->from_tokens);
}

double fp_prefill_flop(const struct fp_kernel *kernel, double context_tokens) {
    return prefill_flop(piece_of(kernel, context_tokens), context_tokens);
}

double fp_static_s(const struct fp_kernel *kernel, double touched_bytes, double batch, double fresh,
                   double input_tokens, double output_tokens) {
    struct walk walk = walk_begin(kernel, touched_bytes, batch, input_tokens, output_tokens);
    double total = batch * fresh * prefill_flop(walk.piece, input_tokens) * kernel->s_per_flop +
                   batch * (fresh + output_tokens) * kernel->communication_s_per_token;
    while (walk.context < walk.end) {
        struct decode_lines l = walk_lines(&walk);
        total += larger_sum(l.compute, l.memory, l.steps);
    }
    return total;
}

struct fp_times fp_static_times(const struct fp_kernel *kernel, double batch, double fresh,
                                double input_tokens, double output_tokens) {
    double touched = fp_weights_touched_bytes(kernel, batch);
    struct walk walk = walk_begin(kernel, touched, batch, input_tokens, output_tokens);
    struct fp_times t = {0};
    t.prefill_compute_s =
        batch * fresh * prefill_flop(walk.piece, input_tokens) * kernel->s_per_flop;
    t.prefill_communication_s = batch * fresh * kernel->communication_s_per_token;
    t.prefill_s = t.prefill_compute_s + t.prefill_communication_s;
    t.decode_communication_s = batch * output_tokens * kernel->communication_s_per_token;
    t.decode_s = t.decode_communication_s;
    while (walk.context < walk.end) {
        struct decode_lines l = walk_lines(&walk);
        t.decode_s += larger_sum(l.compute, l.memory, l.steps);
        t.decode_compute_s += line_sum(l.compute, 0, l.steps);
        t.decode_memory_s += line_sum(l.memory, 0, l.steps);
    }
    return t;
}
