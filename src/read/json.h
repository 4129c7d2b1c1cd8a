/* Strict JSON over cJSON: refuses what a data tool must refuse, with line and column. */
#ifndef READ_JSON_H
#define READ_JSON_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#include <stdint.h>

/* Our own tree in the arena: cJSON does not leave json.c. */
enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_kind kind;
    struct place place; /* of the value's first byte */
    double number;
    bool is_integer;     /* written without point or exponent */
    uint64_t integer;    /* exact when is_integer, >= 0 and <= 2^64-1 */
    const char *string;  /* NUL-terminated UTF-8, no embedded NUL */
    size_t count;        /* members or elements */
    struct json **items;
    const char **keys;         /* objects */
    struct place *key_places;  /* objects */
};

#define JSON_MAX_DEPTH 64
#define JSON_MAX_BYTES ((size_t)64 << 20)

/* Exactly one value. NULL with diagnostics: json-syntax, json-trailing, json-duplicate-key,
   json-number (leading zero, "1.", NaN, infinity, overflow), json-control, json-utf8, json-nul,
   json-depth, json-size, json-integer-precision (integer above 2^53 read as double). */
struct json *json_parse(struct arena *arena, const char *file, const char *text, size_t n,
                        struct diags *diags);
/* Several values one after another (JSON lines, concatenated objects). count of values. */
struct json **json_parse_lines(struct arena *arena, const char *file, const char *text, size_t n,
                               struct diags *diags, size_t *count);
/* Flags for foreign files. */
enum { JSON_ALLOW_INFINITY = 1, JSON_ALLOW_DUPLICATES = 2 };
struct json *json_parse_flags(struct arena *arena, const char *file, const char *text, size_t n,
                              unsigned flags, struct diags *diags);

const struct json *json_get(const struct json *object, const char *key); /* exact case, NULL */
bool json_is_true(const struct json *value);

#endif
