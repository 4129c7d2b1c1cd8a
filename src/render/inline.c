#include "render/inline.h"

#include "base/buf.h"
#include "base/str.h"
#include "render/theme.h"

bool inline_is_text(const struct source_text *source, const char *code, struct diags *diags) {
    size_t good = str_utf8_bytes(source->text, source->length);
    const char *nul = memchr(source->text, '\0', good);
    if (good == source->length && !nul)
        return true;
    diag_add(diags, DIAG_ERROR, code,
             place_in(source->path, source->text, nul ? (size_t)(nul - source->text) : good),
             "is not text in UTF-8");
    return false;
}

/* Where the text has the tag, or its beginning as the last bytes, which what follows may complete;
   n: nowhere. */
static size_t find_tag(struct str text, const char *tag) {
    size_t length = strlen(tag);
    for (size_t at = 0; at < text.n; at++) {
        size_t n = text.n - at < length ? text.n - at : length;
        if (text.p[at] == tag[0] &&
            str_equal_nocase((struct str){text.p + at, n}, (struct str){tag, n}))
            return at;
    }
    return text.n;
}

static void shorten(struct buf *out, const char *text, size_t n, bool script) {
    if (script)
        minify_script(out, text, n);
    else
        minify_style(out, text, n);
}

/* Of the byte that became the one at `offset` of what is put on the page. */
static struct place place_of(const struct source_text *source, bool script, size_t offset) {
    struct place place = {source->path, 0, 0};
    for (size_t at = 0; at < source->length && !place.line; at++) {
        if (source->text[at] != '<')
            continue;
        struct buf before = BUF_INIT;
        shorten(&before, source->text, at + 1, script);
        if (before.len == offset + 1 && before.data[offset] == '<')
            place = place_in(source->path, source->text, at);
        buf_free(&before);
    }
    return place;
}

/* An inline element ends at its closing tag, wherever that stands in what is put on the page: a
   comment that went may have parted one. */
bool inline_put(const struct source_text *source, bool script, struct buf *out,
                struct diags *diags) {
    const char *closing = script ? "</script" : "</style";
    size_t from = out->len;
    if (!inline_is_text(source, "asset-text", diags))
        return false;
    shorten(out, source->text, source->length, script);
    struct str put = {buf_text(out) + from, out->len - from};
    size_t end = find_tag(put, closing), comment = find_tag(put, "<!--");
    size_t first = end < comment ? end : comment;
    if (first == put.n)
        return true;
    diag_add(diags, DIAG_ERROR, "asset-closing-tag", place_of(source, script, first),
             "\"%s\" and \"<!--\" cannot stand in an inline asset", closing);
    return false;
}
