/* How sure a price is: bands over what is not known, what moves it most, when it flips. */
#include "page/economics.h"

#include "engine/compare.h"
#include "engine/montecarlo.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>

enum { MOST_GPUS = 3, MOST_FLIPS = 10, SAMPLES = 256 };

const struct montecarlo_draw *economics_draws(struct arena *arena) {
    struct scenario any = {.calibration = NULL};
    struct montecarlo run = montecarlo_default(&any, NAN, NAN, 1);
    run.samples = SAMPLES;
    return montecarlo_draw_all(&run, arena);
}

static struct montecarlo_band band_of(const struct model_page *m, uint32_t gpu) {
    const struct pick *pick = plan_pick(m->plan, m->index, gpu);
    struct scenario scenario = economics_scenario(m, gpu);
    struct montecarlo run =
        montecarlo_default(&scenario, pick->usd_per_hour, m->plan->catalog->site.gamma, 1);
    run.samples = SAMPLES;
    run.draws = m->plan->draws;
    return montecarlo_run(&run, 1, m->arena);
}

/* The band over the use of the paid hours: C(U) = C(1) / U for each of its edges. */
static void band_chart(struct model_page *m, const struct montecarlo_band *band) {
    static const double uses[] = {0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1};
    struct arena *arena = m->arena;
    const double edges[] = {band->p10, band->p50, band->p90};
    const char *const names[] = {"P10", "P50", "P90"};
    size_t n = COUNT_OF(uses), lines = 3;
    double median = api_median(m->plan, m->index);
    struct chart_series *series = ARENA_ARRAY(arena, 4, struct chart_series);
    double *x = ARENA_ARRAY(arena, n, double);
    for (size_t i = 0; i < n; i++)
        x[i] = uses[i] * 100;
    for (size_t k = 0; k < 4; k++) {
        double *y = ARENA_ARRAY(arena, n, double);
        for (size_t i = 0; i < n; i++)
            y[i] = k < 3 ? economics_at_utilisation(edges[k], uses[i]) : median;
        series[k] = (struct chart_series){.name = k < 3 ? names[k] : "API median",
                                          .kind = SERIES_LINE,
                                          .dashed = k != 1,
                                          .colour = k < 3 ? 0 : 1,
                                          .x = x,
                                          .y = y,
                                          .count = n};
    }
    lines += isfinite(median) ? 1 : 0;
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_LINE,
        .id = "band",
        .title = arena_printf(arena, "Eight times in ten between %s and %s when always busy",
                              words_usd(arena, band->p10), words_usd(arena, band->p90)),
        .x = {.label = "Use of the paid hours", .unit = "%"},
        .y = {.label = "Price", .unit = "$ per 1M output tokens", .log = true},
        .series = series,
        .series_count = lines,
        .height = 280};
    draft_chart(&m->draft, "band", chart, NULL);
}

void economics_bands(struct model_page *m) {
    static const struct column columns[] = {
        {"gpus", "GPUs", NULL, false, false},
        {"usd_per_million_output", "$ / 1M output", NULL, true, false},
        {"p10", "P10", NULL, true, false},
        {"p50", "P50", NULL, true, false},
        {"p90", "P90", NULL, true, false},
        {"median_of_all", "Median", "nothing trimmed", true, false},
        {"trimmed", "Trimmed", "of the samples", true, false},
    };
    uint32_t gpus[MOST_GPUS];
    size_t count = plan_cheapest(m->plan, m->index, true, gpus, MOST_GPUS);
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        const struct pick *pick = plan_pick(m->plan, m->index, gpus[i]);
        struct montecarlo_band band = band_of(m, gpus[i]);
        if (!isfinite(band.p50))
            continue;
        if (i == 0)
            band_chart(m, &band);
        enum provenance from = pick->provenance;
        rows_put(&rows, value_text(words_gpus(m->arena, pick->gpus,
                                              phrase_gpu(&m->plan->catalog->gpus[gpus[i]]))));
        rows_put(&rows, value_from(value_usd(m->arena, pick->usd_per_million), from, NULL));
        rows_put(&rows, value_from(value_usd(m->arena, band.p10), from, NULL));
        rows_put(&rows, value_from(value_usd(m->arena, band.p50), from, NULL));
        rows_put(&rows, value_from(value_usd(m->arena, band.p90), from, NULL));
        rows_put(&rows, value_from(value_usd(m->arena, band.median_of_all), from, NULL));
        rows_put(&rows, value_percent(m->arena, (double)band.trimmed / band.drawn));
    }
    struct table *table = draft_table(
        &m->draft, "bands", "How sure that is", &rows,
        arena_printf(m->arena,
                     "%d draws: lengths (log-normal, 0.5 around the workload's), price (0.8 to "
                     "1.25) and efficiency (the engine's error); always busy",
                     SAMPLES));
    if (table)
        table->downloadable = true;
}

static struct value factor_value(struct arena *arena, const struct sensitivity *factor,
                                 double value) {
    switch (factor->factor) {
    case FACTOR_UTILISATION:
        return value_percent(arena, value);
    case FACTOR_PRICE:
        return value_usd_listed(arena, value);
    default:
        return value_number(arena, value);
    }
}

void economics_sensitivity(struct model_page *m) {
    static const struct column columns[] = {
        {"factor", "Input", NULL, false, false},
        {"low", "From", NULL, true, false},
        {"high", "to", NULL, true, false},
        {"usd_low", "$ / 1M output", "from", true, false},
        {"usd_high", "$ / 1M output", "to", true, false},
    };
    if (m->best->gpu == UINT32_MAX)
        return;
    const struct site *site = &m->plan->catalog->site;
    const struct pick *pick = &m->best->pick;
    struct scenario scenario = economics_scenario(m, m->best->gpu);
    struct sensitivity factors[FACTORS];
    economics_tornado(&scenario, pick->usd_per_hour, site->gamma, site->utilisation, 0.5, factors);
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), FACTORS);
    for (int i = 0; i < FACTORS; i++) {
        rows_put(&rows, value_text(factors[i].name));
        rows_put(&rows, factor_value(m->arena, &factors[i], factors[i].low));
        rows_put(&rows, factor_value(m->arena, &factors[i], factors[i].high));
        rows_put(&rows,
                 value_from(value_usd(m->arena, factors[i].usd_low), pick->provenance, NULL));
        rows_put(&rows,
                 value_from(value_usd(m->arena, factors[i].usd_high), pick->provenance, NULL));
    }
    draft_table(&m->draft, "sensitivity", "What moves the price most", &rows,
                arena_printf(m->arena, "One input at a time, half less and half more; at %s use",
                             words_percent(m->arena, site->utilisation)));
}

void economics_flips(struct model_page *m) {
    static const struct column columns[] = {
        {"gpus", "GPUs", NULL, false, false},
        {"platform", "Cheapest at", NULL, false, false},
        {"usd_per_gpu_hour", "$ / GPU-hour", "now", true, false},
        {"flip_usd_per_gpu_hour", "Cheapest below", "$ / GPU-hour", true, false},
        {"change", "Change", NULL, true, false},
        {"usd_per_million_output", "$ / 1M output", "now", true, false},
    };
    uint32_t gpus[MOST_FLIPS];
    size_t count = plan_cheapest(m->plan, m->index, true, gpus, COUNT_OF(gpus));
    if (count < 2)
        return;
    const struct pick *best = plan_pick(m->plan, m->index, gpus[0]);
    struct rows rows = rows_begin(m->arena, columns, COUNT_OF(columns), count);
    for (size_t i = 1; i < count; i++) {
        const struct pick *pick = plan_pick(m->plan, m->index, gpus[i]);
        double flip = economics_flip_usd_per_hour(pick->output_tokens_per_s,
                                                  best->output_tokens_per_s, best->usd_per_hour);
        rows_put(&rows, value_text(words_gpus(m->arena, pick->gpus,
                                              phrase_gpu(&m->plan->catalog->gpus[gpus[i]]))));
        rows_put(&rows, value_text(m->plan->platforms[pick->listing->platform].name));
        rows_put(&rows, value_from(value_usd_listed(m->arena, pick->usd_per_hour / pick->gpus),
                                   FROM_INPUT, pick->listing->source));
        rows_put(&rows,
                 value_from(value_usd_listed(m->arena, flip / pick->gpus), pick->provenance, NULL));
        rows_put(&rows, value_percent(m->arena, flip / pick->usd_per_hour - 1));
        rows_put(&rows,
                 value_from(value_usd(m->arena, pick->usd_per_million), pick->provenance, NULL));
    }
    draft_table(
        &m->draft, "flips", "When another GPU becomes the cheapest", &rows,
        arena_printf(m->arena, "Now: %s, %s per 1M output",
                     phrase_offer(m->arena, m->plan, best, &m->plan->catalog->gpus[gpus[0]]),
                     words_usd(m->arena, best->usd_per_million)));
}
