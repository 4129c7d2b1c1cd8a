/* Joules, kilowatt-hours, dollars and CO2 of a token; a token beside a byte. */
#include "engine/energy.h"

#include "engine/first_principles.h"

#include <math.h>

#define LOAD_MEMORY_BOUND 0.54
#define LOAD_COMPUTE_BOUND 0.99
#define JOULES_PER_KWH 3.6e6

struct energy_place energy_place_of(const struct site *site) {
    return (struct energy_place){site->pue > 0 ? site->pue : 1,
                                 0,
                                 site->electricity_usd_per_kwh,
                                 site->grid_gco2_per_kwh,
                                 site->utilisation > 0 ? site->utilisation : 1,
                                 NAN};
}

struct energy_place energy_place_in(const struct site *site, const struct grid_region *region) {
    struct energy_place place = energy_place_of(site);
    place.electricity_usd_per_kwh = region->usd_per_kwh;
    place.grid_gco2_per_kwh = region->gco2_per_kwh;
    return place;
}

/* Time of a request in which compute units or memory work, and in which compute units do. */
struct busy {
    double total_s, working_s, computing_s;
};

static void add_phase(struct busy *busy, const struct phase *phase, double times) {
    double work = fmax(phase->time_s - phase->communication_s - phase->overhead_s, 0);
    busy->total_s += phase->time_s * times;
    busy->working_s += work * times;
    busy->computing_s += fmin(phase->compute_s, work) * times;
}

double energy_load(const struct outcome *outcome, const struct gpu *gpu) {
    struct busy busy = {0};
    if (outcome->prefill.time_s > 0)
        add_phase(&busy, &outcome->prefill, 1);
    double decoding = (outcome->request_s - outcome->prefill.time_s) / outcome->decode.time_s;
    add_phase(&busy, &outcome->decode, fmax(decoding, 1));
    double idle = gpu->idle_w / gpu->tdp_w;
    double computing = busy.computing_s / busy.total_s, working = busy.working_s / busy.total_s;
    double drawn = LOAD_MEMORY_BOUND * working +
                   (LOAD_COMPUTE_BOUND - LOAD_MEMORY_BOUND) * computing + idle * (1 - working);
    return (drawn - idle) / (1 - idle);
}

static double gpu_watts(const struct outcome *outcome, const struct gpu *gpu,
                        const struct energy_place *place) {
    if (isfinite(place->measured_gpu_watts))
        return place->measured_gpu_watts;
    if (!outcome->feasible || !(gpu->tdp_w > 0))
        return NAN;
    return gpu->idle_w + (gpu->tdp_w - gpu->idle_w) * energy_load(outcome, gpu);
}

struct energy energy_of(const struct outcome *outcome, const struct scenario *scenario,
                        const struct energy_place *place) {
    double u = place->utilisation, n = scenario->gpu_count;
    struct energy e = {.provenance = isfinite(place->measured_gpu_watts) ? FROM_MEASURED
                                                                         : outcome->provenance};
    e.gpu_watts = gpu_watts(outcome, scenario->gpu, place);
    double mean = e.gpu_watts * u + scenario->gpu->idle_w * (1 - u);
    e.facility_watts = mean * n * (1 + place->host_share) * place->pue;
    double output = outcome->output_tokens_per_s * u, all = outcome->total_tokens_per_s * u;
    e.joules_per_output_token = e.facility_watts / output;
    e.joules_per_token = e.facility_watts / all;
    e.kwh_per_million_output = e.joules_per_output_token * 1e6 / JOULES_PER_KWH;
    e.usd_per_million_output = e.kwh_per_million_output * place->electricity_usd_per_kwh;
    e.gco2_per_million_output = e.kwh_per_million_output * place->grid_gco2_per_kwh;
    e.output_tokens_per_s_per_mw = output / e.facility_watts * 1e6;
    e.tokens_per_s_per_mw = all / e.facility_watts * 1e6;
    return e;
}

/* f_E = alpha e^(beta B) P + gamma with P in 10^9 active parameters, fitted by EcoLogits on the
   ML.ENERGY leaderboard. */
double energy_ecologits_wh_per_token(double active_parameters, double batch) {
    return 1.17e-6 * exp(-1.12e-2 * batch) * active_parameters / 1e9 + 4.05e-5;
}

/* Weights touched and KV read by a decode step in the middle of the answer, per sequence. */
static double bytes_per_token(const struct outcome *outcome, const struct scenario *scenario) {
    struct fp_kernel kernel;
    if (!outcome->feasible || fp_kernel_make(scenario, &kernel) != REASON_NONE)
        return NAN;
    double batch = fmax(outcome->batch / fmax(outcome->data_parallel, 1), 1);
    double context = scenario->input_tokens + 0.5 * scenario->output_tokens;
    return fp_weights_touched_bytes(&kernel, batch) / batch + fp_kv_bytes(&kernel, context);
}

static void set_row(struct token_row *row, const char *name, const char *unit, double low,
                    double high, double ours) {
    *row = (struct token_row){name, unit, low, high, ours, ours >= low && ours <= high};
}

void energy_token_table(const struct outcome *outcome, const struct scenario *scenario,
                        const struct energy *energy, double clock_hz,
                        struct token_row rows[TOKEN_QUANTITIES]) {
    double n = scenario->gpu_count, rate = outcome->output_tokens_per_s;
    double clock = clock_hz > 0 ? clock_hz * n / rate : NAN;
    double moved = bytes_per_token(outcome, scenario);
    double joules = energy->joules_per_output_token;
    set_row(&rows[TOKEN_ENERGY_J], "Energy per token", "J", 0.1e-3, 10e-3, joules);
    set_row(&rows[TOKEN_CLOCK_HZ_S], "Clock cycles per token", "Hz s", 10e9, 10e9, clock);
    set_row(&rows[TOKEN_BYTES_MOVED], "Bytes moved per token", "B", NAN, NAN, moved);
    set_row(&rows[TOKEN_RATE_PER_S], "Tokens per second", "1/s", 10, 1000, rate);
    set_row(&rows[BYTE_ENERGY_J], "Energy per byte", "J", 0.001e-3, 0.01e-3, joules / moved);
    set_row(&rows[BYTE_CLOCK_HZ_S], "Clock cycles per byte", "Hz s", 1e6, 10e6, clock / moved);
    set_row(&rows[BYTE_RATE_PER_S], "Bytes per second", "B/s", 1e6, 1e9, moved * rate);
}
