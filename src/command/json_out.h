/* JSON for machines: objects and arrays with commas in the right places, null for what is not a
   number. */
#ifndef COMMAND_JSON_OUT_H
#define COMMAND_JSON_OUT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct json;

struct json_out {
    struct buf *out;
    bool comma; /* before the next member */
};

/* key NULL: an element of an array, or the outermost value. */
void json_out_open(struct json_out *json, const char *key, char bracket);
void json_out_close(struct json_out *json, char bracket);
void json_out_number(struct json_out *json, const char *key, double value);
void json_out_whole(struct json_out *json, const char *key, uint64_t value);
void json_out_text(struct json_out *json, const char *key, const char *text); /* NULL: null */
void json_out_bool(struct json_out *json, const char *key, bool value);
/* A value that was read, as it stood; an object's members alone, inside one that is open. */
void json_out_value(struct json_out *json, const char *key, const struct json *value);
void json_out_members(struct json_out *json, const struct json *object);

#endif
