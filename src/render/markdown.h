/* Markdown prose to HTML through cmark in its safe mode, and to plain pieces. */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#define MARKDOWN_MAX_BYTES ((size_t)64 << 10)
#define MARKDOWN_MAX_NESTING 32

/* Writes text[0..n) as HTML: raw HTML is dropped, images become their alternative text, the
   highest heading becomes one of first_level (1..6), each with an id made from its text, and links
   without a scheme get `root` ("../../", "") in front; with root NULL their words stay. False with
   markdown-size, markdown-nesting or markdown-utf8 at `place`; then nothing is written. diags may
   be NULL. */
bool markdown_put(struct buf *out, const char *text, size_t n, int first_level, const char *root,
                  struct place place, struct diags *diags);

/* A paragraph, a heading or the like, as words only: for paper. */
struct markdown_piece {
    int heading;      /* level 1..6; 0: running text */
    int depth;        /* of nested lists and quotes */
    const char *mark; /* of a list's item: "1." or a bullet; NULL else */
    const char *text;
};
/* The pieces of text[0..n) in order; none when markdown_put would refuse it. */
size_t markdown_pieces(struct arena *arena, const char *text, size_t n,
                       struct markdown_piece **pieces);

#endif
