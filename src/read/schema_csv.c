/* Columns and cells of the project's own tables. */
#include "base/num.h"
#include "read/schema.h"

#include <math.h>

static bool is_known(const char *name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void unknown_column(const struct csv_table *table, size_t column, const char *const *names,
                           size_t count, struct diags *diags) {
    const char *name = table->header[column];
    const char *near = schema_nearest(name, names, count);
    diag_add(diags, DIAG_ERROR, "schema-unknown-column", table->header_places[column],
             "unknown column \"%s\"%s%s%s", name, near ? "; did you mean \"" : "", near ? near : "",
             near ? "\"?" : "");
}

bool schema_columns(const struct csv_table *table, const char *const *names, size_t count,
                    size_t required, int *index, struct diags *diags) {
    bool good = true;
    for (size_t i = 0; i < table->column_count; i++) {
        if (!is_known(table->header[i], names, count)) {
            unknown_column(table, i, names, count, diags);
            good = false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        index[i] = csv_column(table, names[i]);
        if (i < required && index[i] < 0) {
            diag_add(diags, DIAG_ERROR, "schema-missing-column", (struct place){table->file, 1, 1},
                     "column \"%s\" is missing", names[i]);
            good = false;
        }
    }
    return good;
}

bool schema_cell_number(const struct csv_cell *cell, const char *column, double minimum,
                        double maximum, struct diags *diags, double *value) {
    *value = NAN;
    if (cell->text[0] == '\0') {
        return true;
    }
    double number;
    if (!num_parse(cell->text, strlen(cell->text), &number)) {
        diag_add(diags, DIAG_ERROR, "csv-number", cell->place, "%s: \"%s\" is not a number", column,
                 cell->text);
        return false;
    }
    if (number < minimum || number > maximum) {
        char low[NUM_MAX], high[NUM_MAX];
        num_shortest(low, minimum);
        num_shortest(high, maximum);
        diag_add(diags, DIAG_ERROR, "schema-range", cell->place, "%s: %s is out of range: %s to %s",
                 column, cell->text, low, high);
        return false;
    }
    *value = number;
    return true;
}

bool schema_units_open(const struct csv_table *table, const char *const *names, size_t count,
                       const char *write, struct diags *diags) {
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        int column = csv_column(table, names[i]);
        if (column >= 0) {
            diag_add(diags, DIAG_ERROR, "schema-unit", table->header_places[column],
                     "column \"%s\" leaves the unit open: write %s", names[i], write);
            found = true;
        }
    }
    return found;
}

const char *schema_cell_date(const struct csv_cell *cell, int column, const char *otherwise,
                             struct diags *diags) {
    if (!cell->text[0]) {
        return column < 0 ? otherwise : NULL;
    }
    if (!schema_is_date(cell->text)) {
        diag_add(diags, DIAG_ERROR, "schema-date", cell->place,
                 "as_of: \"%s\" is not a date: YYYY-MM-DD", cell->text);
        return NULL;
    }
    return cell->text;
}
