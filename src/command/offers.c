/* tallypress offers: the cheapest ways to serve a model, and what they mean against APIs. */
#include "command/command.h"
#include "command/engines.h"
#include "command/offers_answer.h"
#include "command/options.h"
#include "command/precisions.h"
#include "command/project.h"
#include "command/specs.h"

#include "base/pool.h"
#include "base/str.h"

#include <math.h>
#include <string.h>

static const struct options_help help = {
    "offers", "",
    "Ranks the current offers that can serve a model, each at its best batch under the targets,\n"
    "and compares the best with API prices of the same model. Old prices are left out and\n"
    "counted, or listed last with --stale.",
    "tallypress offers --model llama-3.3-70b --workload chat --tpot 0.05 --weights any"};

struct request {
    const char *project, *as_of, *model, *workload, *engine, *weights;
    uint32_t top, seed;
    double input, output, ttft, tpot, gamma, utilisation, cached, per_user, per_month;
    double capex, life, residual, power, pue, electricity, hosting;
    int serving, kind, by;
    bool stale, json;
};

static int parse(struct arena *arena, struct request *r, int argc, char **argv) {
    const struct option_spec specs[] = {
        spec_text("model", &r->model, "M", "id, usual name, or path to a config.json"),
        spec_text("workload", &r->workload, "W", "one of the site's (its first)"),
        spec_whole("input", &r->input, 1e8, "input tokens instead of the workload's"),
        spec_whole("output", &r->output, 1e8, "output tokens instead of the workload's"),
        spec_text("weights", &r->weights, "P|any", "precision (as the model is published)"),
        spec_text("engine", &r->engine, "E", "first-principles, vllm, ... (the site's)"),
        spec_choice("serving", &r->serving, "continuous|static", "how batches run (continuous)"),
        spec_number("ttft", &r->ttft, 1e-6, 1e6, "S", "longest time to first token, seconds"),
        spec_number("tpot", &r->tpot, 1e-6, 1e6, "S", "longest time per output token, seconds"),
        spec_choice("price-kind", &r->kind, "on-demand|spot|reserved-1y|reserved-3y",
                    "which price (on-demand)"),
        spec_choice("by", &r->by, "offer|platform|gpu", "all offers, or the first of each (offer)"),
        spec_count("top", &r->top, 10000, "how many to show (10)"),
        spec_flag("stale", &r->stale, "old prices too, after all others"),
        spec_number("gamma", &r->gamma, 0, 100, "X", "input price / output price (the site's)"),
        spec_number("utilisation", &r->utilisation, 0.0001, 1, "X",
                    "share of the paid time in use (the site's)"),
        spec_number("cached", &r->cached, 0, 1, "X", "share of input an API has cached (0)"),
        spec_number("requests-per-user", &r->per_user, 1e-6, 1e6, "N", "a day (20)"),
        spec_number("requests-per-month", &r->per_month, 1, 1e15, "N",
                    "rent, buy or API at this volume"),
        spec_number("capex", &r->capex, 1, 1e8, "USD",
                    "of a bought GPU with its share of the server (1.5 x list price)"),
        spec_number("life", &r->life, 0.1, 100, "YEARS", "to write it off over (4)"),
        spec_number("residual", &r->residual, 0, 1, "X", "share of it that is left then (0.1)"),
        spec_number("power", &r->power, 1, 1e5, "W",
                    "of a bought GPU with its share of the server"),
        spec_number("pue", &r->pue, 1, 10, "X", "facility / IT power (the site's)"),
        spec_number("electricity", &r->electricity, 0, 10, "USD_PER_KWH", "(the site's)"),
        spec_number("hosting", &r->hosting, 0, 1e5, "USD_PER_KW_MONTH",
                    "space and operation of bought GPUs (100)"),
        spec_count("seed", &r->seed, 4294967295.0, "of the Monte Carlo bands (1)"),
        spec_text("project", &r->project, "DIR", "directory with data/"),
        spec_date("as-of", &r->as_of, "prices not newer than YYYY-MM-DD"),
        spec_flag("json", &r->json, "one JSON object")};
    return options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
}

struct scenario offers_scenario(const struct offers_answer *a, const struct offered *o) {
    const struct search *s = &a->search;
    struct scenario scenario = scenario_default(s->model, o->configuration->gpu);
    scenario.gpu_count = o->configuration->gpus;
    scenario.weights = o->configuration->weights;
    scenario.kv = s->catalog->site.kv_precision;
    scenario.calibration = s->calibration;
    scenario.serving = s->serving;
    scenario.input_tokens = s->input_tokens;
    scenario.output_tokens = s->output_tokens;
    scenario.batch = o->configuration->outcome.batch;
    scenario.compute_efficiency = s->compute_efficiency;
    scenario.memory_efficiency = s->memory_efficiency;
    return scenario;
}

static struct served served_by(const struct offers_answer *a, const struct offered *best) {
    const struct search *s = &a->search;
    return (struct served){best ? best->usd_per_hour : NAN, best ? best->output_tokens_per_s : NAN,
                           s->input_tokens, s->output_tokens, s->utilisation};
}

static void add_apis(struct offers_answer *a, const struct offered *best, struct arena *arena) {
    struct api_case what = {.catalog = a->search.catalog,
                            .model = a->search.model,
                            .served = served_by(a, best),
                            .cached_share = a->cached_share,
                            .requests_per_user_per_day = a->requests_per_user_per_day};
    a->apis = compare_apis(&what, arena, &a->api_count, &a->api_fresh);
}

/* What is not asked otherwise stays as compare_purchase sets it. */
static void ask(double *value, double asked) {
    if (asked >= 0)
        *value = asked;
}

static struct purchase purchase_of(const struct request *r, const struct catalog *catalog,
                                   const struct gpu *gpu) {
    struct purchase p = compare_purchase(catalog, gpu);
    ask(&p.usd_per_gpu, r->capex);
    ask(&p.life_years, r->life);
    ask(&p.residual_share, r->residual);
    ask(&p.watts_per_gpu, r->power);
    ask(&p.pue, r->pue);
    ask(&p.usd_per_kwh, r->electricity);
    ask(&p.hosting_usd_per_kw_month, r->hosting);
    return p;
}

static void add_supply(struct offers_answer *a, const struct request *r,
                       const struct offered *best) {
    const struct configuration *c = best->configuration;
    struct served served = served_by(a, best);
    double requests_per_hour =
        best->output_tokens_per_s / a->search.output_tokens * 3600 * a->search.utilisation;
    a->purchase = purchase_of(r, a->search.catalog, c->gpu);
    a->buy_usd_per_hour = economics_purchase_usd_per_hour(&a->purchase, best->replicas * c->gpus);
    a->supply =
        economics_choose(a->requests_per_month, requests_per_hour, best->usd_per_hour,
                         a->buy_usd_per_hour, a->api_fresh ? a->apis[0].usd_per_request : NAN);
    served.usd_per_hour = best->quote.usd_per_hour;
    served.output_tokens_per_s = c->outcome.output_tokens_per_s;
    compare_contracts(a->search.catalog, c->gpu, c->gpus, &served, a->search.gamma, a->contracts);
}

static void add_bands(struct offers_answer *a, uint32_t seed, struct arena *arena) {
    a->bands = ARENA_ARRAY(arena, a->shown + 1, struct montecarlo_band);
    for (size_t i = 0; i < a->shown; i++) {
        const struct offered *o = a->offers[i];
        struct scenario scenario = offers_scenario(a, o);
        struct montecarlo m = montecarlo_default(&scenario, o->quote.usd_per_hour, a->search.gamma,
                                                 a->search.utilisation);
        m.samples = 1024;
        m.seed = seed;
        a->bands[i] = montecarlo_run(&m, pool_default_jobs(), arena);
    }
}

static void fill(struct offers_answer *a, const struct request *r, struct arena *arena) {
    size_t count, with_stale;
    struct configuration *list = search_configurations(&a->search, arena, &count);
    struct search all = a->search;
    all.stale_too = true;
    struct offered *ranked = search_offers(&all, list, count, arena, &with_stale);
    for (size_t i = 0; i < with_stale; i++)
        a->stale += ranked[i].stale;
    a->found = r->stale ? with_stale : with_stale - a->stale;
    a->offers = ARENA_ARRAY(arena, a->found + 1, const struct offered *);
    a->shown = a->found;
    for (size_t i = 0; i < a->found; i++)
        a->offers[i] = &ranked[i];
    if (r->by)
        a->shown = offered_firsts(ranked, a->found, r->by == 1 ? BY_PLATFORM : BY_GPU, a->offers);
    if (a->shown > r->top)
        a->shown = r->top;
    const struct offered *best = a->found ? a->offers[0] : NULL;
    add_bands(a, r->seed, arena);
    add_apis(a, best, arena);
    if (!best)
        return;
    struct scenario scenario = offers_scenario(a, best);
    economics_tornado(&scenario, best->quote.usd_per_hour, a->search.gamma, a->search.utilisation,
                      0.5, a->factors);
    add_supply(a, r, best);
}

static const struct workload *find_workload(const struct site *site, const char *id) {
    for (size_t i = 0; i < site->workload_count; i++)
        if (!id || str_equal_nocase(str_of(site->workloads[i].id), str_of(id)))
            return &site->workloads[i];
    return NULL;
}

/* Fills the search; the exit status, or OPTIONS_RUN. */
static int set_search(const struct request *r, struct project *project, const struct model *model,
                      struct offers_answer *a) {
    const struct site *site = &project->catalog.site;
    const struct workload *workload = find_workload(site, r->workload);
    if (!workload) {
        options_error("offers", "'%s' is no workload of the site", r->workload);
        return EXIT_USAGE;
    }
    struct search *s = &a->search;
    *s = search_default(&project->catalog, model, workload);
    a->workload = workload->name;
    if (r->input > 0)
        s->input_tokens = r->input;
    if (r->output > 0)
        s->output_tokens = r->output;
    if (r->input > 0 || r->output > 0)
        a->workload = "own lengths";
    if (r->weights && strcmp(r->weights, "any") == 0)
        s->weights = PRECISION_NONE;
    else if (r->weights && (s->weights = precision_for_weights(r->weights)) == PRECISION_NONE)
        return precisions_error("offers", r->weights, false);
    const char *engine = r->engine ? r->engine : site->engine;
    if (!engines_find(project, engine, &a->engine, &s->calibration))
        return EXIT_USAGE;
    s->serving = r->serving ? SERVING_STATIC : SERVING_CONTINUOUS;
    s->kind = (enum price_kind)r->kind;
    s->target = (struct target){r->ttft, r->tpot};
    s->gamma = r->gamma >= 0 ? r->gamma : site->gamma;
    s->utilisation = r->utilisation > 0 ? r->utilisation : site->utilisation;
    return OPTIONS_RUN;
}

int command_offers(int argc, char **argv) {
    struct project project = project_begin();
    struct buf out = BUF_INIT;
    struct request r = {.top = 10,
                        .seed = 1,
                        .gamma = -1,
                        .per_user = 20,
                        .capex = -1,
                        .life = -1,
                        .residual = -1,
                        .power = -1,
                        .pue = -1,
                        .electricity = -1,
                        .hosting = -1};
    int status = parse(project.arena, &r, argc, argv);
    if (status == OPTIONS_RUN && !r.model)
        status = options_error("offers", "--model is needed");
    if (status != OPTIONS_RUN)
        return project_end(&project, &out, status);
    if (!project_read(&project, r.project, r.as_of))
        return project_end(&project, &out, EXIT_INPUT);
    const struct model *model = project_model(&project, r.model);
    struct offers_answer answer = {.cached_share = r.cached,
                                   .requests_per_user_per_day = r.per_user,
                                   .requests_per_month = r.per_month};
    if (!model)
        return project_end(&project, &out, EXIT_DONE);
    status = set_search(&r, &project, model, &answer);
    if (status != OPTIONS_RUN)
        return project_end(&project, &out, status);
    fill(&answer, &r, project.arena);
    if (r.json)
        offers_json(&answer, &out);
    else
        offers_table(&answer, &out);
    return project_end(&project, &out, EXIT_DONE);
}
