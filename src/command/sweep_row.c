/* One row of `sweep` as CSV or a line of JSON. Numbers are written so that they read back to the
   last bit; nothing is written where nothing can be said. */
#include "command/sweep_row.h"

#include "base/num.h"
#include "command/json_out.h"
#include "engine/cost.h"
#include "engine/energy.h"
#include "render/render.h"

#include <math.h>

struct writer {
    struct buf *out;
    struct json_out json;
    bool is_json, header, comma;
};

static void cell(struct writer *w) {
    if (w->comma)
        buf_putc(w->out, ',');
    w->comma = true;
}

static void put_text(struct writer *w, const char *key, const char *text) {
    if (w->is_json) {
        json_out_text(&w->json, key, text);
        return;
    }
    cell(w);
    if (w->header)
        buf_puts(w->out, key);
    else if (text)
        escape_csv(w->out, text);
}

static void put_number(struct writer *w, const char *key, double value) {
    if (w->is_json) {
        json_out_number(&w->json, key, value);
        return;
    }
    cell(w);
    if (w->header)
        buf_puts(w->out, key);
    else if (isfinite(value))
        buf_put_shortest(w->out, value);
}

static void put_bool(struct writer *w, const char *key, bool value) {
    if (w->is_json)
        json_out_bool(&w->json, key, value);
    else
        put_text(w, key, value ? "true" : "false");
}

static void put_case(struct writer *w, const struct sweep_format *f, const struct sweep_row *row) {
    const struct scenario *s = row->scenario;
    const struct outcome *o = row->outcome;
    put_text(w, "model", s->model->id);
    put_text(w, "gpu", s->gpu->id);
    put_number(w, "gpu_count", s->gpu_count);
    put_text(w, "engine", f->engine);
    put_text(w, "serving", s->serving == SERVING_STATIC ? "static" : "continuous");
    put_text(w, "weights", precision_info(s->weights)->id);
    put_text(w, "kv", precision_info(s->kv)->id);
    put_text(w, "workload", row->workload->id);
    put_number(w, "input_tokens", s->input_tokens);
    put_number(w, "output_tokens", s->output_tokens);
    put_number(w, "batch", o->batch);
    put_bool(w, "feasible", o->feasible);
    put_text(w, "reason", o->feasible ? NULL : reason_code(o->reason));
    put_bool(w, "memory_exceeded", o->memory_exceeded);
    put_text(w, "provenance", o->feasible ? provenance_name(o->provenance) : NULL);
    put_text(w, "extrapolated_why", o->extrapolated_why);
}

static void put_outcome(struct writer *w, const struct outcome *o) {
    bool known = o->memory.capacity_bytes > 0 && o->reason != REASON_HEADS_NOT_DIVISIBLE;
    put_number(w, "weights_bytes", known ? o->memory.weights_bytes : NAN);
    put_number(w, "kv_bytes_per_sequence", o->feasible ? o->memory.kv_bytes_per_sequence : NAN);
    put_number(w, "total_bytes", o->feasible ? o->memory.total_bytes : NAN);
    put_number(w, "capacity_bytes", known ? o->memory.capacity_bytes : NAN);
    put_number(w, "max_batch", known ? o->memory.max_batch : NAN);
    put_number(w, "output_tokens_per_s", o->output_tokens_per_s);
    put_number(w, "total_tokens_per_s", o->total_tokens_per_s);
    put_number(w, "output_tokens_per_s_per_request", o->output_tokens_per_s_per_request);
    put_number(w, "ttft_s", o->ttft_s);
    put_number(w, "tpot_s", o->tpot_s);
    put_text(w, "decode_bound", o->feasible ? bound_name(o->decode.bound) : NULL);
}

static void put_quote(struct writer *w, const struct quote *quote, const struct quote *stale) {
    const struct offer *offer = quote->offer;
    enum reason reason = stale->offer ? REASON_STALE_PRICE : REASON_NO_PRICE;
    put_text(w, "platform", offer ? offer->platform : NULL);
    put_text(w, "instance", offer ? offer->instance : NULL);
    put_text(w, "region", offer ? offer->region : NULL);
    put_text(w, "price_kind", offer ? price_kind_name(quote->kind) : NULL);
    put_text(w, "price_as_of", offer ? offer->as_of : NULL);
    put_number(w, "price_age_days", offer && quote->age_days >= 0 ? (double)quote->age_days : NAN);
    put_text(w, "price_source", offer ? offer->source : NULL);
    put_text(w, "price_reason", offer ? NULL : reason_code(reason));
}

static void put_cost(struct writer *w, const struct sweep_format *f, const struct cost *cost) {
    put_number(w, "usd_per_hour", cost->usd_per_hour);
    put_number(w, "gamma", f->gamma);
    put_number(w, "utilisation", f->utilisation);
    put_number(w, "usd_per_million_input", cost->usd_per_million_input);
    put_number(w, "usd_per_million_output", cost->usd_per_million_output);
    put_number(w, "usd_per_million_blended", cost->usd_per_million_blended);
    put_number(w, "blended_tokens_per_usd", cost->blended_tokens_per_usd);
    put_number(w, "usd_per_million_output_alone", cost->usd_per_million_output_alone);
    put_number(w, "output_tokens_per_usd", cost->output_tokens_per_usd);
    put_number(w, "usd_per_million_tokens", cost->usd_per_million_tokens);
    put_number(w, "total_tokens_per_usd", cost->total_tokens_per_usd);
}

static void put_energy(struct writer *w, const struct sweep_format *f,
                       const struct sweep_row *row) {
    struct energy_place place = energy_place_of(&f->catalog->site);
    place.utilisation = f->utilisation;
    struct energy energy = energy_of(row->outcome, row->scenario, &place);
    put_number(w, "joules_per_output_token", energy.joules_per_output_token);
    put_number(w, "gco2_per_million_output", energy.gco2_per_million_output);
}

static void put_all(struct writer *w, const struct sweep_format *f, const struct sweep_row *row) {
    const struct catalog *catalog = f->catalog;
    const struct site *site = &catalog->site;
    size_t at = (size_t)(row->scenario->gpu - catalog->gpus) * site->gpu_count_count, n = 0;
    while (n + 1 < site->gpu_count_count && site->gpu_counts[n] != row->scenario->gpu_count)
        n++;
    const struct quote *quote = &f->prices.quotes[at + n];
    /* A batch beyond memory is theory: it has times, but nobody can buy it. */
    bool buyable = row->outcome->feasible && !row->outcome->memory_exceeded && quote->offer;
    struct cost cost = cost_of(row->outcome, row->scenario, buyable ? quote->usd_per_hour : NAN,
                               f->gamma, f->utilisation);
    cost.usd_per_hour = quote->offer ? quote->usd_per_hour : NAN;
    put_case(w, f, row);
    put_outcome(w, row->outcome);
    put_quote(w, quote, &f->prices.stale[at + n]);
    put_cost(w, f, &cost);
    put_energy(w, f, row);
}

void sweep_header(const struct sweep_format *format, struct buf *out) {
    const struct catalog *catalog = format->catalog;
    struct writer w = {.out = out, .header = true};
    struct scenario s = scenario_default(&catalog->models[0], &catalog->gpus[0]);
    struct outcome o = estimate_unknown(FROM_FIRST_PRINCIPLES);
    struct workload workload = {"", "", 1, 1};
    struct sweep_row row = {&s, &workload, &o};
    if (format->json || !catalog->model_count || !catalog->gpu_count)
        return;
    put_all(&w, format, &row);
    buf_putc(out, '\n');
}

void sweep_put_row(const struct sweep_format *format, const struct sweep_row *row,
                   struct buf *out) {
    struct writer w = {.out = out, .json = {out, false}, .is_json = format->json};
    if (format->json)
        json_out_open(&w.json, NULL, '{');
    put_all(&w, format, row);
    if (format->json)
        json_out_close(&w.json, '}');
    buf_putc(out, '\n');
}
