/* Tables of a report: columns that fit, wrapped cells, heads repeated on every page. */
#include "render/pdf_report.h"

#include <math.h>
#include <string.h>

#define SIZE 8.0
#define SMALLEST 5.5
#define LEADING 1.3
#define PAD 5.0     /* left and right of a column's text */
#define ROW_PAD 2.4 /* above and below a row's text */
#define MARK_GAP 2.0
#define COLUMNS_MAX 32

struct layout {
    struct pdf_report *report;
    const struct table *table;
    double size;
    double widths[COLUMNS_MAX]; /* with padding: of the first column on the right only */
    double mark_width[COLUMNS_MAX];
    const struct value *shared[COLUMNS_MAX]; /* one provenance for the whole column */
    size_t node;                             /* Table */
};

static const char *mark_text(enum provenance provenance) {
    switch (provenance) {
    case FROM_MEASURED:
        return "●";
    case FROM_CALIBRATED:
        return "◐";
    case FROM_EXTRAPOLATED:
        return "◌";
    case FROM_FIRST_PRINCIPLES:
        return "○";
    case FROM_INPUT:
        break;
    }
    return "▪";
}

static const struct value *cell(const struct table *table, size_t row, size_t column) {
    return &table->cells[row * table->column_count + column];
}

static const char *cell_text(const struct value *value) {
    return value->text ? value->text : "–";
}

static bool is_marked(const struct value *value) {
    return value->has_provenance && value->kind != VALUE_MISSING;
}

/* The provenance that all values of a column share stands in the head alone. */
static const struct value *shared_mark(const struct table *table, size_t column) {
    const struct value *first = NULL;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = cell(table, row, column);
        if (value->kind == VALUE_MISSING)
            continue;
        if (!value->has_provenance || (first && value->provenance != first->provenance))
            return NULL;
        first = value;
    }
    return first;
}

static double text_width(const struct layout *t, enum pdf_face face, const char *text, size_t n) {
    return pdf_text_width(t->report, face, t->size, text, n);
}

static double widest_word(const struct layout *t, enum pdf_face face, const char *text) {
    double widest = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        widest = fmax(widest, text_width(t, face, text, n));
        text += n;
        text += strspn(text, " ");
    }
    return widest;
}

static const char *head_text(struct layout *t, size_t column) {
    const struct column *c = &t->table->columns[column];
    const char *mark = t->shared[column] ? mark_text(t->shared[column]->provenance) : "";
    const char *text = c->head;
    if (c->unit && *c->unit)
        text = arena_printf(t->report->arena, "%s, %s", text, c->unit);
    return *mark ? arena_printf(t->report->arena, "%s %s", text, mark) : text;
}

/* The first column begins at the margin. */
static double pad_left(size_t column) {
    return column == 0 ? 0 : PAD;
}

/* Least width without cutting a word, and width without wrapping. */
static void measure(struct layout *t, size_t column, double *least, double *natural) {
    *least = widest_word(t, FACE_BOLD, head_text(t, column));
    *natural = *least;
    t->mark_width[column] = 0;
    for (size_t row = 0; row < t->table->row_count; row++) {
        const struct value *value = cell(t->table, row, column);
        const char *text = cell_text(value);
        bool whole = t->table->columns[column].numeric;
        double width = text_width(t, FACE_REGULAR, text, strlen(text));
        if (is_marked(value) && !t->shared[column])
            t->mark_width[column] = 0.8 * t->size + MARK_GAP;
        *natural = fmax(*natural, width);
        *least = fmax(*least, whole ? width : widest_word(t, FACE_REGULAR, text));
    }
    *least += t->mark_width[column] + pad_left(column) + PAD;
    *natural += t->mark_width[column] + pad_left(column) + PAD;
}

static void share_widths(struct layout *t) {
    double least[COLUMNS_MAX], natural[COLUMNS_MAX], sum_least, sum_natural;
    size_t count = t->table->column_count;
    for (;; t->size -= 0.5) {
        sum_least = sum_natural = 0;
        for (size_t i = 0; i < count; i++) {
            measure(t, i, &least[i], &natural[i]);
            sum_least += least[i];
            sum_natural += natural[i];
        }
        if (sum_least <= PDF_COLUMN || t->size <= SMALLEST)
            break;
    }
    for (size_t i = 0; i < count; i++) {
        if (sum_natural <= PDF_COLUMN)
            t->widths[i] = natural[i] + fmin((PDF_COLUMN - sum_natural) / (double)count, 24);
        else if (sum_least <= PDF_COLUMN)
            t->widths[i] = least[i] + (natural[i] - least[i]) * (PDF_COLUMN - sum_least) /
                                          fmax(sum_natural - sum_least, 1e-9);
        else /* words are cut: nothing smaller can be read */
            t->widths[i] = least[i] * PDF_COLUMN / sum_least;
    }
}

static struct pdf_style style_of(const struct layout *t, bool head, bool link) {
    const struct palette *palette = &t->report->palette;
    return (struct pdf_style){head ? FACE_BOLD : FACE_REGULAR, t->size, t->size * LEADING,
                              link ? palette->accent : palette->ink};
}

static double inner_width(const struct layout *t, size_t column) {
    return t->widths[column] - pad_left(column) - PAD - t->mark_width[column] + 0.01;
}

static size_t line_count(struct layout *t, size_t column, bool head, const char *text) {
    struct pdf_style style = style_of(t, head, false);
    size_t lines = 0, next;
    for (; *text; text += next, lines++)
        pdf_break(t->report, &style, text, inner_width(t, column), &next);
    return lines;
}

/* One cell's lines from y on, right-aligned when numeric. */
static void put_cell(struct layout *t, size_t node, size_t column, bool head, double x, double y,
                     const char *text, const char *mark, const char *href) {
    struct pdf_report *report = t->report;
    bool numeric = t->table->columns[column].numeric;
    bool live = pdf_has_address(report, href);
    size_t own = live ? pdf_node(report, node, "Link") : node;
    struct pdf_style style = style_of(t, head, live);
    x += pad_left(column);
    double width = inner_width(t, column), top = y, left = x, right = left;
    pdf_begin(report, own);
    for (size_t next; *text; text += next) {
        size_t n = pdf_break(report, &style, text, width, &next);
        double line = pdf_text_width(report, style.face, style.size, text, n);
        double start = numeric ? x + width - line : x;
        y += style.leading;
        pdf_text(report, style.face, style.size, style.colour, start, y, text, n);
        left = text[next] ? left : numeric ? start : left;
        right = fmax(right, start + line);
    }
    pdf_end(report);
    if (live)
        pdf_add_link(report, own, href, left, top + 1, right, y + 3);
    if (*mark) {
        pdf_begin(report, node);
        pdf_text(report, FACE_REGULAR, 0.8 * t->size, report->palette.muted, right + MARK_GAP, y,
                 mark, strlen(mark));
        pdf_end(report);
    }
}

static void rule(struct layout *t, uint32_t colour, double thick) {
    double width = 0;
    for (size_t i = 0; i < t->table->column_count; i++)
        width += t->widths[i];
    pdf_begin_artifact(t->report);
    pdf_rule(t->report, colour, thick, PDF_LEFT, t->report->y, PDF_LEFT + width, t->report->y);
    pdf_end(t->report);
}

static double head_height(struct layout *t) {
    size_t lines = 1;
    for (size_t i = 0; i < t->table->column_count; i++) {
        size_t own = line_count(t, i, true, head_text(t, i));
        lines = own > lines ? own : lines;
    }
    return (double)lines * t->size * LEADING + 2 * ROW_PAD;
}

/* The head; repeated ones are artifacts, since a reader has heard them. */
static void put_head(struct layout *t, bool again) {
    struct pdf_report *report = t->report;
    double height = head_height(t), x = PDF_LEFT;
    size_t row = again ? 0 : pdf_node(report, t->node, "TR");
    for (size_t i = 0; i < t->table->column_count; i++, x += t->widths[i - 1]) {
        const char *text = head_text(t, i);
        double lines = (double)line_count(t, i, true, text);
        double y = report->y + height - ROW_PAD - lines * t->size * LEADING;
        if (!again) {
            size_t node = pdf_node(report, row, "TH");
            report->nodes[node].scope = "Column";
            put_cell(t, node, i, true, x, y, text, "", NULL);
            continue;
        }
        struct pdf_style style = style_of(t, true, false);
        pdf_begin_artifact(report);
        for (size_t next; *text; text += next) {
            size_t n = pdf_break(report, &style, text, inner_width(t, i), &next);
            double line = pdf_text_width(report, FACE_BOLD, t->size, text, n);
            y += style.leading;
            pdf_text(report, FACE_BOLD, t->size, style.colour,
                     t->table->columns[i].numeric ? x + pad_left(i) + inner_width(t, i) - line
                                                  : x + pad_left(i),
                     y, text, n);
        }
        pdf_end(report);
    }
    report->y += height + 1;
    rule(t, report->palette.ink, 0.6);
}

static double row_height(struct layout *t, size_t row) {
    size_t lines = 1;
    for (size_t i = 0; i < t->table->column_count; i++) {
        size_t own = line_count(t, i, false, cell_text(cell(t->table, row, i)));
        lines = own > lines ? own : lines;
    }
    return (double)lines * t->size * LEADING + 2 * ROW_PAD;
}

static void put_row(struct layout *t, size_t row) {
    struct pdf_report *report = t->report;
    double height = row_height(t, row), x = PDF_LEFT;
    if (report->y + height > PDF_BOTTOM) {
        pdf_add_page(report);
        put_head(t, true);
    }
    size_t node = pdf_node(report, t->node, "TR");
    for (size_t i = 0; i < t->table->column_count; i++, x += t->widths[i - 1]) {
        const struct value *value = cell(t->table, row, i);
        bool names_row = i == 0 && !t->table->columns[0].numeric;
        size_t own = pdf_node(report, node, names_row ? "TH" : "TD");
        if (names_row)
            report->nodes[own].scope = "Row";
        put_cell(t, own, i, false, x, report->y + ROW_PAD - 1, cell_text(value),
                 is_marked(value) && !t->shared[i] ? mark_text(value->provenance) : "",
                 value->href);
    }
    report->y += height;
    rule(t, report->palette.hair, 0.4);
}

void pdf_table(struct pdf_report *report, const struct table *table) {
    struct layout t = {.report = report, .table = table, .size = SIZE};
    if (!table || table->column_count == 0)
        return;
    if (table->column_count > COLUMNS_MAX) {
        report->out_of_bounds = true;
        return;
    }
    for (size_t i = 0; i < table->column_count; i++)
        t.shared[i] = shared_mark(table, i);
    share_widths(&t);
    pdf_need(report, 80);
    t.node = pdf_node(report, 0, "Table");
    if (table->caption && *table->caption) {
        struct pdf_style caption = {FACE_REGULAR, 8.5, 12, report->palette.muted};
        pdf_paragraph(report, pdf_node(report, t.node, "Caption"), &caption, PDF_LEFT, PDF_COLUMN,
                      table->caption);
        report->y += 2;
    }
    put_head(&t, false);
    for (size_t row = 0; row < table->row_count; row++)
        put_row(&t, row);
    report->y += 12;
}
