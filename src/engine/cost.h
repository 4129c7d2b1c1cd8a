/* From tokens per second to dollars. model.md section 6. */
#ifndef ENGINE_COST_H
#define ENGINE_COST_H

#include "engine/estimate.h"

struct cost {
    double usd_per_hour;              /* of all GPUs */
    double usd_per_million_input, usd_per_million_output; /* at gamma */
    double usd_per_million_blended;   /* 3 input : 1 output */
    double output_tokens_per_usd, total_tokens_per_usd, blended_tokens_per_usd;
};

/* gamma = input price / output price; utilisation 0..1 scales the tokens of a paid hour. */
struct cost cost_of(const struct outcome *outcome, const struct scenario *scenario,
                    double usd_per_hour, double gamma, double utilisation);
/* TokenTally's rule: size x 1.2. */
double cost_tokentally_bytes(double weights_bytes);

#endif
