/* Columns and cells of the project's own tables. */
#include "base/num.h"
#include "base/str.h"
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

/* The word of `name` that ends there: "usd" before "_per_hour". */
static struct str word_before(const char *name, const char *end) {
    const char *begin = end;
    while (begin > name && begin[-1] != '_')
        begin--;
    return (struct str){begin, (size_t)(end - begin)};
}

/* Near it but for the currency or for what it is a price of: renaming it would read other figures.
   "on_demand_eur_per_hour" beside "on_demand_usd_per_hour", but not "on_demand_usd_per_huor". */
static bool other_unit(const char *name, const char *near) {
    enum { SLIP = 2 };
    const char *mine = strstr(name, "_per_"), *own = strstr(near, "_per_");
    return mine && own &&
           (!str_equal(word_before(name, mine), word_before(near, own)) ||
            str_distance(mine, own) > SLIP);
}

static void unknown_column(const struct csv_table *table, size_t column, const char *const *names,
                           size_t count, struct diags *diags) {
    const char *name = table->header[column];
    const char *near = schema_nearest(name, names, count);
    if (near && other_unit(name, near)) {
        diag_add(diags, DIAG_ERROR, "schema-unit", table->header_places[column],
                 "column \"%s\" has another unit than what is read, \"%s\": convert its figures",
                 name, near);
        return;
    }
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
