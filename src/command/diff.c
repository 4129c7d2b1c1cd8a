/* diff: what changed between two projects, why, and whether it crosses a threshold. */
#include "base/fs.h"
#include "base/num.h"
#include "base/pool.h"
#include "command/command.h"
#include "command/diff_site.h"
#include "command/specs.h"
#include "render/render.h"

#include <string.h>

enum rule_kind { RULE_PRICE, RULE_BEST, RULE_COVERAGE, RULE_NONE };

struct rule {
    enum rule_kind kind;
    double share; /* 0.05 is 5 % */
};

struct diff_options {
    int format;
    const char *as_of;
    struct option_list rules, sides;
};

static int parse(struct arena *arena, struct diff_options *o, int argc, char **argv) {
    static const struct options_help help = {
        "diff", "OLD NEW",
        "Compares two projects (directories with data/, as checkouts of two commits): prices,\n"
        "figures, cells, best offers, ranks, and which input line moved them; or two built sites,\n"
        "by the figures of their pages; or two manifests (.tallypress-manifest), by their files.\n"
        "--fail-on ends with status 4 when a threshold is crossed: price:5% any price up by more,\n"
        "of GPUs (also spot and reserved) or of tokens; best:2% a model's best offer worse by "
        "more;\n"
        "coverage: a combination or page lost.",
        "tallypress diff main/ . --format markdown --fail-on price:5% --fail-on best:2%"};
    const struct option_spec specs[] = {
        spec_choice("format", &o->format, "text|markdown|json", "how to say it (text)"),
        spec_list("fail-on", &o->rules, "RULE", "price:X%, best:X% or coverage"),
        spec_date("as-of", &o->as_of, "prices not newer than YYYY-MM-DD"),
    };
    int status =
        options_parse(arena, &help, specs, sizeof specs / sizeof *specs, argc, argv, &o->sides);
    if (status == OPTIONS_RUN && o->sides.count != 2)
        return options_error("diff",
                             "give two projects, sites or manifests: the old and the new one");
    return status;
}

/* "price:5%", "best:2", "coverage" */
static struct rule rule_of(const char *text) {
    struct rule rule = {RULE_NONE, 0};
    size_t name = strcspn(text, ":");
    if (strcmp(text, "coverage") == 0)
        return (struct rule){RULE_COVERAGE, 0};
    if (strncmp(text, "price:", 6) == 0)
        rule.kind = RULE_PRICE;
    else if (strncmp(text, "best:", 5) == 0)
        rule.kind = RULE_BEST;
    else
        return rule;
    const char *number = text + name + 1;
    size_t n = strlen(number);
    if (n && number[n - 1] == '%')
        n--;
    if (!num_parse(number, n, &rule.share) || rule.share < 0)
        rule.kind = RULE_NONE;
    rule.share /= 100;
    return rule;
}

static bool crossed(const struct diff *diff, struct rule rule) {
    switch (rule.kind) {
    case RULE_PRICE:
        return diff->worst_price_rise > rule.share;
    case RULE_BEST:
        return diff->worst_best_rise > rule.share;
    case RULE_COVERAGE:
        return diff->coverage_lost > 0;
    case RULE_NONE:
        break;
    }
    return false;
}

/* The row whose value in `column` is the worst; NULL: none. Rows stand with the largest change
   first, up or down. */
static const struct diff_row *worst_row(const struct diff_section *table, int column,
                                        double worst) {
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].values[column].number >= worst)
            return &table->rows[i];
    return NULL;
}

static const char *why_lost(const struct diff *diff) {
    const struct diff_section *cells = &diff->tables[DIFF_COVERAGE];
    for (size_t i = 0; i < cells->count; i++) {
        const struct diff_value *v = cells->rows[i].values;
        if (strcmp(v[3].text, "lost") == 0)
            return arena_printf(diff->arena, ": %zu lost, first %s, %s on %s", diff->coverage_lost,
                                v[0].text, v[1].text, v[2].text);
    }
    return arena_printf(diff->arena, ": %zu lost", diff->coverage_lost);
}

/* What crossed it, after the rule's own words. */
static const char *why(const struct diff *diff, struct rule rule) {
    if (rule.kind == RULE_COVERAGE)
        return why_lost(diff);
    bool best = rule.kind == RULE_BEST;
    double worst = best ? diff->worst_best_rise : diff->worst_price_rise;
    const struct diff_row *row =
        worst_row(&diff->tables[best ? DIFF_WINNERS : DIFF_PRICES], best ? 6 : 3, worst);
    if (!row && !best)
        row = worst_row(&diff->tables[DIFF_API], 3, worst);
    if (!row)
        return "";
    const struct diff_value *v = row->values;
    return best ? arena_printf(diff->arena, ": %s, %s for %s, %s to %s", v[6].text, v[0].text,
                               v[1].text, v[3].text, v[5].text)
                : arena_printf(diff->arena, ": %s, %s (%s)", v[3].text, v[0].text, v[4].text);
}

static void say_crossed(const struct diff *diff, const char *rule, int format, struct buf *out,
                        struct diags *diags) {
    const char *reason = why(diff, rule_of(rule));
    diag_add(diags, DIAG_NOTE, "fail-on", (struct place){0}, "%s is crossed%s", rule, reason);
    if (format == 1) {
        buf_printf(out, "\n**%s is crossed**", rule);
        escape_markdown(out, reason);
        buf_putc(out, '\n');
    }
}

static void print(const struct diff *diff, int format, struct buf *out) {
    if (format == 0)
        diff_print_text(diff, out);
    else if (format == 1)
        diff_print_markdown(diff, out);
    else
        diff_print_json(diff, out);
}

/* Both sides read into one collector, so that the mistakes of both are said. */
static bool compare_projects(struct project *new, struct project *old, const struct diff_options *o,
                             struct diff *diff) {
    bool read = project_read(old, o->sides.items[0], o->as_of);
    read = project_read(new, o->sides.items[1], o->as_of) && read;
    if (read)
        *diff = diff_compare(new->arena, old, new, pool_default_jobs());
    return read;
}

static int run(struct project *new, const struct diff_options *o, enum diff_kind kind,
               struct buf *out) {
    struct project old = {.arena = arena_new(), .diags = new->diags};
    struct diff diff;
    bool ok = kind == DIFF_OF_PROJECTS
                  ? compare_projects(new, &old, o, &diff)
                  : diff_sites(new->arena, o->sides.items[0], o->sides.items[1], new->diags, &diff);
    int status = ok ? EXIT_DONE : EXIT_INPUT;
    if (ok)
        print(&diff, o->format, out);
    for (size_t i = 0; ok && i < o->rules.count; i++)
        if (crossed(&diff, rule_of(o->rules.items[i]))) {
            say_crossed(&diff, o->rules.items[i], o->format, out, new->diags);
            status = EXIT_THRESHOLD;
        }
    arena_free(old.arena);
    return status;
}

/* What both sides are; a site beside a manifest is compared as one. */
static int check(struct project *project, const struct diff_options *o, enum diff_kind *kind) {
    struct arena *arena = project->arena;
    struct diags *diags = project->diags;
    enum diff_kind old = diff_kind_of(arena, o->sides.items[0], diags);
    *kind = diff_kind_of(arena, o->sides.items[1], diags);
    if (diags_errors(diags))
        return diags_exit_status(diags);
    if ((old == DIFF_OF_PROJECTS) != (*kind == DIFF_OF_PROJECTS))
        return options_error("diff", "'%s' is a project and '%s' a site: give two of a kind",
                             o->sides.items[old == DIFF_OF_PROJECTS ? 0 : 1],
                             o->sides.items[old == DIFF_OF_PROJECTS ? 1 : 0]);
    if (old == DIFF_OF_MANIFESTS)
        *kind = old;
    if (o->as_of && old != DIFF_OF_PROJECTS)
        return options_error("diff", "--as-of: a site that is built has its date");
    for (size_t i = 0; i < o->rules.count; i++) {
        enum rule_kind rule = rule_of(o->rules.items[i]).kind;
        if (rule == RULE_NONE)
            return options_error("diff", "--fail-on: '%s' is none of price:X%%, best:X%%, coverage",
                                 o->rules.items[i]);
        if (rule != RULE_COVERAGE && *kind == DIFF_OF_MANIFESTS)
            return options_error("diff", "--fail-on %s: a manifest has no prices, a site has",
                                 o->rules.items[i]);
    }
    return OPTIONS_RUN;
}

int command_diff(int argc, char **argv) {
    struct project project = project_begin();
    struct diff_options o = {0};
    enum diff_kind kind = DIFF_OF_PROJECTS;
    int status = parse(project.arena, &o, argc, argv);
    if (status == OPTIONS_RUN)
        status = check(&project, &o, &kind);
    struct buf out = BUF_INIT;
    if (status == OPTIONS_RUN)
        status = run(&project, &o, kind, &out);
    return project_end(&project, &out, status);
}
