/* JSON for machines, written straight into a buffer. */
#include "command/json_out.h"

#include "base/num.h"
#include "render/render.h"

#include <math.h>

static void put_key(struct json_out *json, const char *key) {
    if (json->comma)
        buf_puts(json->out, ", ");
    json->comma = true;
    if (key)
        buf_printf(json->out, "\"%s\": ", key);
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
