/* Numbers of a TrueType file, the highest byte first (OpenType specification 1.9, data types).
   Private to the room. */
#ifndef RENDER_PDF_TRUETYPE_H
#define RENDER_PDF_TRUETYPE_H

#include <stdint.h>

static inline unsigned truetype_u16(const unsigned char *p) {
    return (unsigned)p[0] << 8 | p[1];
}
static inline int truetype_i16(const unsigned char *p) {
    return (int16_t)truetype_u16(p);
}
static inline uint32_t truetype_u32(const unsigned char *p) {
    return (uint32_t)truetype_u16(p) << 16 | truetype_u16(p + 2);
}

#endif
