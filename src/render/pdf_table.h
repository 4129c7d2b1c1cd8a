/* A table of a report between measuring its columns and setting its rows. Private to the room. */
#ifndef RENDER_PDF_TABLE_H
#define RENDER_PDF_TABLE_H

#include "render/pdf_report.h"

#define PDF_COLUMNS_MAX 32
#define PDF_UNIT_SIZE 0.85 /* units under the heads, as a share of the size */
#define PDF_MARK_SIZE 0.8  /* share of the size */
#define PDF_MARK_GAP 2.0

struct pdf_layout {
    struct pdf_report *report;
    const struct table *table;
    double size, pad;
    double widths[PDF_COLUMNS_MAX];      /* with padding: of the first column on the right only */
    double least[PDF_COLUMNS_MAX];       /* of the longest word, at size 1 */
    double natural[PDF_COLUMNS_MAX];     /* without wrapping, at size 1; heads in two lines */
    double roomy[PDF_COLUMNS_MAX];       /* the same with heads in one */
    double heights[PDF_COLUMNS_MAX];     /* of the heads with their units */
    bool marked[PDF_COLUMNS_MAX];        /* some cells carry a mark */
    const char *heads[PDF_COLUMNS_MAX];  /* with the mark all cells share */
    const char *shared[PDF_COLUMNS_MAX]; /* that mark, or NULL */
    double *cells;                       /* width of each cell's text at size 1 */
    double head_rule, *rules;            /* of this page: where they are drawn */
    size_t rule_count;
    size_t row_count; /* that are set */
    size_t node;      /* Table */
};

static inline const struct value *pdf_cell(const struct table *table, size_t row, size_t column) {
    return &table->cells[row * table->column_count + column];
}

static inline const char *pdf_cell_text(const struct value *value) {
    return value->text ? value->text : "–";
}

static inline bool pdf_is_marked(const struct value *value) {
    return value->has_provenance && value->kind != VALUE_MISSING;
}

/* The first column begins at the margin. */
static inline double pdf_pad_left(const struct pdf_layout *t, size_t column) {
    return column == 0 ? 0 : t->pad;
}

static inline double pdf_mark_room(const struct pdf_layout *t, size_t column) {
    return t->marked[column] ? PDF_MARK_SIZE * t->size + PDF_MARK_GAP : 0;
}

/* For text, in a column of its width. */
static inline double pdf_inner_width(const struct pdf_layout *t, size_t column) {
    return t->widths[column] - pdf_pad_left(t, column) - t->pad - pdf_mark_room(t, column) + 0.01;
}

/* pdf_columns.c: sizes the columns for the page's width; cells has room for every cell. */
void pdf_share_widths(struct pdf_layout *t);

#endif
