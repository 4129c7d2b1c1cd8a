/* Tables as CSV (RFC 4180): figures rounded as shown, raw beside them, with their provenance. */
#include "render/escape_few.h"
#include "render/html.h"
#include "render/raw.h"

/* What else a column needs beside its own field. */
struct extras {
    bool raw, provenance, source, reason;
};

static void find_extras(const struct table *table, const struct raw_figures *raw,
                        struct extras *extras) {
    const struct value *value = table->cells;
    for (size_t i = 0; i < table->column_count; i++)
        extras[i] = (struct extras){.raw = raw->rounded[i]};
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t i = 0; i < table->column_count; i++, value++) {
            extras[i].provenance |= value->has_provenance;
            extras[i].source |= value->has_provenance && value->source;
            extras[i].reason |= value->kind == VALUE_MISSING && value->reason;
        }
    }
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

/* The fields of a figure: as shown, and in full. */
static void put_figure(const struct raw_figures *raw, size_t cell, bool in_full, struct buf *out) {
    const struct raw_figure *figure = &raw->cells[cell];
    char *at = buf_space(out, RAW_SHOWN_MAX + 1 + NUM_SHORTEST_MAX), *start = at;
    if (!at)
        return;
    const char *text = raw->text + figure->at;
    memcpy(at, text, 16); /* quicker than as many as needed */
    if (figure->shown > 16)
        memcpy(at + 16, text + 16, RAW_SHOWN_MAX - 16);
    at += figure->shown;
    if (in_full) {
        *at++ = ',';
        memcpy(at, text + figure->behind, NUM_SHORTEST_MAX);
        at += figure->full;
    }
    buf_took(out, (size_t)(at - start));
}

static void put_cell(const struct value *value, const struct raw_figures *raw, size_t cell,
                     struct extras extras, struct buf *out) {
    bool missing = value->kind == VALUE_MISSING;
    if (raw->cells[cell].full) {
        put_figure(raw, cell, extras.raw, out);
    } else {
        if (!missing)
            escape_csv_slice(out, value_shown(value));
        if (extras.raw)
            buf_putc(out, ',');
    }
    if (extras.provenance) {
        buf_putc(out, ',');
        if (value->has_provenance && !missing)
            buf_put_str(out, provenance_str(value->provenance));
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

static void put_rows(const struct table *table, const struct raw_figures *raw,
                     const struct extras *extras, struct buf *out) {
    size_t cell = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t i = 0; i < table->column_count; i++, cell++) {
            if (i)
                buf_putc(out, ',');
            put_cell(&table->cells[cell], raw, cell, extras[i], out);
        }
        buf_put(out, "\r\n", 2);
    }
}

void render_table_csv(const struct table *table, const struct raw_figures *raw, struct buf *out) {
    struct extras extras[HTML_MAX_COLUMNS];
    if (table->column_count > HTML_MAX_COLUMNS) {
        out->overflow = true;
        return;
    }
    struct arena *own = raw ? NULL : arena_new();
    if (!raw)
        raw = render_raw(own, table);
    find_extras(table, raw, extras);
    for (size_t i = 0; i < table->column_count; i++) {
        if (i)
            buf_putc(out, ',');
        put_head(table->columns[i].key, extras[i], out);
    }
    buf_put(out, "\r\n", 2);
    put_rows(table, raw, extras, out);
    arena_free(own);
}
