/* CSV through libcsv (RFC 4180, strict): header matching, row and line of each cell. */
#ifndef READ_CSV_H
#define READ_CSV_H

#include "base/arena.h"
#include "base/diag.h"

#define CSV_MAX_BYTES ((size_t)64 << 20)
#define CSV_MAX_COLUMNS 4096

struct csv_cell {
    const char *text; /* NUL-terminated, "" when empty; blanks around unquoted cells are cut */
    struct place place;
};

struct csv_table {
    const char *file;
    const char **header;
    struct place *header_places;
    size_t column_count;
    struct csv_cell *cells; /* row-major, rows without the header */
    size_t row_count;
};

/* (libcsv owns the name csv_parse.) NULL with diagnostics when there is no usable header:
   csv-empty, csv-duplicate-column, csv-size, or csv-syntax in it. Rows that are wrong are left
   out with a diagnostic, the rest is read: csv-syntax (a quote out of place), csv-columns (other
   number of cells than the header, or over CSV_MAX_COLUMNS), csv-utf8, csv-control. A UTF-8 byte
   order mark, CRLF and blank lines are accepted; a header with bars and no commas makes '|' the
   delimiter. */
struct csv_table *csv_read(struct arena *arena, const char *file, const char *text, size_t n,
                           struct diags *diags);
/* Column index by exact header name, or -1. */
int csv_column(const struct csv_table *table, const char *name);
/* column < 0 gives an empty cell at the row's place. */
const struct csv_cell *csv_at(const struct csv_table *table, size_t row, int column);

#endif
