/* The colours of assets/palette.css, for renderers that have no style sheet. */
#include "render/palette.h"

#include "base/buf.h"

#include <string.h>

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Exactly six digits. */
static bool read_hex(const char *p, uint32_t *colour) {
    *colour = 0;
    for (int i = 0; i < 6; i++) {
        if (hex_digit(p[i]) < 0)
            return false;
        *colour = *colour << 4 | (uint32_t)hex_digit(p[i]);
    }
    return hex_digit(p[6]) < 0;
}

/* Value of "NAME: #rrggbb" after any blanks. */
static bool read_one(const char *css, const char *name, uint32_t *colour,
                     struct palette_fault *fault) {
    size_t n = strlen(name);
    *fault = (struct palette_fault){.offset = 0};
    memcpy(fault->name, name, n + 1);
    for (const char *at = strstr(css, name); at; at = strstr(at + n, name)) {
        const char *p = at + n;
        p += strspn(p, " \t");
        if (*p != ':')
            continue;
        p++;
        p += strspn(p, " \t");
        fault->offset = (size_t)(p - css);
        return *p == '#' && read_hex(p + 1, colour);
    }
    return false;
}

bool palette_read(const char *css, struct palette *palette, struct palette_fault *fault) {
    char name[] = "--c0";
    for (int i = 0; i < 6; i++) {
        name[3] = (char)('0' + i);
        if (!read_one(css, name, &palette->series[i], fault))
            return false;
    }
    return read_one(css, "--ink", &palette->ink, fault) &&
           read_one(css, "--muted", &palette->muted, fault) &&
           read_one(css, "--hair", &palette->hair, fault) &&
           read_one(css, "--accent", &palette->accent, fault);
}
