/* What all reports of a theme share: palette, prose, faces, and of each face its usual characters
   as a font that is packed once. Private to the room. */
#ifndef RENDER_PDF_PRESS_H
#define RENDER_PDF_PRESS_H

#include "base/diag.h"
#include "base/str.h"
#include "render/markdown.h"
#include "render/palette.h"
#include "render/pdf_font.h"

struct render_sources;

enum pdf_face { FACE_REGULAR, FACE_BOLD, FACE_COUNT };

/* The font of codes of one byte: what a report writes of it as it stands here. */
struct pdf_usual {
    struct str program, unicode; /* packed: the file, the map to characters */
    size_t program_bytes;        /* before packing */
    struct str widths;           /* of the codes from PDF_FIRST_CODE on, as text */
};

/* A file of templates/prose/. */
struct pdf_article {
    const char *name; /* without folder and ending */
    struct markdown_piece *pieces;
    size_t count;
};

struct pdf_press {
    struct pdf_article *articles;
    size_t article_count;
    struct palette palette;
    struct pdf_font fonts[FACE_COUNT];
    struct pdf_usual usual[FACE_COUNT];
};

/* In the arena. NULL with a diagnostic when the theme lacks the palette or a face, or one is
   broken. */
const struct pdf_press *pdf_press_new(struct arena *arena, const struct render_sources *sources,
                                      struct diags *diags);

/* NULL when there is none of the name. */
const struct pdf_article *pdf_press_article(const struct pdf_press *press, const char *name);

#endif
