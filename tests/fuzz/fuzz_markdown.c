/* Markdown: what comes out is well formed, runs nothing and leads nowhere it must not. */
#include "fuzz.h"

#include "../unit/wellformed.h"
#include "render/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "prose.md");
    struct input *in = &fuzz.in;
    struct buf out = BUF_INIT;
    struct place place = {in->display, 1, 1};
    bool ok = markdown_put(&out, in->text, in->n, 2, "../", place, in->diags);
    PROMISE(ok == (diags_errors(in->diags) == 0), "refused without a word, or the reverse");
    struct wellformed check = wellformed(buf_text(&out), out.len);
    PROMISE(check.good, "%s at \"%.60s\"", check.why, check.at);
    PROMISE(!check.scripts && !check.styles && !check.images, "runs something");
    buf_free(&out);
    fuzz_end(&fuzz);
    return 0;
}
