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
    DIFF_OFFERS, /* new and gone */
    DIFF_FACTS,  /* models and GPUs */
    DIFF_WINNERS,
    DIFF_CELLS,
    DIFF_COVERAGE, /* cells lost and won */
    DIFF_TABLES
};

struct diff {
    struct arena *arena;
    struct diff_section tables[DIFF_TABLES];
    size_t cells; /* compared */
    /* For --fail-on: the worst of each, 0 when nothing got worse. */
    double worst_price_rise, worst_best_rise; /* shares: 0.05 is 5 % */
    size_t coverage_lost;
};

/* Both catalogs stay as they are. jobs: threads. Everything in the arena. */
struct diff diff_compare(struct arena *arena, const struct project *old, const struct project *new,
                         unsigned jobs);

/* Adds a row of `weight` to a table and returns it; private to diff_*.c. */
struct diff_row *diff_add(struct diff *diff, enum diff_table table, double weight);
struct diff_value diff_text(const char *text);
struct diff_value diff_usd(struct arena *arena, double usd);
struct diff_value diff_percent(struct arena *arena, double share);
struct diff_value diff_place(struct arena *arena, struct place place);
/* diff_facts.c: the same offer in another catalog, whatever its price and date; NULL when gone. */
const struct offer *diff_counterpart(const struct catalog *catalog, const struct offer *offer);
void diff_offers(struct diff *diff, const struct catalog *old, const struct catalog *new);
void diff_facts(struct diff *diff, const struct catalog *old, const struct catalog *new);

/* diff_out.c */
void diff_print_text(const struct diff *diff, struct buf *out);
void diff_print_markdown(const struct diff *diff, struct buf *out);
void diff_print_json(const struct diff *diff, struct buf *out);

#endif
