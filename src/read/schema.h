/* Table-driven checks of an object's members and a table's columns: the table says key, type, unit
   and range; what is wrong is a diagnostic with its place, and checking goes on. */
#ifndef READ_SCHEMA_H
#define READ_SCHEMA_H

#include "read/csv.h"
#include "read/json.h"

enum field_kind {
    FIELD_TEXT,     /* const char *, not empty */
    FIELD_ID,       /* const char *, [a-z0-9][a-z0-9._-]* */
    FIELD_DATE,     /* const char *, YYYY-MM-DD, YYYY-MM or YYYY */
    FIELD_TEXTS,    /* const char *const *, and size_t at count_offset */
    FIELD_NUMBER,   /* double */
    FIELD_U32,      /* uint32_t */
    FIELD_BOOL,     /* bool */
    FIELD_QUANTITY, /* double in base units, from a text with number and unit: "80 GB" */
    FIELD_OBJECT,   /* const struct json * */
    FIELD_ARRAY     /* const struct json * */
};

struct unit {
    const char *name; /* NULL ends the list */
    double factor;    /* to the base unit */
    const char *also; /* as data sheets spell it, in letters of any case; NULL: as above only */
};

struct field {
    const char *key;
    enum field_kind kind;
    bool required;
    size_t offset, count_offset; /* into the struct that is filled */
    double minimum, maximum;     /* of numbers and quantities (in base units); both 0 = any */
    const struct unit *units;
};

struct schema {
    const char *what; /* "GPU", for messages */
    const struct field *fields;
    size_t count;
};

/* Members of `object` -> the struct at `out`, which the caller has filled with defaults. A null
   member counts as missing. Codes: schema-type, schema-unknown-key (with the nearest key),
   schema-missing-key, schema-range, schema-unit (no unit or an unknown one), schema-date,
   schema-id. False when any was found. */
bool schema_read(struct arena *arena, struct diags *diags, const struct schema *schema,
                 const struct json *object, void *out);

/* The nearest of count names, or NULL when none is near. */
const char *schema_nearest(const char *name, const char *const *names, size_t count);
/* [a-z0-9][a-z0-9._-]*, at most SCHEMA_ID_BYTES: names a page and its directory. */
#define SCHEMA_ID_BYTES 120
#define SCHEMA_ID_RULE "must be made of a-z, 0-9, '-', '_' and '.', at most 120 bytes"
bool schema_is_id(const char *text);
/* YYYY-MM-DD, YYYY-MM or YYYY with a month and day that exist. */
bool schema_is_date(const char *text);
/* The day that a time stamp (or date) begins with, NULL when it begins with none; text may be NULL.
 */
const char *schema_day(struct arena *arena, const char *text);

/* Columns of a table: index[i] is that of names[i], or -1. The first `required` must stand there
   (schema-missing-column); a column with another name is schema-unknown-column. */
bool schema_columns(const struct csv_table *table, const char *const *names, size_t count,
                    size_t required, int *index, struct diags *diags);
/* The number in a cell: NaN when empty. False with a diagnostic when it is none (csv-number) or
   out of range (schema-range). */
bool schema_cell_number(const struct csv_cell *cell, const char *column, double minimum,
                        double maximum, struct diags *diags, double *value);

/* True, with an error each, where the table has columns of these names, which do not say of what or
   in which unit; `write` says what to write instead. */
bool schema_units_open(const struct csv_table *table, const char *const *names, size_t count,
                       const char *write, struct diags *diags);
/* The date in a column "as_of"; `otherwise` where there is no such column (negative index). NULL
   for an empty cell, and with an error for what is no date. */
const char *schema_cell_date(const struct csv_cell *cell, int column, const char *otherwise,
                             struct diags *diags);

#endif
