/* Columns of a table in a report: heads, and widths that fit the page. */
#include "render/html.h"
#include "render/pdf_table.h"

#include <math.h>
#include <string.h>

#define UNWRAPPED 7.0 /* smaller only to save words from being cut */
#define SMALLEST 5.5
#define LEAST_PAD 3.5 /* where there is not room enough */

/* The provenance that all values of a column share stands in the head alone. */
static const char *shared_mark(const struct table *table, size_t column) {
    const struct value *first = NULL;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = pdf_cell(table, row, column);
        if (value->kind == VALUE_MISSING)
            continue;
        if (!value->has_provenance || (first && value->provenance != first->provenance))
            return NULL;
        first = value;
    }
    return first ? html_mark_text(first->provenance) : NULL;
}

static double em_width(struct pdf_layout *t, enum pdf_face face, const char *text, size_t n) {
    return pdf_text_width(t->report, face, 1, text, n);
}

static double widest_word(struct pdf_layout *t, enum pdf_face face, const char *text) {
    double widest = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        widest = fmax(widest, em_width(t, face, text, n));
        text += n;
        text += strspn(text, " ");
    }
    return widest;
}

/* The least width that sets a text in two lines. */
static double two_lines(struct pdf_layout *t, enum pdf_face face, const char *text) {
    double least = em_width(t, face, text, strlen(text));
    for (const char *p = text; (p = strchr(p, ' ')); p++) {
        double first = em_width(t, face, text, (size_t)(p - text));
        least = fmin(least, fmax(first, em_width(t, face, p + 1, strlen(p + 1))));
    }
    return least;
}

/* Heads and units may wrap, but better not into more than two lines each. */
static double head_width(struct pdf_layout *t, size_t column, const char *unit) {
    double below = unit ? PDF_UNIT_SIZE * two_lines(t, FACE_REGULAR, unit) : 0;
    return fmax(two_lines(t, FACE_BOLD, t->heads[column]), below);
}

/* A head with the mark that all its cells share; "$ / h" stays together. */
static const char *head_of(struct pdf_layout *t, size_t column) {
    struct buf out = BUF_INIT;
    const char *head = t->table->columns[column].head;
    for (const char *slash; (slash = strstr(head, " / ")); head = slash + 3) {
        buf_put(&out, head, (size_t)(slash - head));
        buf_puts(&out, "\u00a0/\u00a0");
    }
    buf_puts(&out, head);
    if (t->shared[column]) {
        buf_puts(&out, "\u00a0");
        buf_puts(&out, t->shared[column]);
    }
    head = arena_strdup(t->report->arena, buf_text(&out));
    buf_free(&out);
    return head;
}

static void measure(struct pdf_layout *t, size_t column) {
    const struct table *table = t->table;
    const struct column *c = &table->columns[column];
    t->shared[column] = shared_mark(table, column);
    t->heads[column] = head_of(t, column);
    double least = widest_word(t, FACE_BOLD, t->heads[column]);
    if (c->unit)
        least = fmax(least, PDF_UNIT_SIZE * widest_word(t, FACE_REGULAR, c->unit));
    t->least[column] = least;
    t->natural[column] = fmax(least, head_width(t, column, c->unit));
    t->roomy[column] = em_width(t, FACE_BOLD, t->heads[column], strlen(t->heads[column]));
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = pdf_cell(table, row, column);
        const char *text = pdf_cell_text(value);
        double width = em_width(t, FACE_REGULAR, text, strlen(text));
        t->cells[row * table->column_count + column] = width;
        if (pdf_is_marked(value) && !t->shared[column])
            t->marked[column] = true;
        t->natural[column] = fmax(t->natural[column], width);
        t->least[column] =
            fmax(t->least[column], c->numeric ? width : widest_word(t, FACE_REGULAR, text));
    }
    t->roomy[column] = fmax(t->roomy[column], t->natural[column]);
}

static double with_padding(const struct pdf_layout *t, size_t column, double em) {
    return em * t->size + pdf_mark_room(t, column) + pdf_pad_left(t, column) + t->pad;
}

static double sum(const struct pdf_layout *t, const double *ems) {
    double all = 0;
    for (size_t i = 0; i < t->table->column_count; i++)
        all += with_padding(t, i, ems[i]);
    return all;
}

/* The widest gaps, then the largest size, that need no wrapping, else a size that cuts no word. */
void pdf_share_widths(struct pdf_layout *t) {
    size_t count = t->table->column_count;
    for (size_t i = 0; i < count; i++)
        measure(t, i);
    if (sum(t, t->roomy) <= PDF_COLUMN)
        memcpy(t->natural, t->roomy, sizeof t->natural);
    while (t->pad > LEAST_PAD && sum(t, t->natural) > PDF_COLUMN)
        t->pad -= 0.5;
    while (t->size > UNWRAPPED && sum(t, t->natural) > PDF_COLUMN)
        t->size -= 0.25;
    while (t->size > SMALLEST && sum(t, t->least) > PDF_COLUMN)
        t->size -= 0.25;
    double least = sum(t, t->least), natural = sum(t, t->natural);
    for (size_t i = 0; i < count; i++) {
        double own = with_padding(t, i, t->least[i]), more = with_padding(t, i, t->natural[i]);
        if (natural <= PDF_COLUMN)
            t->widths[i] = more + fmin((PDF_COLUMN - natural) / (double)count, 24);
        else if (least <= PDF_COLUMN)
            t->widths[i] = own + (more - own) * (PDF_COLUMN - least) / fmax(natural - least, 1e-9);
        else /* words are cut: nothing smaller can be read */
            t->widths[i] = own * PDF_COLUMN / least;
    }
}
