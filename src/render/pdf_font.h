/* A TrueType face: which glyph, how wide, and a subset of the glyphs that were used. */
#ifndef RENDER_PDF_FONT_H
#define RENDER_PDF_FONT_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct pdf_font {
    const unsigned char *bytes; /* whole file, kept by the caller */
    size_t n;
    uint32_t cmap, glyf, head, hhea, hmtx, loca, maxp; /* offsets; cmap: of its format 4 table */
    uint32_t glyf_bytes;
    unsigned units_per_em, glyph_count, wide_count; /* wide_count: rows of hmtx with an advance */
    int ascent, descent, box[4];                    /* font units */
    uint16_t ascii[128];                            /* glyphs of U+0000..U+007F */
    uint16_t *character; /* per glyph: the character it was used for, 0 = not used */
};

/* Checks every table the other functions touch. False when the file is not a TrueType font with a
   Unicode format 4 character map and outlines. */
bool pdf_font_open(struct arena *arena, const char *bytes, size_t n, struct pdf_font *font);
/* Glyph of a character, marked as used; that of '?' when the face lacks it. */
unsigned pdf_font_use(struct pdf_font *font, uint32_t character);
/* Advance in thousandths of the size. */
double pdf_font_advance(const struct pdf_font *font, unsigned glyph);
/* Width of UTF-8 text in units of the size; what the face lacks counts as '?'. */
double pdf_font_width(struct pdf_font *font, const char *text, size_t n);
/* The file again with the used glyphs only, under their old numbers. */
void pdf_font_subset(const struct pdf_font *font, struct buf *out);
/* CMap from the used glyphs to their characters (Adobe technical note 5411), bfchar only. */
void pdf_font_cmap(const struct pdf_font *font, struct buf *out);
/* A text string in UTF-16 (ISO 32000-1, 7.9.2.2). */
void pdf_put_utf16(const char *text, struct buf *out);

/* Next character of UTF-8 text, and its length through *used; U+FFFD, one byte, where the text is
   not well-formed. */
uint32_t pdf_utf8_next(const char *text, size_t n, size_t *used);

#endif
