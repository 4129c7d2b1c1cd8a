/* Tables of a report: columns that fit, wrapped cells, heads repeated on every page. */
#include "base/num.h"
#include "render/html.h"
#include "render/pdf_report.h"

#include <math.h>
#include <string.h>

#define SIZE 8.0
#define UNWRAPPED 7.0 /* smaller only to save words from being cut */
#define SMALLEST 5.5
#define UNIT_SIZE 0.85 /* units under the heads, as a share of the size */
#define LEADING 1.3
#define PAD 5.0       /* left and right of a column's text ... */
#define LEAST_PAD 3.5 /* ... where there is not room enough */
#define ROW_PAD 2.4   /* above and below a row's text */
#define MARK_SIZE 0.8 /* share of the size */
#define MARK_GAP 2.0
#define COLUMNS_MAX 32
#define KEPT 3    /* rows at the end that stay together */
#define WHOLE 10  /* rows of a table that does not go over */
#define ENOUGH 10 /* rows of a table that the site has more of */

struct layout {
    struct pdf_report *report;
    const struct table *table;
    double size, pad;
    double widths[COLUMNS_MAX];      /* with padding: of the first column on the right only */
    double least[COLUMNS_MAX];       /* of the longest word, at size 1 */
    double natural[COLUMNS_MAX];     /* without wrapping, at size 1; heads in two lines */
    double roomy[COLUMNS_MAX];       /* the same with heads in one */
    double heights[COLUMNS_MAX];     /* of the heads with their units */
    bool marked[COLUMNS_MAX];        /* some cells carry a mark */
    const char *heads[COLUMNS_MAX];  /* with the mark all cells share */
    const char *shared[COLUMNS_MAX]; /* that mark, or NULL */
    double *cells;                   /* width of each cell's text at size 1 */
    double head_rule, *rules;        /* of this page: where they are drawn */
    size_t rule_count;
    size_t row_count; /* that are set */
    size_t node;      /* Table */
};

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
static const char *shared_mark(const struct table *table, size_t column) {
    const struct value *first = NULL;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = cell(table, row, column);
        if (value->kind == VALUE_MISSING)
            continue;
        if (!value->has_provenance || (first && value->provenance != first->provenance))
            return NULL;
        first = value;
    }
    return first ? html_mark_text(first->provenance) : NULL;
}

static double em_width(struct layout *t, enum pdf_face face, const char *text, size_t n) {
    return pdf_text_width(t->report, face, 1, text, n);
}

static double widest_word(struct layout *t, enum pdf_face face, const char *text) {
    double widest = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        widest = fmax(widest, em_width(t, face, text, n));
        text += n;
        text += strspn(text, " ");
    }
    return widest;
}

/* The first column begins at the margin. */
static double pad_left(const struct layout *t, size_t column) {
    return column == 0 ? 0 : t->pad;
}

static double row_pad(const struct layout *t) {
    return ROW_PAD * t->report->air;
}

static double mark_room(const struct layout *t, size_t column) {
    return t->marked[column] ? MARK_SIZE * t->size + MARK_GAP : 0;
}

/* The least width that sets a text in two lines. */
static double two_lines(struct layout *t, enum pdf_face face, const char *text) {
    double least = em_width(t, face, text, strlen(text));
    for (const char *p = text; (p = strchr(p, ' ')); p++) {
        double first = em_width(t, face, text, (size_t)(p - text));
        least = fmin(least, fmax(first, em_width(t, face, p + 1, strlen(p + 1))));
    }
    return least;
}

/* Heads and units may wrap, but better not into more than two lines each. */
static double head_width(struct layout *t, size_t column, const char *unit) {
    double below = unit ? UNIT_SIZE * two_lines(t, FACE_REGULAR, unit) : 0;
    return fmax(two_lines(t, FACE_BOLD, t->heads[column]), below);
}

/* A head with the mark that all its cells share; "$ / h" stays together. */
static const char *head_of(struct layout *t, size_t column) {
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

static void measure(struct layout *t, size_t column) {
    const struct table *table = t->table;
    const struct column *c = &table->columns[column];
    t->shared[column] = shared_mark(table, column);
    t->heads[column] = head_of(t, column);
    double least = widest_word(t, FACE_BOLD, t->heads[column]);
    if (c->unit)
        least = fmax(least, UNIT_SIZE * widest_word(t, FACE_REGULAR, c->unit));
    t->least[column] = least;
    t->natural[column] = fmax(least, head_width(t, column, c->unit));
    t->roomy[column] = em_width(t, FACE_BOLD, t->heads[column], strlen(t->heads[column]));
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = cell(table, row, column);
        const char *text = cell_text(value);
        double width = em_width(t, FACE_REGULAR, text, strlen(text));
        t->cells[row * table->column_count + column] = width;
        if (is_marked(value) && !t->shared[column])
            t->marked[column] = true;
        t->natural[column] = fmax(t->natural[column], width);
        t->least[column] =
            fmax(t->least[column], c->numeric ? width : widest_word(t, FACE_REGULAR, text));
    }
    t->roomy[column] = fmax(t->roomy[column], t->natural[column]);
}

static double with_padding(const struct layout *t, size_t column, double em) {
    return em * t->size + mark_room(t, column) + pad_left(t, column) + t->pad;
}

static double sum(const struct layout *t, const double *ems) {
    double all = 0;
    for (size_t i = 0; i < t->table->column_count; i++)
        all += with_padding(t, i, ems[i]);
    return all;
}

/* The widest gaps, then the largest size, that need no wrapping, else a size that cuts no word. */
static void share_widths(struct layout *t) {
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

static struct pdf_style style_of(const struct layout *t, bool head, bool link) {
    const struct palette *palette = &t->report->press->palette;
    return (struct pdf_style){head ? FACE_BOLD : FACE_REGULAR, t->size, t->size * LEADING,
                              link ? palette->accent : palette->ink};
}

static double inner_width(const struct layout *t, size_t column) {
    return t->widths[column] - pad_left(t, column) - t->pad - mark_room(t, column) + 0.01;
}

static size_t line_count(struct layout *t, size_t column, const struct pdf_style *style,
                         const char *text) {
    size_t lines = 0;
    for (; *text; lines++)
        text += pdf_break(t->report, style, text, inner_width(t, column)).next;
    return lines;
}

/* Where a cell's last line ended. */
struct end {
    double left, right, y;
};

/* Lines of a cell from y down, right-aligned when the column is numeric. em: the width of the whole
   text at size 1 where that is known, else infinite. */
static struct end put_lines(struct layout *t, size_t column, const struct pdf_style *style,
                            double x, double y, const char *text, double em) {
    struct pdf_report *report = t->report;
    double width = inner_width(t, column), first = x + pad_left(t, column);
    bool fits = em * style->size <= width;
    struct end end = {first, first, y};
    for (struct pdf_line line; *text; text += line.next) {
        line = fits ? (struct pdf_line){strlen(text), strlen(text), em * style->size}
                    : pdf_break(report, style, text, width);
        double left = first + (t->table->columns[column].numeric ? width - line.width : 0);
        end.y += style->leading;
        end.left = fmin(end.right > end.left ? end.left : left, left);
        end.right = fmax(end.right, left + line.width);
        pdf_text(report, style->face, style->size, style->colour, left, end.y, text,
                 line.n + pdf_trailing_space(text, line.n));
    }
    return end;
}

static void put_cell(struct layout *t, size_t node, size_t row, size_t column, double x, double y) {
    struct pdf_report *report = t->report;
    const struct value *value = cell(t->table, row, column);
    bool live = pdf_has_address(report, value->href);
    size_t own = live ? pdf_node(report, node, "Link") : node;
    struct pdf_style style = style_of(t, false, live);
    pdf_begin(report, own);
    struct end end = put_lines(t, column, &style, x, y, cell_text(value),
                               t->cells[row * t->table->column_count + column]);
    if (live) {
        pdf_add_link(report, own, value->href, end.left, y + 1, end.right, end.y + 3);
        if (is_marked(value) && !t->shared[column]) { /* the mark is no part of the link */
            pdf_end(report);
            pdf_begin(report, node);
        }
    }
    if (is_marked(value) && !t->shared[column]) {
        const char *mark = html_mark_text(value->provenance);
        uint32_t muted = report->press->palette.muted;
        if (end.y == y + style.leading) /* the only line */
            pdf_text_behind(report, FACE_REGULAR, MARK_SIZE * t->size, muted, MARK_GAP, mark,
                            strlen(mark));
        else
            pdf_text(report, FACE_REGULAR, MARK_SIZE * t->size, muted, end.right + MARK_GAP, end.y,
                     mark, strlen(mark));
    }
    pdf_end(report);
}

/* The rules under the rows of a page, drawn together: text stays in one object, and what is read
   aloud in one piece. */
static void put_rules(struct layout *t) {
    struct pdf_report *report = t->report;
    double width = 0;
    for (size_t i = 0; i < t->table->column_count; i++)
        width += t->widths[i];
    pdf_begin_artifact(report);
    pdf_rule(report, report->press->palette.ink, 0.6, PDF_LEFT, t->head_rule, PDF_LEFT + width,
             t->head_rule);
    pdf_set_stroke(report, report->press->palette.hair);
    pdf_set_thickness(report, 0.4);
    for (size_t i = 0; i < t->rule_count; i++) {
        pdf_move(report, PDF_LEFT, t->rules[i]);
        pdf_line(report, PDF_LEFT + width, t->rules[i]);
    }
    if (t->rule_count)
        pdf_operator(report, "S");
    pdf_end(report);
    t->rule_count = 0;
}

static struct pdf_style unit_style(const struct layout *t) {
    return (struct pdf_style){FACE_REGULAR, UNIT_SIZE * t->size, UNIT_SIZE * t->size * LEADING,
                              t->report->press->palette.muted};
}

static double head_height(struct layout *t, size_t column) {
    struct pdf_style head = style_of(t, true, false), unit = unit_style(t);
    const char *text = t->table->columns[column].unit;
    return (double)line_count(t, column, &head, t->heads[column]) * head.leading +
           (text ? (double)line_count(t, column, &unit, text) * unit.leading : 0);
}

/* The head; repeated ones are artifacts, since a reader has heard them. */
static void put_head(struct layout *t, bool again) {
    struct pdf_report *report = t->report;
    struct pdf_style head = style_of(t, true, false), unit = unit_style(t);
    double height = 0, x = PDF_LEFT;
    for (size_t i = 0; i < t->table->column_count; i++)
        height = fmax(height, t->heights[i]);
    size_t row = again ? 0 : pdf_node(report, t->node, "TR");
    if (again)
        pdf_begin_artifact(report);
    for (size_t i = 0; i < t->table->column_count; i++, x += t->widths[i - 1]) {
        double y = report->y + height - t->heights[i];
        if (!again) {
            size_t node = pdf_node(report, row, "TH");
            report->nodes[node].scope = "Column";
            pdf_begin(report, node);
        }
        struct end end = put_lines(t, i, &head, x, y, t->heads[i], INFINITY);
        if (t->table->columns[i].unit)
            put_lines(t, i, &unit, x, end.y, t->table->columns[i].unit, INFINITY);
        if (!again)
            pdf_end(report);
    }
    if (again)
        pdf_end(report);
    report->y += height + row_pad(t) + 1;
    t->head_rule = report->y;
}

static double row_height(struct layout *t, size_t row) {
    struct pdf_style style = style_of(t, false, false);
    size_t lines = 1, count = t->table->column_count;
    for (size_t i = 0; i < count; i++) {
        if (t->cells[row * count + i] * t->size <= inner_width(t, i))
            continue;
        size_t own = line_count(t, i, &style, cell_text(cell(t->table, row, i)));
        lines = own > lines ? own : lines;
    }
    return (double)lines * t->size * LEADING + 2 * row_pad(t);
}

/* Where the row does not fit, or with it and those after it fewer would go over than KEPT. */
static bool breaks_before(struct layout *t, size_t row) {
    size_t left = t->row_count - row, rows = left == KEPT && row >= KEPT ? KEPT : 1;
    double height = 0;
    for (size_t i = row; i < row + rows; i++)
        height += row_height(t, i);
    return t->report->y + height > PDF_BOTTOM;
}

static void put_row(struct layout *t, size_t row) {
    struct pdf_report *report = t->report;
    double height = row_height(t, row), x = PDF_LEFT;
    if (breaks_before(t, row)) {
        put_rules(t);
        pdf_add_page(report);
        put_head(t, true);
    }
    size_t node = pdf_node(report, t->node, "TR");
    for (size_t i = 0; i < t->table->column_count; i++, x += t->widths[i - 1]) {
        bool names_row = i == 0 && !t->table->columns[0].numeric;
        size_t own = pdf_node(report, node, names_row ? "TH" : "TD");
        if (names_row)
            report->nodes[own].scope = "Row";
        put_cell(t, own, row, i, x, report->y + row_pad(t) - 1);
    }
    report->y += height;
    t->rules[t->rule_count++] = report->y;
}

/* How many rows stand on this page below the caption and the head. */
static size_t rows_that_fit(struct layout *t, double caption) {
    double y = t->report->y + caption + row_pad(t) + 1, height = 0;
    size_t row = 0;
    for (size_t i = 0; i < t->table->column_count; i++)
        height = fmax(height, t->heights[i]);
    for (y += height; row < t->table->row_count; row++) {
        y += row_height(t, row);
        if (y > PDF_BOTTOM)
            break;
    }
    return row;
}

static double caption_height(struct layout *t, const struct pdf_style *style, const char *text) {
    double height = 4;
    for (; *text; text += pdf_break(t->report, style, text, PDF_COLUMN).next)
        height += style->leading;
    return height;
}

static const char *caption_of(struct layout *t, size_t rows) {
    const char *own = t->table->caption ? t->table->caption : "";
    char first[NUM_MAX], all[NUM_MAX];
    if (!t->table->of_rows)
        return own;
    num_u64_grouped(first, rows);
    num_u64_grouped(all, t->table->of_rows);
    return arena_printf(t->report->arena, "%s%sThe first %s of %s rows; the site has them all.",
                        own, *own ? ". " : "", first, all);
}

/* A table that is cut anyhow is cut where the page ends, when that leaves enough of it. */
static void put_caption(struct layout *t) {
    struct pdf_report *report = t->report;
    struct pdf_style style = {FACE_REGULAR, 8.5, 12, report->press->palette.muted};
    const char *text = caption_of(t, t->row_count);
    if (t->table->of_rows) {
        size_t fit = rows_that_fit(t, caption_height(t, &style, text));
        if (fit >= ENOUGH && fit < t->row_count)
            text = caption_of(t, t->row_count = fit);
    }
    if (!*text)
        return;
    pdf_paragraph(report, pdf_node(report, t->node, "Caption"), &style, PDF_LEFT, PDF_COLUMN, text);
    report->y += 4;
}

double pdf_table_part(const struct pdf_report *report, const struct table *table) {
    double head = 30, row = SIZE * LEADING + 2 * ROW_PAD * report->air;
    size_t rows = table && table->row_count <= WHOLE ? table->row_count : KEPT;
    return head + (table && (table->of_rows || (table->caption && *table->caption)) ? 16 : 0) +
           (double)rows * row;
}

void pdf_table(struct pdf_report *report, const struct table *table) {
    if (!table || table->column_count == 0)
        return;
    struct layout t = {
        .report = report, .table = table, .size = SIZE, .pad = PAD, .row_count = table->row_count};
    if (table->column_count > COLUMNS_MAX) {
        report->out_of_bounds = true;
        return;
    }
    t.cells = ARENA_ARRAY(report->arena, table->row_count * table->column_count + 1, double);
    t.rules = ARENA_ARRAY(report->arena, table->row_count + 1, double);
    share_widths(&t);
    for (size_t i = 0; i < table->column_count; i++)
        t.heights[i] = head_height(&t, i);
    pdf_need(report, 80);
    t.node = pdf_node(report, 0, "Table");
    put_caption(&t);
    put_head(&t, false);
    for (size_t row = 0; row < t.row_count; row++)
        put_row(&t, row);
    put_rules(&t);
    report->y += 12 * report->air;
}
