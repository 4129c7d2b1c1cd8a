/* Deflate for the streams of a report. */
#ifndef RENDER_PDF_DEFLATE_H
#define RENDER_PDF_DEFLATE_H

#include "base/buf.h"

/* As fast as it goes: libharu's own compression takes longer than all else for a seventh fewer
   bytes. A packer serves one stream after the other: to begin one takes longer than to use it. */
struct pdf_packer;
struct pdf_packer *pdf_packer_new(void);
void pdf_packer_free(struct pdf_packer *packer);
/* Appends to out. */
void pdf_pack(struct pdf_packer *packer, struct buf *out, const char *bytes, size_t n);

/* As small as it goes: for what many reports share. */
void pdf_deflate_well(struct buf *out, const char *bytes, size_t n);

#endif
