/* Templates: the input is cut at bytes 0x1e into a template "t" and its partials "a", "b" ...; the
   data are fixed. What renders stays within its limits and holds no value that is not escaped. */
#include "fuzz.h"

#include "../unit/mustache_json.h"

static const char data[] =
    "{\"list\": [1, 2, [3, 4], {\"name\": \"x\", \"list\": []}], \"text\": \"<\\u0001&>\\\"'\","
    " \"empty\": \"\", \"yes\": true, \"no\": false, \"nothing\": null, \"number\": 1.5,"
    " \"object\": {\"name\": \"<\\u0001>\", \"object\": {\"deep\": [[[0]]]}}}";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "t.mustache");
    struct input *in = &fuzz.in;
    struct mustache_set *set = mustache_set_new(in->arena);
    struct buf out = {.max = 1 << 20};
    bool good = true;
    const char *part = in->text, *end = in->text + in->n;
    for (unsigned i = 0; part <= end && i < 8; i++) {
        const char *stop = memchr(part, 0x1e, (size_t)(end - part));
        stop = stop ? stop : end;
        const char *name = i == 0 ? "t" : arena_printf(in->arena, "%c", 'a' + (int)i - 1);
        good &= mustache_add(set, name, in->display, part, (size_t)(stop - part), in->diags);
        part = stop + 1;
    }
    PROMISE(good == (diags_errors(in->diags) == 0), "refused without a word, or the reverse");
    spare = in->arena;
    const struct json *json = json_parse(in->arena, "data", data, sizeof data - 1, in->diags);
    if (good && mustache_link(set, n % 2 ? in->diags : NULL))
        mustache_render(mustache_find(set, "t"), value_of(json), &out);
    bool raw = strpbrk(in->text, "&\x01") || strstr(in->text, "{{{");
    PROMISE(raw || strlen(in->text) < n || !strstr(buf_text(&out), "<\x01"), "not escaped");
    PROMISE(out.len <= out.max, "%zu bytes", out.len);
    buf_free(&out);
    fuzz_end(&fuzz);
    return 0;
}
