/* Tables in HTML: scopes, captions, raw values, in-cell bars, provenance. */
#include "render/html.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

static const char *const mark_text[] = {
    [FROM_MEASURED] = "●",         [FROM_CALIBRATED] = "◐", [FROM_EXTRAPOLATED] = "◌",
    [FROM_FIRST_PRINCIPLES] = "○", [FROM_INPUT] = "▪",
};

void html_mark(enum provenance provenance, const char *source, struct buf *out) {
    buf_puts(out, "<abbr title=\"");
    buf_puts(out, provenance_name(provenance));
    if (source) {
        buf_puts(out, ": ");
        escape_attribute(out, source);
    }
    buf_puts(out, "\">");
    buf_puts(out, mark_text[provenance]);
    buf_puts(out, "</abbr>");
}

void html_value(const struct view *view, const struct value *value, bool with_mark,
                struct buf *out) {
    if (value->href) {
        buf_puts(out, "<a href=\"");
        escape_site_href(out, view->root, value->href);
        buf_puts(out, "\">");
    }
    escape_text(out, value->text ? value->text : "–");
    if (value->href)
        buf_puts(out, "</a>");
    if (with_mark && value->has_provenance && value->kind != VALUE_MISSING)
        html_mark(value->provenance, value->source, out);
}

/* Raw value for sorting: exact for whole numbers, else seven significant digits (CSV and JSON
   carry all of them). Returns the length. */
static size_t raw_text(char *out, double number) {
    if (number == floor(number) && fabs(number) < 9007199254740992.0)
        return num_fixed(out, number, 0);
    double rounded;
    size_t n = num_significant(out, number, 7);
    return num_parse(out, n, &rounded) ? num_shortest(out, rounded) : n;
}

/* One mark in the head serves a column whose figures all come from the same place. */
static const struct value *shared_mark(const struct table *table, size_t column) {
    const struct value *first = NULL;
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = &table->cells[row * table->column_count + column];
        if (value->kind == VALUE_MISSING)
            continue;
        if (!value->has_provenance)
            return NULL;
        if (!first)
            first = value;
        if (value->provenance != first->provenance ||
            strcmp(value->source ? value->source : "", first->source ? first->source : "") != 0)
            return NULL;
    }
    return first;
}

static void put_head(const struct table *table, const bool *shared, struct buf *out) {
    buf_puts(out, "<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        buf_puts(out, "<th scope=\"col\"");
        if (!column->numeric)
            buf_puts(out, " class=\"t\"");
        if (column->filter)
            buf_puts(out, " data-f");
        buf_puts(out, ">");
        escape_text(out, column->head);
        if (shared[i]) {
            const struct value *value = shared_mark(table, i);
            html_mark(value->provenance, value->source, out);
        }
        if (column->unit) {
            buf_puts(out, " <small>");
            escape_text(out, column->unit);
            buf_puts(out, "</small>");
        }
        buf_puts(out, "</th>");
    }
    buf_puts(out, "</tr></thead>");
}

/* Length of the bar in hundredths, as two classes: "t" tens and "u" units. */
static void put_bar_classes(double bar, struct buf *out) {
    long percent = lround((bar > 1 ? 1 : bar) * 100);
    buf_printf(out, "b t%ld u%ld", percent / 10, percent % 10);
}

static void put_classes(const struct column *column, const struct value *value, struct buf *out) {
    bool text = !column->numeric, missing = value->kind == VALUE_MISSING;
    bool bar = value->bar > 0 && !missing;
    if (!text && !missing && !bar)
        return;
    buf_puts(out, " class=\"");
    if (text)
        buf_puts(out, bar || missing ? "t " : "t");
    if (missing)
        buf_puts(out, "x");
    if (bar)
        put_bar_classes(value->bar, out);
    buf_putc(out, '"');
}

static void put_cell(const struct view *view, const struct column *column,
                     const struct value *value, bool with_mark, struct buf *out) {
    buf_puts(out, "<td");
    put_classes(column, value, out);
    if (value->kind == VALUE_NUMBER && isfinite(value->number)) {
        char raw[NUM_MAX];
        raw_text(raw, value->number);
        if ((with_mark && value->has_provenance) || !value->text || strcmp(raw, value->text) != 0) {
            buf_puts(out, " data-v=\"");
            buf_puts(out, raw);
            buf_putc(out, '"');
        }
    }
    if (value->kind == VALUE_MISSING && value->reason) {
        buf_puts(out, " data-r=\"");
        escape_attribute(out, value->reason);
        buf_putc(out, '"');
    }
    buf_putc(out, '>');
    html_value(view, value, with_mark, out);
    buf_puts(out, "</td>");
}

static void put_row(const struct view *view, const struct table *table, size_t row,
                    const bool *shared, struct buf *out) {
    const struct value *cells = table->cells + row * table->column_count;
    buf_puts(out, "<tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        if (i == 0 && !table->columns[0].numeric) {
            buf_puts(out, "<th scope=\"row\">");
            html_value(view, &cells[0], !shared[0], out);
            buf_puts(out, "</th>");
        } else {
            put_cell(view, &table->columns[i], &cells[i], !shared[i], out);
        }
    }
    buf_puts(out, "</tr>\n");
}

static void put_downloads(const char *id, struct buf *out) {
    buf_printf(out,
               "<p class=\"get\">This table as <a href=\"%s.csv\">CSV</a>, "
               "<a href=\"%s.json\">JSON</a></p>",
               id, id);
}

#define MAX_SHARED 64

void html_table(const struct view *view, const char *id, const struct table *table,
                struct buf *out) {
    bool shared[MAX_SHARED] = {false};
    size_t columns = table->column_count;
    if (columns > MAX_SHARED) { /* no page of ours is that wide; refuse rather than overrun */
        out->overflow = true;
        return;
    }
    for (size_t i = 0; i < columns; i++)
        shared[i] = shared_mark(table, i) != NULL;
    buf_printf(
        out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"%s-c\">", id);
    buf_puts(out, table->sortable && table->row_count > 1 ? "<table data-s>" : "<table>");
    buf_printf(out, "<caption><span id=\"%s-c\">", id);
    escape_text(out, table->caption ? table->caption : id);
    buf_puts(out, "</span></caption>");
    put_head(table, shared, out);
    buf_puts(out, "<tbody>\n");
    for (size_t row = 0; row < table->row_count; row++)
        put_row(view, table, row, shared, out);
    buf_puts(out, "</tbody></table></div>");
    if (table->downloadable)
        put_downloads(id, out);
}
