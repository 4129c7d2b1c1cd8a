/* JSON for machines, written straight into a buffer. */
#include "command/json_out.h"

#include "base/num.h"
#include "read/json.h"
#include "render/render.h"

#include <math.h>

static void put_key(struct json_out *json, const char *key) {
    if (json->comma)
        buf_puts(json->out, ", ");
    json->comma = true;
    if (!key)
        return;
    buf_putc(json->out, '"');
    escape_json(json->out, key);
    buf_puts(json->out, "\": ");
}

void json_out_open(struct json_out *json, const char *key, char bracket) {
    put_key(json, key);
    buf_putc(json->out, bracket);
    json->comma = false;
}

void json_out_close(struct json_out *json, char bracket) {
    buf_putc(json->out, bracket);
    json->comma = true;
}

void json_out_number(struct json_out *json, const char *key, double value) {
    put_key(json, key);
    if (isfinite(value))
        buf_put_shortest(json->out, value);
    else
        buf_puts(json->out, "null");
}

void json_out_whole(struct json_out *json, const char *key, uint64_t value) {
    put_key(json, key);
    buf_put_u64(json->out, value);
}

void json_out_text(struct json_out *json, const char *key, const char *text) {
    put_key(json, key);
    if (!text) {
        buf_puts(json->out, "null");
        return;
    }
    buf_putc(json->out, '"');
    escape_json(json->out, text);
    buf_putc(json->out, '"');
}

void json_out_bool(struct json_out *json, const char *key, bool value) {
    put_key(json, key);
    buf_puts(json->out, value ? "true" : "false");
}

void json_out_members(struct json_out *json, const struct json *object) {
    for (size_t i = 0; i < object->count; i++)
        json_out_value(json, object->keys[i], object->items[i]);
}

void json_out_value(struct json_out *json, const char *key, const struct json *value) {
    switch (value->kind) {
    case JSON_NULL:
        json_out_text(json, key, NULL);
        break;
    case JSON_FALSE:
    case JSON_TRUE:
        json_out_bool(json, key, value->kind == JSON_TRUE);
        break;
    case JSON_NUMBER:
        if (value->is_integer && value->number >= 0)
            json_out_whole(json, key, value->integer);
        else
            json_out_number(json, key, value->number);
        break;
    case JSON_STRING:
        json_out_text(json, key, value->string);
        break;
    case JSON_ARRAY:
        json_out_open(json, key, '[');
        for (size_t i = 0; i < value->count; i++)
            json_out_value(json, NULL, value->items[i]);
        json_out_close(json, ']');
        break;
    case JSON_OBJECT:
        json_out_open(json, key, '{');
        json_out_members(json, value);
        json_out_close(json, '}');
        break;
    }
}
