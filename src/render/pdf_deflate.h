/* Compressed streams of PDF files. */
#ifndef RENDER_PDF_DEFLATE_H
#define RENDER_PDF_DEFLATE_H

#include "base/buf.h"

/* Appends the bytes as FlateDecode reads them. */
void pdf_deflate(struct buf *out, const char *bytes, size_t n);

#endif
