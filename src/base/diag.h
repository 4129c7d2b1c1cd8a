/* Diagnostics: file:line:col: level: [code] text. Errors are data; the worst is the exit status. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR, DIAG_IO };

/* A place in an input. file may be NULL (no place); line and column count from 1, 0 = unknown. */
struct place {
    const char *file;
    unsigned line, column;
};

/* Of the byte at `offset` of a file's text; a character is one column. */
struct place place_in(const char *file, const char *text, size_t offset);

struct diag {
    enum diag_level level;
    const char *code; /* stable, kebab-case: "json-duplicate-key" */
    struct place place;
    const char *text;
};

struct diags; /* thread-safe collector; owns copies of all text */

struct diags *diags_new(void);
void diags_free(struct diags *diags);
void diag_add(struct diags *diags, enum diag_level level, const char *code, struct place place,
              const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Adds what `from` collected, in its order, as if it had been said here. */
void diags_append(struct diags *diags, const struct diags *from);
size_t diags_count(const struct diags *diags); /* all kept diagnostics */
const struct diag *diags_get(const struct diags *diags, size_t index);
size_t diags_errors(const struct diags *diags); /* DIAG_ERROR and DIAG_IO seen */
size_t diags_warnings(const struct diags *diags);
/* 0 nothing worse than a warning, 1 input errors, 3 something could not be read or written. */
int diags_exit_status(const struct diags *diags);

enum diag_format { DIAG_FORMAT_TEXT, DIAG_FORMAT_JSON, DIAG_FORMAT_GITHUB };
struct buf;
/* At most 50 are printed (most severe first kept in order found), then "... and N more". */
void diags_print(const struct diags *diags, enum diag_format format, struct buf *out);

#endif
