/* tallypress check: validates every input and audits the prices. */
#include "command/command.h"
#include "command/options.h"
#include "command/project.h"

#include "base/fs.h"
#include "base/num.h"
#include "engine/audit.h"

#include <stdio.h>

struct check_options {
    const char *project, *as_of;
    bool strict;
    uint32_t max_age;
    int format;
};

static const struct options_help help = {
    "check", "",
    "Reads every input, says what is wrong with file, line and column, and audits the prices:\n"
    "units, outliers, duplicates, ages, names that are not known. --strict takes warnings for\n"
    "errors.",
    "tallypress check --project mysite --max-age 30 --format github"};

struct counts {
    size_t joined_offers, current_offers, joined_prices, current_prices;
};

static struct counts count(const struct catalog *catalog) {
    struct counts n = {0};
    for (size_t i = 0; i < catalog->offer_count; i++) {
        n.joined_offers += catalog->offers[i].gpu != NULL;
        n.current_offers += catalog->offers[i].gpu && catalog->offers[i].current;
    }
    for (size_t i = 0; i < catalog->api_price_count; i++) {
        n.joined_prices += catalog->api_prices[i].model != NULL;
        n.current_prices += catalog->api_prices[i].model && catalog->api_prices[i].current;
    }
    return n;
}

static void put_summary(const struct catalog *c, const struct diags *diags, struct buf *out) {
    struct counts n = count(c);
    buf_printf(out, "%zu files, as of %s\n", c->input_count, c->site.as_of ? c->site.as_of : "-");
    buf_printf(out, "%-12s %6zu\n", "models", c->model_count);
    buf_printf(out, "%-12s %6zu\n", "GPUs", c->gpu_count);
    buf_printf(out, "%-12s %6zu, %zu joined, %zu of them current\n", "offers", c->offer_count,
               n.joined_offers, n.current_offers);
    buf_printf(out, "%-12s %6zu, %zu joined, %zu of them current\n", "API prices",
               c->api_price_count, n.joined_prices, n.current_prices);
    buf_printf(out, "%-12s %6zu\n", "benchmarks", c->benchmark_count);
    buf_printf(out, "%zu errors, %zu warnings\n", diags_errors(diags), diags_warnings(diags));
}

/* Machine formats are the answer and go to stdout; text goes to stderr under a summary. */
static void report(struct project *project, const struct check_options *o) {
    static const enum diag_format formats[] = {DIAG_FORMAT_TEXT, DIAG_FORMAT_JSON,
                                               DIAG_FORMAT_GITHUB};
    struct buf said = BUF_INIT, summary = BUF_INIT;
    diags_print(project->diags, formats[o->format], &said);
    if (formats[o->format] == DIAG_FORMAT_TEXT) {
        fputs(buf_text(&said), stderr);
        put_summary(&project->catalog, project->diags, &summary);
        fs_put_stdout(buf_text(&summary), summary.len, project->diags);
    } else {
        fs_put_stdout(buf_text(&said), said.len, project->diags);
    }
    buf_free(&said);
    buf_free(&summary);
}

static int run(struct check_options *o) {
    struct project project = project_begin();
    bool read = project_read(&project, o->project, o->as_of);
    if (o->max_age > 0) {
        project.catalog.site.max_price_age_days = o->max_age;
    }
    if (read) {
        audit_offers(project.arena, &project.catalog, project.diags);
        audit_api_prices(project.arena, &project.catalog, project.diags);
    }
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
        {"project", OPTION_TEXT, &o.project, "DIR", "directory with data/ (default: this one)", 0,
         0, NULL, 0},
        {"as-of", OPTION_TEXT, &o.as_of, "DATE", "prices as of this day, YYYY-MM-DD", 0, 0, NULL,
         0},
        {"strict", OPTION_FLAG, &o.strict, NULL, "warnings are errors", 0, 0, NULL, 0},
        {"max-age", OPTION_COUNT, &o.max_age, "DAYS",
         "older prices are stale (default: the site's)", 1, 36500, NULL, 0},
        {"format", OPTION_CHOICE, &o.format, "FORMAT", "how findings are written", 0, 0,
         "text|json|github", 0},
    };
    int status = options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, NULL);
    status = status == OPTIONS_RUN ? run(&o) : status;
    arena_free(arena);
    return status;
}
