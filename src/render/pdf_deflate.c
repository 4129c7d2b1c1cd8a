/* Deflate (RFC 1950) at its fastest: the only file that knows zlib. libharu's own compression takes
   most of a report's time for a seventh fewer bytes. */
#include "render/pdf_deflate.h"

#include "base/die.h"

#include <zlib.h>

void pdf_deflate(struct buf *out, const char *bytes, size_t n) {
    uLong room = compressBound((uLong)n);
    char *at = buf_space(out, room);
    if (!at)
        return;
    if (compress2((Bytef *)at, &room, (const Bytef *)bytes, (uLong)n, Z_BEST_SPEED) != Z_OK)
        die_no_memory(n); /* nothing else can fail when there is room */
    buf_took(out, room);
}
