/* Strict JSON over cJSON: refuses what a data tool must refuse, with line and column. */
#ifndef READ_JSON_H
#define READ_JSON_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

#include <stdint.h>

/* Our own tree in the arena: cJSON does not leave json.c. */
enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json {
    enum json_kind kind;
    struct place place; /* of the value's first byte; columns count characters */
    double number;
    bool is_integer;    /* written without point or exponent */
    uint64_t integer;   /* exact when is_integer, >= 0 and <= 2^64-1 */
    const char *string; /* NUL-terminated UTF-8, no embedded NUL */
    size_t count;       /* members or elements */
    struct json **items;
    const char **keys;        /* objects */
    struct place *key_places; /* objects */
    const uint32_t *sorted;   /* objects: member indices in bytewise order of their keys */
};

#define JSON_MAX_DEPTH 64
#define JSON_MAX_BYTES ((size_t)64 << 20)

/* Exactly one value; a UTF-8 byte order mark before it is accepted. NULL with diagnostics:
   json-syntax, json-trailing, json-duplicate-key, json-number (leading zero, "1.", NaN, infinity,
   overflow), json-control, json-utf8, json-nul, json-depth, json-size, json-integer-precision (an
   integer above 2^64-1 or below -2^53, whose digits would be lost). */
struct json *json_parse(struct arena *arena, const char *file, const char *text, size_t n,
                        struct diags *diags);
/* Several values one after another (JSON lines, concatenated objects). Returns the good ones;
   what is wrong is in the diagnostics; after a refused object reading goes on at the next line that
   opens a value, after anything else it ends.
   NULL only when over the size limit. */
struct json **json_parse_lines(struct arena *arena, const char *file, const char *text, size_t n,
                               unsigned flags, struct diags *diags, size_t *count);
/* Flags for foreign files. Infinity and NaN become numbers; of duplicate keys the last stands.
   Names that go onto pages have no marks that turn the direction of text (str_turns: json-control).
 */
enum { JSON_ALLOW_INFINITY = 1, JSON_ALLOW_DUPLICATES = 2, JSON_REFUSE_TURNING = 4 };
/* The strings of the tree, but its keys, go to `texts`: they may be all that is kept. */
struct json *json_parse_flags(struct arena *arena, struct arena *texts, const char *file,
                              const char *text, size_t n, unsigned flags, struct diags *diags);

/* Member by exact key, or NULL; also NULL when object is NULL or no object. O(log members). */
const struct json *json_get(const struct json *object, const char *key);
/* Members or elements; 0 for NULL. */
static inline size_t json_count(const struct json *value) {
    return value ? value->count : 0;
}
bool json_is_true(const struct json *value);
/* The text of a string member; NULL when there is none or it is no string. */
const char *json_get_string(const struct json *object, const char *key);
/* The number of a number member; NaN when there is none or it is no number. */
double json_get_number(const struct json *object, const char *key);

#endif
