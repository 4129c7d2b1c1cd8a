/* A page is a value: named blocks that any renderer can turn into bytes. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/arena.h"
#include "base/str.h"
#include "chart/chart.h"
#include "engine/estimate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One value of a table or a key figure. The same text stands on page, CSV and PDF. */
struct value {
    enum { VALUE_MISSING, VALUE_TEXT, VALUE_NUMBER } kind;
    uint32_t length;  /* bytes of the text, where whoever wrote it knew; else 0 */
    const char *text; /* as shown; for numbers already rounded ("1,230") */
    double number;    /* raw, full precision: data-v, CSV and JSON */
    const char *href; /* site-relative page path ("models/x/") or https URL, or NULL */
    enum provenance provenance;
    bool has_provenance;
    const char *source; /* source and date for the title of the mark, or NULL */
    const char *reason; /* reason code when missing because infeasible */
    double bar;         /* 0..1 length of the in-cell bar; 0 = none */
};

/* Each cell is put by several, who need its length. */
static inline struct str value_shown(const struct value *value) {
    return value->length ? (struct str){value->text, value->length} : str_of(value->text);
}

struct column {
    const char *key;  /* CSV and JSON name: "usd_per_million_output" */
    const char *head; /* "$ / 1M output" */
    const char *unit; /* "USD per 1M tokens" or NULL */
    bool numeric;
    bool filter; /* script offers a filter on this column */
};

struct table {
    const char *caption;
    const struct column *columns;
    size_t column_count;
    const struct value *cells; /* row-major */
    size_t row_count;
    size_t shown_columns; /* on the page; 0 = all */
    size_t shown_rows;    /* rows on the page; 0 = all. The twins always have all. */
    size_t of_rows;       /* on paper: so many there are, of which these come first; 0 = all */
    bool sortable;
    bool anchors;      /* rows have ids made of their first cells */
    bool downloadable; /* gets CSV and JSON twins NAME.csv, NAME.json beside the page */
};

struct figure { /* a key figure of the strip */
    const char *label;
    struct value value;
    const char *unit;
    const char *note;
};

enum block_kind {
    BLOCK_ANSWER,
    BLOCK_FIGURES,
    BLOCK_TEXT,
    BLOCK_MARKDOWN,
    BLOCK_TABLE,
    BLOCK_CHART,
    BLOCK_FORMULA,
    BLOCK_LINKS,
    BLOCK_DATA /* JSON in text, for a script of the page; not shown, not in twins */
};

struct formula_line {
    const char *symbols; /* "t_mem = W / (n · B · η)" */
    const char *numbers; /* "141.1e9 / (4 · 3.35e12 · 0.7)" */
    const char *result;  /* "15.04 ms" */
};

struct link {
    const char *text, *href, *note;
};

struct block {
    const char *name;    /* [a-z0-9_]+, unique on the page: {{{block.NAME}}} in templates */
    const char *heading; /* or NULL */
    const char *chapter; /* on paper: the block opens a chapter of this title; or NULL */
    enum block_kind kind;
    const char *text; /* answer, text, markdown; formula: a note. A BLOCK_MARKDOWN without text is
                         the prose article of its name: templates/prose/NAME.md */
    const struct figure *figures;
    size_t figure_count;
    const struct table *table; /* also the table behind a chart */
    const struct chart *chart;
    bool alone; /* a chart with no neighbour: its table stands open beside it */
    const struct formula_line *lines;
    size_t line_count;
    const struct link *links;
    size_t link_count;
};

struct scalar {
    const char *name, *text;
};

struct page {
    const char *path;     /* "models/llama-3.3-70b/index.html", "index.html"; '/' separators */
    const char *template; /* "model" -> templates/model.mustache */
    const char *title, *description;
    const struct link *crumbs; /* from the index down, page itself last with href NULL */
    size_t crumb_count;
    const struct block *blocks;
    size_t block_count;
    const struct scalar *scalars; /* more {{names}} for the template */
    size_t scalar_count;
    const char *inputs_date;      /* newest date of the inputs it shows */
    uint64_t fingerprint;         /* of a pair: of what it is made from; else of all it says */
    struct ticks_kept *ticks;     /* axes that pages before it left, for its thread; or NULL */
    const uint64_t *table_hashes; /* of what the table of each block says; NULL: not known */
    bool contents;                /* on paper: a list of chapters with page numbers */
};

/* Number of '/' in path: how deep the page lies. */
unsigned page_depth(const struct page *page);

/* Fills the fingerprint and the hashes of tables from what the page says. */
void page_hash(struct page *page, struct arena *arena);

/* glossary.c: the anchor on the glossary's page of what words name, or NULL; *index is a number of
   its own below 64. */
const char *page_term(const char *words, size_t *index);
/* "kv-cache" of "KV cache": lower-case letters and digits, joined by hyphens. */
const char *page_anchor(const char *name, struct arena *arena);

/* plan.c: lists every page of the site; page_make fills one. */
struct page_plan;
struct catalog;
struct calibration_set;
struct page_plan *page_plan_new(struct arena *arena, const struct catalog *catalog,
                                const struct calibration_set *calibrations, unsigned jobs);
/* True when every page has an address of its own. Else DIAG_ERROR page-address, which names both
   that want it: a GPU and a page of each model, two platforms of one slug. The second asks it of a
   catalog without making its plan. */
struct diags;
bool page_plan_check(const struct page_plan *plan, struct diags *diags);
bool page_addresses_check(const struct catalog *catalog, struct diags *diags);
size_t page_plan_count(const struct page_plan *plan);
const char *page_plan_path(const struct page_plan *plan, size_t index);
/* Makes page `index` in the arena; thread-safe. */
struct page *page_make(const struct page_plan *plan, size_t index, struct arena *arena);
/* What whoever makes many pages keeps from one to the next: the same pages for less. It serves one
   thread at a time and one plan. */
struct page_maker;
struct page_maker *page_maker_new(struct arena *arena);
struct page *page_make_with(struct page_maker *maker, const struct page_plan *plan, size_t index,
                            struct arena *arena);
/* Of everything that page `index` is made from, given a hash of all inputs but the price files, of
   the options and of the program: equal keys, equal pages. 0 where that is not known (rest 0 too):
   the page has to be made. */
uint64_t page_plan_key(const struct page_plan *plan, size_t index, uint64_t rest);
/* Whether path, title and description of a page can be told without making it, and these. */
bool page_plan_outlined(const struct page_plan *plan, size_t index);
struct page *page_outline(const struct page_plan *plan, size_t index, struct arena *arena);
/* PDF reports: one per model. Same blocks. */
struct page *page_report_make(const struct page_plan *plan, size_t index, struct arena *arena);
/* The same of the model's page, where that is made already: it stays as it is, and the report lives
   no longer. Which report is made of a page; PAGE_NO_REPORT of most. */
#define PAGE_NO_REPORT ((size_t)-1)
size_t page_report_index(const struct page_plan *plan, size_t page_index);
struct page *page_report_of(const struct page_plan *plan, size_t index, const struct page *page,
                            struct arena *arena);

/* The whole catalog on paper, as guide.pdf. */
struct page *page_report_guide(const struct page_plan *plan, struct arena *arena);

/* One combination as it was asked for. */
struct page_question {
    size_t model, gpu;      /* indices into the catalog */
    uint32_t gpus;          /* of one replica; 0: the best number */
    enum precision weights; /* PRECISION_NONE: the model's own */
};
struct page *page_report_combination(const struct page_plan *plan,
                                     const struct page_question *question, struct arena *arena);
/* The page as a file of its own, without downloads; links into the site become plain text, unless
   the site is elsewhere and they are to lead there. */
void page_detach(struct arena *arena, struct page *page, bool with_links);
/* The caption of a table that is cut to its first rows, which says so; caption may be NULL. */
const char *page_cut_caption(struct arena *arena, const char *caption, size_t rows, size_t of_rows);
/* Gives all cut tables such captions. */
void page_say_cuts(struct arena *arena, struct page *page);

#endif
