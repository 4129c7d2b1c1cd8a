/* build: reads the project, plans and renders the site, publishes it in one step. */
#include "base/fs.h"
#include "base/hash.h"
#include "base/num.h"
#include "base/pool.h"
#include "command/build_shard.h"
#include "command/build_site.h"
#include "command/command.h"
#include "command/confine.h"
#include "command/inputs.h"
#include "command/specs.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct build_options {
    const char *project, *out, *as_of, *base_url, *shard;
    uint32_t jobs;
    int pdf;
    bool explain, quiet, merge, durable;
    struct build_part part;
    struct option_list parts; /* directories to merge */
};

struct build_run {
    struct project *project;
    const struct build_options *options;
    struct inputs inputs;
    struct stage *stage;
    struct stage_summary summary;
    uint64_t fingerprint; /* of the whole site, whatever part is made */
    size_t pages;
    double start;
};

/* What the words say together. */
static int check(struct build_options *o) {
    if (o->shard && !shard_parse(o->shard, &o->part))
        return options_error("build", "--shard: '%s' is not I/N, part I of N parts", o->shard);
    if (o->shard && o->merge)
        return options_error("build", "--shard makes a part, --merge joins parts: give one");
    if (o->merge && o->parts.count == 0)
        return options_error("build", "--merge: name the directories of the parts");
    if (!o->merge && o->parts.count)
        return options_error("build", "unexpected argument '%s'", o->parts.items[0]);
    return OPTIONS_RUN;
}

static int parse(struct arena *arena, struct build_options *o, int argc, char **argv) {
    static const struct options_help help = {
        "build", "[PART...]",
        "Reads the project, computes every combination and writes the site. Nothing is written\n"
        "when an input has errors; readers see the old site or the new one, never half of it.\n"
        "Many machines: each makes a part with --shard I/N --out PART; then one joins them with\n"
        "--merge PART..., which gives the same bytes as one build.",
        "tallypress build --project my-prices --out public --base-url https://example.org/llm/"};
    const struct option_spec specs[] = {
        spec_short(
            'p', spec_text("project", &o->project, "DIR",
                           "where data/, templates/, assets/ are (default: here, else built in)")),
        spec_short('o', spec_text("out", &o->out, "DIR", "where the site goes (default: site)")),
        spec_short('j', spec_count("jobs", &o->jobs, 64, "threads (default: one a processor)")),
        spec_choice("pdf", &o->pdf, "none|models|all",
                    "PDF reports (default: models); all: and a guide"),
        spec_date("as-of", &o->as_of, "take prices up to this date (YYYY-MM-DD)"),
        spec_url("base-url", &o->base_url, "where it will be served; for the sitemap"),
        spec_text("shard", &o->shard, "I/N", "make part I of N only"),
        spec_flag("merge", &o->merge, "join the parts in the directories named"),
        spec_flag("durable", &o->durable,
                  "have the disk hold the new site before it replaces the old"),
        spec_flag("explain", &o->explain, "say which files were written, and why"),
        spec_short('q', spec_flag("quiet", &o->quiet, "no progress and no summary")),
    };
    int status =
        options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, &o->parts);
    return status == OPTIONS_RUN ? check(o) : status;
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
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

static void put_count(struct buf *out, const char *name, uint64_t count) {
    buf_puts(out, name);
    buf_put_u64(out, count);
}

static void summarize(size_t pages, const struct stage_summary *summary, double seconds,
                      struct buf *out) {
    put_count(out, "pages ", pages);
    put_count(out, ", files ", summary->files);
    put_count(out, ", written ", summary->written);
    put_count(out, ", unchanged ", summary->unchanged);
    put_count(out, ", removed ", summary->removed);
    put_count(out, ", bytes ", summary->bytes);
    buf_puts(out, ", seconds ");
    buf_put_fixed(out, seconds, 2);
    buf_putc(out, '\n');
}

/* What decides the bytes besides the inputs and the program. */
static uint64_t with_options(uint64_t hash, const struct build_options *o) {
    if (!hash)
        return 0;
    hash = hash_bytes(&o->pdf, sizeof o->pdf, hash);
    hash = hash_bytes(o->as_of, o->as_of ? strlen(o->as_of) : 0, hash);
    return hash_bytes(o->base_url, o->base_url ? strlen(o->base_url) : 0, hash);
}

/* Another part is another site. */
static uint64_t with_part(uint64_t hash, const struct build_part *part) {
    return hash && part->of ? hash_bytes(part, sizeof *part, hash) : hash;
}

static bool make_all(struct build_run *run, struct build_site *site) {
    struct project *project = run->project;
    site->plan =
        page_plan_new(project->arena, &project->catalog, &project->calibrations, site->jobs);
    if (!page_plan_check(site->plan, project->diags) || !build_pages(site) || !build_guide(site))
        return false;
    return site->part.of ? shard_put_list(site, run->fingerprint) : build_listings(site);
}

static bool join(struct build_run *run, struct build_site *site) {
    return shard_take_all(site, &run->options->parts, run->fingerprint) && build_listings(site);
}

/* Of what decides the bytes of a page that shows no price of its own. */
static uint64_t rest_hash(const struct build_run *run, const struct theme *theme) {
    const struct inputs *inputs = &run->inputs;
    uint64_t hash = with_options(inputs->rest_hash, run->options);
    return hash && theme_shows_fingerprint(theme)
               ? hash_bytes(&inputs->data_hash, sizeof inputs->data_hash, hash)
               : hash;
}

/* One warning for all names that reports cannot show. */
static void check_names(const struct project *project, const struct theme *theme) {
    const struct catalog *catalog = &project->catalog;
    bool good = render_pdf_can_set(theme, catalog->site.title, project->diags);
    for (size_t i = 0; good && i < catalog->model_count; i++)
        good = render_pdf_can_set(theme, catalog->models[i].name, project->diags);
    for (size_t i = 0; good && i < catalog->gpu_count; i++)
        good = render_pdf_can_set(theme, catalog->gpus[i].name, project->diags);
}

static bool render(struct build_run *run) {
    struct project *project = run->project;
    const struct build_options *o = run->options;
    project->jobs = o->jobs;
    if (!project_read(project, o->project, o->as_of))
        return false;
    if (o->base_url)
        project->catalog.site.base_url = o->base_url;
    struct theme *theme = theme_load(project->arena, &run->inputs.theme, project->diags);
    if (!theme ||
        (o->pdf != BUILD_PDF_NONE && !render_pdf_begin(theme, project->arena, project->diags)))
        return false;
    if (o->pdf != BUILD_PDF_NONE && !o->merge)
        check_names(project, theme);
    struct build_site site = {.project = project,
                              .theme = theme,
                              .context = context_of(&project->catalog, run->inputs.data_hash),
                              .stage = run->stage,
                              .rest_hash = rest_hash(run, theme),
                              .pdf = (enum build_pdf)o->pdf,
                              .part = o->part,
                              .jobs = o->jobs ? o->jobs : pool_default_jobs(),
                              .progress = !o->quiet && isatty(STDERR_FILENO)};
    render_html_begin(theme, project->arena, &site.context);
    if (!(o->merge ? join(run, &site) : make_all(run, &site)))
        return false;
    for (size_t i = 0; i < site.page_count; i++)
        run->pages += build_has_page(&site, i);
    /* What could not be read on the way must not be missing from a site that says it is whole. */
    return diags_errors(project->diags) == 0 && stage_commit(run->stage, &run->summary);
}

static bool is_in(const char *path, const char *directory) {
    size_t n = strlen(directory);
    return strncmp(path, directory, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* The path without links; of what is not there yet, the nearest directory above that is. */
static const char *real_path(struct arena *arena, const char *path, bool *there) {
    char *copy = arena_strdup(arena, path), *real = realpath(copy, NULL);
    *there = real != NULL;
    for (char *slash = strrchr(copy, '/'); !real && slash && slash > copy;
         slash = strrchr(copy, '/')) {
        *slash = '\0';
        real = realpath(copy, NULL);
    }
    const char *kept = arena_strdup(arena, real ? real : "");
    free(real);
    return kept;
}

/* A site over the project, or among its inputs, would be read by the next build. */
static bool spares_inputs(struct project *project, const struct build_options *o) {
    static const char *const inputs[] = {"data", "templates", "assets"};
    bool there, home_there;
    if (!o->project && !fs_is_file("data/site.json", NULL))
        return true;
    const char *home = real_path(project->arena, o->project ? o->project : ".", &home_there);
    const char *out = real_path(project->arena, o->out, &there);
    bool over = there && is_in(home, out);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        over = over || is_in(out, fs_join(project->arena, home, inputs[i]));
    if (over)
        diag_add(project->diags, DIAG_IO, "publish-out", (struct place){o->out, 0, 0},
                 "is the project or lies among its inputs; give the site a directory of its own");
    return !over;
}

static bool build(struct build_run *run, struct buf *out) {
    const struct build_options *o = run->options;
    if (!project_open(run->project, o->project) || !spares_inputs(run->project, o) ||
        !inputs_gather(run->project, &run->inputs))
        return false;
    run->stage = stage_begin(o->out, run->project->diags);
    if (!run->stage)
        return false;
    run->fingerprint = with_options(run->inputs.hash, o);
    uint64_t fingerprint = with_part(run->fingerprint, &o->part);
    stage_set_durable(run->stage, o->durable);
    stage_set_fingerprint(run->stage, fingerprint);
    bool current = fingerprint && stage_is_current(run->stage, fingerprint, &run->summary);
    if (current)
        run->pages = stage_old_count(run->stage, ".html") - stage_old_has(run->stage, "404.html");
    bool ok = current ||
              (confine_build(run->project, &run->inputs, &o->parts, run->stage) && render(run));
    if (ok && o->explain && current)
        buf_puts(out, "nothing changed: same inputs, same program, every file as it was written\n");
    else if (ok && o->explain)
        stage_explain(run->stage, out);
    if (ok && !o->quiet)
        summarize(run->pages, &run->summary, seconds_now() - run->start, out);
    stage_free(run->stage);
    return ok;
}

int command_build(int argc, char **argv) {
    double start = seconds_now();
    struct project project = project_begin();
    struct build_options o = {.out = "site", .pdf = BUILD_PDF_MODELS};
    int status = parse(project.arena, &o, argc, argv);
    if (status != OPTIONS_RUN)
        return project_end(&project, NULL, status);
    struct buf out = BUF_INIT;
    struct build_run run = {.project = &project, .options = &o, .start = start};
    bool ok = build(&run, &out);
    return project_end(&project, &out, ok ? EXIT_DONE : EXIT_INPUT);
}
