/* The answer of `offers` as one JSON object. */
#include "command/offers_answer.h"

#include "command/json_out.h"

#include <math.h>

static void put_band(struct json_out *j, const struct montecarlo_band *band) {
    json_out_open(j, "band", '{');
    json_out_whole(j, "seed", band->seed);
    json_out_whole(j, "samples", band->drawn);
    json_out_whole(j, "trimmed", band->trimmed);
    json_out_number(j, "p10", band->p10);
    json_out_number(j, "p50", band->p50);
    json_out_number(j, "p90", band->p90);
    json_out_number(j, "median_of_all", band->median_of_all);
    json_out_close(j, '}');
}

static void put_offer(struct json_out *j, const struct offers_answer *a, const struct offered *o) {
    const struct offer *offer = o->quote.offer;
    const struct outcome *out = &o->configuration->outcome;
    struct scenario scenario = offers_scenario(a, o);
    struct token_price split =
        economics_split_by_time(out, &scenario, o->quote.usd_per_hour, a->search.utilisation);
    json_out_text(j, "platform", offer->platform);
    json_out_text(j, "instance", offer->instance);
    json_out_text(j, "region", offer->region);
    json_out_text(j, "gpu", offer->gpu->id);
    json_out_whole(j, "gpu_count", offer->gpu_count);
    json_out_whole(j, "instances", o->quote.room.instances);
    json_out_whole(j, "idle_gpus", o->quote.room.idle_gpus);
    json_out_whole(j, "replicas", o->replicas);
    json_out_whole(j, "gpus_per_replica", o->configuration->gpus);
    json_out_text(j, "weights", precision_info(o->configuration->weights)->id);
    json_out_number(j, "batch_per_replica", out->batch);
    json_out_text(j, "provenance", provenance_name(out->provenance));
    json_out_text(j, "price_as_of", offer->as_of);
    json_out_number(j, "price_age_days", o->quote.age_days >= 0 ? (double)o->quote.age_days : NAN);
    json_out_bool(j, "stale", o->stale);
    json_out_text(j, "price_source", offer->source);
    json_out_number(j, "usd_per_hour", o->usd_per_hour);
    json_out_number(j, "output_tokens_per_s", o->output_tokens_per_s);
    json_out_number(j, "ttft_s", out->ttft_s);
    json_out_number(j, "tpot_s", out->tpot_s);
    json_out_number(j, "usd_per_million_output_at_full_use",
                    o->cost.usd_per_million_output * a->search.utilisation);
    json_out_number(j, "usd_per_million_output", o->cost.usd_per_million_output);
    json_out_number(j, "usd_per_million_input", o->cost.usd_per_million_input);
    json_out_number(j, "usd_per_million_blended", o->cost.usd_per_million_blended);
    json_out_number(j, "usd_per_million_input_by_time", split.input_usd_per_million);
    json_out_number(j, "usd_per_million_output_by_time", split.output_usd_per_million);
    json_out_number(j, "output_tokens_per_usd", o->cost.output_tokens_per_usd);
}

static void put_api(struct json_out *j, const struct api_row *r) {
    json_out_open(j, NULL, '{');
    json_out_text(j, "provider", r->price->provider);
    json_out_number(j, "usd_per_million_input", r->price->input_usd_per_million);
    json_out_number(j, "usd_per_million_cached_input", r->price->cached_input_usd_per_million);
    json_out_number(j, "usd_per_million_output", r->price->output_usd_per_million);
    json_out_text(j, "as_of", r->price->as_of);
    json_out_number(j, "age_days", r->age_days >= 0 ? (double)r->age_days : NAN);
    json_out_bool(j, "stale", r->stale);
    json_out_bool(j, "doubtful", r->doubtful);
    json_out_text(j, "source", r->price->source);
    json_out_number(j, "usd_per_request", r->usd_per_request);
    json_out_bool(j, "ever_even", r->even.ever);
    json_out_number(j, "break_even_utilisation", r->even.utilisation);
    json_out_number(j, "break_even_requests_per_hour", r->even.requests_per_hour);
    json_out_number(j, "break_even_tokens_per_month", r->even.tokens_per_month);
    json_out_number(j, "break_even_users", r->even.users);
    json_out_number(j, "margin_over_best_offer", r->margin);
    json_out_close(j, '}');
}

static void put_contracts(struct json_out *j, const struct offers_answer *a) {
    json_out_open(j, "contracts", '[');
    for (int k = 0; k < PRICE_KINDS && a->found; k++) {
        const struct contract *c = &a->contracts[k];
        if (!c->quote.offer)
            continue;
        json_out_open(j, NULL, '{');
        json_out_text(j, "price_kind", price_kind_name((enum price_kind)k));
        json_out_text(j, "platform", c->quote.offer->platform);
        json_out_text(j, "price_as_of", c->quote.offer->as_of);
        json_out_number(j, "usd_per_hour", c->quote.usd_per_hour);
        json_out_number(j, "usd_per_million_output_at_full_use", c->usd_per_million_output);
        json_out_number(j, "pays_from_use", c->pays_from_use);
        json_out_close(j, '}');
    }
    json_out_close(j, ']');
}

static void put_purchase(struct json_out *j, const struct offers_answer *a) {
    const struct purchase *p = &a->purchase;
    json_out_open(j, "purchase", '{');
    if (a->found) {
        json_out_number(j, "usd_per_gpu", p->usd_per_gpu);
        json_out_number(j, "life_years", p->life_years);
        json_out_number(j, "residual_share", p->residual_share);
        json_out_number(j, "watts_per_gpu", p->watts_per_gpu);
        json_out_number(j, "pue", p->pue);
        json_out_number(j, "usd_per_kwh", p->usd_per_kwh);
        json_out_number(j, "hosting_usd_per_kw_month", p->hosting_usd_per_kw_month);
        json_out_number(j, "usd_per_hour", a->buy_usd_per_hour);
    }
    json_out_close(j, '}');
}

static void put_supply(struct json_out *j, const struct offers_answer *a) {
    bool asked = a->requests_per_month > 0 && a->found > 0;
    json_out_open(j, "supply", '{');
    json_out_number(j, "requests_per_month", asked ? a->requests_per_month : NAN);
    json_out_number(j, "machines", asked ? a->supply.machines : NAN);
    json_out_number(j, "rent_usd_per_month", asked ? a->supply.usd_per_month[SUPPLY_RENT] : NAN);
    json_out_number(j, "buy_usd_per_month", asked ? a->supply.usd_per_month[SUPPLY_BUY] : NAN);
    json_out_number(j, "api_usd_per_month", asked ? a->supply.usd_per_month[SUPPLY_API] : NAN);
    json_out_text(j, "cheapest", asked ? supply_name(a->supply.cheapest) : NULL);
    json_out_close(j, '}');
}

static void put_head(struct json_out *j, const struct offers_answer *a) {
    const struct search *s = &a->search;
    json_out_text(j, "model", s->model->id);
    json_out_text(j, "workload", a->workload);
    json_out_number(j, "input_tokens", s->input_tokens);
    json_out_number(j, "output_tokens", s->output_tokens);
    json_out_text(j, "engine", a->engine);
    json_out_text(j, "serving", s->serving == SERVING_STATIC ? "static" : "continuous");
    json_out_text(j, "price_kind", price_kind_name(s->kind));
    json_out_number(j, "ttft_limit_s", s->target.ttft_s > 0 ? s->target.ttft_s : NAN);
    json_out_number(j, "tpot_limit_s", s->target.tpot_s > 0 ? s->target.tpot_s : NAN);
    json_out_number(j, "gamma", s->gamma);
    json_out_number(j, "utilisation", s->utilisation);
    json_out_number(j, "cached_share", a->cached_share);
    json_out_whole(j, "offers_found", a->found);
    json_out_whole(j, "offers_stale", a->stale);
}

void offers_json(const struct offers_answer *a, struct buf *out) {
    struct json_out j = {out, false};
    json_out_open(&j, NULL, '{');
    put_head(&j, a);
    json_out_open(&j, "offers", '[');
    for (size_t i = 0; i < a->shown; i++) {
        json_out_open(&j, NULL, '{');
        put_offer(&j, a, a->offers[i]);
        put_band(&j, &a->bands[i]);
        json_out_close(&j, '}');
    }
    json_out_close(&j, ']');
    json_out_open(&j, "api_prices", '[');
    for (size_t i = 0; i < a->api_count; i++)
        put_api(&j, &a->apis[i]);
    json_out_close(&j, ']');
    put_contracts(&j, a);
    put_purchase(&j, a);
    put_supply(&j, a);
    json_out_open(&j, "sensitivity", '[');
    for (int i = 0; i < FACTORS && a->found; i++) {
        json_out_open(&j, NULL, '{');
        json_out_text(&j, "factor", a->factors[i].name);
        json_out_number(&j, "low", a->factors[i].low);
        json_out_number(&j, "high", a->factors[i].high);
        json_out_number(&j, "usd_per_million_output_low", a->factors[i].usd_low);
        json_out_number(&j, "usd_per_million_output_high", a->factors[i].usd_high);
        json_out_close(&j, '}');
    }
    json_out_close(&j, ']');
    json_out_close(&j, '}');
    buf_putc(out, '\n');
}
