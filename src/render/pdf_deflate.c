/* Deflate (RFC 1950): the only file that knows libdeflate. */
#include "render/pdf_deflate.h"

#include "base/die.h"

#include <libdeflate.h>
#include <stdlib.h>

enum { FASTEST = 1, SMALL = 9 }; /* levels: those beyond take ten times as long for 2 % */

struct pdf_packer {
    struct libdeflate_compressor *library;
};

static struct pdf_packer *begin(int level) {
    struct pdf_packer *packer = malloc(sizeof *packer);
    if (!packer || !(packer->library = libdeflate_alloc_compressor(level)))
        die_no_memory(sizeof *packer);
    return packer;
}

struct pdf_packer *pdf_packer_new(void) {
    return begin(FASTEST);
}

void pdf_packer_free(struct pdf_packer *packer) {
    libdeflate_free_compressor(packer->library);
    free(packer);
}

/* Nothing of the library's can fail where there is room. */
void pdf_pack(struct pdf_packer *packer, struct buf *out, const char *bytes, size_t n) {
    size_t room = libdeflate_zlib_compress_bound(packer->library, n);
    char *at = buf_space(out, room);
    if (at)
        buf_took(out, libdeflate_zlib_compress(packer->library, bytes, n, at, room));
}

void pdf_deflate_well(struct buf *out, const char *bytes, size_t n) {
    struct pdf_packer *packer = begin(SMALL);
    pdf_pack(packer, out, bytes, n);
    pdf_packer_free(packer);
}
