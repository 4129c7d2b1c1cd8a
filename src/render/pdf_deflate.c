/* Deflate (RFC 1950): the only file that knows zlib. */
#include "render/pdf_deflate.h"

#include "base/die.h"

#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

struct pdf_packer {
    z_stream stream;
};

/* Nothing of zlib's can fail when there is memory and room. */
static struct pdf_packer *begin(int level) {
    struct pdf_packer *packer = calloc(1, sizeof *packer);
    if (!packer || deflateInit(&packer->stream, level) != Z_OK)
        die_no_memory(sizeof *packer);
    return packer;
}

struct pdf_packer *pdf_packer_new(void) {
    return begin(Z_BEST_SPEED);
}

void pdf_packer_free(struct pdf_packer *packer) {
    deflateEnd(&packer->stream);
    free(packer);
}

void pdf_pack(struct pdf_packer *packer, struct buf *out, const char *bytes, size_t n) {
    z_stream *stream = &packer->stream;
    uLong room = deflateBound(stream, (uLong)n);
    char *at = buf_space(out, room);
    if (!at)
        return;
    stream->next_in = (const Bytef *)bytes;
    stream->avail_in = (uInt)n;
    stream->next_out = (Bytef *)at;
    stream->avail_out = (uInt)room;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END)
        die_no_memory(n);
    buf_took(out, room - stream->avail_out);
    deflateReset(stream);
}

void pdf_deflate_well(struct buf *out, const char *bytes, size_t n) {
    struct pdf_packer *packer = begin(Z_BEST_COMPRESSION);
    pdf_pack(packer, out, bytes, n);
    pdf_packer_free(packer);
}
