/* The energy page: joules, money and carbon of a million tokens, and a token beside a byte. */
#include "engine/energy.h"

#include "page/draft.h"
#include "page/energy_measured.h"
#include "page/families.h"
#include "page/phrases.h"
#include "page/plan.h"
#include "page/words.h"

#include <math.h>
#include <string.h>

#define SHOWN_MODELS 30
#define SHOWN_GPUS 30
#define SHOWN_REGIONS 20

struct energy_page {
    const struct page_plan *plan;
    struct arena *arena;
    struct draft draft;
    struct energy_place place;
    struct energy *energies; /* by model, on the GPU of most tokens per watt */
    uint32_t *gpus;          /* that GPU; UINT32_MAX: none */
};

static struct energy energy_on(const struct energy_page *e, uint32_t m, uint32_t g,
                               struct outcome *outcome, struct scenario *scenario) {
    const struct catalog *catalog = e->plan->catalog;
    const struct pick *pick = plan_pick(e->plan, m, g);
    *scenario = plan_scenario(e->plan, &catalog->models[m], &catalog->gpus[g], pick->gpus,
                              pick->weights, &catalog->site.workloads[0], pick->batch);
    *outcome = estimate(scenario);
    return energy_of(outcome, scenario, &e->place);
}

/* Of the GPUs for rent the one that gives the most tokens for its design power; then the energy
 * there. */
static void measure(struct energy_page *e) {
    const struct catalog *catalog = e->plan->catalog;
    for (uint32_t m = 0; m < catalog->model_count; m++) {
        double most = 0;
        e->gpus[m] = UINT32_MAX;
        for (uint32_t g = 0; g < catalog->gpu_count; g++) {
            const struct pick *pick = plan_pick(e->plan, m, g);
            const struct gpu *gpu = &catalog->gpus[g];
            if (pick->reason != REASON_NONE || pick->fallback || !pick->listing || gpu->announced ||
                !(gpu->tdp_w > 0))
                continue;
            double per_watt = pick->output_tokens_per_s / (pick->gpus * gpu->tdp_w);
            if (per_watt > most) {
                most = per_watt;
                e->gpus[m] = g;
            }
        }
        struct outcome outcome;
        struct scenario scenario;
        if (e->gpus[m] != UINT32_MAX)
            e->energies[m] = energy_on(e, m, e->gpus[m], &outcome, &scenario);
    }
}

static const char *answer(const struct energy_page *e) {
    struct arena *arena = e->arena;
    uint32_t m = e->plan->headline_model;
    if (e->plan->catalog->model_count == 0 || e->gpus[m] == UINT32_MAX)
        return "No model runs on a rented GPU with a known power limit.";
    const struct energy *energy = &e->energies[m];
    const struct gpu *gpu = &e->plan->catalog->gpus[e->gpus[m]];
    return arena_printf(
        arena,
        "A token of %s takes %s on %s, the least of all GPUs for rent. A million take "
        "%s: %s of electricity and %s of CO\xE2\x82\x82.",
        e->plan->catalog->models[m].name, words_unit(arena, energy->joules_per_output_token, "J"),
        words_gpus(arena, plan_pick(e->plan, m, e->gpus[m])->gpus, phrase_gpu(gpu)),
        words_unit(arena, energy->kwh_per_million_output, "kWh"),
        words_usd(arena, energy->usd_per_million_output),
        energy->gco2_per_million_output >= 1000
            ? words_unit(arena, energy->gco2_per_million_output / 1000, "kg")
            : words_unit(arena, energy->gco2_per_million_output, "g"));
}

static void figures(struct energy_page *e) {
    struct arena *arena = e->arena;
    const struct site *site = &e->plan->catalog->site;
    struct figure out[4] = {
        {"Electricity",
         value_from(value_usd_listed(arena, site->electricity_usd_per_kwh), FROM_INPUT,
                    "the site's setting"),
         "per kWh", NULL},
        {"Grid",
         value_from(value_number(arena, site->grid_gco2_per_kwh), FROM_INPUT, "the site's setting"),
         "g CO\xE2\x82\x82 per kWh", NULL},
        {"PUE", value_from(value_trim(arena, site->pue), FROM_INPUT, "the site's setting"), NULL,
         "facility power over server power"},
        {"Use", value_percent(arena, site->utilisation), "of the time",
         "the GPUs idle for the rest, and draw power"},
    };
    draft_figures(&e->draft, out, COUNT_OF(out));
}

static void chart(struct energy_page *e) {
    struct arena *arena = e->arena;
    const struct catalog *catalog = e->plan->catalog;
    struct families families = families_begin(arena, e->plan);
    uint32_t least = UINT32_MAX, most = UINT32_MAX;
    for (uint32_t m = 0; m < catalog->model_count; m++) {
        if (e->gpus[m] == UINT32_MAX)
            continue;
        double joules = e->energies[m].joules_per_output_token;
        families_add(&families, e->plan, m, joules, e->energies[m].provenance);
        if (least == UINT32_MAX || joules < e->energies[least].joules_per_output_token)
            least = m;
        if (most == UINT32_MAX || joules > e->energies[most].joules_per_output_token)
            most = m;
    }
    if (families.count[0] + families.count[1] < 3)
        return;
    const char *title = arena_printf(
        arena, "A token of %s takes %s the energy of one of %s", catalog->models[most].name,
        words_times(arena, e->energies[most].joules_per_output_token /
                               e->energies[least].joules_per_output_token),
        catalog->models[least].name);
    draft_chart_alone(
        &e->draft, "energy",
        families_chart(
            arena, &families, "energy", title,
            (struct chart_axis){.label = "Energy", .unit = "J per output token", .log = true}),
        NULL);
}

static void energy_cells(struct rows *rows, const struct energy *energy) {
    struct arena *arena = rows->arena;
    enum provenance from = energy->provenance;
    rows_put(rows, value_from(value_number(arena, energy->joules_per_output_token), from, NULL));
    rows_put(rows, value_from(value_number(arena, energy->kwh_per_million_output), from, NULL));
    rows_put(rows, value_from(value_usd(arena, energy->usd_per_million_output), from, NULL));
    rows_put(rows, value_from(value_number(arena, energy->gco2_per_million_output), from, NULL));
    rows_put(rows, value_from(value_count(arena, energy->output_tokens_per_s_per_mw), from, NULL));
}

#define ENERGY_COLUMNS                                                                             \
    {"joules_per_output_token", "Energy", "J per output token", true, false},                      \
        {"kwh_per_million", "kWh", "per 1M output", true, false},                                  \
        {"electricity_usd_per_million", "Electricity", "$ per 1M output", true, false},            \
        {"gco2_per_million", "CO\xE2\x82\x82", "g per 1M output", true, false}, {                  \
        "tokens_per_s_per_mw", "Tokens/s", "per MW", true, false                                   \
    }

/* Models that run somewhere, least energy first. */
static size_t by_energy(const struct energy_page *e, uint32_t *order) {
    size_t n = 0;
    for (uint32_t m = 0; m < e->plan->catalog->model_count; m++) {
        if (e->gpus[m] == UINT32_MAX)
            continue;
        size_t at = n++;
        for (; at > 0 && e->energies[order[at - 1]].joules_per_output_token >
                             e->energies[m].joules_per_output_token;
             at--)
            order[at] = order[at - 1];
        order[at] = m;
    }
    return n;
}

static void model_table(struct energy_page *e) {
    static const struct column columns[] = {{"model", "Model", NULL, false, false},
                                            {"gpus", "Least energy on", NULL, false, false},
                                            ENERGY_COLUMNS};
    const struct catalog *catalog = e->plan->catalog;
    uint32_t *order = ARENA_ARRAY(e->arena, catalog->model_count + 1, uint32_t);
    size_t count = by_energy(e, order);
    struct rows rows = rows_begin(e->arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        uint32_t m = order[i];
        const struct model *model = &catalog->models[m];
        const struct gpu *gpu = &catalog->gpus[e->gpus[m]];
        rows_put(&rows, value_link(model->name, href_model(e->arena, model)));
        rows_put(&rows, value_text(words_gpus(e->arena, plan_pick(e->plan, m, e->gpus[m])->gpus,
                                              phrase_gpu(gpu))));
        energy_cells(&rows, &e->energies[m]);
    }
    struct table *table =
        draft_table(&e->draft, "models", "Every model where it takes the least", &rows,
                    phrase_workload(e->arena, &catalog->site.workloads[0]));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_MODELS;
}

struct gpu_energy {
    uint32_t gpu;
    struct energy energy;
};

/* What the model takes on every GPU that runs it and whose power is known, least first. */
static size_t gpus_by_energy(const struct energy_page *e, uint32_t m, struct gpu_energy *out) {
    size_t n = 0;
    for (uint32_t g = 0; g < e->plan->catalog->gpu_count; g++) {
        struct outcome outcome;
        struct scenario scenario;
        if (plan_pick(e->plan, m, g)->reason != REASON_NONE)
            continue;
        struct energy energy = energy_on(e, m, g, &outcome, &scenario);
        double joules = energy.joules_per_output_token;
        if (!(joules > 0))
            continue;
        size_t at = n++;
        for (; at > 0 && out[at - 1].energy.joules_per_output_token > joules; at--)
            out[at] = out[at - 1];
        out[at] = (struct gpu_energy){g, energy};
    }
    return n;
}

static void gpu_table(struct energy_page *e) {
    static const struct column columns[] = {{"gpus", "GPU", NULL, false, false},
                                            {"watts", "Draws", "W each", true, false},
                                            ENERGY_COLUMNS};
    const struct catalog *catalog = e->plan->catalog;
    uint32_t m = e->plan->headline_model;
    struct rows rows = rows_begin(e->arena, columns, COUNT_OF(columns), catalog->gpu_count);
    struct gpu_energy *all = ARENA_ARRAY(e->arena, catalog->gpu_count + 1, struct gpu_energy);
    size_t count = gpus_by_energy(e, m, all);
    for (size_t i = 0; i < count; i++) {
        uint32_t g = all[i].gpu;
        struct energy energy = all[i].energy;
        const struct pick *pick = plan_pick(e->plan, m, g);
        rows_put(&rows,
                 value_link(words_gpus(e->arena, pick->gpus, phrase_gpu(&catalog->gpus[g])),
                            href_combination(e->arena, &catalog->models[m], &catalog->gpus[g])));
        rows_put(&rows,
                 value_from(value_number(e->arena, energy.gpu_watts), energy.provenance, NULL));
        energy_cells(&rows, &energy);
    }
    struct table *table = draft_table(
        &e->draft, "gpus", arena_printf(e->arena, "%s on every GPU", catalog->models[m].name),
        &rows, phrase_workload(e->arena, &catalog->site.workloads[0]));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_GPUS;
}

static void region_table(struct energy_page *e) {
    static const struct column columns[] = {
        {"region", "Region", NULL, false, false},
        {"gco2_per_kwh", "Grid", "g CO\xE2\x82\x82 per kWh", true, false},
        {"usd_per_kwh", "Electricity", "$ per kWh", true, false},
        {"gco2_per_million", "CO\xE2\x82\x82", "g per 1M output", true, false},
        {"electricity_usd_per_million", "Electricity", "$ per 1M output", true, false},
    };
    const struct power *power = &e->plan->catalog->power;
    uint32_t m = e->plan->headline_model;
    if (e->gpus[m] == UINT32_MAX)
        return;
    double kwh = e->energies[m].kwh_per_million_output;
    struct rows rows = rows_begin(e->arena, columns, COUNT_OF(columns), power->region_count);
    for (size_t i = 0; i < power->region_count; i++) {
        const struct grid_region *region = &power->regions[i];
        rows_put(&rows, value_text(region->name));
        rows_put(&rows, value_from(value_number(e->arena, region->gco2_per_kwh), FROM_INPUT,
                                   region->carbon_source));
        rows_put(&rows, value_from(value_usd(e->arena, region->usd_per_kwh), FROM_INPUT,
                                   region->price_source));
        rows_put(&rows, value_number(e->arena, region->gco2_per_kwh * kwh));
        rows_put(&rows, value_usd(e->arena, region->usd_per_kwh * kwh));
    }
    struct table *table = draft_table(
        &e->draft, "regions", "By grid", &rows,
        arena_printf(e->arena, "%s, 1M output tokens", e->plan->catalog->models[m].name));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_REGIONS;
}

/* Ways to run one model in the order given; those without a figure of power are left out. */
void energy_ways(struct draft *draft, const struct page_plan *plan, uint32_t model,
                 const uint32_t *gpus, size_t count) {
    static const struct column columns[] = {{"gpus", "GPUs", NULL, false, false},
                                            {"watts", "Draws", "W each", true, false},
                                            ENERGY_COLUMNS};
    const struct catalog *catalog = plan->catalog;
    struct energy_page e = {
        .plan = plan, .arena = draft->arena, .place = energy_place_of(&catalog->site)};
    struct rows rows = rows_begin(e.arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        struct outcome outcome;
        struct scenario scenario;
        struct energy energy = energy_on(&e, model, gpus[i], &outcome, &scenario);
        if (!(energy.joules_per_output_token > 0))
            continue;
        rows_put(&rows, value_text(words_gpus(e.arena, plan_pick(plan, model, gpus[i])->gpus,
                                              phrase_gpu(&catalog->gpus[gpus[i]]))));
        rows_put(&rows,
                 value_from(value_number(e.arena, energy.gpu_watts), energy.provenance, NULL));
        energy_cells(&rows, &energy);
    }
    draft_table(draft, "energy", "Energy of the cheapest ways", &rows,
                phrase_workload(e.arena, &catalog->site.workloads[0]));
}

/* "319 mJ", "2.15 TB/s": what lies orders of magnitude apart in one column. */
static struct value with_prefix(struct arena *arena, double value, const char *unit) {
    static const char *const prefixes[] = {"p", "n", "\xC2\xB5", "m", "", "k", "M", "G", "T"};
    struct value out = value_number(arena, value);
    int step = 4;
    for (; step < 8 && value >= 999.5; step++)
        value /= 1e3;
    for (; step > 0 && value < 0.9995 && value > 0; step--)
        value *= 1e3;
    value = round(value * 1e9) / 1e9;
    const char *digits =
        value == round(value) ? words_exact(arena, value) : words_number(arena, value);
    if (strcmp(unit, "1/s") == 0)
        unit = "/s";
    if (strcmp(unit, "Hz s") == 0)
        unit = " cycles";
    if (out.kind == VALUE_NUMBER)
        return value_saying(out,
                            str_of(WORDS_JOIN(arena, digits, THIN_SPACE, prefixes[step], unit)));
    return out;
}

static const char *token_heading(struct arena *arena, const struct token_row *rows) {
    return arena_printf(arena, "A token moves %s and takes %s, a byte of it %s",
                        words_bytes(arena, rows[TOKEN_BYTES_MOVED].ours),
                        with_prefix(arena, rows[TOKEN_ENERGY_J].ours, "J").text,
                        with_prefix(arena, rows[BYTE_ENERGY_J].ours, "J").text);
}

static void token_table(struct energy_page *e) {
    static const struct column columns[] = {
        {"quantity", "Quantity", NULL, false, false},
        {"supposed_low", "Supposed, from", NULL, true, false},
        {"supposed_high", "to", NULL, true, false},
        {"ours", "Here", NULL, true, false},
        {"inside", "Inside", NULL, false, false},
    };
    uint32_t m = e->plan->headline_model;
    if (e->gpus[m] == UINT32_MAX)
        return;
    struct outcome outcome;
    struct scenario scenario;
    struct energy energy = energy_on(e, m, e->gpus[m], &outcome, &scenario);
    struct token_row out[TOKEN_QUANTITIES];
    energy_token_table(&outcome, &scenario, &energy, 0, out);
    struct rows rows = rows_begin(e->arena, columns, COUNT_OF(columns), TOKEN_QUANTITIES);
    for (size_t i = 0; i < TOKEN_QUANTITIES; i++) {
        rows_put(&rows, value_text(out[i].name));
        rows_put(&rows, with_prefix(e->arena, out[i].supposed_low, out[i].unit));
        rows_put(&rows, with_prefix(e->arena, out[i].supposed_high, out[i].unit));
        rows_put(&rows, value_from(with_prefix(e->arena, out[i].ours, out[i].unit),
                                   energy.provenance, NULL));
        rows_put(&rows, isfinite(out[i].ours) && isfinite(out[i].supposed_low)
                            ? value_text(out[i].inside ? "yes" : "no")
                            : value_none());
    }
    draft_table(
        &e->draft, "token", token_heading(e->arena, out), &rows,
        arena_printf(e->arena,
                     "Tokens against bytes: what the page \"Token Economy\" supposes, and %s on "
                     "%s here",
                     e->plan->catalog->models[m].name,
                     phrase_gpu(&e->plan->catalog->gpus[e->gpus[m]])));
}

struct page *page_energy(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena) {
    size_t models = plan->catalog->model_count;
    struct energy_page e = {.plan = plan,
                            .arena = arena,
                            .place = energy_place_of(&plan->catalog->site),
                            .energies = ARENA_ARRAY(arena, models + 1, struct energy),
                            .gpus = ARENA_ARRAY(arena, models + 1, uint32_t),
                            .draft = draft_begin(arena, entry->path, "energy")};
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Energy", NULL, NULL}};
    measure(&e);
    draft_crumbs(&e.draft, crumbs, COUNT_OF(crumbs));
    e.draft.page->title = "Energy of a token";
    draft_answer(&e.draft, answer(&e));
    e.draft.page->description = e.draft.blocks[0].text;
    figures(&e);
    chart(&e);
    if (models > 0) {
        model_table(&e);
        gpu_table(&e);
        energy_measured(&e.draft, plan);
        token_table(&e);
        region_table(&e);
    }
    draft_markdown(&e.draft, "energy_method", "How it is made", NULL);
    return draft_end(&e.draft);
}
