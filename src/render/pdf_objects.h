/* What libharu writes none of: object streams, and the stream at the end of a file that says where
   its objects are (ISO 32000-1, 7.5.7 and 7.5.8). */
#ifndef RENDER_PDF_OBJECTS_H
#define RENDER_PDF_OBJECTS_H

#include "render/pdf_deflate.h"

#include <stdint.h>

struct pdf_place {
    uint32_t stream; /* the object stream it lies in; 0: none */
    size_t at;       /* offset in the file, or index in that stream */
};

/* Object `number`, a stream of the objects `from` to number - 1 as pdf_put_structure has them, of
   which the first begins at `first`. Notes the places of all of them. */
void pdf_put_object_stream(struct buf *out, struct pdf_packer *packer, struct pdf_place *places,
                           uint32_t from, uint32_t number, const struct buf *objects, size_t first);
/* Object `number`, the last: places of those before it and its own; then the file's end. root,
   info: the numbers of the catalog and of what describes the document. */
void pdf_put_end(struct buf *out, struct pdf_packer *packer, struct pdf_place *places,
                 uint32_t number, uint32_t root, uint32_t info);

#endif
