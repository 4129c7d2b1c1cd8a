/* The colours of assets/palette.css, for renderers that have no style sheet. */
#ifndef RENDER_PALETTE_H
#define RENDER_PALETTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct palette {
    uint32_t ink, muted, hair, accent, series[6]; /* 0xrrggbb */
};

struct palette_fault {
    char name[16]; /* "--ink" */
    size_t offset; /* of its first value; 0: the variable is missing */
};

/* Reads the first value of each variable, that is the light scheme. False, and which is at fault,
   when one is missing or is not six hexadecimal digits. */
bool palette_read(const char *css, struct palette *palette, struct palette_fault *fault);

#endif
