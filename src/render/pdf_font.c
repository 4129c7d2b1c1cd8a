/* A TrueType face: which glyph, how wide, and a subset of the glyphs that were used.
   Formats: OpenType specification 1.9, chapters head, hhea, hmtx, cmap (format 4), loca, glyf. */
#include "render/pdf_font.h"

#include <string.h>

static unsigned u16(const unsigned char *p) {
    return (unsigned)p[0] << 8 | p[1];
}
static int i16(const unsigned char *p) {
    return (int16_t)u16(p);
}
static uint32_t u32(const unsigned char *p) {
    return (uint32_t)u16(p) << 16 | u16(p + 2);
}

/* Offset of a table of at least `least` bytes; 0 when missing or out of the file. */
static uint32_t table(const struct pdf_font *font, const char *tag, uint32_t least,
                      uint32_t *bytes) {
    unsigned count = u16(font->bytes + 4);
    for (unsigned i = 0; i < count && 12 + 16 * (size_t)(i + 1) <= font->n; i++) {
        const unsigned char *row = font->bytes + 12 + 16 * i;
        uint32_t offset = u32(row + 8), length = u32(row + 12);
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
    unsigned count = u16(font->bytes + at + 2);
    for (unsigned i = 0; i < count && 4 + 8 * (i + 1) <= bytes; i++) {
        const unsigned char *row = font->bytes + at + 4 + 8 * i;
        uint32_t offset = u32(row + 4);
        bool unicode = u16(row) == 0 || (u16(row) == 3 && u16(row + 2) == 1);
        if (!unicode || offset > bytes || bytes - offset < 16)
            continue;
        const unsigned char *sub = font->bytes + at + offset;
        unsigned length = u16(sub + 2), segments = u16(sub + 6) / 2;
        if (u16(sub) != 4 || length > bytes - offset || 16 + 8 * segments > length)
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
    unsigned segments = u16(sub + 6) / 2, length = u16(sub + 2), low = 0, high = segments;
    while (low < high) { /* first segment that ends at or behind the character */
        unsigned middle = (low + high) / 2;
        if (u16(sub + 14 + 2 * middle) < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == segments)
        return 0;
    const unsigned char *start = sub + 16 + 2 * segments + 2 * low;
    const unsigned char *delta = start + 2 * segments, *range = delta + 2 * segments;
    if (u16(start) > character)
        return 0;
    unsigned glyph = character;
    if (u16(range)) {
        size_t at = (size_t)(range - sub) + u16(range) + 2 * (character - u16(start));
        if (at + 2 > length || !u16(sub + at))
            return 0;
        glyph = u16(sub + at);
    }
    glyph = (glyph + u16(delta)) & 0xffff;
    return glyph < font->glyph_count ? glyph : 0;
}

bool pdf_font_open(struct arena *arena, const char *bytes, size_t n, struct pdf_font *font) {
    *font = (struct pdf_font){.bytes = (const unsigned char *)bytes, .n = n};
    uint32_t unused, loca_bytes = 0, hmtx_bytes = 0;
    if (n < 12 || u32(font->bytes) != 0x00010000)
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
    font->units_per_em = u16(font->bytes + font->head + 18);
    font->glyph_count = u16(font->bytes + font->maxp + 4);
    font->wide_count = u16(font->bytes + font->hhea + 34);
    font->ascent = i16(font->bytes + font->hhea + 4);
    font->descent = i16(font->bytes + font->hhea + 6);
    for (int i = 0; i < 4; i++)
        font->box[i] = i16(font->bytes + font->head + 36 + 2 * i);
    bool long_loca = u16(font->bytes + font->head + 50) == 1;
    if (font->units_per_em == 0 || font->glyph_count == 0 || font->wide_count == 0 ||
        font->wide_count > font->glyph_count ||
        2 * font->wide_count + 2 * font->glyph_count > hmtx_bytes ||
        (font->glyph_count + 1) * (long_loca ? 4u : 2u) > loca_bytes)
        return false;
    font->character = ARENA_ARRAY(arena, font->glyph_count, uint16_t);
    for (unsigned c = 0; c < 128; c++)
        font->ascii[c] = (uint16_t)lookup(font, c);
    return true;
}

static unsigned glyph_of(const struct pdf_font *font, uint32_t character) {
    unsigned glyph = character < 128 ? font->ascii[character] : lookup(font, character);
    return glyph ? glyph : font->ascii['?'];
}

unsigned pdf_font_use(struct pdf_font *font, uint32_t character) {
    unsigned glyph = glyph_of(font, character);
    if (!font->character[glyph])
        font->character[glyph] = (uint16_t)(glyph == font->ascii['?'] ? '?' : character);
    return glyph;
}

double pdf_font_advance(const struct pdf_font *font, unsigned glyph) {
    unsigned row = glyph < font->wide_count ? glyph : font->wide_count - 1;
    return u16(font->bytes + font->hmtx + 4 * row) * 1000.0 / font->units_per_em;
}

double pdf_font_width(struct pdf_font *font, const char *text, size_t n) {
    double thousandths = 0;
    for (size_t i = 0, used; i < n; i += used)
        thousandths +=
            pdf_font_advance(font, glyph_of(font, pdf_utf8_next(text + i, n - i, &used)));
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

/* Where a glyph's outline lies in glyf; empty when it is out of bounds. */
static void outline(const struct pdf_font *font, unsigned glyph, uint32_t *from, uint32_t *to) {
    const unsigned char *loca = font->bytes + font->loca;
    bool is_long = u16(font->bytes + font->head + 50) == 1;
    *from = is_long ? u32(loca + 4 * glyph) : 2 * u16(loca + 2 * glyph);
    *to = is_long ? u32(loca + 4 * glyph + 4) : 2 * u16(loca + 2 * glyph + 2);
    if (*to > font->glyf_bytes || *from > *to)
        *from = *to = 0;
}

/* Marks the parts of composite glyphs. Parts may be composite in turn, hence the depth. */
static void keep_with_parts(const struct pdf_font *font, bool *keep, unsigned glyph, int depth) {
    uint32_t from, to;
    if (glyph >= font->glyph_count || depth > 5)
        return;
    keep[glyph] = true;
    outline(font, glyph, &from, &to);
    const unsigned char *p = font->bytes + font->glyf + from, *end = font->bytes + font->glyf + to;
    if (to - from < 10 || i16(p) >= 0)
        return;
    p += 10;
    while (end - p >= 4) {
        unsigned flags = u16(p);
        keep_with_parts(font, keep, u16(p + 2), depth + 1);
        p += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
        if (!(flags & 0x20))
            break;
    }
}

static void put_u16(struct buf *out, unsigned v) {
    buf_putc(out, (char)(v >> 8));
    buf_putc(out, (char)v);
}
static void put_u32(struct buf *out, uint32_t v) {
    put_u16(out, v >> 16);
    put_u16(out, v & 0xffff);
}

static uint32_t checksum(const char *bytes, size_t n) {
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i += 4) {
        unsigned char word[4] = {0};
        memcpy(word, bytes + i, n - i < 4 ? n - i : 4);
        sum += u32(word);
    }
    return sum;
}

struct piece {
    const char *tag;
    const char *bytes;
    size_t n;
};

/* Table directory and tables, each padded to four bytes. */
static void assemble(const struct piece *pieces, unsigned count, struct buf *out) {
    unsigned power = 1, log2 = 0;
    while (power * 2 <= count)
        power *= 2, log2++;
    put_u32(out, 0x00010000);
    put_u16(out, count);
    put_u16(out, power * 16);
    put_u16(out, log2);
    put_u16(out, (count - power) * 16);
    size_t at = 12 + 16 * (size_t)count;
    for (unsigned i = 0; i < count; i++) {
        buf_put(out, pieces[i].tag, 4);
        put_u32(out, checksum(pieces[i].bytes, pieces[i].n));
        put_u32(out, (uint32_t)at);
        put_u32(out, (uint32_t)pieces[i].n);
        at += (pieces[i].n + 3) & ~(size_t)3;
    }
    for (unsigned i = 0; i < count; i++) {
        buf_put(out, pieces[i].bytes, pieces[i].n);
        while (out->len % 4)
            buf_putc(out, 0);
    }
}

void pdf_font_subset(const struct pdf_font *font, struct buf *out) {
    bool keep[65536] = {false};
    struct buf glyf = BUF_INIT, loca = BUF_INIT;
    keep[0] = true;
    for (unsigned g = 0; g < font->glyph_count; g++)
        if (font->character[g])
            keep_with_parts(font, keep, g, 0);
    for (unsigned g = 0; g < font->glyph_count; g++) {
        uint32_t from, to;
        put_u32(&loca, (uint32_t)glyf.len);
        if (!keep[g])
            continue;
        outline(font, g, &from, &to);
        buf_put(&glyf, (const char *)font->bytes + font->glyf + from, to - from);
        while (glyf.len % 4)
            buf_putc(&glyf, 0);
    }
    put_u32(&loca, (uint32_t)glyf.len);
    char head[54];
    memcpy(head, font->bytes + font->head, sizeof head);
    memset(head + 8, 0, 4); /* the whole file's checksum: readers of embedded fonts do not ask */
    head[50] = 0;
    head[51] = 1; /* loca in 32 bits */
    const char *base = (const char *)font->bytes;
    struct piece pieces[] = {
        {"glyf", glyf.data, glyf.len},
        {"head", head, sizeof head},
        {"hhea", base + font->hhea, 36},
        {"hmtx", base + font->hmtx, 2 * font->wide_count + 2 * font->glyph_count},
        {"loca", loca.data, loca.len},
        {"maxp", base + font->maxp, 32},
    };
    assemble(pieces, sizeof pieces / sizeof *pieces, out);
    buf_free(&glyf);
    buf_free(&loca);
}

void pdf_font_cmap(const struct pdf_font *font, struct buf *out) {
    size_t used = 0;
    buf_puts(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                  "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (unsigned g = 0; g < font->glyph_count; g++)
        used += font->character[g] != 0;
    size_t left = 0; /* in the open block of at most 100 */
    for (unsigned g = 0; g < font->glyph_count; g++) {
        if (!font->character[g])
            continue;
        if (left == 0) {
            left = used < 100 ? used : 100;
            used -= left;
            buf_printf(out, "%zu beginbfchar\n", left);
        }
        buf_printf(out, "<%04X> <%04X>\n", g, (unsigned)font->character[g]);
        if (--left == 0)
            buf_puts(out, "endbfchar\n");
    }
    buf_puts(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

void pdf_put_utf16(const char *text, struct buf *out) {
    size_t n = strlen(text);
    buf_put(out, "\xfe\xff", 2);
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t c = pdf_utf8_next(text + i, n - i, &used);
        if (c > 0xffff) {
            buf_putc(out, (char)(0xd8 | ((c - 0x10000) >> 18)));
            buf_putc(out, (char)((c - 0x10000) >> 10));
            c = 0xdc00 | (c & 0x3ff);
        }
        buf_putc(out, (char)(c >> 8));
        buf_putc(out, (char)c);
    }
}
