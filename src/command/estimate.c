/* tallypress estimate: one model on one kind of GPU, as a table or JSON. */
#include "command/answer.h"
#include "command/command.h"
#include "command/curve_out.h"
#include "command/engines.h"
#include "command/options.h"
#include "command/precisions.h"
#include "command/project.h"
#include "command/specs.h"

#include "base/num.h"
#include "base/str.h"
#include "engine/sweep.h"

#include <math.h>
#include <string.h>

#define MOST_SHOWN 1024 /* sequences on a curve over the batch */

static const struct options_help help = {
    "estimate", "",
    "Memory, speed, price and energy of one model on one kind of GPU. What is infeasible is\n"
    "answered with a reason and exit status 0.",
    "tallypress estimate --model llama-3.3-70b --gpu H100 --count 4 --batch 16 --json"};

struct request {
    const char *project, *as_of, *model, *gpu, *weights, *kv, *engine, *batch, *region;
    uint32_t count, tensor, pipeline, data, expert, prefill_workers, decode_workers;
    double input, output, compute_efficiency, memory_efficiency, prefix_hit, drafts, acceptance,
        price, gamma, utilisation, pue;
    int serving, curve;
    bool json;
};

static int parse(struct arena *arena, struct request *r, int argc, char **argv) {
    const struct option_spec specs[] = {
        spec_text("model", &r->model, "M", "id, usual name, or path to a config.json"),
        spec_text("gpu", &r->gpu, "G", "id or usual name"),
        spec_count("count", &r->count, 4096, "GPUs (1)"),
        spec_text("weights", &r->weights, "P",
                  "precision of the weights (as the model is published)"),
        spec_text("kv", &r->kv, "P", "precision of the KV cache (the site's)"),
        spec_whole("input", &r->input, 1e8, "input tokens (2035)"),
        spec_whole("output", &r->output, 1e8, "output tokens (300)"),
        spec_text("batch", &r->batch, "N|max", "sequences at once, or the most that fit (1)"),
        spec_choice("serving", &r->serving, "static|continuous", "how the batch is run (static)"),
        spec_text("engine", &r->engine, "E", "first-principles, vllm, ... (the site's)"),
        spec_number("compute-efficiency", &r->compute_efficiency, 0.001, 1, "X",
                    "share of peak FLOP/s (1)"),
        spec_number("memory-efficiency", &r->memory_efficiency, 0.001, 1, "X",
                    "share of peak bandwidth (1)"),
        spec_count("tensor-parallel", &r->tensor, 4096, "GPUs that share each layer (by rule)"),
        spec_count("pipeline-parallel", &r->pipeline, 4096, "stages of layers (by rule)"),
        spec_count("data-parallel", &r->data, 4096, "replicas (1)"),
        spec_count("expert-parallel", &r->expert, 4096, "GPUs that whole experts are spread over"),
        spec_number("prefix-hit", &r->prefix_hit, 0, 1, "X",
                    "share of the input found in the prefix cache (0)"),
        spec_number("drafts", &r->drafts, 0, 64, "N",
                    "tokens that speculative decoding proposes a step (0)"),
        spec_number("acceptance", &r->acceptance, 0, 1, "X", "chance that one of them is right"),
        spec_count("prefill-workers", &r->prefill_workers, 4096,
                   "prefill apart: workers of COUNT GPUs that run prompts"),
        spec_count("decode-workers", &r->decode_workers, 4096, "and workers that decode"),
        spec_number("price", &r->price, 1e-6, 1e6, "USD_PER_GPU_HOUR",
                    "instead of the cheapest current offer"),
        spec_number("gamma", &r->gamma, 0, 100, "X", "input price / output price (the site's)"),
        spec_number("utilisation", &r->utilisation, 0.0001, 1, "X",
                    "share of the paid time in use (1)"),
        spec_text("region", &r->region, "R", "grid of data/power.json, such as DEU (the site's)"),
        spec_number("pue", &r->pue, 1, 10, "X", "facility / IT power (the site's)"),
        spec_text("project", &r->project, "DIR", "directory with data/"),
        spec_date("as-of", &r->as_of, "prices not newer than YYYY-MM-DD"),
        spec_choice("curve", &r->curve, "none|context|batch",
                    "along the context or the batch, with theory and measured rows beside it"),
        spec_flag("json", &r->json, "one JSON object")};
    return options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
}

static int choose_precisions(const struct request *r, const struct site *site, struct scenario *s) {
    s->weights = r->weights ? precision_for_weights(r->weights) : sweep_own_precision(s->model);
    s->kv = r->kv ? precision_for_kv(r->kv) : site->kv_precision;
    if (r->weights && s->weights == PRECISION_NONE)
        return precisions_error("estimate", r->weights, false);
    if (r->kv && s->kv == PRECISION_NONE)
        return precisions_error("estimate", r->kv, true);
    return OPTIONS_RUN;
}

static bool parse_batch(const char *text, double *batch) {
    uint64_t whole;
    *batch = 0;
    if (strcmp(text, "max") == 0)
        return true;
    if (!num_parse_u64(text, strlen(text), &whole) || whole < 1 || whole > 1000000)
        return false;
    *batch = (double)whole;
    return true;
}

/* Fills the scenario; the exit status, or OPTIONS_RUN. */
static int set_scenario(const struct request *r, struct project *project, struct answer *a) {
    struct scenario *s = &a->scenario;
    const struct site *site = &project->catalog.site;
    bool efficiencies = r->compute_efficiency > 0 || r->memory_efficiency > 0;
    s->gpu_count = r->count;
    s->input_tokens = r->input;
    s->output_tokens = r->output;
    s->serving = r->serving ? SERVING_CONTINUOUS : SERVING_STATIC;
    if (!parse_batch(r->batch, &s->batch))
        return options_error("estimate", "--batch: '%s' is no number from 1 on, nor 'max'",
                             r->batch);
    int status = choose_precisions(r, site, s);
    if (status != OPTIONS_RUN)
        return status;
    const char *engine = r->engine      ? r->engine
                         : efficiencies ? ENGINE_FIRST_PRINCIPLES
                                        : site->engine;
    if (!engines_find(project, engine, &a->engine, &s->calibration))
        return EXIT_USAGE;
    if (s->calibration && efficiencies)
        return options_error("estimate",
                             "--compute-efficiency and --memory-efficiency belong to --engine "
                             "first-principles; %s has its own",
                             a->engine);
    s->compute_efficiency = r->compute_efficiency > 0 ? r->compute_efficiency : 1;
    s->memory_efficiency = r->memory_efficiency > 0 ? r->memory_efficiency : 1;
    return OPTIONS_RUN;
}

/* How the GPUs work together and what spares work; the exit status, or OPTIONS_RUN. */
static int set_serving(const struct request *r, struct answer *a) {
    struct scenario *s = &a->scenario;
    s->tensor_parallel = r->tensor;
    s->pipeline_parallel = r->pipeline;
    s->data_parallel = r->data;
    s->expert_parallel = r->expert;
    s->prefix_hit_rate = r->prefix_hit;
    s->speculative_tokens = r->drafts;
    s->speculative_acceptance = r->acceptance;
    if ((r->drafts > 0) != (r->acceptance > 0))
        return options_error("estimate", "--drafts and --acceptance go together");
    if (r->drafts > 0 && !s->calibration)
        return options_error("estimate", "first principles know no speculative decoding; name a "
                                         "calibrated --engine");
    if (!r->prefill_workers != !r->decode_workers)
        return options_error("estimate", "--prefill-workers and --decode-workers go together");
    return OPTIONS_RUN;
}

static void set_price(const struct request *r, const struct catalog *catalog, struct answer *a) {
    a->price_given = r->price > 0;
    a->gamma = r->gamma >= 0 ? r->gamma : catalog->site.gamma;
    a->utilisation = r->utilisation > 0 ? r->utilisation : 1;
    a->site_utilisation = catalog->site.utilisation;
    double usd_per_hour = r->price * a->scenario.gpu_count;
    if (!a->price_given) {
        a->quote =
            quote_cheapest(catalog, a->scenario.gpu, a->scenario.gpu_count, PRICE_ON_DEMAND, false);
        usd_per_hour = a->quote.offer ? a->quote.usd_per_hour : NAN;
    }
    a->full = cost_of(&a->outcome, &a->scenario, usd_per_hour, a->gamma, 1);
    a->usual = cost_of(&a->outcome, &a->scenario, usd_per_hour, a->gamma, a->site_utilisation);
    a->used = cost_of(&a->outcome, &a->scenario, usd_per_hour, a->gamma, a->utilisation);
}

static bool set_energy(const struct request *r, const struct catalog *catalog, struct answer *a) {
    a->place = energy_place_of(&catalog->site);
    if (r->region) {
        a->region = power_find_region(&catalog->power, r->region);
        if (!a->region)
            return false;
        a->place = energy_place_in(&catalog->site, a->region);
    }
    if (r->pue > 0)
        a->place.pue = r->pue;
    a->place.utilisation = a->utilisation;
    a->energy = energy_of(&a->outcome, &a->scenario, &a->place);
    return true;
}

static int answer(const struct request *r, struct project *project, struct buf *out) {
    const struct model *model;
    const struct gpu *gpu;
    if (!project_pair(project, r->project, r->as_of, r->model, r->gpu, &model, &gpu))
        return EXIT_DONE; /* the diagnostics say more */
    struct answer a = {.scenario = scenario_default(model, gpu)};
    int status = set_scenario(r, project, &a);
    if (status == OPTIONS_RUN)
        status = set_serving(r, &a);
    if (status != OPTIONS_RUN)
        return status;
    a.outcome = estimate(&a.scenario);
    if (r->prefill_workers) {
        a.is_apart = true;
        a.apart = estimate_disaggregated(&a.scenario, r->prefill_workers, r->decode_workers);
    }
    set_price(r, &project->catalog, &a);
    if (!set_energy(r, &project->catalog, &a))
        return options_error("estimate", "'%s' is no region of data/power.json", r->region);
    if (r->curve)
        curve_put(out, project, &a, r->curve, MOST_SHOWN, r->json);
    else if (r->json)
        answer_json(&a, out);
    else
        answer_table(&a, out);
    return EXIT_DONE;
}

int command_estimate(int argc, char **argv) {
    struct project project = project_begin();
    struct buf out = BUF_INIT;
    struct request r = {.count = 1, .input = 2035, .output = 300, .batch = "1", .gamma = -1};
    int status = parse(project.arena, &r, argc, argv);
    if (status == OPTIONS_RUN && (!r.model || !r.gpu))
        status = options_error("estimate", "--model and --gpu are needed");
    if (status == OPTIONS_RUN)
        status = answer(&r, &project, &out);
    return project_end(&project, &out, status);
}
