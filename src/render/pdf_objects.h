/* Streams of a PDF file, and the one that says where its objects are (ISO 32000-1, 7.5.8). */
#ifndef RENDER_PDF_OBJECTS_H
#define RENDER_PDF_OBJECTS_H

#include "base/buf.h"

#include <stdint.h>

/* An object that is a stream of packed bytes. entries: of its dictionary. */
void pdf_put_stream(struct buf *out, uint32_t number, const char *entries,
                    const struct buf *packed);

struct pdf_place {
    uint32_t stream; /* the object stream it lies in; 0: none */
    size_t at;       /* offset in the file, or index in that stream */
};
/* Rows for objects 0 to count - 1, as differences to the row before, which pack well; object 0 is
   the free one. What the stream's dictionary says of them: */
#define PDF_PLACE_FIELDS "[1 4 4]"
#define PDF_PLACE_PARMS "<</Predictor 12/Columns 9>>"
void pdf_put_places(struct buf *out, const struct pdf_place *places, size_t count);

#endif
