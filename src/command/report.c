/* tallypress report: a model, or a model on one kind of GPU, as a PDF or one HTML file to share. */
#include "command/command.h"
#include "command/engines.h"
#include "command/inputs.h"
#include "command/options.h"
#include "command/precisions.h"
#include "command/project.h"
#include "command/specs.h"

#include "base/fs.h"
#include "base/pool.h"
#include "base/str.h"

#include <math.h>
#include <string.h>

static const struct options_help help = {
    "report", "",
    "One report to share: what a model needs and costs, or, with --gpu, how it runs on that GPU.\n"
    "The ending of the file chooses PDF or HTML; -o - writes a PDF to stdout.",
    "tallypress report --model llama-3.3-70b --gpu H100 --count 4 -o llama-h100.pdf"};

struct request {
    const char *project, *as_of, *model, *gpu, *weights, *kv, *engine, *out, *base_url;
    uint32_t count;
    int format; /* FORMAT_PDF ...; -1 before the name of the output has chosen */
    double input, output, gamma, utilisation;
    bool adopted; /* the model is in no catalog, so no site has a page of it */
};

enum { FORMAT_PDF, FORMAT_HTML };

static int parse(struct arena *arena, struct request *r, int argc, char **argv) {
    const struct option_spec specs[] = {
        spec_text("model", &r->model, "M", "id, usual name, or path of a config.json"),
        spec_text("gpu", &r->gpu, "G", "id or usual name; without it, all GPUs are compared"),
        spec_count("count", &r->count, 4096, "GPUs of one replica (the best number)"),
        spec_text("weights", &r->weights, "P", "precision of the weights (as published)"),
        spec_text("kv", &r->kv, "P", "precision of the KV cache (the site's)"),
        spec_whole("input", &r->input, 1e8, "input tokens (the site's first workload)"),
        spec_whole("output", &r->output, 1e8, "output tokens (the same)"),
        spec_text("engine", &r->engine, "E", "first-principles, vllm, ... (the site's)"),
        spec_number("gamma", &r->gamma, 0, 100, "X", "input price / output price (the site's)"),
        spec_number("utilisation", &r->utilisation, 0.0001, 1, "X",
                    "share of the paid time in use (the site's)"),
        spec_short('o', spec_text("out", &r->out, "FILE", "FILE.pdf or FILE.html; -: stdout")),
        spec_choice("format", &r->format, "pdf|html", "of stdout (pdf)"),
        spec_url("base-url", &r->base_url, "where the site is served; links lead there"),
        spec_text("project", &r->project, "DIR", "directory with data/, templates/, assets/"),
        spec_date("as-of", &r->as_of, "prices not newer than YYYY-MM-DD")};
    return options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
}

/* The name chooses; to stdout, which has none, the option does. */
static int choose_format(struct request *r) {
    int asked = r->format;
    if (r->out && strcmp(r->out, "-") == 0)
        r->format = asked < 0 ? FORMAT_PDF : asked;
    else if (r->out && str_ends(r->out, ".pdf"))
        r->format = FORMAT_PDF;
    else if (r->out && str_ends(r->out, ".html"))
        r->format = FORMAT_HTML;
    else
        return options_error("report", "-o FILE.pdf, -o FILE.html or -o - is needed");
    if (asked >= 0 && asked != r->format)
        return options_error("report", "--format and the ending of '%s' differ", r->out);
    return OPTIONS_RUN;
}

static int check(const struct request *r) {
    if (!r->model)
        return options_error("report", "--model is needed");
    if (!r->gpu && (r->count || r->weights))
        return options_error("report", "--count and --weights need --gpu");
    return OPTIONS_RUN;
}

/* The site as the report asks for it: its first workload, precision, engine and price rule. */
static int adapt_site(const struct request *r, struct project *project,
                      struct page_question *question) {
    struct site *site = &project->catalog.site;
    struct workload *workload = ARENA_NEW(project->arena, struct workload);
    const struct calibration *calibration;
    *workload = site->workloads[0];
    if (r->input > 0 || r->output > 0) {
        workload->input_tokens = r->input > 0 ? (uint32_t)r->input : workload->input_tokens;
        workload->output_tokens = r->output > 0 ? (uint32_t)r->output : workload->output_tokens;
        workload->id = "asked";
        workload->name = "As asked";
        site->workloads = workload;
        site->workload_count = 1;
    }
    site->gamma = r->gamma >= 0 ? r->gamma : site->gamma;
    site->utilisation = r->utilisation > 0 ? r->utilisation : site->utilisation;
    site->base_url = r->base_url ? r->base_url : site->base_url;
    question->weights = r->weights ? precision_for_weights(r->weights) : PRECISION_NONE;
    if (r->weights && question->weights == PRECISION_NONE)
        return precisions_error("report", r->weights, false);
    if (r->kv && precision_for_kv(r->kv) == PRECISION_NONE)
        return precisions_error("report", r->kv, true);
    if (r->kv)
        site->kv_precision = precision_for_kv(r->kv);
    if (r->engine && !engines_find(project, r->engine, &site->engine, &calibration))
        return EXIT_USAGE;
    return OPTIONS_RUN;
}

/* A model of a file outside the catalog joins it as the last one; what points to the others moves
   with them. Returns its index. */
static size_t adopt(struct project *project, const struct model *model) {
    struct catalog *catalog = &project->catalog;
    struct model *before = catalog->models;
    size_t count = catalog->model_count;
    struct model *models = ARENA_ARRAY(project->arena, count + 1, struct model);
    memcpy(models, before, count * sizeof *models);
    models[count] = *model;
    for (size_t i = 0; i < catalog->benchmark_count; i++)
        if (catalog->benchmarks[i].model)
            catalog->benchmarks[i].model = models + (catalog->benchmarks[i].model - before);
    for (size_t i = 0; i < catalog->api_price_count; i++)
        if (catalog->api_prices[i].model)
            catalog->api_prices[i].model = models + (catalog->api_prices[i].model - before);
    catalog->models = models;
    catalog->model_count = count + 1;
    return count;
}

/* Indices of what was named; the diagnostics say what is wrong. */
static bool find(struct request *r, struct project *project, struct page_question *q) {
    const struct catalog *catalog = &project->catalog;
    const struct model *model = project_model(project, r->model);
    const struct gpu *gpu = r->gpu ? project_gpu(project, r->gpu) : NULL;
    if (!model || (r->gpu && !gpu))
        return false;
    bool known = model >= catalog->models && model < catalog->models + catalog->model_count;
    r->adopted = !known;
    q->model = known ? (size_t)(model - catalog->models) : adopt(project, model);
    q->gpu = gpu ? (size_t)(gpu - catalog->gpus) : 0;
    return true;
}

static bool render(const struct request *r, struct project *project, const struct inputs *inputs,
                   struct page *page, struct buf *out) {
    const struct site *site = &project->catalog.site;
    struct theme *theme = theme_load(project->arena, &inputs->theme, project->diags);
    struct site_context context = {.title = site->title,
                                   .base_url = site->base_url ? site->base_url : "",
                                   .owner = site->owner,
                                   .as_of = site->as_of,
                                   .version = TALLYPRESS_VERSION,
                                   .fingerprint = inputs->data_hash};
    if (!theme)
        return false;
    bool pdf = r->format == FORMAT_PDF;
    if (pdf && !render_pdf_begin(theme, project->arena, project->diags))
        return false;
    if (pdf && render_pdf_can_set(theme, page->title, project->diags))
        render_pdf_can_set(theme, site->title, project->diags);
    page_detach(project->arena, page, *context.base_url && !r->adopted);
    if (!pdf) /* where a PDF cuts tables is known when it is set */
        page_say_cuts(project->arena, page);
    page_hash(page, project->arena);
    if (pdf)
        return render_pdf(theme, &context, page, out, project->diags);
    page->template = "report";
    render_html(theme, &context, page, out);
    return !out->overflow;
}

static int report(struct request *r, struct project *project) {
    struct page_question question = {.gpus = r->count};
    struct inputs inputs = {0};
    if (!project_read(project, r->project, r->as_of) || !inputs_gather(project, &inputs) ||
        !find(r, project, &question))
        return EXIT_DONE; /* the diagnostics say more */
    int status = adapt_site(r, project, &question);
    if (status != OPTIONS_RUN)
        return status;
    const struct page_plan *plan = page_plan_new(project->arena, &project->catalog,
                                                 &project->calibrations, pool_default_jobs());
    struct page *page = r->gpu ? page_report_combination(plan, &question, project->arena)
                               : page_report_make(plan, question.model, project->arena);
    struct buf out = BUF_INIT;
    bool ok =
        render(r, project, &inputs, page, &out) &&
        (strcmp(r->out, "-") == 0 ? fs_put_stdout(buf_text(&out), out.len, project->diags)
                                  : fs_write(r->out, buf_text(&out), out.len, project->diags));
    buf_free(&out);
    return ok ? EXIT_DONE : EXIT_INPUT;
}

int command_report(int argc, char **argv) {
    struct project project = project_begin();
    struct request r = {.gamma = -1, .format = -1};
    int status = parse(project.arena, &r, argc, argv);
    if (status == OPTIONS_RUN)
        status = check(&r);
    if (status == OPTIONS_RUN)
        status = choose_format(&r);
    if (status == OPTIONS_RUN)
        status = report(&r, &project);
    return project_end(&project, NULL, status);
}
