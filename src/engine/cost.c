/* From tokens per second to dollars. */
#include "engine/cost.h"

#include <math.h>

/* Input tokens come and go with the output tokens. */
static struct cost cost_at(double output_tokens_per_s, const struct scenario *scenario,
                           double usd_per_hour, double gamma, double utilisation) {
    double input_per_output = scenario->input_tokens / scenario->output_tokens;
    return cost_of_rates(output_tokens_per_s, output_tokens_per_s * input_per_output, usd_per_hour,
                         gamma, utilisation);
}

struct cost cost_of(const struct outcome *outcome, const struct scenario *scenario,
                    double usd_per_hour, double gamma, double utilisation) {
    return cost_at(outcome->output_tokens_per_s, scenario, usd_per_hour, gamma, utilisation);
}

struct cost cost_of_pace(const struct pace *pace, const struct scenario *scenario,
                         double usd_per_hour, double gamma, double utilisation) {
    return cost_at(pace->output_tokens_per_s, scenario, usd_per_hour, gamma, utilisation);
}

struct cost cost_of_rates(double output_tokens_per_s, double input_tokens_per_s,
                          double usd_per_hour, double gamma, double utilisation) {
    double output_per_hour = output_tokens_per_s * 3600 * utilisation;
    double input_per_hour = input_tokens_per_s * 3600 * utilisation;
    double output_usd = usd_per_hour / (gamma * input_per_hour + output_per_hour);
    struct cost cost = {.usd_per_hour = usd_per_hour};
    cost.usd_per_million_output = output_usd * 1e6;
    cost.usd_per_million_input = gamma * output_usd * 1e6;
    cost.usd_per_million_blended =
        (3 * cost.usd_per_million_input + cost.usd_per_million_output) / 4;
    cost.usd_per_million_output_alone = usd_per_hour / output_per_hour * 1e6;
    cost.usd_per_million_tokens = usd_per_hour / (input_per_hour + output_per_hour) * 1e6;
    cost.output_tokens_per_usd = output_per_hour / usd_per_hour;
    cost.total_tokens_per_usd = (input_per_hour + output_per_hour) / usd_per_hour;
    cost.blended_tokens_per_usd = 1e6 / cost.usd_per_million_blended;
    return cost;
}

double cost_tokentally_bytes(double weights_bytes) {
    return weights_bytes * 1.2;
}
