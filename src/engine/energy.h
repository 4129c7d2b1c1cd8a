/* From tokens per second to joules, kilowatt-hours, dollars and grams of CO2, and a token beside a
   byte. */
#ifndef ENGINE_ENERGY_H
#define ENGINE_ENERGY_H

#include "engine/estimate.h"

/* Where the machine stands and what it draws besides its GPUs. */
struct energy_place {
    double pue;        /* facility / IT, >= 1 */
    double host_share; /* host and network as a share of the GPUs' power; 0 = none */
    double electricity_usd_per_kwh, grid_gco2_per_kwh; /* NaN: not known */
    double utilisation;        /* 0..1; the rest of the time the GPUs idle */
    double measured_gpu_watts; /* of one GPU while serving; NaN: the power model */
};
/* The site's own: its PUE, price, grid and utilisation, no host share, nothing measured. */
struct energy_place energy_place_of(const struct site *site);
/* The same on another grid: NaN where the region's price or carbon is not known. */
struct energy_place energy_place_in(const struct site *site, const struct grid_region *region);

struct energy {
    enum provenance provenance; /* measured watts or the power model's estimate */
    double gpu_watts;           /* one GPU while serving */
    double facility_watts;      /* all GPUs, host and PUE, averaged over busy and idle time */
    double joules_per_output_token, joules_per_token; /* facility; all tokens alike in the second */
    double kwh_per_million_output, usd_per_million_output, gco2_per_million_output;
    double output_tokens_per_s_per_mw, tokens_per_s_per_mw;
};

/* NaN throughout where the outcome has no rate or the GPU's power is not known. */
struct energy energy_of(const struct outcome *outcome, const struct scenario *scenario,
                        const struct energy_place *place);
/* Share of the design power that a serving GPU draws, from the parts of its time: published dense
   runs lie between 54 % (memory-bound decoding) and 99 % (compute-bound) of it; waiting for links
   and launches counts as idle. Multiplied with (TDP - idle) and added to idle it gives watts. */
double energy_load(const struct outcome *outcome, const struct gpu *gpu);

/* Wh per output token of H100 GPUs at batch b, by the formula of EcoLogits (mlco2/ecologits,
   methodology of LLM inference): a second opinion beside energy_of(). */
double energy_ecologits_wh_per_token(double active_parameters, double batch);

/* The comparison of a token with a byte: energy, clock cycles, bytes moved and rate, ours beside
   the ranges that the page "Token Economy" supposes. Low and high are equal where it names one. */
enum token_quantity {
    TOKEN_ENERGY_J,
    TOKEN_CLOCK_HZ_S,  /* cycles of one GPU's clock, in Hz x s */
    TOKEN_BYTES_MOVED, /* memory bytes per output token */
    TOKEN_RATE_PER_S,
    BYTE_ENERGY_J,
    BYTE_CLOCK_HZ_S,
    BYTE_RATE_PER_S,
    TOKEN_QUANTITIES
};
struct token_row {
    const char *name, *unit;
    double supposed_low, supposed_high; /* NaN: the page says nothing */
    double ours;                        /* NaN: cannot be said */
    bool inside;                        /* ours lies in the supposed range */
};
/* clock_hz: of the GPU, 0 = not known. Bytes are those the GPUs' memory moves. */
void energy_token_table(const struct outcome *outcome, const struct scenario *scenario,
                        const struct energy *energy, double clock_hz,
                        struct token_row rows[TOKEN_QUANTITIES]);

#endif
