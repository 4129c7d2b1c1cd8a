/* First pass over JSON text: everything cJSON would let through is refused here, with its place. */
#ifndef READ_JSON_SCAN_H
#define READ_JSON_SCAN_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

/* One key or value, in the order of the text. */
struct json_mark {
    unsigned line, column;
    double number;
    uint64_t integer;
    bool is_number, is_integer;
};

struct json_scan {
    struct arena *scratch; /* marks and the copy */
    struct diags *diags;
    const char *file, *text;
    char *copy; /* of text, numbers written over: they are read here, not by cJSON */
    size_t n, at;
    unsigned flags; /* JSON_ALLOW_... */
    unsigned line;
    size_t line_start, continuation; /* continuation: UTF-8 bytes that add no column */
    bool bad;                        /* of the value being scanned */
    struct json_mark *marks;
    size_t mark_count, mark_capacity;
};

void json_scan_begin(struct json_scan *scan, struct arena *scratch, const char *file,
                     const char *text, size_t n, unsigned flags, struct diags *diags);
/* Blanks and line ends. False at the end of the text. */
bool json_scan_space(struct json_scan *scan);
/* One value from scan->at; the marks are those of this value. False when it was refused: lexical
   findings go on to the value's end, a syntax error stops where it stands. */
bool json_scan_value(struct json_scan *scan);
/* To the first line behind the start of the refused value that opens an object or array. */
void json_scan_resume(struct json_scan *scan, const struct json_scan *before);
void json_scan_fail(struct json_scan *scan, const char *code, const char *text);

#endif
