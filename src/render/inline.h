/* What stands inline in every page: style sheets and scripts, shortened, that cannot end their
   element. */
#ifndef RENDER_INLINE_H
#define RENDER_INLINE_H

#include "render/render.h"

/* UTF-8 without NUL; else false with an error of this code at the first byte that is not. */
bool inline_is_text(const struct source_text *source, const char *code, struct diags *diags);
/* Appends a style sheet or a script, shortened. False with a diagnostic: asset-text, and
   asset-closing-tag where it would end its element. */
bool inline_put(const struct source_text *source, bool script, struct buf *out,
                struct diags *diags);

#endif
