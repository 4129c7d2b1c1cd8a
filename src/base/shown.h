/* Texts of others' files as a terminal may get them. */
#ifndef BASE_SHOWN_H
#define BASE_SHOWN_H

#include "base/buf.h"

/* The text, with '?' for each control character, mark that turns the direction of text and byte
   that is not UTF-8: a name must not colour, clear or forge the lines around it. */
void buf_put_shown(struct buf *out, const char *text);
/* The same cut at `width` characters, or filled with blanks up to them. */
void buf_put_column(struct buf *out, const char *text, int width);

#endif
