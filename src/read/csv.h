/* CSV through libcsv (RFC 4180, strict): header matching, row and line of each cell. */
#ifndef READ_CSV_H
#define READ_CSV_H

#include "base/arena.h"
#include "base/diag.h"

struct csv_cell {
    const char *text; /* NUL-terminated, "" when empty */
    struct place place;
};

struct csv_table {
    const char *file;
    const char **header;
    size_t column_count;
    struct csv_cell *cells; /* row-major, rows without the header */
    size_t row_count;
};

/* NULL with diagnostics: csv-syntax, csv-columns (row with other number of cells), csv-utf8,
   csv-duplicate-column, csv-empty. A UTF-8 BOM and CRLF are accepted. */
struct csv_table *csv_parse(struct arena *arena, const char *file, const char *text, size_t n,
                            struct diags *diags);
/* Column index by exact header name, or -1. */
int csv_column(const struct csv_table *table, const char *name);
const struct csv_cell *csv_at(const struct csv_table *table, size_t row, int column);

#endif
