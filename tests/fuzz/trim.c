/* usage: fuzz_trim FILE   Prints a JSON file, or its lines, with the first members only of what
   holds many: a fuzzer learns a format from short inputs that are whole. */
#include "fuzz.h"

#include "base/fs.h"
#include "base/num.h"

enum { MOST_MEMBERS = 40, KEPT_MEMBERS = 3, KEPT_ELEMENTS = 2 };

static void put_text(struct buf *out, const char *text) {
    buf_putc(out, '"');
    for (const char *p = text; *p; p++) {
        if (*p == '"' || *p == '\\')
            buf_putc(out, '\\');
        if ((unsigned char)*p < ' ')
            buf_printf(out, "\\u%04x", *p);
        else
            buf_putc(out, *p);
    }
    buf_putc(out, '"');
}

static void put(struct buf *out, const struct json *value) {
    size_t kept = value->count;
    if (value->kind == JSON_ARRAY && kept > KEPT_ELEMENTS)
        kept = KEPT_ELEMENTS;
    if (value->kind == JSON_OBJECT && kept > MOST_MEMBERS)
        kept = KEPT_MEMBERS;
    static const char *const words[] = {"null", "false", "true"};
    if (value->kind <= JSON_TRUE)
        buf_puts(out, words[value->kind]);
    else if (value->kind == JSON_NUMBER)
        buf_put_shortest(out, value->number);
    else if (value->kind == JSON_STRING)
        put_text(out, value->string);
    else {
        buf_putc(out, value->kind == JSON_ARRAY ? '[' : '{');
        for (size_t i = 0; i < kept; i++) {
            if (i)
                buf_putc(out, ',');
            if (value->kind == JSON_OBJECT) {
                put_text(out, value->keys[i]);
                buf_putc(out, ':');
            }
            put(out, value->items[i]);
        }
        buf_putc(out, value->kind == JSON_ARRAY ? ']' : '}');
    }
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct buf out = BUF_INIT;
    const char *text;
    size_t n, count = 0;
    bool ok = argc == 2 && fs_read(arena, argv[1], JSON_MAX_BYTES, diags, &text, &n);
    struct json **lines =
        ok ? json_parse_lines(arena, argv[1], text, n, JSON_ALLOW_INFINITY | JSON_ALLOW_DUPLICATES,
                              diags, &count)
           : NULL;
    for (size_t i = 0; i < count && i < KEPT_ELEMENTS; i++) {
        put(&out, lines[i]);
        buf_putc(&out, '\n');
    }
    fwrite(buf_text(&out), 1, out.len, stdout);
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
    return ok && count ? 0 : 1;
}
