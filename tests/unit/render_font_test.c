/* Faces that a theme brings, right and wrong ones. */
#include "base/fs.h"
#include "render/pdf_font.h"
#include "render/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Broken faces are refused, whatever byte is wrong. */
static void broken_fonts_are_refused_or_harmless(void **user) {
    const struct source_text *f = *user;
    struct pdf_font font;
    struct arena *arena = arena_new();
    for (size_t n = 0; n < f->length; n += n < 600 ? 1 : 997)
        pdf_font_open(f->text, n, &font);
    for (size_t i = 0; i < 4000; i++) {
        char *copy = arena_copy(arena, f->text, f->length);
        copy[i % 1200] = (char)(i * 37);
        copy[(i * 7919) % f->length] ^= (char)(i >> 3 | 1);
        if (pdf_font_open(copy, f->length, &font)) {
            struct buf out = BUF_INIT;
            uint16_t *characters = ARENA_ARRAY(arena, font.glyph_count, uint16_t);
            for (uint32_t c = 32; c < 0x2600; c += 7) {
                unsigned glyph = pdf_font_glyph(&font, c);
                pdf_font_advance(&font, glyph);
                characters[glyph] = (uint16_t)c;
            }
            if (i % 20 == 0)
                pdf_subset_used(&font, characters, &out);
            if (i % 20 == 0)
                pdf_subset_usual(&font, &out);
            buf_free(&out);
        }
        if (i % 16 == 0)
            arena_reset(arena);
    }
    arena_free(arena);
}

static void put_be(char *at, unsigned bytes, unsigned value) {
    for (unsigned i = 0; i < bytes; i++)
        at[i] = (char)(value >> 8 * (bytes - 1 - i));
}

static unsigned u32_at(const char *at) {
    const unsigned char *p = (const unsigned char *)at;
    return (unsigned)p[0] << 24 | (unsigned)p[1] << 16 | (unsigned)p[2] << 8 | p[3];
}

/* The table's place in the file. */
static size_t table_at(const char *face, const char *tag) {
    const unsigned char *row = (const unsigned char *)face + 12;
    while (memcmp(row, tag, 4) != 0)
        row += 16;
    return u32_at((const char *)row + 8);
}

/* Forty glyphs, each made of thirty times the next: every one is kept, and looked at once. */
static void parts_of_parts_are_kept(void **user) {
    const struct source_text *f = *user;
    enum { DEEP = 40, PARTS = 30, PART_BYTES = 6, GLYPH_BYTES = 10 + PARTS * PART_BYTES };
    struct arena *arena = arena_new();
    char *face = arena_copy(arena, f->text, f->length);
    struct pdf_font font;
    struct buf out = BUF_INIT;
    assert_true(pdf_font_open(face, f->length, &font));
    uint16_t *characters = ARENA_ARRAY(arena, font.glyph_count, uint16_t);
    size_t loca = table_at(face, "loca"), glyf = table_at(face, "glyf");
    bool is_long = face[table_at(face, "head") + 51] == 1;
    unsigned first = 40, width = is_long ? 4 : 2, unit = is_long ? 1 : 2;
    assert_true(first + 2 * DEEP < font.glyph_count && font.glyf_bytes > DEEP * GLYPH_BYTES);
    for (unsigned k = 0; k < DEEP; k++) { /* every second glyph: those between are empty */
        char *outline = face + glyf + k * (size_t)GLYPH_BYTES;
        put_be(outline, 2, 0xffff);
        for (unsigned i = 0; i < PARTS; i++) {
            put_be(outline + 10 + i * PART_BYTES, 2, i + 1 < PARTS ? 0x20 : 0);
            put_be(outline + 12 + i * PART_BYTES, 2, first + 2 * k + 2);
        }
        put_be(face + loca + (first + 2 * k) * width, width, k * GLYPH_BYTES / unit);
        put_be(face + loca + (first + 2 * k + 1) * width, width, (k + 1) * GLYPH_BYTES / unit);
    }
    characters[first] = 'A';
    assert_true(pdf_font_open(face, f->length, &font));
    pdf_subset_used(&font, characters, &out);
    const char *kept = out.data + table_at(out.data, "loca");
    for (unsigned g = first; g < first + 2 * DEEP; g += 2)
        assert_true(u32_at(kept + 4 * (size_t)g + 4) - u32_at(kept + 4 * (size_t)g) >= GLYPH_BYTES);
    buf_free(&out);
    arena_free(arena);
}

static struct arena *kept;

static int read_face(void **user) {
    static struct source_text face;
    struct diags *diags = diags_new();
    kept = arena_new();
    bool ok =
        fs_read(kept, "assets/fonts/report-bold.ttf", 1 << 22, diags, &face.text, &face.length);
    diags_free(diags);
    *user = &face;
    return ok ? 0 : -1;
}

static int free_face(void **user) {
    (void)user;
    arena_free(kept);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(broken_fonts_are_refused_or_harmless),
                                       cmocka_unit_test(parts_of_parts_are_kept)};
    return cmocka_run_group_tests_name("render/font", tests, read_face, free_face);
}
