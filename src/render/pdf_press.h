/* What all reports of a theme share: palette, faces, and of each face its usual characters as a
   font that is packed once. Private to the room. */
#ifndef RENDER_PDF_PRESS_H
#define RENDER_PDF_PRESS_H

#include "base/diag.h"
#include "base/str.h"
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

struct pdf_press {
    const struct render_sources *sources; /* of the prose */
    struct palette palette;
    struct pdf_font fonts[FACE_COUNT];
    struct pdf_usual usual[FACE_COUNT];
};

/* In the arena. NULL with a diagnostic when the theme lacks the palette or a face, or one is
   broken. */
const struct pdf_press *pdf_press_new(struct arena *arena, const struct render_sources *sources,
                                      struct diags *diags);

#endif
