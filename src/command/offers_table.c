/* The answer of `offers` as tables for people. */
#include "command/offers_answer.h"

#include "base/num.h"
#include "base/shown.h"

#include <math.h>

static void put_number(struct buf *out, int width, double value) {
    char text[NUM_MAX] = "-";
    if (isfinite(value))
        num_grouped(text, value, 3);
    buf_printf(out, " %*s", width, text);
}

static void put_name(struct buf *out, int width, const char *text) {
    buf_put_column(out, text, width);
    buf_putc(out, ' ');
}

static void put_offer(struct buf *out, const struct offered *o, const struct montecarlo_band *band,
                      double utilisation) {
    const struct offer *offer = o->quote.offer;
    const struct configuration *c = o->configuration;
    put_name(out, 18, offer->platform);
    put_name(out, 24, offer->instance ? offer->instance : "-");
    buf_printf(out, "%2u x %2u x ", o->replicas, c->gpus);
    put_name(out, 14, offer->gpu->short_name);
    put_name(out, 9, precision_info(c->weights)->id);
    put_number(out, 6, c->outcome.batch);
    put_number(out, 8, o->usd_per_hour);
    put_number(out, 8, o->output_tokens_per_s);
    put_number(out, 7, c->outcome.ttft_s);
    put_number(out, 7, c->outcome.tpot_s * 1e3);
    put_number(out, 7, o->cost.usd_per_million_output * utilisation);
    put_number(out, 7, o->cost.usd_per_million_output);
    put_number(out, 7, band->p10);
    put_number(out, 7, band->p90);
    buf_printf(out, "  %s%s %s\n", offer->as_of ? offer->as_of : "no date",
               o->stale ? " STALE" : "", provenance_name(c->outcome.provenance));
}

static void put_offers(struct buf *out, const struct offers_answer *a) {
    char use[NUM_MAX];
    num_shortest(use, a->search.utilisation * 100);
    buf_printf(out, "\n%-18s %-24s %-26s %-9s %6s %8s %8s %7s %7s %7s %5s %% %7s %7s\n", "platform",
               "instance", "replicas x GPUs", "weights", "batch", "$/h", "tokens/s", "TTFT s",
               "TPOT ms", "$/1M", use, "P10", "P90");
    for (size_t i = 0; i < a->shown; i++)
        put_offer(out, a->offers[i], &a->bands[i], a->search.utilisation);
    buf_printf(
        out,
        "%zu of %zu offers; %zu stale. $/1M output tokens, input at gamma of it: fully used, "
        "at %s %%\nutilisation, and there P10 to P90 of %zu draws of lengths, price and "
        "efficiency.\n",
        a->shown, a->found, a->stale, use, a->shown ? (size_t)a->bands[0].drawn : 0);
}

static void put_apis(struct buf *out, const struct offers_answer *a) {
    buf_printf(out, "\n%-29s %8s %8s %12s %11s %13s %9s %8s\n", "API", "in $/1M", "out $/1M",
               "$/1k requests", "even at %", "1M tokens/mon", "users", "margin %");
    for (size_t i = 0; i < a->api_count; i++) {
        const struct api_row *r = &a->apis[i];
        put_name(out, 29, r->price->provider);
        put_number(out, 8, r->price->input_usd_per_million);
        put_number(out, 8, r->price->output_usd_per_million);
        put_number(out, 12, r->usd_per_request * 1e3);
        if (isfinite(r->even.utilisation) && !r->even.ever)
            buf_printf(out, " %11s", "never");
        else
            put_number(out, 11, r->even.utilisation * 100);
        put_number(out, 13, r->even.ever ? r->even.tokens_per_month / 1e6 : NAN);
        put_number(out, 9, r->even.ever ? r->even.users : NAN);
        put_number(out, 8, r->margin * 100);
        buf_printf(out, "  %s%s\n", r->price->as_of ? r->price->as_of : "no date",
                   r->stale      ? " STALE"
                   : r->doubtful ? " DOUBTFUL"
                                 : "");
    }
    if (!a->api_count)
        buf_puts(out, "no API price of this model is known\n");
}

static void put_contracts(struct buf *out, const struct offers_answer *a) {
    const struct contract *list = a->contracts;
    if (!a->found)
        return;
    buf_puts(out,
             "\nThe same GPUs at their cheapest under each contract ($/h, $/1M fully used):\n");
    for (int k = 0; k < PRICE_KINDS; k++) {
        if (!list[k].quote.offer)
            continue;
        buf_printf(out, "  %-12s", price_kind_name((enum price_kind)k));
        put_number(out, 8, list[k].quote.usd_per_hour);
        put_number(out, 8, list[k].usd_per_million_output);
        buf_puts(out, "  ");
        buf_put_shown(out, list[k].quote.offer->platform);
        buf_printf(out, ", %s",
                   list[k].quote.offer->as_of ? list[k].quote.offer->as_of : "no date");
        if (isfinite(list[k].pays_from_use)) {
            buf_puts(out, "; beats on-demand from");
            put_number(out, 1, list[k].pays_from_use * 100);
            buf_puts(out, " % of the hours");
        }
        buf_putc(out, '\n');
    }
}

static void put_purchase(struct buf *out, const struct offers_answer *a) {
    const struct purchase *p = &a->purchase;
    if (!a->found || !isfinite(a->buy_usd_per_hour))
        return;
    buf_puts(out, "\nBought: $");
    put_number(out, 1, p->usd_per_gpu);
    buf_puts(out, " a GPU over");
    put_number(out, 1, p->life_years);
    buf_puts(out, " years to");
    put_number(out, 1, p->residual_share * 100);
    buf_puts(out, " %,");
    put_number(out, 1, p->watts_per_gpu);
    buf_puts(out, " W at PUE");
    put_number(out, 1, p->pue);
    buf_puts(out, " and $");
    put_number(out, 1, p->usd_per_kwh);
    buf_puts(out, "/kWh, hosted for $");
    put_number(out, 1, p->hosting_usd_per_kw_month);
    buf_puts(out, "/kW and month: $");
    put_number(out, 1, a->buy_usd_per_hour);
    buf_puts(out, "/h.\n");
}

static void put_supply(struct buf *out, const struct offers_answer *a) {
    if (!(a->requests_per_month > 0) || !a->found)
        return;
    buf_puts(out, "\nA month of");
    put_number(out, 1, a->requests_per_month);
    buf_puts(out, " requests:");
    for (int i = SUPPLY_RENT; i <= SUPPLY_API; i++) {
        buf_printf(out, " %s $", supply_name((enum supply)i));
        put_number(out, 1, a->supply.usd_per_month[i]);
        buf_putc(out, i == SUPPLY_API ? ';' : ',');
    }
    buf_printf(out, " cheapest: %s\n", supply_name(a->supply.cheapest));
}

static void put_factors(struct buf *out, const struct offers_answer *a) {
    if (!a->found)
        return;
    buf_puts(out, "\nWhat moves the best offer's price most ($/1M output tokens):\n");
    for (int i = 0; i < FACTORS; i++) {
        buf_printf(out, "  %-28s", a->factors[i].name);
        put_number(out, 8, a->factors[i].low);
        buf_puts(out, " to");
        put_number(out, 8, a->factors[i].high);
        buf_puts(out, ":");
        put_number(out, 8, a->factors[i].usd_low);
        buf_puts(out, " to");
        put_number(out, 8, a->factors[i].usd_high);
        buf_putc(out, '\n');
    }
}

void offers_table(const struct offers_answer *a, struct buf *out) {
    buf_put_shown(out, a->search.model->name);
    buf_puts(out, ", ");
    buf_put_shown(out, a->workload);
    buf_puts(out, ": ");
    char in[NUM_MAX], output[NUM_MAX]; /* whole, as the pages have them */
    num_fixed_grouped(in, a->search.input_tokens, 0);
    num_fixed_grouped(output, a->search.output_tokens, 0);
    buf_printf(out, "%s tokens in, %s out; engine %s, %s prices\n", in, output, a->engine,
               price_kind_name(a->search.kind));
    if (a->found)
        put_offers(out, a);
    else
        buf_printf(out, "\nno offer serves it under these conditions; %zu are stale\n", a->stale);
    put_apis(out, a);
    put_contracts(out, a);
    put_purchase(out, a);
    put_supply(out, a);
    put_factors(out, a);
}
