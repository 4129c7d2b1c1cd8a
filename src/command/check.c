/* tallypress check: validates every input and audits the prices. */
#include "command/command.h"
#include "command/inputs.h"
#include "command/project.h"
#include "command/specs.h"

#include "base/fs.h"
#include "engine/audit.h"
#include "page/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check_options {
    const char *project, *as_of;
    bool strict, quiet;
    uint32_t max_age;
    int format;
};

static const struct options_help help = {
    "check", "",
    "Reads every input, says what is wrong with file, line and column, and audits the prices:\n"
    "units, outliers, duplicates, ages, names that are not known. --strict takes warnings for\n"
    "errors.",
    "tallypress check --project mysite --max-age 30 --format github"};

/* Rows of one price file. */
struct tally {
    const char *file;
    size_t rows, joined, current;
};

struct tallies {
    struct arena *arena;
    struct tally *items;
    size_t count, capacity;
};

static void add_row(struct tallies *t, const char *file, bool joined, bool current) {
    size_t i = 0;
    while (i < t->count && strcmp(t->items[i].file, file) != 0) {
        i++;
    }
    if (i == t->count) {
        t->items = arena_grow(t->arena, t->items, t->count, &t->capacity, sizeof *t->items);
        t->items[t->count++] = (struct tally){.file = file};
    }
    t->items[i].rows++;
    t->items[i].joined += joined;
    t->items[i].current += joined && current;
}

static int compare_files(const void *a, const void *b) {
    return strcmp(((const struct tally *)a)->file, ((const struct tally *)b)->file);
}

static void put_files(struct tallies *t, const char *what, struct buf *out) {
    struct tally all = {.file = what};
    if (t->count) {
        qsort(t->items, t->count, sizeof *t->items, compare_files);
    }
    for (size_t i = 0; i < t->count; i++) {
        const struct tally *f = &t->items[i];
        buf_printf(out, "  %-46s %6zu %6zu %10zu %7zu\n", f->file, f->rows, f->joined,
                   f->rows - f->joined, f->current);
        all.rows += f->rows;
        all.joined += f->joined;
        all.current += f->current;
    }
    buf_printf(out, "%-48s %6zu %6zu %10zu %7zu\n", all.file, all.rows, all.joined,
               all.rows - all.joined, all.current);
}

static void put_prices(struct arena *arena, const struct catalog *c, struct buf *out) {
    struct tallies offers = {.arena = arena}, prices = {.arena = arena};
    for (size_t i = 0; i < c->offer_count; i++) {
        const struct offer *o = &c->offers[i];
        add_row(&offers, o->place.file, o->gpu != NULL, o->current);
    }
    for (size_t i = 0; i < c->api_price_count; i++) {
        const struct api_price *p = &c->api_prices[i];
        add_row(&prices, p->place.file, p->model != NULL, p->current);
    }
    buf_printf(out, "%-48s %6s %6s %10s %7s\n", "prices", "rows", "joined", "not joined",
               "current");
    put_files(&offers, "offers", out);
    put_files(&prices, "API prices", out);
}

static void put_summary(struct project *project, struct buf *out) {
    const struct catalog *c = &project->catalog;
    size_t joined = 0;
    for (size_t i = 0; i < c->benchmark_count; i++) {
        joined += c->benchmarks[i].model && c->benchmarks[i].gpu;
    }
    buf_printf(out, "%zu files, as of %s\n", c->input_count, c->site.as_of ? c->site.as_of : "-");
    buf_printf(out, "%zu models, %zu GPUs, %zu benchmarks (%zu joined)\n", c->model_count,
               c->gpu_count, c->benchmark_count, joined);
    put_prices(project->arena, c, out);
    buf_printf(out, "%zu errors, %zu warnings\n", diags_errors(project->diags),
               diags_warnings(project->diags));
}

/* Machine formats are the answer and go to stdout; text goes to stderr under a summary. */
static void report(struct project *project, const struct check_options *o) {
    static const enum diag_format formats[] = {DIAG_FORMAT_TEXT, DIAG_FORMAT_JSON,
                                               DIAG_FORMAT_GITHUB};
    struct buf said = BUF_INIT, summary = BUF_INIT;
    diags_print(project->diags, formats[o->format], &said);
    if (formats[o->format] == DIAG_FORMAT_TEXT) {
        fputs(buf_text(&said), stderr);
        if (!o->quiet)
            put_summary(project, &summary);
        fs_put_stdout(buf_text(&summary), summary.len, project->diags);
    } else {
        fs_put_stdout(buf_text(&said), said.len, project->diags);
    }
    buf_free(&said);
    buf_free(&summary);
}

/* Every part is read whatever the others give, so that all findings come at once. */
static void read_all(struct project *project, const struct check_options *o) {
    struct render_sources sources;
    struct theme *theme = NULL;
    if (!project_open(project, o->project)) {
        return;
    }
    read_calibrations(project->arena, project->source, project->diags, &project->calibrations);
    read_catalog(project->arena, project->source, o->as_of, project->diags, &project->catalog);
    if (diags_errors(project->diags) == 0) {
        page_addresses_check(&project->catalog, project->diags);
    }
    if (inputs_theme(project, &sources)) {
        theme = theme_load(project->arena, &sources, project->diags);
    }
    if (theme) {
        render_pdf_begin(theme, project->arena, project->diags);
    }
    struct site *site = &project->catalog.site;
    if (site->title && site->as_of) {
        site->max_price_age_days = o->max_age ? o->max_age : site->max_price_age_days;
        audit_offers(project->arena, &project->catalog, project->diags);
        audit_api_prices(project->arena, &project->catalog, project->diags);
        project_check_engine(project);
        audit_benchmarks(project->arena, &project->catalog, project->diags);
        audit_models(&project->catalog, project->diags);
    }
}

static int run(const struct check_options *o) {
    struct project project = project_begin();
    read_all(&project, o);
    report(&project, o);
    int status = diags_exit_status(project.diags);
    bool refused = o->strict && status == EXIT_DONE && diags_warnings(project.diags) > 0;
    diags_free(project.diags);
    arena_free(project.arena);
    return refused ? EXIT_INPUT : status;
}

int command_check(int argc, char **argv) {
    struct check_options o = {0};
    struct arena *arena = arena_new();
    const struct option_spec specs[] = {
        spec_text("project", &o.project, "DIR", "directory with data/ (default: this one)"),
        spec_date("as-of", &o.as_of, "prices as of this day, YYYY-MM-DD"),
        spec_flag("strict", &o.strict, "warnings are errors"),
        spec_of("DAYS", spec_count("max-age", &o.max_age, 36500,
                                   "older prices are stale (default: the site's)")),
        spec_choice("format", &o.format, "text|json|github", "how findings are written"),
        spec_short('q', spec_flag("quiet", &o.quiet, "findings only, no summary")),
    };
    int status = options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
    status = status == OPTIONS_RUN ? run(&o) : status;
    arena_free(arena);
    return status;
}
