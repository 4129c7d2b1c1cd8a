/* Markdown prose to HTML through cmark in its safe mode. */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "base/buf.h"
#include "base/diag.h"

#define MARKDOWN_MAX_BYTES ((size_t)64 << 10)
#define MARKDOWN_MAX_NESTING 32

/* Writes text[0..n) as HTML: raw HTML is dropped, images become their alternative text, the
   highest heading becomes one of first_level (1..6), each with an id made from its text, and links
   without a scheme get `root` ("../../", "") in front. False with markdown-size, markdown-nesting
   or markdown-utf8 at `place`; then nothing is written. diags may be NULL. */
bool markdown_put(struct buf *out, const char *text, size_t n, int first_level, const char *root,
                  struct place place, struct diags *diags);

#endif
