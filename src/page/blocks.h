/* Which blocks the pages of a template may have: what a template can name. */
#ifndef PAGE_BLOCKS_H
#define PAGE_BLOCKS_H

#include "base/str.h"

#include <stdbool.h>

/* Whether some page is laid out by the template of that name. */
bool page_blocks_template(struct str template);
/* Whether a page of the template may have the block. What several pages share, a partial, "page" or
   "report", may name the blocks of all. */
bool page_blocks_has(struct str template, struct str name);
/* Whether a page sets the article templates/prose/NAME.md as a block. */
bool page_blocks_prose(struct str name);

#endif
