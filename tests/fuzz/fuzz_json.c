/* The JSON layer: strict, with the flags for foreign files, and as lines. A text that the strict
   reader takes is read the same by every laxer one. */
#include "fuzz.h"

static size_t count_values(const struct json *value, unsigned depth) {
    size_t count = 1;
    PROMISE(depth <= JSON_MAX_DEPTH, "%u levels", depth);
    PROMISE(value->place.line && value->place.column, "a value without a place");
    for (size_t i = 0; i < value->count; i++) {
        if (value->kind == JSON_OBJECT)
            PROMISE(json_get(value, value->keys[i]), "member %s is lost", value->keys[i]);
        count += count_values(value->items[i], depth + 1);
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "fuzz.json");
    struct input *in = &fuzz.in;
    size_t count;
    struct json *strict = json_parse(in->arena, in->display, in->text, in->n, in->diags);
    PROMISE(!strict == (diags_errors(in->diags) > 0), "refused without a word, or the reverse");
    unsigned lax = JSON_ALLOW_INFINITY | JSON_ALLOW_DUPLICATES;
    struct json *free =
        json_parse_flags(in->arena, in->arena, in->display, in->text, in->n, lax, in->diags);
    struct json **lines =
        json_parse_lines(in->arena, in->display, in->text, in->n, lax, in->diags, &count);
    if (strict) {
        size_t values = count_values(strict, 1);
        PROMISE(free && count_values(free, 1) == values, "the laxer reader loses values");
        PROMISE(count == 1 && count_values(lines[0], 1) == values, "the reader of lines too");
    }
    fuzz_end(&fuzz);
    return 0;
}
