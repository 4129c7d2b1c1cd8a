/* build: reads the project, plans and renders the site, publishes it in one step. */
#include "base/hash.h"
#include "base/num.h"
#include "base/pool.h"
#include "command/build_site.h"
#include "command/command.h"
#include "command/options.h"
#include "command/theme_sources.h"
#include "engine/calibration.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct build_options {
    const char *project, *out, *as_of, *base_url;
    uint32_t jobs;
    int pdf;
    bool explain, quiet;
};

static int parse(struct arena *arena, struct build_options *o, int argc, char **argv) {
    static const struct options_help help = {
        "build", "",
        "Reads the project, computes every combination and writes the site. Nothing is written\n"
        "when an input has errors; readers see the old site or the new one, never half of it.",
        "tallypress build --project my-prices --out public --base-url https://example.org/llm/"};
    const struct option_spec specs[] = {
        {"project", OPTION_TEXT, &o->project, "DIR",
         "where data/, templates/, assets/ are (default: here, else built in)", 0, 0, NULL, 'p'},
        {"out", OPTION_TEXT, &o->out, "DIR", "where the site goes (default: site)", 0, 0, NULL,
         'o'},
        {"jobs", OPTION_COUNT, &o->jobs, "N", "threads (default: one a processor)", 1, 64, NULL,
         'j'},
        {"pdf", OPTION_CHOICE, &o->pdf, NULL, "which PDF reports (default: models)", 0, 0,
         "none|models|all", 0},
        {"as-of", OPTION_TEXT, &o->as_of, "DATE", "take prices up to this date (YYYY-MM-DD)", 0, 0,
         NULL, 0},
        {"base-url", OPTION_TEXT, &o->base_url, "URL", "where it will be served; for the sitemap",
         0, 0, NULL, 0},
        {"explain", OPTION_FLAG, &o->explain, NULL, "say which files were written, and why", 0, 0,
         NULL, 0},
        {"quiet", OPTION_FLAG, &o->quiet, NULL, "no progress and no summary", 0, 0, NULL, 'q'},
    };
    return options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static uint64_t inputs_hash(const struct catalog *catalog) {
    uint64_t hash = 0;
    for (size_t i = 0; i < catalog->input_count; i++) {
        const struct input_file *input = &catalog->inputs[i];
        hash = hash_bytes(input->path, strlen(input->path), hash);
        hash = hash_bytes(&input->hash, sizeof input->hash, hash);
    }
    return hash;
}

static struct site_context context_of(const struct catalog *catalog, uint64_t fingerprint) {
    const struct site *site = &catalog->site;
    return (struct site_context){.title = site->title,
                                 .base_url = site->base_url ? site->base_url : "",
                                 .owner = site->owner,
                                 .as_of = site->as_of,
                                 .version = TALLYPRESS_VERSION,
                                 .fingerprint = fingerprint};
}

static void summarize(const struct build_site *site, const struct stage_summary *summary,
                      double seconds, struct buf *out) {
    buf_puts(out, "pages ");
    buf_put_u64(out, page_plan_count(site->plan));
    buf_puts(out, ", files ");
    buf_put_u64(out, summary->files);
    buf_puts(out, ", written ");
    buf_put_u64(out, summary->written);
    buf_puts(out, ", unchanged ");
    buf_put_u64(out, summary->unchanged);
    buf_puts(out, ", removed ");
    buf_put_u64(out, summary->removed);
    buf_puts(out, ", bytes ");
    buf_put_u64(out, summary->bytes);
    buf_puts(out, ", seconds ");
    buf_put_fixed(out, seconds, 2);
    buf_putc(out, '\n');
}

static bool publish(struct build_site *site, const struct build_options *o, double start,
                    struct buf *out) {
    struct stage_summary summary;
    site->stage = stage_begin(o->out, site->project->diags);
    if (!site->stage)
        return false;
    bool ok = build_pages(site) && build_reports(site) && build_listings(site) &&
              stage_commit(site->stage, &summary);
    if (ok && o->explain)
        stage_explain(site->stage, out);
    if (ok && !o->quiet)
        summarize(site, &summary, seconds_now() - start, out);
    stage_free(site->stage);
    return ok;
}

static bool build(struct project *project, const struct build_options *o, double start,
                  struct buf *out) {
    struct render_sources sources;
    if (!project_read(project, o->project, o->as_of))
        return false;
    if (o->base_url)
        project->catalog.site.base_url = o->base_url;
    uint64_t fingerprint = inputs_hash(&project->catalog), theme_hash = 0;
    if (!theme_sources(project, &sources, &theme_hash))
        return false;
    struct theme *theme = theme_load(project->arena, &sources, project->diags);
    if (!theme)
        return false;
    unsigned jobs = o->jobs ? o->jobs : pool_default_jobs();
    struct build_site site = {
        .project = project,
        .plan = page_plan_new(project->arena, &project->catalog, &project->calibrations, jobs),
        .theme = theme,
        .context = context_of(&project->catalog, fingerprint),
        .pdf = (enum build_pdf)o->pdf,
        .jobs = jobs,
        .progress = !o->quiet && isatty(STDERR_FILENO)};
    return publish(&site, o, start, out);
}

int command_build(int argc, char **argv) {
    double start = seconds_now();
    struct project project = project_begin();
    struct build_options o = {.out = "site", .pdf = BUILD_PDF_MODELS};
    int status = parse(project.arena, &o, argc, argv);
    if (status != OPTIONS_RUN)
        return project_end(&project, NULL, status);
    struct buf out = BUF_INIT;
    bool ok = build(&project, &o, start, &out);
    return project_end(&project, &out, ok ? EXIT_DONE : EXIT_INPUT);
}
