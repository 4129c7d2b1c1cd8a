/* The answer of `estimate` as a table for people: three significant digits, units in words. */
#include "command/answer.h"

#include "base/num.h"
#include "base/shown.h"
#include "catalog/weights.h"
#include "page/phrases.h"

#include <math.h>

static void put_line(struct buf *out, const char *name, const char *value, const char *unit) {
    buf_printf(out, "  %-34s %14s%s%s\n", name, value, unit[0] ? " " : "", unit);
}

static void put_number(struct buf *out, const char *name, double value, double scale,
                       const char *unit) {
    char text[NUM_MAX] = "-";
    if (isfinite(value))
        num_grouped(text, value * scale, 3);
    put_line(out, name, text, unit);
}

static void put_count(struct buf *out, const char *name, double value, const char *unit) {
    char text[NUM_MAX] = "-";
    if (value > 0)
        num_u64_grouped(text, (uint64_t)value);
    put_line(out, name, text, unit);
}

static void put_heading(struct buf *out, const char *text) {
    buf_printf(out, "\n%s\n", text);
}

static void put_title(struct buf *out, const struct answer *a) {
    const struct scenario *s = &a->scenario;
    char input[NUM_MAX], output[NUM_MAX], batch[NUM_MAX];
    num_shortest(input, s->input_tokens);
    num_shortest(output, s->output_tokens);
    num_shortest(batch, a->outcome.batch);
    buf_put_shown(out, s->model->name);
    buf_printf(out, " on %u x ", s->gpu_count);
    buf_put_shown(out, s->gpu->name);
    buf_putc(out, '\n');
    buf_printf(out, "%s weights, %s KV cache, %s tokens in, %s out, batch %s, %s serving\n",
               weights_name(s->model, s->weights, s->gpu), weights_name(NULL, s->kv, s->gpu), input,
               output, batch, s->serving == SERVING_STATIC ? "static" : "continuous");
    buf_printf(out, "engine %s", a->engine);
    if (a->outcome.feasible)
        buf_printf(out, " (%s)", provenance_name(a->outcome.provenance));
    if (a->outcome.extrapolated_why)
        buf_printf(out, ": %s", a->outcome.extrapolated_why);
    buf_putc(out, '\n');
}

struct memory_use answer_memory(const struct answer *answer) {
    struct memory_use memory = answer->outcome.memory;
    if (answer->outcome.reason == REASON_HEADS_NOT_DIVISIBLE) /* those of one GPU say nothing */
        memory.activation_bytes = memory.runtime_bytes = memory.total_bytes =
            memory.capacity_bytes = (double)NAN;
    return memory;
}

const char *answer_why(enum reason reason, const struct gpu *gpu, struct buf *room) {
    if (reason != REASON_SPEC_MISSING)
        return reason_sentence(reason);
    buf_printf(room, "Not computed: %s not known.", phrase_unknown(gpu));
    return buf_text(room);
}

static void put_memory(struct buf *out, const struct answer *a) {
    const struct outcome *o = &a->outcome;
    const struct memory_use memory = answer_memory(a), *m = &memory;
    put_heading(out, "Memory");
    put_number(out, "parameters", (double)o->parameters.total, 1e-9, "billion");
    put_number(out, "active for a token", (double)o->parameters.active, 1e-9, "billion");
    put_number(out, "weights", m->weights_bytes, 1e-9, "GB");
    put_number(out, "KV cache per token", m->kv_bytes_per_token, 1e-3, "kB");
    put_number(out, "KV cache per sequence", m->kv_bytes_per_sequence, 1e-9, "GB");
    put_number(out, "activations and runtime", m->activation_bytes + m->runtime_bytes, 1e-9, "GB");
    put_number(out, "needed in all", m->total_bytes, 1e-9, "GB");
    put_number(out, "there is", m->capacity_bytes, 1e-9, "GB");
    put_count(out, "largest batch that fits", m->max_batch, "sequences");
    put_count(out, "fewest of these GPUs", m->min_gpus, "");
    if (o->memory_exceeded)
        buf_puts(out, "  This batch needs more memory than there is; its times are theory.\n");
}

static void put_speed(struct buf *out, const struct outcome *o) {
    put_heading(out, "Speed");
    put_number(out, "output", o->output_tokens_per_s, 1, "tokens/s");
    put_number(out, "input and output", o->total_tokens_per_s, 1, "tokens/s");
    put_number(out, "output of one request", o->output_tokens_per_s_per_request, 1, "tokens/s");
    put_number(out, "time to first token", o->ttft_s, 1, "s");
    put_number(out, "time per output token", o->tpot_s, 1e3, "ms");
    put_number(out, "whole request", o->request_s, 1, "s");
    put_number(out, "decode step: compute", o->decode.compute_s, 1e3, "ms");
    put_number(out, "decode step: memory", o->decode.memory_s, 1e3, "ms");
    put_number(out, "decode step: communication", o->decode.communication_s, 1e3, "ms");
    put_number(out, "decode step: overhead", o->decode.overhead_s, 1e3, "ms");
    put_number(out, "operations per byte read", o->arithmetic_intensity, 1, "");
    put_number(out, "the GPU balances", o->ridge_point, 1, "operations per byte");
    put_line(out, "prefill is bound by", bound_name(o->prefill.bound), "");
    put_line(out, "decode is bound by", bound_name(o->decode.bound), "");
}

static void put_apart(struct buf *out, const struct disaggregated *d) {
    put_heading(out, "Prefill and decode apart");
    put_number(out, "GPUs", d->gpus, 1, "");
    put_number(out, "requests", d->requests_per_s, 1, "per s");
    put_number(out, "output", d->output_tokens_per_s, 1, "tokens/s");
    put_number(out, "output of one GPU", d->output_tokens_per_s / d->gpus, 1, "tokens/s");
    put_number(out, "time to first token", d->ttft_s, 1, "s");
    put_number(out, "time per output token", d->tpot_s, 1e3, "ms");
    put_line(out, "limited by", d->prefill_bound ? "prefill" : "decode", "");
}

static void put_offer(struct buf *out, const struct offer *offer, const char *kind) {
    buf_puts(out, "  cheapest current offer: ");
    buf_put_shown(out, offer->platform);
    if (offer->instance) {
        buf_putc(out, ' ');
        buf_put_shown(out, offer->instance);
    }
    buf_printf(out, ", %s, as of %s\n", kind, offer->as_of ? offer->as_of : "no date");
}

static void put_price(struct buf *out, const struct answer *a) {
    char share[NUM_MAX], gamma[NUM_MAX];
    num_shortest(share, a->utilisation * 100);
    num_shortest(gamma, a->gamma);
    put_heading(out, "Price");
    if (!a->price_given && !a->quote.offer) {
        buf_printf(out, "  %s\n", reason_sentence(REASON_NO_PRICE));
        return;
    }
    put_number(out, "all GPUs", a->used.usd_per_hour, 1, "$ per hour");
    buf_printf(out, "  at %s %% utilisation, input at %s of the output price:\n", share, gamma);
    put_number(out, "output", a->used.usd_per_million_output, 1, "$ per 1M tokens");
    put_number(out, "input", a->used.usd_per_million_input, 1, "$ per 1M tokens");
    put_number(out, "output", a->used.output_tokens_per_usd, 1, "tokens per $");
    put_number(out, "input and output", a->used.total_tokens_per_usd, 1, "tokens per $");
    num_shortest(share, a->site_utilisation * 100);
    buf_printf(out, "  at the site's %s %% utilisation:\n", share);
    put_number(out, "output", a->usual.usd_per_million_output, 1, "$ per 1M tokens");
    if (a->quote.offer)
        put_offer(out, a->quote.offer, price_kind_name(a->quote.kind));
}

static void put_energy(struct buf *out, const struct answer *a) {
    const struct energy *e = &a->energy;
    char pue[NUM_MAX];
    num_shortest(pue, a->place.pue);
    buf_printf(out, "\nEnergy (PUE %s, %s)\n", pue,
               a->region ? a->region->name : "the site's own grid");
    put_number(out, "one GPU", e->gpu_watts, 1, "W while serving");
    put_number(out, "output token", e->joules_per_output_token, 1, "J");
    put_number(out, "1M output tokens", e->kwh_per_million_output, 1, "kWh");
    put_number(out, "", e->usd_per_million_output, 1, "$ of electricity");
    put_number(out, "", e->gco2_per_million_output, 1, "g CO2 (estimate)");
}

void answer_table(const struct answer *answer, struct buf *out) {
    const struct outcome *o = &answer->outcome;
    struct buf room = BUF_INIT;
    put_title(out, answer);
    if (!o->feasible)
        buf_printf(out, "\nnot feasible [%s]: %s\n", reason_code(o->reason),
                   answer_why(o->reason, answer->scenario.gpu, &room));
    buf_free(&room);
    put_memory(out, answer);
    if (!answer->outcome.feasible)
        return;
    put_speed(out, &answer->outcome);
    if (answer->is_apart)
        put_apart(out, &answer->apart);
    put_price(out, answer);
    put_energy(out, answer);
}
