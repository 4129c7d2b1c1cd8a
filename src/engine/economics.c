/* Splits, break-even, rent or buy, margins and flip prices. */
#include "engine/economics.h"

#include <math.h>

struct token_price economics_api_price(const struct api_price *price) {
    return (struct token_price){price->input_usd_per_million, price->output_usd_per_million,
                                price->cached_input_usd_per_million};
}

/* A static batch prefills all its prompts at once; a continuous one prefills one prompt for each of
   the sequences that run (Little's law) while a request lasts. */
static double prefill_share(const struct outcome *outcome, const struct scenario *scenario) {
    double prompts = 1;
    if (scenario->serving == SERVING_CONTINUOUS)
        prompts = outcome->output_tokens_per_s * outcome->request_s /
                  (scenario->output_tokens * outcome->data_parallel);
    return fmin(prompts * outcome->prefill.time_s / outcome->request_s, 1);
}

struct token_price economics_split_by_time(const struct outcome *outcome,
                                           const struct scenario *scenario, double usd_per_hour,
                                           double utilisation) {
    double share = prefill_share(outcome, scenario);
    double usd_per_output = usd_per_hour / (outcome->output_tokens_per_s * 3600 * utilisation);
    double outputs_per_input = scenario->output_tokens / scenario->input_tokens;
    return (struct token_price){share * usd_per_output * outputs_per_input * 1e6,
                                (1 - share) * usd_per_output * 1e6, NAN};
}

static double input_usd(const struct token_price *price, double cached_share) {
    double cached = price->cached_input_usd_per_million;
    if (!isfinite(cached))
        cached = price->input_usd_per_million;
    return price->input_usd_per_million * (1 - cached_share) + cached * cached_share;
}

double economics_request_usd(const struct token_price *price, double input_tokens,
                             double output_tokens, double cached_share) {
    return (input_tokens * input_usd(price, cached_share) +
            output_tokens * price->output_usd_per_million) /
           1e6;
}

double economics_margin(double cost, double price) {
    return 1 - cost / price;
}

double economics_at_utilisation(double cost_at_full_use, double utilisation) {
    return cost_at_full_use / utilisation;
}

struct break_even economics_break_even(const struct outcome *outcome,
                                       const struct scenario *scenario, double usd_per_hour,
                                       const struct token_price *api, double cached_share,
                                       double requests_per_user_per_day) {
    double request_usd =
        economics_request_usd(api, scenario->input_tokens, scenario->output_tokens, cached_share);
    double full = outcome->output_tokens_per_s / scenario->output_tokens * 3600;
    struct break_even even = {.requests_per_hour = usd_per_hour / request_usd};
    even.utilisation = even.requests_per_hour / full;
    even.ever = even.utilisation <= 1;
    even.tokens_per_month = even.requests_per_hour * HOURS_PER_MONTH *
                            (scenario->input_tokens + scenario->output_tokens);
    even.users = even.requests_per_hour * 24 / requests_per_user_per_day;
    return even;
}

double economics_purchase_usd_per_hour(const struct purchase *p, uint32_t gpu_count) {
    double kw = p->watts_per_gpu / 1000;
    double written_off = p->usd_per_gpu * (1 - p->residual_share) / (p->life_years * 8766);
    double power = kw * p->pue * p->usd_per_kwh;
    double hosting = kw * p->hosting_usd_per_kw_month / HOURS_PER_MONTH;
    return gpu_count * (written_off + power + hosting);
}

const char *supply_name(enum supply supply) {
    static const char *const names[] = {
        [SUPPLY_RENT] = "rent", [SUPPLY_BUY] = "buy", [SUPPLY_API] = "api"};
    return names[supply];
}

struct supply_choice economics_choose(double requests_per_month, double requests_per_hour,
                                      double rent_usd_per_hour, double buy_usd_per_hour,
                                      double api_usd_per_request) {
    struct supply_choice choice = {.cheapest = SUPPLY_API};
    choice.machines = fmax(ceil(requests_per_month / (requests_per_hour * HOURS_PER_MONTH)), 1);
    choice.usd_per_month[SUPPLY_RENT] = choice.machines * rent_usd_per_hour * HOURS_PER_MONTH;
    choice.usd_per_month[SUPPLY_BUY] = choice.machines * buy_usd_per_hour * HOURS_PER_MONTH;
    choice.usd_per_month[SUPPLY_API] = requests_per_month * api_usd_per_request;
    double best = INFINITY;
    for (int i = SUPPLY_API; i >= SUPPLY_RENT; i--)
        if (choice.usd_per_month[i] < best) {
            best = choice.usd_per_month[i];
            choice.cheapest = (enum supply)i;
        }
    return choice;
}

double economics_flip_usd_per_hour(double tokens_per_s_a, double tokens_per_s_b,
                                   double usd_b_per_hour) {
    return usd_b_per_hour * tokens_per_s_a / tokens_per_s_b;
}
