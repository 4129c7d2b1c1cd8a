/* A TrueType face: which glyph, how wide, and files cut down to some of its glyphs. */
#ifndef RENDER_PDF_FONT_H
#define RENDER_PDF_FONT_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Characters that have a code of one byte in every report: ASCII as
   itself, behind it what the pages set often. */
enum { PDF_FIRST_CODE = 32, PDF_CODES = 156 };

struct pdf_font {
    const unsigned char *bytes; /* whole file, kept by the caller */
    size_t n;
    uint32_t cmap, glyf, head, hhea, hmtx, loca, maxp; /* offsets; cmap: of its format 4 table */
    uint32_t glyf_bytes;
    unsigned units_per_em, glyph_count, wide_count; /* wide_count: rows of hmtx with an advance */
    int ascent, descent, box[4];                    /* font units */
    uint16_t ascii[128];                            /* glyphs of U+0000..U+007F */
    double advances[PDF_CODES]; /* of ASCII and the usual characters, in thousandths of the size */
    bool shows[PDF_CODES];      /* the face has the usual character of the code */
    bool plain[256];            /* bytes of text that a string of a page holds as they are */
};

/* 0: not one of them. */
unsigned pdf_usual_code(uint32_t character);
/* 0: not the code of one of them. */
uint32_t pdf_usual_character(unsigned code);

/* Checks every table the other functions touch. False when the file is not a TrueType font with a
   Unicode format 4 character map and outlines. */
bool pdf_font_open(const char *bytes, size_t n, struct pdf_font *font);
/* Glyph of a character; 0 when the face lacks it. */
unsigned pdf_font_glyph(const struct pdf_font *font, uint32_t character);
/* Advance in thousandths of the size. */
double pdf_font_advance(const struct pdf_font *font, unsigned glyph);
/* Width of UTF-8 text in units of the size; what the face lacks counts as '?'. */
double pdf_font_width(const struct pdf_font *font, const char *text, size_t n);

/* pdf_subset.c. The file again with some glyphs only, under their old numbers: those of the usual
   characters, with a character map from their codes; ... */
void pdf_subset_usual(const struct pdf_font *font, struct buf *out);
/* ... or those that have a character in `characters`, by glyph. */
void pdf_subset_used(const struct pdf_font *font, const uint16_t *characters, struct buf *out);
/* CMap from codes of one byte, or from glyphs as `characters` has them, to characters (Adobe
   technical note 5411), bfchar only. */
void pdf_cmap_usual(const struct pdf_font *font, struct buf *out);
void pdf_cmap_used(const struct pdf_font *font, const uint16_t *characters, struct buf *out);
/* A text string in UTF-16 (ISO 32000-1, 7.9.2.2). */
void pdf_put_utf16(const char *text, struct buf *out);

/* Next character of UTF-8 text, and its length through *used; U+FFFD, one byte, where the text is
   not well-formed. */
uint32_t pdf_utf8_next(const char *text, size_t n, size_t *used);

#endif
