/* The derivation of the price, with the numbers put in: evaluating the printed line gives the
   printed result. */
#include "page/pair.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

/* Rounded down, and finer than the tables, which count whole sequences: "186" of 185.8 would not be
 * theirs. */
static const char *fits_words(struct arena *arena, double sequences) {
    double scale = sequences < 20 ? 1000 : 10;
    return WORDS_JOIN(arena, words_trim(arena, floor(sequences * scale) / scale),
                      THIN_SPACE "sequences");
}

/* A sequence is held in whole blocks. Where the stages of a pipeline are uneven the fullest
   decides, and the quotient of the sums is not the largest batch: then there is no line. */
static void memory_lines(struct pair *c, const struct outcome *outcome, struct derivation *lines) {
    struct arena *arena = c->arena;
    const struct memory_use *memory = &outcome->memory;
    double held = memory->kv_bytes_per_sequence;
    if (outcome->batch > 0)
        held += memory->fragmentation_bytes / outcome->batch;
    double fits = memory->kv_budget_bytes > 0 && held > 0 ? memory->kv_budget_bytes / held : 0;
    if (fits > 0 && floor(fits) == memory->max_batch)
        derivation_line(lines, "largest batch = KV budget / KV per sequence in blocks",
                        WORDS_JOIN(arena, phrase_formula_number(arena, memory->kv_budget_bytes),
                                   " / ", phrase_formula_number(arena, held)),
                        fits_words(arena, fits));
}

static void time_lines(struct pair *c, const struct outcome *outcome, struct derivation *lines) {
    struct arena *arena = c->arena;
    double bandwidth = c->gpu->memory_bytes_per_s;
    double weights = memory_weights_bytes(c->model, c->pick->weights);
    derivation_line(lines, "reading the weights once, at peak = W / (n \xC2\xB7 B)",
                    WORDS_JOIN(arena, phrase_formula_number(arena, weights), " / (",
                               words_digits(arena, c->pick->gpus), " \xC2\xB7 ",
                               phrase_formula_number(arena, bandwidth), ")"),
                    words_seconds(arena, weights / (c->pick->gpus * bandwidth)));
    derivation_line(lines, "each request = tokens/s / requests",
                    WORDS_JOIN(arena, phrase_formula_number(arena, outcome->output_tokens_per_s),
                               " / ", phrase_formula_number(arena, outcome->batch)),
                    words_unit(arena, outcome->output_tokens_per_s / outcome->batch, "tokens/s"));
}

static void price_lines(struct pair *c, const struct outcome *outcome, struct derivation *lines) {
    struct arena *arena = c->arena;
    const struct pick *pick = c->pick;
    const struct site *site = &c->plan->catalog->site;
    if (!pick->listing)
        return;
    double per_gpu = pick->listing->usd_per_gpu_hour;
    derivation_line(lines, "paid per hour = n \xC2\xB7 price",
                    WORDS_JOIN(arena, words_digits(arena, pick->gpus), " \xC2\xB7 ",
                               phrase_formula_number(arena, per_gpu)),
                    words_usd_listed(arena, pick->gpus * per_gpu));
    derivation_line(
        lines,
        "$ per 1M output = paid / (3600 \xC2\xB7 tokens/s \xC2\xB7 (1 + \xCE\xB3 \xC2\xB7 in / "
        "out)) \xC2\xB7 1e6",
        WORDS_JOIN(arena, phrase_formula_number(arena, pick->gpus * per_gpu), " / (3600 \xC2\xB7 ",
                   phrase_formula_number(arena, outcome->output_tokens_per_s), " \xC2\xB7 (1 + ",
                   phrase_formula_number(arena, site->gamma), " \xC2\xB7 ",
                   words_digits(arena, c->workload->input_tokens), " / ",
                   words_digits(arena, c->workload->output_tokens), ")) \xC2\xB7 1e6"),
        words_usd(arena, pick->usd_per_million));
    derivation_line(lines, "at the site's use = that / utilisation",
                    WORDS_JOIN(arena, phrase_formula_number(arena, pick->usd_per_million), " / ",
                               phrase_formula_number(arena, site->utilisation)),
                    words_usd(arena, pick->usd_per_million / site->utilisation));
}

static void energy_lines(struct pair *c, const struct outcome *outcome,
                         const struct scenario *scenario, struct derivation *lines) {
    struct arena *arena = c->arena;
    const struct site *site = &c->plan->catalog->site;
    struct energy_place place = energy_place_of(site);
    struct energy energy = energy_of(outcome, scenario, &place);
    if (!isfinite(energy.joules_per_output_token))
        return;
    double busy = outcome->output_tokens_per_s * site->utilisation;
    derivation_line(lines, "energy per token = facility power / (tokens/s \xC2\xB7 use)",
                    WORDS_JOIN(arena, phrase_formula_number(arena, energy.facility_watts), " / (",
                               phrase_formula_number(arena, outcome->output_tokens_per_s),
                               " \xC2\xB7 ", phrase_formula_number(arena, site->utilisation), ")"),
                    words_unit(arena, energy.facility_watts / busy, "J"));
    derivation_line(lines, "CO\xE2\x82\x82 per 1M output = J / 3.6 \xC2\xB7 grid",
                    WORDS_JOIN(arena, phrase_formula_number(arena, energy.joules_per_output_token),
                               " / 3.6 \xC2\xB7 ",
                               phrase_formula_number(arena, site->grid_gco2_per_kwh)),
                    words_unit(arena, energy.gco2_per_million_output, "g"));
}

void pair_formula(struct pair *c) {
    struct derivation lines = {.arena = c->arena};
    combination_workload(&c->kept->own, c->workload->input_tokens, c->workload->output_tokens);
    struct outcome outcome = combination_at(&c->kept->own, c->pick->batch);
    memory_lines(c, &outcome, &lines);
    time_lines(c, &outcome, &lines);
    price_lines(c, &outcome, &lines);
    energy_lines(c, &outcome, &c->kept->own.scenario, &lines);
    draft_formula(&c->draft, "formula", "How the numbers are made", NULL, &lines);
}
