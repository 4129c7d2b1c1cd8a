/* Tables of a report: wrapped cells, heads repeated on every page. */
#include "render/pdf_table.h"
#include "render/html.h"

#include <math.h>
#include <string.h>

#define SIZE 8.0
#define LEADING 1.3
#define PAD 5.0     /* left and right of a column's text */
#define ROW_PAD 2.4 /* above and below a row's text */
#define KEPT 3      /* rows at the end that stay together */
#define WHOLE 10    /* rows of a table that does not go over */
#define ENOUGH 10   /* rows of a table that the site has more of */

static double row_pad(const struct pdf_layout *t) {
    return ROW_PAD * t->report->air;
}

static struct pdf_style style_of(const struct pdf_layout *t, bool head, bool link) {
    const struct palette *palette = &t->report->press->palette;
    return (struct pdf_style){head ? FACE_BOLD : FACE_REGULAR, t->size, t->size * LEADING,
                              link ? palette->accent : palette->ink};
}

static size_t line_count(struct pdf_layout *t, size_t column, const struct pdf_style *style,
                         const char *text) {
    size_t lines = 0;
    for (; *text; lines++)
        text += pdf_break(t->report, style, text, pdf_inner_width(t, column)).next;
    return lines;
}

/* Where a cell's last line ended. */
struct end {
    double left, right, y;
};

/* Lines of a cell from y down, right-aligned when the column is numeric. em: the width of the whole
   text at size 1 where that is known, else infinite. */
static struct end put_lines(struct pdf_layout *t, size_t column, const struct pdf_style *style,
                            double x, double y, const char *text, double em) {
    struct pdf_report *report = t->report;
    double width = pdf_inner_width(t, column), first = x + pdf_pad_left(t, column);
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

static void put_cell(struct pdf_layout *t, size_t node, size_t row, size_t column, double x,
                     double y) {
    struct pdf_report *report = t->report;
    const struct value *value = pdf_cell(t->table, row, column);
    bool live = pdf_has_address(report, value->href);
    size_t own = live ? pdf_node(report, node, "Link") : node;
    struct pdf_style style = style_of(t, false, live);
    pdf_begin(report, own);
    struct end end = put_lines(t, column, &style, x, y, pdf_cell_text(value),
                               t->cells[row * t->table->column_count + column]);
    if (live) {
        pdf_add_link(report, own, value->href, end.left, y + 1, end.right, end.y + 3);
        if (pdf_is_marked(value) && !t->shared[column]) { /* the mark is no part of the link */
            pdf_end(report);
            pdf_begin(report, node);
        }
    }
    if (pdf_is_marked(value) && !t->shared[column]) {
        const char *mark = html_mark_text(value->provenance);
        uint32_t muted = report->press->palette.muted;
        if (end.y == y + style.leading) /* the only line */
            pdf_text_behind(report, FACE_REGULAR, PDF_MARK_SIZE * t->size, muted, PDF_MARK_GAP,
                            mark, strlen(mark));
        else
            pdf_text(report, FACE_REGULAR, PDF_MARK_SIZE * t->size, muted, end.right + PDF_MARK_GAP,
                     end.y, mark, strlen(mark));
    }
    pdf_end(report);
}

/* The rules under the rows of a page, drawn together: text stays in one object, and what is read
   aloud in one piece. */
static void put_rules(struct pdf_layout *t) {
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

static struct pdf_style unit_style(const struct pdf_layout *t) {
    return (struct pdf_style){FACE_REGULAR, PDF_UNIT_SIZE * t->size,
                              PDF_UNIT_SIZE * t->size * LEADING, t->report->press->palette.muted};
}

static double head_height(struct pdf_layout *t, size_t column) {
    struct pdf_style head = style_of(t, true, false), unit = unit_style(t);
    const char *text = t->table->columns[column].unit;
    return (double)line_count(t, column, &head, t->heads[column]) * head.leading +
           (text ? (double)line_count(t, column, &unit, text) * unit.leading : 0);
}

/* Of the head, and the gap between it and the first row. */
static double top_height(const struct pdf_layout *t) {
    double height = 0;
    for (size_t i = 0; i < t->table->column_count; i++)
        height = fmax(height, t->heights[i]);
    return height + row_pad(t) + 1;
}

/* The head; repeated ones are artifacts, since a reader has heard them. */
static void put_head(struct pdf_layout *t, bool again) {
    struct pdf_report *report = t->report;
    struct pdf_style head = style_of(t, true, false), unit = unit_style(t);
    double height = top_height(t), x = PDF_LEFT;
    size_t row = again ? 0 : pdf_node(report, t->node, "TR");
    if (again)
        pdf_begin_artifact(report);
    for (size_t i = 0; i < t->table->column_count; i++, x += t->widths[i - 1]) {
        double y = report->y + height - row_pad(t) - 1 - t->heights[i];
        if (!again) {
            size_t node = pdf_node(report, row, "TH");
            report->nodes[node].scope = "Column";
            pdf_begin(report, node);
        }
        struct end end = put_lines(t, i, &head, x, y, t->heads[i], INFINITY);
        if (t->table->columns[i].unit) { /* a blank, for who reads them aloud */
            pdf_text_behind(report, head.face, head.size, head.colour, 0, " ", 1);
            put_lines(t, i, &unit, x, end.y, t->table->columns[i].unit, INFINITY);
        }
        if (!again)
            pdf_end(report);
    }
    if (again)
        pdf_end(report);
    report->y += height;
    t->head_rule = report->y;
}

static double row_height(struct pdf_layout *t, size_t row) {
    struct pdf_style style = style_of(t, false, false);
    size_t lines = 1, count = t->table->column_count;
    for (size_t i = 0; i < count; i++) {
        if (t->cells[row * count + i] * t->size <= pdf_inner_width(t, i))
            continue;
        size_t own = line_count(t, i, &style, pdf_cell_text(pdf_cell(t->table, row, i)));
        lines = own > lines ? own : lines;
    }
    return (double)lines * t->size * LEADING + 2 * row_pad(t);
}

/* Where the row does not fit, or with it and those after it fewer would go over than KEPT. */
static bool breaks_before(struct pdf_layout *t, size_t row) {
    size_t left = t->row_count - row, rows = left == KEPT && row >= KEPT ? KEPT : 1;
    double height = 0;
    for (size_t i = row; i < row + rows; i++)
        height += row_height(t, i);
    return t->report->y + height > PDF_BOTTOM;
}

static void put_row(struct pdf_layout *t, size_t row) {
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
static size_t rows_that_fit(struct pdf_layout *t, double caption) {
    double y = t->report->y + caption + top_height(t);
    size_t row = 0;
    for (; row < t->table->row_count; row++) {
        y += row_height(t, row);
        if (y > PDF_BOTTOM)
            break;
    }
    return row;
}

static double caption_height(struct pdf_layout *t, const struct pdf_style *style,
                             const char *text) {
    double height = 4;
    for (; *text; text += pdf_break(t->report, style, text, PDF_COLUMN).next)
        height += style->leading;
    return height;
}

static const char *caption_of(struct pdf_layout *t, size_t rows) {
    const char *own = t->table->caption ? t->table->caption : "";
    if (!t->table->of_rows)
        return own;
    return page_cut_caption(t->report->arena, own, rows, t->table->of_rows);
}

static struct pdf_style caption_style(const struct pdf_layout *t) {
    return (struct pdf_style){FACE_REGULAR, 8.5, 12, t->report->press->palette.muted};
}

/* A table that is cut anyhow is cut where the page ends, when that leaves enough of it. */
static void put_caption(struct pdf_layout *t) {
    struct pdf_report *report = t->report;
    struct pdf_style style = caption_style(t);
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

struct pdf_layout *pdf_table_measure(struct pdf_report *report, const struct table *table) {
    if (!table || table->column_count == 0)
        return NULL;
    if (table->column_count > PDF_COLUMNS_MAX) {
        report->out_of_bounds = true;
        return NULL;
    }
    struct pdf_layout *t = ARENA_NEW(report->arena, struct pdf_layout);
    *t = (struct pdf_layout){
        .report = report, .table = table, .size = SIZE, .pad = PAD, .row_count = table->row_count};
    t->cells = ARENA_ARRAY(report->arena, table->row_count * table->column_count + 1, double);
    t->rules = ARENA_ARRAY(report->arena, table->row_count + 1, double);
    pdf_share_widths(t);
    for (size_t i = 0; i < table->column_count; i++)
        t->heights[i] = head_height(t, i);
    return t;
}

double pdf_table_part(struct pdf_layout *t) {
    if (!t)
        return 0;
    struct pdf_style style = caption_style(t);
    const char *caption = caption_of(t, t->row_count);
    double height = top_height(t) + (*caption ? caption_height(t, &style, caption) : 0);
    size_t rows = t->row_count <= WHOLE ? t->row_count : KEPT;
    for (size_t row = 0; row < rows; row++)
        height += row_height(t, row);
    return height;
}

void pdf_table(struct pdf_layout *t) {
    if (!t)
        return;
    struct pdf_report *report = t->report;
    pdf_need(report, fmin(pdf_table_part(t), PDF_MOST_TOGETHER));
    t->node = pdf_node(report, 0, "Table");
    put_caption(t);
    put_head(t, false);
    for (size_t row = 0; row < t->row_count; row++)
        put_row(t, row);
    put_rules(t);
    report->y += 12 * report->air;
}
