/* Tables in HTML: scopes, captions, raw values, in-cell bars, provenance. */
#include "render/html.h"

#include "base/num.h"
#include "render/escape_few.h"

#include <math.h>
#include <string.h>

const char *html_mark_text(enum provenance provenance) {
    static const char *const texts[] = {
        [FROM_MEASURED] = "●",         [FROM_CALIBRATED] = "◐", [FROM_EXTRAPOLATED] = "◌",
        [FROM_FIRST_PRINCIPLES] = "○", [FROM_INPUT] = "▪",
    };
    return texts[provenance];
}

void html_mark(enum provenance provenance, const char *source, struct buf *out) {
    buf_puts(out, "<abbr title=\"");
    buf_put_str(out, provenance_str(provenance));
    if (source) {
        buf_puts(out, ": ");
        escape_attribute(out, source);
    }
    buf_puts(out, "\">");
    buf_puts(out, html_mark_text(provenance));
    buf_puts(out, "</abbr>");
}

/* What stands where there is nothing to show. */
static inline struct str text_of(const struct value *value) {
    return value->text ? value_shown(value) : STR("–");
}

void html_value(const struct view *view, const struct value *value, bool with_mark,
                struct buf *out) {
    if (!value->href && !with_mark) { /* as most are */
        escape_text_slice(out, text_of(value));
        return;
    }
    if (value->href) {
        buf_puts(out, "<a href=\"");
        html_href(view, value->href, out);
        buf_puts(out, "\">");
    }
    escape_text_slice(out, text_of(value));
    if (value->href)
        buf_puts(out, "</a>");
    if (with_mark && value->has_provenance && value->kind != VALUE_MISSING)
        html_mark(value->provenance, value->source, out);
}

static int digits_in(const char *text) {
    int digits = 0;
    for (; text && *text; text++)
        digits += *text >= '0' && *text <= '9';
    return digits;
}

/* Zeros at the end of a number with a point say nothing. */
static size_t without_zeros(char *number, size_t n) {
    if (memchr(number, '.', n)) {
        while (number[n - 1] == '0')
            n--;
        n -= number[n - 1] == '.';
    }
    number[n] = '\0';
    return n;
}

/* Raw value for sorting: exact for whole numbers, else four significant digits or as many as are
   shown (CSV and JSON carry all of them). Returns the length. */
static size_t raw_text(char *out, const struct value *value) {
    double number = value->number, size = fabs(number), rounded;
    if (number == floor(number) && size < 9007199254740992.0)
        return num_fixed(out, number, 0);
    int shown = digits_in(value->text);
    size_t n = num_significant(out, number, shown < 4 ? 4 : shown > 15 ? 15 : shown);
    if (size >= 1e-5 && size < 1e14)
        return without_zeros(out, n);
    return num_parse(out, n, &rounded) ? num_shortest(out, rounded) : n;
}

bool html_is_sortable(const struct table *table) {
    return table->sortable && table->row_count >= 16; /* fewer are seen at a glance */
}

/* Majority votes in one pass (Boyer and Moore), row by row as the cells lie. */
void html_head_marks(const struct table *table, size_t rows, const struct value **marks) {
    size_t columns[HTML_MAX_COLUMNS], leads[HTML_MAX_COLUMNS], open = table->column_count;
    for (size_t i = 0; i < open; i++) {
        columns[i] = i;
        leads[i] = 0;
        marks[i] = NULL;
    }
    const struct value *row = table->cells;
    for (; rows && open; rows--, row += table->column_count)
        for (size_t k = 0; k < open; k++) {
            size_t i = columns[k];
            const struct value *value = &row[i], **leader = &marks[i];
            if (value->kind == VALUE_MISSING)
                continue;
            if (!value->has_provenance) {
                *leader = NULL;
                columns[k--] = columns[--open];
                continue;
            }
            if (leads[i] == 0)
                *leader = value;
            leads[i] += leads[i] == 0 || html_same_mark(value, *leader) ? 1 : (size_t)-1;
        }
}

static bool is_same(const char *a, const char *b) {
    return a == b || (a[0] == b[0] && strcmp(a, b) == 0);
}

/* A choice among values of which most stand once would be no filter. */
static bool is_worth_a_filter(const struct table *table, size_t column) {
    const char *seen[24];
    size_t count = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        const char *text = table->cells[row * table->column_count + column].text;
        size_t i = 0;
        while (i < count && text && !is_same(seen[i], text))
            i++;
        if (!text || i < count)
            continue;
        if (count == sizeof seen / sizeof *seen)
            return false;
        seen[count++] = text;
    }
    return count > 1 && count <= table->row_count / 2;
}

/* A column without a single figure or reason in the rows shown says nothing; the twins keep it. */
static bool is_empty(const struct table *table, size_t column, size_t rows) {
    for (size_t row = 0; row < rows; row++) {
        const struct value *value = &table->cells[row * table->column_count + column];
        if (value->kind != VALUE_MISSING || (value->text && !is_same(value->text, "–")))
            return false;
    }
    return rows > 0;
}

/* A column that stands on the page, and what is known of it before its rows are written. */
struct shown {
    size_t index;
    const struct value *mark; /* in its head, NULL none */
    bool is_text;
};

/* The script puts a head that sorts into a button, where no link may be. */
static void put_head(struct view *view, const struct table *table, const struct shown *shown,
                     size_t count, struct buf *out) {
    bool is_sortable = html_is_sortable(table);
    buf_puts(out, "<thead><tr>");
    for (size_t i = 0; i < count; i++) {
        const struct column *column = &table->columns[shown[i].index];
        bool filters = is_sortable && column->filter && is_worth_a_filter(table, shown[i].index);
        if (column->numeric)
            buf_puts(out, "<th scope=\"col\"");
        else
            buf_puts(out, "<th scope=\"col\" class=\"t\"");
        if (filters)
            buf_puts(out, " data-f>");
        else
            buf_putc(out, '>');
        if (is_sortable)
            escape_text(out, column->head);
        else
            html_term(view, column->head, out);
        if (shown[i].mark)
            html_mark(shown[i].mark->provenance, shown[i].mark->source, out);
        if (column->unit) {
            buf_puts(out, " <small>");
            escape_text(out, column->unit);
            buf_puts(out, "</small></th>");
        } else {
            buf_puts(out, "</th>");
        }
    }
    buf_puts(out, "</tr></thead>");
}

static void put_class(const char *letter, long number, struct buf *out) {
    buf_puts(out, letter);
    buf_put_u64(out, (uint64_t)number);
}

/* Length of the bar in hundredths, as two classes: "t" tens and "u" units. */
static void put_bar_classes(double bar, struct buf *out) {
    long percent = lround((bar > 1 ? 1 : bar) * 100);
    buf_puts(out, "b");
    if (percent >= 10)
        put_class(" t", percent / 10, out);
    if (percent % 10)
        put_class(" u", percent % 10, out);
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

static void put_raw(const struct value *value, bool with_mark, struct buf *out) {
    char raw[NUM_MAX];
    size_t n = raw_text(raw, value);
    if (!with_mark && value->text && is_same(raw, value->text))
        return; /* the script reads the text itself */
    buf_puts(out, " data-v=\"");
    buf_put(out, raw, n);
    buf_putc(out, '"');
}

/* Whether the cell is nothing but its text; the script has no raw value of it then either. */
static inline bool is_only_text(const struct value *value, const struct shown *column,
                                bool is_sortable) {
    if (value->href || value->bar > 0)
        return false;
    if (value->kind == VALUE_MISSING)
        return !value->reason;
    if (is_sortable && value->kind == VALUE_NUMBER)
        return false;
    return !value->has_provenance || (column->mark && html_same_mark(column->mark, value));
}

enum { OPENING_MAX = 16, CLOSING = 5, SHORT_MAX = 64 };

/* Most cells: false when it has to be written otherwise. */
static inline bool put_only_text(bool is_text, const struct value *value, struct buf *out) {
    static const char openings[4][OPENING_MAX] = {
        "<td>", "<td class=\"t\">", "<td class=\"x\">", {"<td class=\"t x\">"}};
    static const unsigned char lengths[4] = {4, 14, 14, 16};
    unsigned kind = is_text + 2u * (value->kind == VALUE_MISSING);
    struct str text = text_of(value);
    size_t n = text.n;
    if (n > SHORT_MAX || !buf_has_room(out, OPENING_MAX + SHORT_MAX + CLOSING))
        return false;
    char *start = out->data + out->len, *at = start + lengths[kind];
    memcpy(start, openings[kind], OPENING_MAX);
    if (!put_unchanged(at, text.p, n, IN_TEXT))
        return false;
    memcpy(at + n, "</td>", CLOSING);
    buf_took(out, (size_t)(at + n + CLOSING - start));
    return true;
}

static void put_cell(const struct view *view, const struct column *column,
                     const struct value *value, const struct value *head, bool is_sortable,
                     struct buf *out) {
    bool missing = value->kind == VALUE_MISSING;
    bool other_source = value->has_provenance && !(head && html_same_mark(head, value));
    bool with_mark = other_source && !(head && head->provenance == value->provenance);
    buf_puts(out, "<td");
    put_classes(column, value, out);
    if (is_sortable && value->kind == VALUE_NUMBER && isfinite(value->number))
        put_raw(value, with_mark, out);
    if (other_source && !with_mark && value->source && !missing) {
        buf_puts(out, " title=\""); /* the same kind of figure from elsewhere: no mark again */
        escape_attribute(out, value->source);
        buf_putc(out, '"');
    }
    if (missing && value->reason) {
        buf_puts(out, " data-r=\"");
        escape_attribute(out, value->reason);
        buf_putc(out, '"');
    }
    buf_putc(out, '>');
    html_value(view, value, with_mark, out);
    buf_puts(out, "</td>");
}

static void put_row(const struct view *view, const struct table *table, const struct value *cells,
                    const struct shown *shown, size_t count, bool is_sortable, struct buf *out) {
    if (table->anchors) {
        buf_puts(out, "<tr id=\"");
        buf_puts(out, page_anchor(cells[0].text, view->arena));
        buf_puts(out, "\">");
    } else {
        buf_puts(out, "<tr>");
    }
    size_t i = 0;
    if (count && shown[0].index == 0 && shown[0].is_text) {
        buf_puts(out, "<th scope=\"row\">");
        html_value(view, &cells[0], !shown[0].mark, out);
        buf_puts(out, "</th>");
        i = 1;
    }
    for (; i < count; i++) {
        const struct value *value = &cells[shown[i].index];
        if (!is_only_text(value, &shown[i], is_sortable) ||
            !put_only_text(shown[i].is_text, value, out))
            put_cell(view, &table->columns[shown[i].index], value, shown[i].mark, is_sortable, out);
    }
    buf_puts(out, "</tr>\n");
}

static void put_downloads(const char *id, const struct table *table, size_t shown,
                          struct buf *out) {
    bool cut = shown < table->row_count;
    if (!cut && !table->downloadable)
        return;
    buf_puts(out, "<p class=\"get\">");
    if (cut) {
        char some[NUM_MAX], all[NUM_MAX];
        num_u64_grouped(some, shown);
        num_u64_grouped(all, table->row_count);
        buf_printf(out, "The first %s of %s rows. ", some, all);
    }
    if (table->downloadable)
        buf_printf(out, "%s as <a href=\"%s.csv\">CSV</a>, <a href=\"%s.json\">JSON</a>",
                   cut ? "All" : "This table", id, id);
    buf_puts(out, "</p>");
}

#define LONG_ROWS 60

/* A browser may leave a table of more than a screen until it comes near. */
static void put_opening(const char *id, const struct table *table, bool is_long, struct buf *out) {
    buf_puts(out, is_long ? "<div class=\"scroll long" : "<div class=\"scroll");
    buf_puts(out, "\" role=\"group\" tabindex=\"0\" aria-labelledby=\"");
    buf_puts(out, id);
    buf_puts(out, html_is_sortable(table) ? "-c\"><table data-s>" : "-c\"><table>");
    buf_puts(out, "<caption><span id=\"");
    buf_puts(out, id);
    buf_puts(out, "-c\">");
    escape_text(out, table->caption ? table->caption : id);
    buf_puts(out, "</span></caption>");
}

/* Those that stand on the page; returns their number. */
static size_t find_shown(const struct table *table, size_t rows, struct shown *shown) {
    size_t count = 0, columns = table->column_count;
    const struct value *marks[HTML_MAX_COLUMNS];
    html_head_marks(table, rows, marks);
    if (table->shown_columns && table->shown_columns < columns)
        columns = table->shown_columns;
    for (size_t i = 0; i < columns; i++)
        if (!is_empty(table, i, rows))
            shown[count++] = (struct shown){i, marks[i], !table->columns[i].numeric};
    return count;
}

void html_table(struct view *view, const char *id, const struct table *table, struct buf *out) {
    struct shown shown[HTML_MAX_COLUMNS];
    size_t rows = table->row_count;
    if (table->column_count > HTML_MAX_COLUMNS) {
        out->overflow = true;
        return;
    }
    if (table->shown_rows && table->shown_rows < rows)
        rows = table->shown_rows;
    size_t count = find_shown(table, rows, shown);
    bool is_sortable = html_is_sortable(table);
    put_opening(id, table, rows > LONG_ROWS, out);
    put_head(view, table, shown, count, out);
    buf_puts(out, "<tbody>\n");
    for (size_t row = 0; row < rows; row++)
        put_row(view, table, &table->cells[row * table->column_count], shown, count, is_sortable,
                out);
    buf_puts(out, "</tbody></table></div>");
    put_downloads(id, table, rows, out);
}
