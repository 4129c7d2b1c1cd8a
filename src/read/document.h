/* A price file as it was found: a table, or one or more JSON values. */
#ifndef READ_DOCUMENT_H
#define READ_DOCUMENT_H

#include "read/csv.h"
#include "read/parts.h"

struct document {
    const struct input *input;
    const struct csv_table *table; /* or NULL */
    const struct json *root;       /* the only JSON value, or NULL */
    struct json *const *lines;     /* all JSON values in order */
    size_t line_count;
    bool toml;        /* the file's name ends so: the text is left as it is */
    const char *date; /* YYYY-MM-DD in the file's name, or NULL */
};

/* JSON when the text opens with { or [, TOML by the file's name, else CSV. False with diagnostics
 * when neither reads. */
bool document_read(const struct input *input, struct document *document);
/* The table has all these columns. */
bool document_has_columns(const struct document *document, const char *const *names, size_t count);
/* NULL for "". */
const char *document_text(const char *text);
/* The first element of a file that is one array; NULL when it is none. */
const struct json *document_first(const struct document *document);
/* The file's name without directory and extension. */
const char *document_stem(const struct document *document);

#endif
