/* What a price means: splits, break-even against an API, rent or buy, margins,
   frontiers, flip prices and sensitivities. Every dollar figure is per 1M tokens unless its name
   says else. */
#ifndef ENGINE_ECONOMICS_H
#define ENGINE_ECONOMICS_H

#include "engine/cost.h"

#define HOURS_PER_MONTH 730.5 /* 8,766 / 12 */

/* An input and an output price, ours or an API's. */
struct token_price {
    double input_usd_per_million, output_usd_per_million;
    double cached_input_usd_per_million; /* NaN: cached tokens cost as much as others */
};
struct token_price economics_api_price(const struct api_price *price);

/* Our cost split by the time that prefill and decoding take instead of by gamma: each pays for its
   own seconds. Both parts together buy exactly the tokens of a paid hour. */
struct token_price economics_split_by_time(const struct outcome *outcome,
                                           const struct scenario *scenario, double usd_per_hour,
                                           double utilisation);
/* USD of one request at a price; cached_share 0..1 of its input comes from the prefix cache. */
double economics_request_usd(const struct token_price *price, double input_tokens,
                             double output_tokens, double cached_share);
/* Gross margin of a price over a cost, 1 = all profit; negative below cost. */
double economics_margin(double cost, double price);
/* C(U) = C(1) / U. */
double economics_at_utilisation(double cost_at_full_use, double utilisation);

struct break_even {
    bool ever;                /* pays at some utilisation up to 1 */
    double utilisation;       /* at which both cost the same; above 1 when never */
    double requests_per_hour; /* that the API would answer for the price of the machine */
    double tokens_per_month;  /* input and output */
    double users;             /* who ask that much */
};
/* Own machine at usd_per_hour against an API price. users: at requests_per_user_per_day. */
struct break_even economics_break_even(const struct outcome *outcome,
                                       const struct scenario *scenario, double usd_per_hour,
                                       const struct token_price *api, double cached_share,
                                       double requests_per_user_per_day);

struct purchase {
    double usd_per_gpu;                /* with its share of the server */
    double life_years, residual_share; /* written off in a line to this share of the price */
    double watts_per_gpu, pue, usd_per_kwh;
    double hosting_usd_per_kw_month; /* space and operation, per kW of IT load */
};
double economics_purchase_usd_per_hour(const struct purchase *purchase, uint32_t gpu_count);

enum supply { SUPPLY_RENT, SUPPLY_BUY, SUPPLY_API };
const char *supply_name(enum supply supply);
struct supply_choice {
    double usd_per_month[3]; /* NaN: not on offer */
    double machines;         /* whole ones, for rent and buy */
    enum supply cheapest;
};
/* A month of `requests`; requests_per_hour of one machine at full use. */
struct supply_choice economics_choose(double requests_per_month, double requests_per_hour,
                                      double rent_usd_per_hour, double buy_usd_per_hour,
                                      double api_usd_per_request);

/* Price per hour of A at which its tokens cost as much as B's at usd_b_per_hour. */
double economics_flip_usd_per_hour(double tokens_per_s_a, double tokens_per_s_b,
                                   double usd_b_per_hour);

struct pareto_point {
    double tokens_per_s_per_user, usd_per_million;
    int group;    /* one frontier for each, such as the precision */
    size_t index; /* the caller's; breaks ties */
};
/* Leaves in front the points that nobody in their group beats in both speed and price, by group and
   then from cheap to dear; returns how many they are. Of equal points the lowest index stays;
   points that are not finite never do. The others are lost. */
size_t economics_pareto(struct pareto_point *points, size_t count);

enum factor {
    FACTOR_PRICE,
    FACTOR_UTILISATION,
    FACTOR_GAMMA,
    FACTOR_INPUT,
    FACTOR_OUTPUT,
    FACTORS
};
struct sensitivity {
    enum factor factor;
    const char *name;
    double low, high;         /* values of the factor */
    double usd_low, usd_high; /* $ per 1M output tokens there */
};
/* Moves one factor at a time by `swing` (0.5 = from half to 1.5 times; utilisation stays at most 1)
   and sorts by the width of the answer, widest first. */
void economics_tornado(const struct scenario *scenario, double usd_per_hour, double gamma,
                       double utilisation, double swing, struct sensitivity rows[FACTORS]);

#endif
