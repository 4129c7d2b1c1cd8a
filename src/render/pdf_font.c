/* A TrueType face: which glyph, and how wide.
   Formats: OpenType specification 1.9, chapters head, hhea, hmtx, cmap (format 4). */
#include "render/pdf_font.h"
#include "render/pdf_truetype.h"

#include <string.h>

/* Offset of a table of at least `least` bytes; 0 when missing or out of the file. */
static uint32_t table(const struct pdf_font *font, const char *tag, uint32_t least,
                      uint32_t *bytes) {
    unsigned count = truetype_u16(font->bytes + 4);
    for (unsigned i = 0; i < count && 12 + 16 * (size_t)(i + 1) <= font->n; i++) {
        const unsigned char *row = font->bytes + 12 + 16 * i;
        uint32_t offset = truetype_u32(row + 8), length = truetype_u32(row + 12);
        if (memcmp(row, tag, 4) != 0)
            continue;
        if (offset > font->n || length > font->n - offset || length < least)
            return 0;
        *bytes = length;
        return offset;
    }
    return 0;
}

/* The Unicode format 4 subtable, checked to lie in the cmap table. */
static bool find_cmap(struct pdf_font *font) {
    uint32_t bytes = 0, at = table(font, "cmap", 4, &bytes);
    if (!at)
        return false;
    unsigned count = truetype_u16(font->bytes + at + 2);
    for (unsigned i = 0; i < count && 4 + 8 * (i + 1) <= bytes; i++) {
        const unsigned char *row = font->bytes + at + 4 + 8 * i;
        uint32_t offset = truetype_u32(row + 4);
        bool unicode =
            truetype_u16(row) == 0 || (truetype_u16(row) == 3 && truetype_u16(row + 2) == 1);
        if (!unicode || offset > bytes || bytes - offset < 16)
            continue;
        const unsigned char *sub = font->bytes + at + offset;
        unsigned length = truetype_u16(sub + 2), segments = truetype_u16(sub + 6) / 2;
        if (truetype_u16(sub) != 4 || length > bytes - offset || 16 + 8 * segments > length)
            continue;
        font->cmap = at + offset;
        return true;
    }
    return false;
}

static unsigned lookup(const struct pdf_font *font, uint32_t character) {
    if (character > 0xffff)
        return 0;
    const unsigned char *sub = font->bytes + font->cmap;
    unsigned segments = truetype_u16(sub + 6) / 2, length = truetype_u16(sub + 2), low = 0,
             high = segments;
    while (low < high) { /* first segment that ends at or behind the character */
        unsigned middle = (low + high) / 2;
        if (truetype_u16(sub + 14 + 2 * middle) < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == segments)
        return 0;
    const unsigned char *start = sub + 16 + 2 * segments + 2 * low;
    const unsigned char *delta = start + 2 * segments, *range = delta + 2 * segments;
    if (truetype_u16(start) > character)
        return 0;
    unsigned glyph = character;
    if (truetype_u16(range)) {
        size_t at =
            (size_t)(range - sub) + truetype_u16(range) + 2 * (character - truetype_u16(start));
        if (at + 2 > length || !truetype_u16(sub + at))
            return 0;
        glyph = truetype_u16(sub + at);
    }
    glyph = (glyph + truetype_u16(delta)) & 0xffff;
    return glyph < font->glyph_count ? glyph : 0;
}

bool pdf_font_open(const char *bytes, size_t n, struct pdf_font *font) {
    *font = (struct pdf_font){.bytes = (const unsigned char *)bytes, .n = n};
    uint32_t unused, loca_bytes = 0, hmtx_bytes = 0;
    if (n < 12 || truetype_u32(font->bytes) != 0x00010000)
        return false;
    font->head = table(font, "head", 54, &unused);
    font->hhea = table(font, "hhea", 36, &unused);
    font->maxp = table(font, "maxp", 32, &unused);
    font->hmtx = table(font, "hmtx", 4, &hmtx_bytes);
    font->loca = table(font, "loca", 4, &loca_bytes);
    font->glyf = table(font, "glyf", 1, &font->glyf_bytes);
    if (!font->head || !font->hhea || !font->maxp || !font->hmtx || !font->loca || !font->glyf ||
        !find_cmap(font))
        return false;
    font->units_per_em = truetype_u16(font->bytes + font->head + 18);
    font->glyph_count = truetype_u16(font->bytes + font->maxp + 4);
    font->wide_count = truetype_u16(font->bytes + font->hhea + 34);
    font->ascent = truetype_i16(font->bytes + font->hhea + 4);
    font->descent = truetype_i16(font->bytes + font->hhea + 6);
    for (int i = 0; i < 4; i++)
        font->box[i] = truetype_i16(font->bytes + font->head + 36 + 2 * i);
    bool long_loca = truetype_u16(font->bytes + font->head + 50) == 1;
    if (font->units_per_em == 0 || font->glyph_count == 0 || font->wide_count == 0 ||
        font->wide_count > font->glyph_count ||
        2 * font->wide_count + 2 * font->glyph_count > hmtx_bytes ||
        (font->glyph_count + 1) * (long_loca ? 4u : 2u) > loca_bytes)
        return false;
    for (unsigned c = 0; c < 128; c++)
        font->ascii[c] = (uint16_t)lookup(font, c);
    for (unsigned c = 0; c < 128; c++)
        font->advances[c] =
            pdf_font_advance(font, font->ascii[c] ? font->ascii[c] : font->ascii['?']);
    for (unsigned code = PDF_FIRST_CODE; code < PDF_CODES; code++) {
        uint32_t character = pdf_usual_character(code);
        unsigned glyph = character ? lookup(font, character) : 0;
        font->shows[code] = glyph != 0;
        font->advances[code] = glyph ? pdf_font_advance(font, glyph) : font->advances['?'];
    }
    for (unsigned c = PDF_FIRST_CODE; c < 127; c++)
        font->plain[c] = font->ascii[c] && c != '(' && c != ')' && c != '\\';
    return true;
}

/* In the order of their codes from FIRST_MARK on, which is that of their numbers. */
static const uint16_t MARKS[] = {0xa0,   0xb1,   0xb2,   0xb5,   0xb7,   0xd7,   0x3b3,
                                 0x3b7,  0x2013, 0x2014, 0x2019, 0x201c, 0x201d, 0x2022,
                                 0x2026, 0x202f, 0x2082, 0x20ac, 0x2192, 0x2212, 0x2248,
                                 0x2264, 0x2265, 0x25aa, 0x25cb, 0x25cc, 0x25cf, 0x25d0};
enum { FIRST_MARK = 128, MARK_COUNT = sizeof MARKS / sizeof *MARKS };
_Static_assert(FIRST_MARK + MARK_COUNT == PDF_CODES, "each mark has a code");

unsigned pdf_usual_code(uint32_t character) {
    if (character < 127)
        return character >= PDF_FIRST_CODE ? character : 0;
    unsigned low = 0, high = MARK_COUNT;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (MARKS[middle] < character)
            low = middle + 1;
        else
            high = middle;
    }
    return low < MARK_COUNT && MARKS[low] == character ? FIRST_MARK + low : 0;
}

uint32_t pdf_usual_character(unsigned code) {
    if (code >= FIRST_MARK)
        return code < FIRST_MARK + MARK_COUNT ? MARKS[code - FIRST_MARK] : 0;
    return code >= PDF_FIRST_CODE && code < 127 ? code : 0;
}

unsigned pdf_font_glyph(const struct pdf_font *font, uint32_t character) {
    return character < 128 ? font->ascii[character] : lookup(font, character);
}

double pdf_font_advance(const struct pdf_font *font, unsigned glyph) {
    unsigned row = glyph < font->wide_count ? glyph : font->wide_count - 1;
    return truetype_u16(font->bytes + font->hmtx + 4 * row) * 1000.0 / font->units_per_em;
}

double pdf_font_width(const struct pdf_font *font, const char *text, size_t n) {
    double thousandths = 0;
    for (size_t i = 0, used = 1; i < n; i += used) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 128) {
            thousandths += font->advances[byte];
            used = 1;
            continue;
        }
        uint32_t character = pdf_utf8_next(text + i, n - i, &used);
        unsigned code = pdf_usual_code(character), glyph = 0;
        if (!code)
            glyph = pdf_font_glyph(font, character);
        thousandths += glyph ? pdf_font_advance(font, glyph) : font->advances[code ? code : '?'];
    }
    return thousandths / 1000;
}

uint32_t pdf_utf8_next(const char *text, size_t n, size_t *used) {
    const unsigned char *p = (const unsigned char *)text;
    static const uint32_t LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
    *used = 1;
    if (p[0] < 0x80)
        return p[0];
    size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || length > n)
        return 0xfffd;
    uint32_t character = p[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0xfffd;
        character = character << 6 | (p[i] & 0x3f);
    }
    if (character < LEAST[length] || character > 0x10ffff ||
        (character >= 0xd800 && character < 0xe000))
        return 0xfffd;
    *used = length;
    return character;
}
