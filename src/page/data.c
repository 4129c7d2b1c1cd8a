/* The data page: where every input comes from, how old it is, and what can be taken away. */
#include "page/draft.h"

#include "base/str.h"
#include "page/plan.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct source { /* rows of one kind that name one source */
    const char *kind, *name, *oldest, *newest;
    size_t rows;
    bool on_github; /* its name is a repository's there */
};

/* "github:owner/repository data/x.csv @abc": what stands before the path, without what says that
   it is on GitHub; shorter beginnings name nothing. */
static struct str source_name(const char *text, bool *on_github) {
    struct str name = str_of(text && text[0] ? text : "not stated"), github = STR("github:");
    *on_github = str_starts(name, github);
    size_t n = strcspn(name.p, " @("), prefix = *on_github ? github.n : 0;
    if (n >= 8)
        name.n = n;
    return (struct str){name.p + prefix, name.n - prefix};
}

static int by_name(const void *left, const void *right) {
    const struct source *a = left, *b = right;
    int by = strcmp(a->kind, b->kind);
    return by ? by : strcmp(a->name, b->name);
}

static int most_first(const void *left, const void *right) {
    const struct source *a = left, *b = right;
    int by = strcmp(a->kind, b->kind);
    if (by)
        return by;
    if (a->rows != b->rows)
        return a->rows > b->rows ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* What `more` has is `into`'s too. */
static void join(struct source *into, const struct source *more) {
    into->rows += more->rows;
    into->on_github |= more->on_github;
    if (more->oldest && (!into->oldest || strcmp(more->oldest, into->oldest) < 0))
        into->oldest = more->oldest;
    if (more->newest && (!into->newest || strcmp(more->newest, into->newest) > 0))
        into->newest = more->newest;
}

static bool is_of(const struct source *source, const char *kind, struct str name) {
    return strcmp(source->kind, kind) == 0 && str_equal(str_of(source->name), name);
}

/* Rows of one source mostly follow each other. */
static void add(struct arena *arena, struct source *all, size_t *n, const char *kind,
                const char *text, const char *date) {
    struct source row = {kind, NULL, date, date, 1, false};
    struct str name = source_name(text, &row.on_github);
    if (*n > 0 && is_of(&all[*n - 1], kind, name)) {
        join(&all[*n - 1], &row);
        return;
    }
    row.name = arena_copy(arena, name.p, name.n);
    all[(*n)++] = row;
}

static size_t collect(struct arena *arena, const struct catalog *catalog, struct source **out) {
    size_t n = 0, kept = 0;
    struct source *all = ARENA_ARRAY(arena,
                                     catalog->offer_count + catalog->api_price_count +
                                         catalog->benchmark_count + catalog->gpu_count + 1,
                                     struct source);
    for (size_t i = 0; i < catalog->offer_count; i++)
        add(arena, all, &n, "GPU prices", catalog->offers[i].source, catalog->offers[i].as_of);
    for (size_t i = 0; i < catalog->api_price_count; i++)
        add(arena, all, &n, "API prices", catalog->api_prices[i].source,
            catalog->api_prices[i].as_of);
    for (size_t i = 0; i < catalog->benchmark_count; i++)
        add(arena, all, &n, "Measurements", catalog->benchmarks[i].source,
            catalog->benchmarks[i].date);
    qsort(all, n, sizeof *all, by_name);
    for (size_t i = 0; i < n; i++) {
        struct source *last = kept ? &all[kept - 1] : NULL;
        if (!last || by_name(last, &all[i]) != 0) {
            all[kept++] = all[i];
            continue;
        }
        join(last, &all[i]);
    }
    qsort(all, kept, sizeof *all, most_first);
    *out = all;
    return kept;
}

/* A repository leads to its page, an address to itself. */
static struct value name_value(struct arena *arena, const struct source *source) {
    const char *name = source->name;
    if (source->on_github)
        return value_link(name, arena_printf(arena, "https://github.com/%s", name));
    return str_starts(str_of(name), STR("https://")) ? value_link(name, name) : value_text(name);
}

static void sources(struct draft *draft, const struct source *all, size_t count) {
    static const struct column columns[] = {
        {"kind", "What", NULL, false, true},      {"source", "Source", NULL, false, false},
        {"rows", "Rows", NULL, true, false},      {"oldest", "Oldest", NULL, false, false},
        {"newest", "Newest", NULL, false, false},
    };
    struct rows rows = rows_begin(draft->arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        rows_put(&rows, value_text(all[i].kind));
        rows_put(&rows, name_value(draft->arena, &all[i]));
        rows_put(&rows, value_exact(draft->arena, (double)all[i].rows));
        rows_put(&rows, value_text(all[i].oldest));
        rows_put(&rows, value_text(all[i].newest));
    }
    struct table *table = draft_table(draft, "sources", "Sources", &rows,
                                      "Rows read from each source, with their dates");
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = 80;
}

static void inputs(struct draft *draft, const struct catalog *catalog) {
    static const struct column columns[] = {
        {"path", "File", NULL, false, false},
        {"bytes", "Size", NULL, true, false},
        {"xxh64", "Fingerprint", NULL, false, false},
    };
    struct rows rows = rows_begin(draft->arena, columns, COUNT_OF(columns), catalog->input_count);
    for (size_t i = 0; i < catalog->input_count; i++) {
        const struct input_file *input = &catalog->inputs[i];
        rows_put(&rows, value_text(input->path));
        rows_put(&rows, value_bytes(draft->arena, (double)input->bytes));
        rows_put(&rows, value_text(arena_printf(draft->arena, "%016llx",
                                                (unsigned long long)input->hash)));
    }
    struct table *table = draft_table(draft, "inputs", "Files this site was made from", &rows,
                                      "Their sizes and fingerprints (xxh64)");
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = 40;
}

static const char *answer(struct arena *arena, const struct catalog *catalog, size_t count) {
    const char *newest = catalog->site.as_of;
    return arena_printf(arena, "%s, %s, %s and %s from %s%s%s.",
                        words_plural(arena, (double)catalog->model_count, "model"),
                        words_plural(arena, (double)catalog->offer_count, "GPU price"),
                        words_plural(arena, (double)catalog->api_price_count, "API price"),
                        words_plural(arena, (double)catalog->benchmark_count, "measurement"),
                        words_plural(arena, (double)count, "source"),
                        newest ? ", the newest of " : "", newest ? newest : "");
}

/* Licences that ask to be named. */
static void attribution(struct draft *draft, const struct catalog *catalog) {
    size_t rows = 0;
    for (size_t i = 0; i < catalog->offer_count; i++)
        rows +=
            catalog->offers[i].source && strstr(catalog->offers[i].source, "adriannutiu") != NULL;
    if (rows == 0)
        return;
    struct link links[] = {{"gpurentalprices.com", "https://gpurentalprices.com/",
                            arena_printf(draft->arena, "GPU rental price data, CC BY 4.0, %s",
                                         words_plural(draft->arena, (double)rows, "row"))},
                           {"Creative Commons Attribution 4.0",
                            "https://creativecommons.org/licenses/by/4.0/",
                            "the licence of that data; here it is joined to GPUs and prices are "
                            "divided by GPU count"}};
    draft_links(draft, "attribution", "Attribution", links, COUNT_OF(links));
}

struct page *page_data(const struct page_plan *plan, const struct page_entry *entry,
                       struct arena *arena) {
    const struct catalog *catalog = plan->catalog;
    struct draft draft = draft_begin(arena, entry->path, "data");
    struct link crumbs[] = {{catalog->site.title, "", NULL}, {"Data", NULL, NULL}};
    struct link downloads[] = {
        {"Every model at its best offer (CSV)", "models.csv", NULL},
        {"Every model at its best offer (JSON)", "models.json", NULL},
        {"Every GPU (CSV)", "gpus.csv", NULL},
        {"Every GPU (JSON)", "gpus.json", NULL},
        {"Every measurement with its prediction (CSV)", "accuracy/rows.csv", NULL},
        {"Energy of every model (CSV)", "energy/models.csv", NULL},
        {"Training of every model (CSV)", "training/models.csv", NULL},
    };
    struct source *all;
    size_t count = collect(arena, catalog, &all);
    draft_crumbs(&draft, crumbs, COUNT_OF(crumbs));
    draft.page->title = "Data and sources";
    draft_answer(&draft, answer(arena, catalog, count));
    draft.page->description = draft.blocks[0].text;
    attribution(&draft, catalog);
    draft_links(&draft, "downloads", "To take away", downloads, COUNT_OF(downloads));
    sources(&draft, all, count);
    inputs(&draft, catalog);
    return draft_end(&draft);
}
