#include "read/csv.h"

#include "base/str.h"

#include <csv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* libcsv says what the cells are but not where: it is fed up to each byte that can end a cell,
   and the place of the next cell is taken from there. */
struct reader {
    struct arena *arena;
    struct diags *diags;
    struct csv_table *table;
    const char *text;
    size_t n, at;
    char delimiter; /* ',' or, when the header has bars and no commas, '|' */
    unsigned line;
    size_t line_start, continuation; /* continuation: UTF-8 bytes that add no column */
    struct place cell_place, row_place;
    bool in_row; /* cell_place is that of the cell being read */
    struct csv_cell *row;
    size_t row_cells, row_capacity, cell_capacity;
    bool row_bad, header_bad;
    bool row_wide; /* has more cells than any table */
    bool odd;      /* the cell being read has a byte that is not printable ASCII */
};

static struct place here(const struct reader *r) {
    unsigned column = (unsigned)(r->at - r->line_start - r->continuation) + 1;
    return (struct place){r->table->file, r->line, column};
}

static void check_text(struct reader *r, const char *text, size_t n) {
    if (!str_is_utf8(text, n)) {
        diag_add(r->diags, DIAG_ERROR, "csv-utf8", r->cell_place, "not UTF-8");
        r->row_bad = true;
    }
    if (str_turns(text, n)) {
        diag_add(r->diags, DIAG_ERROR, "csv-control", r->cell_place,
                 "a mark that turns the direction of text in a cell");
        r->row_bad = true;
    }
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
            diag_add(r->diags, DIAG_ERROR, "csv-control", r->cell_place,
                     "control character 0x%02x in a cell", c);
            r->row_bad = true;
            return;
        }
    }
}

static void on_cell(void *bytes, size_t n, void *context) {
    struct reader *r = context;
    const char *text = bytes ? bytes : "";
    bool odd = r->odd;
    r->in_row = r->odd = false;
    if (r->row_cells == CSV_MAX_COLUMNS) {
        r->row_wide = true;
        return;
    }
    if (odd) {
        check_text(r, text, n);
    }
    if (r->row_cells == r->row_capacity) {
        r->row = arena_grow(r->arena, r->row, r->row_cells, &r->row_capacity, sizeof *r->row);
    }
    r->row[r->row_cells++] = (struct csv_cell){arena_copy(r->arena, text, n), r->cell_place};
}

static int compare_names(const void *a, const void *b) {
    const struct csv_cell *const *x = a, *const *y = b;
    int order = strcmp((*x)->text, (*y)->text);
    return order ? order : (*x > *y) - (*x < *y);
}

static void check_header(struct reader *r) {
    size_t count = r->row_cells;
    const struct csv_cell **sorted = ARENA_ARRAY(r->arena, count, const struct csv_cell *);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &r->row[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_names);
    for (size_t i = 1; i < count; i++) {
        if (sorted[i]->text[0] && strcmp(sorted[i - 1]->text, sorted[i]->text) == 0) {
            diag_add(r->diags, DIAG_ERROR, "csv-duplicate-column", sorted[i]->place,
                     "column \"%s\" stands twice", sorted[i]->text);
            r->header_bad = true;
        }
    }
}

/* No table has one column: what stands in it was meant as several. */
static void check_separator(struct reader *r) {
    const char *other = r->row_cells == 1 ? strpbrk(r->row[0].text, ";\t") : NULL;
    if (other) {
        diag_add(r->diags, DIAG_ERROR, "csv-separator", r->row[0].place,
                 "cells are separated by %s here: save it with commas",
                 *other == ';' ? "\";\"" : "tabs");
        r->header_bad = true;
    }
}

/* As many as the text has lines: nothing is left behind by growing. */
static void reserve_rows(struct reader *r) {
    size_t lines = 1;
    for (const char *p = r->text + r->at, *end = r->text + r->n; p < end; p++, lines++) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            break;
    }
    size_t by_bytes = (r->n - r->at) / r->row_cells + 1; /* a row has a byte for each cell */
    r->cell_capacity = (lines < by_bytes ? lines : by_bytes) * r->row_cells;
    r->table->cells = arena_room(r->arena, r->cell_capacity, sizeof *r->table->cells);
}

static void take_header(struct reader *r) {
    struct csv_table *table = r->table;
    table->column_count = r->row_cells;
    table->header = ARENA_ARRAY(r->arena, r->row_cells, const char *);
    table->header_places = ARENA_ARRAY(r->arena, r->row_cells, struct place);
    for (size_t i = 0; i < r->row_cells; i++) {
        table->header[i] = r->row[i].text;
        table->header_places[i] = r->row[i].place;
    }
    reserve_rows(r);
    check_header(r);
    check_separator(r);
    r->header_bad = r->header_bad || r->row_bad;
}

static void take_row(struct reader *r) {
    struct csv_table *table = r->table;
    if (r->row_cells != table->column_count) {
        diag_add(r->diags, DIAG_ERROR, "csv-columns", r->row_place,
                 "the row has %zu cells, the header %zu", r->row_cells, table->column_count);
        return;
    }
    for (size_t i = 0; i < r->row_cells && !r->row_bad; i++) {
        size_t count = table->row_count * table->column_count + i;
        if (count == r->cell_capacity) {
            table->cells =
                arena_grow(r->arena, table->cells, count, &r->cell_capacity, sizeof *table->cells);
        }
        table->cells[count] = r->row[i];
    }
    table->row_count += !r->row_bad;
}

static void on_row(int end, void *context) {
    struct reader *r = context;
    (void)end;
    if (r->row_wide) {
        diag_add(r->diags, DIAG_ERROR, "csv-columns", r->row_place,
                 "the row has more than %d cells", CSV_MAX_COLUMNS);
        r->header_bad = r->header_bad || !r->table->header;
    } else if (!r->table->header) {
        take_header(r);
    } else {
        take_row(r);
    }
    r->row_cells = 0;
    r->row_bad = r->row_wide = r->in_row = false;
}

static bool ends_piece(const struct reader *r, char c) {
    return c == r->delimiter || c == '"' || c == '\n' || c == '\r';
}

/* Bytes up to and including the next one that can end a cell; passes over them. */
static size_t next_piece(struct reader *r) {
    size_t at = r->at, start = at, continuation = 0;
    for (; at < r->n; at++) {
        unsigned char c = (unsigned char)r->text[at];
        if (c > ',' && c < '|') { /* digits, letters: most bytes lie between all that end a cell */
            continue;
        }
        if (ends_piece(r, (char)c)) {
            break;
        }
        continuation += (c & 0xC0) == 0x80;
        r->odd = r->odd || c < ' ' || c > '~';
    }
    r->continuation += continuation;
    r->at = at + (at < r->n);
    return r->at - start;
}

static void note_place(struct reader *r) {
    char c = r->text[r->at];
    bool at_end = c == '\n' || c == '\r';
    if (!r->in_row && (r->row_cells > 0 || !at_end)) {
        r->cell_place = here(r);
        r->in_row = true;
        if (r->row_cells == 0) {
            r->row_place = r->cell_place;
        }
    }
}

static void note_line(struct reader *r) {
    if (r->text[r->at - 1] == '\n') {
        r->line++;
        r->line_start = r->at;
        r->continuation = 0;
    }
}

/* After a row that libcsv refused: to the start of the next line. */
static void skip_line(struct reader *r) {
    while (r->at < r->n && r->text[r->at - 1] != '\n') {
        r->at++;
    }
    note_line(r);
    r->row_cells = 0;
    r->row_bad = r->row_wide = r->in_row = r->odd = false;
}

/* Feeds libcsv until the end (true) or the first byte it refuses (false). */
static bool feed(struct reader *r, struct csv_parser *parser) {
    while (r->at < r->n) {
        note_place(r);
        size_t start = r->at, length = next_piece(r);
        if (csv_parse(parser, r->text + start, length, on_cell, on_row, r) != length) {
            return false;
        }
        note_line(r);
    }
    if (r->in_row || r->row_cells == 0) {
        return csv_fini(parser, on_cell, on_row, r) == 0;
    }
    r->cell_place = here(r); /* the text ends behind a comma */
    return csv_fini(parser, on_cell, on_row, r) == 0;
}

static void feed_all(struct reader *r) {
    struct csv_parser parser;
    bool more = true;
    while (more) {
        if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0) {
            abort();
        }
        csv_set_delim(&parser, (unsigned char)r->delimiter);
        more = !feed(r, &parser);
        if (more) {
            diag_add(r->diags, DIAG_ERROR, "csv-syntax", r->cell_place,
                     r->at < r->n ? "quote out of place in this cell"
                                  : "the file ends inside this quoted cell");
            r->header_bad = r->header_bad || !r->table->header;
            more = r->at < r->n && !r->header_bad;
            skip_line(r);
        }
        csv_free(&parser);
    }
}

static char delimiter_of(const char *text, size_t n) {
    const char *end = memchr(text, '\n', n);
    size_t header = end ? (size_t)(end - text) : n;
    return memchr(text, '|', header) && !memchr(text, ',', header) ? '|' : ',';
}

/* What begins so is no text, and hundreds of findings would not say it better. NULL: it may be. */
static const char *what_it_is(const char *text, size_t n) {
    static const struct {
        const char *begins, *says;
    } others[] = {{"\xFF\xFE", "UTF-16: save it as UTF-8"},
                  {"\xFE\xFF", "UTF-16: save it as UTF-8"},
                  {"\x1F\x8B", "compressed by gzip: unpack it"},
                  {"\x28\xB5\x2F\xFD", "compressed by zstd: unpack it"},
                  {"PK\x03\x04", "a zip archive, or a spreadsheet's own format: save it as CSV"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t length = strlen(others[i].begins);
        if (n >= length && memcmp(text, others[i].begins, length) == 0)
            return others[i].says;
    }
    return NULL;
}

struct csv_table *csv_read(struct arena *arena, const char *file, const char *text, size_t n,
                           struct diags *diags) {
    struct csv_table *table = ARENA_NEW(arena, struct csv_table);
    table->file = file;
    if (n > CSV_MAX_BYTES) {
        diag_add(diags, DIAG_ERROR, "csv-size", (struct place){file, 0, 0},
                 "larger than 64 MiB: %zu bytes", n);
        return NULL;
    }
    const char *other = what_it_is(text, n);
    if (other) {
        diag_add(diags, DIAG_ERROR, "csv-utf8", (struct place){file, 1, 1}, "%s", other);
        return NULL;
    }
    struct reader r = {
        .arena = arena, .diags = diags, .table = table, .text = text, .n = n, .line = 1};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        r.at = r.line_start = 3;
    }
    r.delimiter = delimiter_of(text, n);
    feed_all(&r);
    if (!table->header && !r.header_bad) {
        diag_add(diags, DIAG_ERROR, "csv-empty", (struct place){file, 1, 1}, "no header row");
    }
    return table->header && !r.header_bad ? table : NULL;
}

int csv_column(const struct csv_table *table, const char *name) {
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->header[i], name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const struct csv_cell *csv_at(const struct csv_table *table, size_t row, int column) {
    static const struct csv_cell empty = {.text = ""};
    return column < 0 ? &empty : &table->cells[row * table->column_count + (size_t)column];
}
