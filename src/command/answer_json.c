/* The answer of `estimate` as one JSON object: null where nothing can be said. */
#include "command/answer.h"

#include <math.h>

static double or_nan(bool known, double value) {
    return known ? value : NAN;
}

void answer_json_setup(const struct answer *answer, struct json_out *j) {
    const struct scenario *s = &answer->scenario;
    json_out_text(j, "model", s->model->id);
    json_out_text(j, "gpu", s->gpu->id);
    json_out_whole(j, "count", s->gpu_count);
    json_out_text(j, "engine", answer->engine);
    json_out_text(j, "weights", precision_info(s->weights)->id);
    json_out_text(j, "kv", precision_info(s->kv)->id);
    json_out_text(j, "serving", s->serving == SERVING_STATIC ? "static" : "continuous");
}

static void put_case(struct json_out *j, const struct answer *a) {
    const struct scenario *s = &a->scenario;
    const struct outcome *o = &a->outcome;
    answer_json_setup(a, j);
    json_out_number(j, "input_tokens", s->input_tokens);
    json_out_number(j, "output_tokens", s->output_tokens);
    json_out_number(j, "batch", or_nan(o->batch > 0, o->batch));
    json_out_bool(j, "feasible", o->feasible);
    json_out_text(j, "reason", o->feasible ? NULL : reason_code(o->reason));
    struct buf room = BUF_INIT;
    json_out_text(j, "reason_sentence", o->feasible ? NULL : answer_why(o->reason, s->gpu, &room));
    buf_free(&room);
    json_out_text(j, "provenance", o->feasible ? provenance_name(o->provenance) : NULL);
    json_out_text(j, "extrapolated_why", o->feasible ? o->extrapolated_why : NULL);
    json_out_whole(j, "tensor_parallel", o->tensor_parallel);
    json_out_whole(j, "pipeline_parallel", o->pipeline_parallel);
    json_out_whole(j, "data_parallel", o->data_parallel);
}

static void put_parameters(struct json_out *j, const struct parameters *p) {
    json_out_open(j, "parameters", '{');
    json_out_whole(j, "total", p->total);
    json_out_whole(j, "active", p->active);
    json_out_close(j, '}');
}

static void put_memory(struct json_out *j, const struct answer *a) {
    const struct scenario *s = &a->scenario;
    const struct outcome *o = &a->outcome;
    const struct memory_use memory = answer_memory(a), *m = &memory;
    json_out_open(j, "memory", '{');
    json_out_number(j, "weights_bytes", memory_weights_bytes(s->model, s->weights));
    json_out_number(j, "kv_bytes_per_token", m->kv_bytes_per_token);
    json_out_number(j, "kv_bytes_per_sequence", m->kv_bytes_per_sequence);
    json_out_number(j, "activation_bytes", round(m->activation_bytes));
    json_out_number(j, "runtime_bytes", round(m->runtime_bytes));
    json_out_number(j, "total_bytes", round(m->total_bytes));
    json_out_number(j, "capacity_bytes", m->capacity_bytes);
    json_out_number(j, "max_batch", m->max_batch);
    json_out_number(j, "min_gpus", or_nan(m->min_gpus > 0, m->min_gpus));
    json_out_bool(j, "exceeded", o->memory_exceeded);
    json_out_close(j, '}');
}

static void put_phases(struct json_out *j, const struct outcome *o) {
    json_out_open(j, "prefill", '{');
    json_out_number(j, "flop", o->prefill.flop);
    json_out_number(j, "time_s", o->prefill.time_s);
    json_out_text(j, "bound", o->feasible ? bound_name(o->prefill.bound) : NULL);
    json_out_close(j, '}');
    json_out_open(j, "decode", '{');
    json_out_number(j, "flop_per_token", o->decode.flop);
    json_out_number(j, "step_s", o->decode.time_s);
    json_out_number(j, "compute_s", o->decode.compute_s);
    json_out_number(j, "memory_s", o->decode.memory_s);
    json_out_number(j, "communication_s", o->decode.communication_s);
    json_out_number(j, "overhead_s", o->decode.overhead_s);
    json_out_text(j, "bound", o->feasible ? bound_name(o->decode.bound) : NULL);
    json_out_close(j, '}');
}

static void put_throughput(struct json_out *j, const struct outcome *o) {
    json_out_open(j, "throughput", '{');
    json_out_number(j, "output_tokens_per_s", o->output_tokens_per_s);
    json_out_number(j, "total_tokens_per_s", o->total_tokens_per_s);
    json_out_number(j, "output_tokens_per_s_per_request", o->output_tokens_per_s_per_request);
    json_out_number(j, "ttft_s", o->ttft_s);
    json_out_number(j, "tpot_s", o->tpot_s);
    json_out_number(j, "request_s", o->request_s);
    json_out_close(j, '}');
}

static void put_roofline(struct json_out *j, const struct outcome *o) {
    json_out_open(j, "roofline", '{');
    json_out_number(j, "arithmetic_intensity", o->arithmetic_intensity);
    json_out_number(j, "ridge_point", o->ridge_point);
    json_out_number(j, "critical_batch", o->critical_batch);
    json_out_close(j, '}');
}

static void put_apart(struct json_out *j, const struct disaggregated *d) {
    json_out_open(j, "disaggregated", '{');
    json_out_number(j, "gpus", d->gpus);
    json_out_number(j, "prefill_requests_per_s", d->prefill_requests_per_s);
    json_out_number(j, "decode_requests_per_s", d->decode_requests_per_s);
    json_out_number(j, "requests_per_s", d->requests_per_s);
    json_out_number(j, "output_tokens_per_s", d->output_tokens_per_s);
    json_out_number(j, "output_tokens_per_s_per_gpu", d->output_tokens_per_s / d->gpus);
    json_out_number(j, "ttft_s", d->ttft_s);
    json_out_number(j, "tpot_s", d->tpot_s);
    json_out_text(j, "limited_by", d->gpus > 0 ? d->prefill_bound ? "prefill" : "decode" : NULL);
    json_out_close(j, '}');
}

static void put_price(struct json_out *j, const struct answer *a) {
    const struct offer *offer = a->quote.offer;
    json_out_open(j, "price", '{');
    json_out_number(j, "usd_per_hour", a->used.usd_per_hour);
    json_out_number(j, "usd_per_million_input", a->used.usd_per_million_input);
    json_out_number(j, "usd_per_million_output", a->used.usd_per_million_output);
    json_out_number(j, "output_tokens_per_usd", a->used.output_tokens_per_usd);
    json_out_number(j, "total_tokens_per_usd", a->used.total_tokens_per_usd);
    json_out_number(j, "usd_per_million_blended", a->used.usd_per_million_blended);
    json_out_number(j, "gamma", a->gamma);
    json_out_number(j, "utilisation", a->utilisation);
    json_out_number(j, "usd_per_million_output_at_full_use", a->full.usd_per_million_output);
    json_out_number(j, "site_utilisation", a->site_utilisation);
    json_out_number(j, "usd_per_million_output_at_site_utilisation",
                    a->usual.usd_per_million_output);
    json_out_text(j, "source", a->price_given ? "input" : offer ? offer->platform : NULL);
    json_out_text(j, "instance", offer ? offer->instance : NULL);
    json_out_text(j, "as_of", offer ? offer->as_of : NULL);
    bool priced = a->price_given || offer;
    json_out_text(j, "reason", priced ? NULL : reason_code(REASON_NO_PRICE));
    json_out_close(j, '}');
}

void answer_json(const struct answer *answer, struct buf *out) {
    struct json_out j = {out, false};
    json_out_open(&j, NULL, '{');
    put_case(&j, answer);
    put_parameters(&j, &answer->outcome.parameters);
    put_memory(&j, answer);
    put_phases(&j, &answer->outcome);
    put_throughput(&j, &answer->outcome);
    put_roofline(&j, &answer->outcome);
    if (answer->is_apart)
        put_apart(&j, &answer->apart);
    put_price(&j, answer);
    json_out_open(&j, "energy", '{');
    json_out_number(&j, "joules_per_output_token", answer->energy.joules_per_output_token);
    json_out_number(&j, "kwh_per_million", answer->energy.kwh_per_million_output);
    json_out_number(&j, "gco2_per_million", answer->energy.gco2_per_million_output);
    json_out_number(&j, "usd_per_million", answer->energy.usd_per_million_output);
    json_out_number(&j, "gpu_watts", answer->energy.gpu_watts);
    json_out_number(&j, "output_tokens_per_s_per_mw", answer->energy.output_tokens_per_s_per_mw);
    json_out_text(&j, "region", answer->region ? answer->region->id : NULL);
    json_out_number(&j, "pue", answer->place.pue);
    json_out_close(&j, '}');
    json_out_close(&j, '}');
    buf_putc(out, '\n');
}
