/* A TrueType file cut down to some of its glyphs, and the maps that lead from what a report writes
   to them and to their characters. Formats: OpenType specification 1.9, chapters loca, glyf, cmap
   (format 6); Adobe technical note 5411. */
#include "render/pdf_font.h"
#include "render/pdf_truetype.h"

#include <string.h>

/* Where a glyph's outline lies in glyf; empty when it is out of bounds. */
static void outline(const struct pdf_font *font, unsigned glyph, uint32_t *from, uint32_t *to) {
    const unsigned char *loca = font->bytes + font->loca;
    bool is_long = truetype_u16(font->bytes + font->head + 50) == 1;
    *from = is_long ? truetype_u32(loca + 4 * glyph) : 2 * truetype_u16(loca + 2 * glyph);
    *to = is_long ? truetype_u32(loca + 4 * glyph + 4) : 2 * truetype_u16(loca + 2 * glyph + 2);
    if (*to > font->glyf_bytes || *from > *to)
        *from = *to = 0;
}

/* The glyphs kept. Each waits once to have its parts looked at, however often it is one. */
struct kept {
    bool keep[65536];
    uint16_t waiting[65536];
    unsigned count;
};

static void keep_glyph(struct kept *kept, const struct pdf_font *font, unsigned glyph) {
    if (glyph >= font->glyph_count || kept->keep[glyph])
        return;
    kept->keep[glyph] = true;
    kept->waiting[kept->count++] = (uint16_t)glyph;
}

/* What is shown for a character without a glyph is always there. */
static void keep_begin(struct kept *kept, const struct pdf_font *font) {
    memset(kept->keep, 0, sizeof kept->keep);
    kept->count = 0;
    keep_glyph(kept, font, 0);
}

static void keep_parts(struct kept *kept, const struct pdf_font *font, unsigned glyph) {
    uint32_t from, to;
    outline(font, glyph, &from, &to);
    const unsigned char *p = font->bytes + font->glyf + from;
    if (to - from < 10 || truetype_i16(p) >= 0) /* of a composite glyph the number is negative */
        return;
    for (size_t at = 10; at + 4 <= to - from;) {
        unsigned flags = truetype_u16(p + at);
        keep_glyph(kept, font, truetype_u16(p + at + 2));
        at += 4u + (flags & 1 ? 4u : 2u) +
              (flags & 8      ? 2u
               : flags & 0x40 ? 4u
               : flags & 0x80 ? 8u
                              : 0u);
        if (!(flags & 0x20))
            break;
    }
}

/* Parts of composite glyphs, which may be composite in turn. */
static void keep_all_parts(struct kept *kept, const struct pdf_font *font) {
    while (kept->count)
        keep_parts(kept, font, kept->waiting[--kept->count]);
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
        sum += truetype_u32(word);
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

/* Widths of the glyphs kept; 0 of the others: readers of the file ask for no other. */
static void put_hmtx(const struct pdf_font *font, const bool *keep, struct buf *out) {
    const unsigned char *rows = font->bytes + font->hmtx;
    const unsigned char *bearings = rows + 4 * font->wide_count;
    for (unsigned g = 0; g < font->glyph_count; g++) {
        bool wide = g < font->wide_count;
        if (wide) /* glyphs behind the last row have its width */
            put_u16(out, keep[g] || g + 1 == font->wide_count ? truetype_u16(rows + 4 * g) : 0);
        put_u16(out, !keep[g] ? 0
                     : wide   ? truetype_u16(rows + 4 * g + 2)
                              : truetype_u16(bearings + 2 * (g - font->wide_count)));
    }
}

/* The file with the glyphs kept, and with a character map unless that is empty. */
static void put_file(const struct pdf_font *font, const bool *keep, const struct buf *cmap,
                     struct buf *out) {
    struct buf glyf = BUF_INIT, loca = BUF_INIT, hmtx = BUF_INIT;
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
    put_hmtx(font, keep, &hmtx);
    char head[54];
    memcpy(head, font->bytes + font->head, sizeof head);
    memset(head + 8, 0, 4); /* the whole file's checksum: readers of embedded fonts do not ask */
    head[50] = 0;
    head[51] = 1; /* loca in 32 bits */
    const char *base = (const char *)font->bytes;
    struct piece pieces[] = {
        {"cmap", cmap->data, cmap->len}, {"glyf", glyf.data, glyf.len},
        {"head", head, sizeof head},     {"hhea", base + font->hhea, 36},
        {"hmtx", hmtx.data, hmtx.len},   {"loca", loca.data, loca.len},
        {"maxp", base + font->maxp, 32},
    };
    unsigned without = cmap->len == 0;
    assemble(pieces + without, sizeof pieces / sizeof *pieces - without, out);
    buf_free(&glyf);
    buf_free(&loca);
    buf_free(&hmtx);
}

/* Glyph of a code of one byte; 0 when there is none. */
static unsigned usual_glyph(const struct pdf_font *font, unsigned code) {
    uint32_t character = pdf_usual_character(code);
    return character ? pdf_font_glyph(font, character) : 0;
}

/* One table for the Macintosh, format 6: what readers look a symbolic font's codes up in
   (ISO 32000-1, 9.6.6.4). */
static void put_character_map(const struct pdf_font *font, struct buf *out) {
    unsigned count = PDF_CODES - PDF_FIRST_CODE;
    const unsigned head[] = {0, 1, 1, 0}, table[] = {6, 10 + 2 * count, 0, PDF_FIRST_CODE, count};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_u16(out, head[i]);
    put_u32(out, 12);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        put_u16(out, table[i]);
    for (unsigned code = PDF_FIRST_CODE; code < PDF_CODES; code++)
        put_u16(out, usual_glyph(font, code));
}

void pdf_subset_usual(const struct pdf_font *font, struct buf *out) {
    struct kept kept;
    struct buf cmap = BUF_INIT;
    keep_begin(&kept, font);
    for (unsigned code = PDF_FIRST_CODE; code < PDF_CODES; code++)
        keep_glyph(&kept, font, usual_glyph(font, code));
    keep_all_parts(&kept, font);
    put_character_map(font, &cmap);
    put_file(font, kept.keep, &cmap, out);
    buf_free(&cmap);
}

void pdf_subset_used(const struct pdf_font *font, const uint16_t *characters, struct buf *out) {
    struct kept kept;
    keep_begin(&kept, font);
    for (unsigned g = 0; g < font->glyph_count; g++)
        if (characters[g])
            keep_glyph(&kept, font, g);
    keep_all_parts(&kept, font);
    put_file(font, kept.keep, &(struct buf)BUF_INIT, out);
}

/* characters: by code, of `bytes` bytes; 0 = none. */
static void put_cmap(const uint16_t *characters, unsigned count, int bytes, struct buf *out) {
    size_t used = 0, left = 0; /* left: in the open block of at most 100 */
    int digits = 2 * bytes;
    buf_printf(out,
               "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
               "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
               "1 begincodespacerange\n<%0*X> <%0*X>\nendcodespacerange\n",
               digits, 0u, digits, (1u << 8 * bytes) - 1);
    for (unsigned code = 0; code < count; code++)
        used += characters[code] != 0;
    for (unsigned code = 0; code < count; code++) {
        if (!characters[code])
            continue;
        if (left == 0) {
            left = used < 100 ? used : 100;
            used -= left;
            buf_printf(out, "%zu beginbfchar\n", left);
        }
        buf_printf(out, "<%0*X> <%04X>\n", digits, code, (unsigned)characters[code]);
        if (--left == 0)
            buf_puts(out, "endbfchar\n");
    }
    buf_puts(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

void pdf_cmap_usual(const struct pdf_font *font, struct buf *out) {
    uint16_t characters[PDF_CODES] = {0};
    for (unsigned code = PDF_FIRST_CODE; code < PDF_CODES; code++)
        if (usual_glyph(font, code))
            characters[code] = (uint16_t)pdf_usual_character(code);
    put_cmap(characters, PDF_CODES, 1, out);
}

void pdf_cmap_used(const struct pdf_font *font, const uint16_t *characters, struct buf *out) {
    put_cmap(characters, font->glyph_count, 2, out);
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
