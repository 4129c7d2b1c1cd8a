/* A page while it is being written: blocks are added one after another. */
#ifndef PAGE_DRAFT_H
#define PAGE_DRAFT_H

#include "page/page.h"
#include "page/values.h"

struct draft {
    struct arena *arena;
    struct page *page;
    struct block *blocks;
    size_t count, capacity;
};

struct draft draft_begin(struct arena *arena, const char *path, const char *template_name);
/* Crumbs from the index down to the page itself; the last href is NULL. */
void draft_crumbs(struct draft *draft, const struct link *crumbs, size_t count);
struct block *draft_block(struct draft *draft, enum block_kind kind, const char *name,
                          const char *heading);
void draft_answer(struct draft *draft, const char *sentence);
void draft_text(struct draft *draft, const char *name, const char *heading, const char *text);
void draft_markdown(struct draft *draft, const char *name, const char *heading, const char *text);
void draft_figures(struct draft *draft, const struct figure *figures, size_t count);
void draft_links(struct draft *draft, const char *name, const char *heading,
                 const struct link *links, size_t count);
struct page *draft_end(struct draft *draft);

/* A table filled cell by cell, row after row. */
struct rows {
    struct arena *arena;
    const struct column *columns;
    size_t column_count;
    struct value *cells;
    size_t count, capacity;
};
struct rows rows_begin(struct arena *arena, const struct column *columns, size_t column_count,
                       size_t expected_rows);
void rows_grow(struct rows *rows); /* room for one cell more */
static inline void rows_put(struct rows *rows, struct value value) {
    if (rows->count == rows->capacity)
        rows_grow(rows);
    rows->cells[rows->count++] = value;
}
/* `cells` missing cells; the first says why. */
void rows_put_infeasible(struct rows *rows, enum reason reason, size_t cells);
size_t rows_count(const struct rows *rows);
/* Drops the columns in which every cell is missing without a reason. */
void rows_drop_empty(struct rows *rows);
struct table *rows_table(struct rows *rows, const char *caption);
/* The table as a block; `downloadable` and `sortable` may be set on the result. NULL when it has no
   rows: a page shows no empty table. */
struct table *draft_table(struct draft *draft, const char *name, const char *heading,
                          struct rows *rows, const char *caption);

/* The four prices of an offer per GPU-hour: on demand, spot, one and three years; the source stands
   at the first there is. */
struct offer;
void rows_put_prices(struct rows *rows, const struct offer *offer);
/* clang-format off */
#define PRICE_COLUMNS                                                   \
    {"on_demand_usd_per_gpu_hour", "On demand", NULL, true, false},     \
    {"spot_usd_per_gpu_hour", "Spot", NULL, true, false},               \
    {"reserved_1y_usd_per_gpu_hour", "1 year", NULL, true, false},      \
    {"reserved_3y_usd_per_gpu_hour", "3 years", NULL, true, false}
/* clang-format on */

/* How a chart draws a figure that comes from there: as tables mark it. */
enum chart_mark draft_mark(enum provenance from);
/* A chart block; `table` is the table behind it or NULL. The chart must live in the arena. */
void draft_chart(struct draft *draft, const char *name, struct chart *chart,
                 const struct table *table);
/* One that stands in a row of its own: the table is open beside it where there is room. */
void draft_chart_alone(struct draft *draft, const char *name, struct chart *chart,
                       const struct table *table);

/* Formula lines added one by one. */
struct derivation {
    struct arena *arena;
    struct formula_line *lines;
    size_t count, capacity;
};
void derivation_line(struct derivation *derivation, const char *symbols, const char *numbers,
                     const char *result);
void draft_formula(struct draft *draft, const char *name, const char *heading, const char *text,
                   const struct derivation *derivation);

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
