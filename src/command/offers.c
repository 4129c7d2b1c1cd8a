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
#include <stdlib.h>
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
        spec_choice("price", &r->kind, "on-demand|spot|reserved-1y|reserved-3y",
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

static bool usable(const struct api_price *price, const struct model *model) {
    return price->model == model && price->current && !price->free_tier &&
           price->input_usd_per_million > 0 && price->output_usd_per_million > 0;
}

static int by_request(const void *a, const void *b) {
    const struct api_row *p = a, *q = b;
    if (p->usd_per_request < q->usd_per_request || p->usd_per_request > q->usd_per_request)
        return p->usd_per_request < q->usd_per_request ? -1 : 1;
    return strcmp(p->price->provider, q->price->provider);
}

/* One row a provider: its newest price, of several that day the cheapest request. */
static void keep(struct api_row *rows, size_t *count, struct api_row row) {
    size_t i = 0;
    while (i < *count && strcmp(rows[i].price->provider, row.price->provider) != 0)
        i++;
    if (i == *count) {
        rows[(*count)++] = row;
        return;
    }
    const char *old = rows[i].price->as_of, *new = row.price->as_of;
    int order = strcmp(new ? new : "", old ? old : "");
    if (order > 0 || (order == 0 && row.usd_per_request < rows[i].usd_per_request))
        rows[i] = row;
}

static void add_apis(struct offers_answer *a, const struct offered *best, struct arena *arena) {
    const struct catalog *catalog = a->search.catalog;
    const struct search *s = &a->search;
    struct api_row *rows = ARENA_ARRAY(arena, catalog->api_price_count + 1, struct api_row);
    struct outcome out = estimate_unknown(FROM_INPUT);
    double usd_per_hour = NAN, cost = NAN;
    if (best) {
        out.output_tokens_per_s = best->output_tokens_per_s;
        usd_per_hour = best->usd_per_hour;
        double requests_per_s = best->output_tokens_per_s / s->output_tokens;
        cost = usd_per_hour / 3600 / requests_per_s / s->utilisation;
    }
    struct scenario scenario = scenario_default(s->model, NULL);
    scenario.input_tokens = s->input_tokens;
    scenario.output_tokens = s->output_tokens;
    for (size_t i = 0; i < catalog->api_price_count; i++) {
        const struct api_price *price = &catalog->api_prices[i];
        if (!usable(price, s->model))
            continue;
        struct token_price api = economics_api_price(price);
        struct api_row row = {.price = price};
        row.usd_per_request =
            economics_request_usd(&api, s->input_tokens, s->output_tokens, a->cached_share);
        row.even = economics_break_even(&out, &scenario, usd_per_hour, &api, a->cached_share,
                                        a->requests_per_user_per_day);
        row.margin = economics_margin(cost, row.usd_per_request);
        keep(rows, &a->api_count, row);
    }
    if (a->api_count > 1)
        qsort(rows, a->api_count, sizeof *rows, by_request);
    a->apis = rows;
}

/* Bought at the list price with half of it again for the server, written off over four years to a
   tenth, at the site's electricity and PUE, hosted for 100 $ per kW and month. */
static void add_supply(struct offers_answer *a, const struct offered *best) {
    const struct site *site = &a->search.catalog->site;
    const struct gpu *gpu = best->quote.offer->gpu;
    struct purchase purchase = {.usd_per_gpu =
                                    gpu->list_price_usd > 0 ? gpu->list_price_usd * 1.5 : NAN,
                                .life_years = 4,
                                .residual_share = 0.1,
                                .watts_per_gpu = gpu->tdp_w > 0 ? gpu->tdp_w * 1.5 : NAN,
                                .pue = site->pue,
                                .usd_per_kwh = site->electricity_usd_per_kwh,
                                .hosting_usd_per_kw_month = 100};
    double requests_per_hour =
        best->output_tokens_per_s / a->search.output_tokens * 3600 * a->search.utilisation;
    a->buy_usd_per_hour =
        economics_purchase_usd_per_hour(&purchase, best->replicas * best->configuration->gpus);
    a->supply =
        economics_choose(a->requests_per_month, requests_per_hour, best->usd_per_hour,
                         a->buy_usd_per_hour, a->api_count ? a->apis[0].usd_per_request : NAN);
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
    add_supply(a, best);
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
    struct request r = {.top = 10, .seed = 1, .gamma = -1, .per_user = 20};
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
