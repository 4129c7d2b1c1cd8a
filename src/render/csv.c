/* Tables as CSV (RFC 4180): figures rounded as shown, raw beside them, with their provenance. */
#include "render/escape_few.h"
#include "render/html.h"
#include "render/raw.h"

#include <math.h>

/* What else a column needs beside its own field. */
struct extras {
    bool raw, provenance, source, reason;
};

/* A figure as shown, which no figure of a page is too long for. */
struct shown {
    char text[64];
    size_t length;
    double number;
};

/* The rest of a figure with a sign, an exponent or more digits. */
static bool shown_rarely(const char *p, size_t *length, struct shown *shown) {
    size_t n = *length;
    /* No byte below '+' or above 'e' stands in a number. */
    for (; (unsigned char)(*p - '+') <= 'e' - '+' && n < sizeof shown->text; p++)
        if (*p != ',')
            shown->text[n++] = *p;
    *length = n;
    return !*p && n && num_parse(shown->text, n, &shown->number);
}

/* The figure as shown, without grouping commas and dollar sign, and the number that it reads as;
   false when the shown text is not that figure ("12 GB" for 12e9, "45 %" for 0.45). */
static bool shown_number(const struct value *value, struct shown *shown) {
    size_t n = 0, point = 0;
    uint64_t digits = 0;
    double unit = 1;
    const char *p = value->text ? value->text : "";
    if (*p == '$')
        p++;
    for (;; p++) { /* what most are: up to 15 digits and a point between them */
        unsigned digit = (unsigned)(unsigned char)*p - '0';
        if (digit <= 9 && n < 15) {
            digits = digits * 10 + digit;
            unit = point ? unit * 10 : unit;
        } else if (*p == ',') {
            continue;
        } else if (*p == '.' && !point && n) {
            point = n + 1;
        } else {
            break;
        }
        shown->text[n++] = *p;
    }
    if (!*p && n && point != n)
        shown->number = (double)digits / unit; /* both exact, so it is rounded once */
    else if (!shown_rarely(p, &n, shown))
        return false;
    shown->length = n;
    return fabs(shown->number - value->number) <= 0.06 * fabs(value->number);
}

static void put_number(const struct value *value, const struct raw_figures *raw, size_t cell,
                       struct buf *out) {
    struct shown shown;
    char *at;
    if (!shown_number(value, &shown))
        raw_put(raw, cell, value->number, out);
    else if (shown.length > 16)
        buf_put(out, shown.text, shown.length);
    else if ((at = buf_space(out, 16))) {
        memcpy(at, shown.text, 16);
        buf_took(out, shown.length);
    }
}

static struct extras extras_of(const struct table *table, size_t column) {
    struct extras extras = {0};
    for (size_t row = 0; row < table->row_count; row++) {
        const struct value *value = &table->cells[row * table->column_count + column];
        struct shown shown;
        if (!extras.raw && value->kind == VALUE_NUMBER && shown_number(value, &shown))
            extras.raw = shown.number != value->number;
        extras.provenance = extras.provenance || value->has_provenance;
        extras.source = extras.source || (value->has_provenance && value->source);
        extras.reason = extras.reason || (value->kind == VALUE_MISSING && value->reason);
    }
    return extras;
}

static void put_head(const char *key, struct extras extras, struct buf *out) {
    escape_csv(out, key);
    if (extras.raw)
        buf_printf(out, ",%s_raw", key);
    if (extras.provenance)
        buf_printf(out, ",%s_provenance", key);
    if (extras.source)
        buf_printf(out, ",%s_source", key);
    if (extras.reason)
        buf_printf(out, ",%s_reason", key);
}

static void put_cell(const struct table *table, size_t cell, struct extras extras,
                     const struct raw_figures *raw, struct buf *out) {
    const struct value *value = &table->cells[cell];
    bool missing = value->kind == VALUE_MISSING;
    bool number = value->kind == VALUE_NUMBER && isfinite(value->number);
    if (number)
        put_number(value, raw, cell, out);
    else if (!missing)
        escape_csv(out, value->text);
    if (extras.raw) {
        buf_putc(out, ',');
        if (number)
            raw_put(raw, cell, value->number, out);
    }
    if (extras.provenance) {
        buf_putc(out, ',');
        if (value->has_provenance && !missing)
            buf_puts(out, provenance_name(value->provenance));
    }
    if (extras.source) {
        buf_putc(out, ',');
        if (value->has_provenance && !missing)
            escape_csv(out, value->source);
    }
    if (extras.reason) {
        buf_putc(out, ',');
        if (missing)
            escape_csv(out, value->reason);
    }
}

void render_table_csv(const struct table *table, const struct raw_figures *raw, struct buf *out) {
    struct extras extras[HTML_MAX_COLUMNS];
    if (table->column_count > HTML_MAX_COLUMNS) {
        out->overflow = true;
        return;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        extras[i] = extras_of(table, i);
        if (i)
            buf_putc(out, ',');
        put_head(table->columns[i].key, extras[i], out);
    }
    buf_puts(out, "\r\n");
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t i = 0; i < table->column_count; i++) {
            if (i)
                buf_putc(out, ',');
            put_cell(table, row * table->column_count + i, extras[i], raw, out);
        }
        buf_puts(out, "\r\n");
    }
}
