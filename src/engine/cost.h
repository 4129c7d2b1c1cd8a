/* From tokens per second to dollars. The rate at which a dollar buys tokens and its inverse stand
   beside each other and are always reciprocal: output_tokens_per_usd with
   usd_per_million_output_alone, total_tokens_per_usd with usd_per_million_tokens, and
   blended_tokens_per_usd with usd_per_million_blended. */
#ifndef ENGINE_COST_H
#define ENGINE_COST_H

#include "engine/estimate.h"

struct cost {
    double usd_per_hour; /* of all GPUs */
    /* An input token costs gamma times an output token ("Tokenomics from first principles"):
       output = cost / (gamma x input tokens + output tokens). */
    double usd_per_million_input, usd_per_million_output;
    double usd_per_million_blended;      /* 3 input : 1 output of those two */
    double usd_per_million_output_alone; /* output tokens carry the whole cost */
    double usd_per_million_tokens;       /* input and output tokens alike */
    double output_tokens_per_usd, total_tokens_per_usd, blended_tokens_per_usd;
};

/* gamma = input price / output price; utilisation 0..1 scales the tokens of a paid hour. NaN
   throughout where the outcome has no rate. */
struct cost cost_of(const struct outcome *outcome, const struct scenario *scenario,
                    double usd_per_hour, double gamma, double utilisation);
struct cost cost_of_pace(const struct pace *pace, const struct scenario *scenario,
                         double usd_per_hour, double gamma, double utilisation);
struct cost cost_of_rates(double output_tokens_per_s, double input_tokens_per_s,
                          double usd_per_hour, double gamma, double utilisation);
/* TokenTally's rule: size x 1.2. */
double cost_tokentally_bytes(double weights_bytes);

#endif
