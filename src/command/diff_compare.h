/* What changed between two projects: offers, facts, cells, winners; as tables of plain values. */
#ifndef COMMAND_DIFF_COMPARE_H
#define COMMAND_DIFF_COMPARE_H

#include "command/project.h"

#include <stdbool.h>
#include <stddef.h>

struct diff_value {
    const char *text; /* as shown */
    double number;    /* for machines, when is_number */
    bool is_number;
};

enum { DIFF_COLUMNS = 8 };

struct diff_row {
    struct diff_value values[DIFF_COLUMNS];
    double weight; /* rows are shown by falling weight */
};

struct diff_section {
    const char *key, *title;           /* "prices", "Prices" */
    const char *columns[DIFF_COLUMNS]; /* heads; NULL ends */
    const char *keys[DIFF_COLUMNS];    /* for JSON */
    struct diff_row *rows;
    size_t count, capacity;
};

enum diff_table {
    DIFF_PRICES,
    DIFF_API,
    DIFF_OFFERS, /* new and gone */
    DIFF_FACTS,  /* models and GPUs */
    DIFF_WINNERS,
    DIFF_RANKS,
    DIFF_CELLS,
    DIFF_COVERAGE, /* cells lost and won */
    DIFF_PAGES,
    DIFF_TABLES
};

/* The cheapest way of a model for a workload, on both sides, in USD per million tokens. */
struct diff_best {
    const char *model, *workload;
    double before, after;
};

struct diff {
    struct arena *arena;
    struct diff_best *bests; /* for the ranks */
    size_t best_count, best_capacity;
    struct diff_section tables[DIFF_TABLES];
    size_t cells; /* compared */
    /* For --fail-on: the worst of each, 0 when nothing got worse. */
    double worst_price_rise, worst_best_rise; /* shares: 0.05 is 5 % */
    size_t coverage_lost;
};

/* Both catalogs stay as they are. jobs: threads. Everything in the arena. */
struct diff diff_compare(struct arena *arena, const struct project *old, const struct project *new,
                         unsigned jobs);

/* diff_tables.c: an empty diff; its rows sorted, ranks worked out. */
struct diff diff_begin(struct arena *arena);
void diff_end(struct diff *diff);
/* Adds a row of `weight` to a table and returns it. */
struct diff_row *diff_add(struct diff *diff, enum diff_table table, double weight);
struct diff_value diff_text(const char *text);
struct diff_value diff_usd(struct arena *arena, double usd);
struct diff_value diff_count(struct arena *arena, double count);
struct diff_value diff_percent(struct arena *arena, double share);
struct diff_value diff_place(struct arena *arena, struct place place);
/* A row each, with what the thresholds ask. NaN: not there. A fact that stayed adds none. */
void diff_price(struct diff *diff, const char *offer, double before, double after,
                struct diff_value where);
/* Of tokens, in USD a million. */
void diff_api_price(struct diff *diff, const char *price, double before, double after,
                    struct diff_value where);
void diff_offer(struct diff *diff, const char *what, const char *offer, double usd,
                struct diff_value where);
void diff_fact(struct diff *diff, const char *id, const char *what, double before, double after,
               struct diff_value where);
struct diff_cell {
    const char *model, *workload, *gpu;
};
struct diff_row *diff_cell(struct diff *diff, struct diff_cell cell, double before, double after);
void diff_coverage(struct diff *diff, struct diff_cell cell, bool lost, double usd);
/* other: another GPU or platform; was, is: what it runs on. */
void diff_winner(struct diff *diff, struct diff_best best, bool other, const char *was,
                 const char *is);
/* diff_facts.c: a catalog's current offers on demand, in order, to find one in. */
struct diff_index {
    const struct offer **items;
    size_t count;
};
struct diff_index diff_index_of(struct arena *arena, const struct catalog *catalog);
/* The same offer in another catalog, whatever its price and date; NULL when gone. */
const struct offer *diff_counterpart(const struct diff_index *index, const struct offer *offer);
void diff_offers(struct diff *diff, const struct diff_index *old, const struct diff_index *new);
void diff_facts(struct diff *diff, const struct catalog *old, const struct catalog *new);

/* diff_api.c: current prices of tokens, by seller and model. */
void diff_api_prices(struct diff *diff, const struct catalog *old, const struct catalog *new);

/* diff_out.c */
void diff_print_text(const struct diff *diff, struct buf *out);
void diff_print_markdown(const struct diff *diff, struct buf *out);
void diff_print_json(const struct diff *diff, struct buf *out);

#endif
