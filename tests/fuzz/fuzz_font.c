/* Faces of a theme: the shipped one with 16-bit values of its tables overwritten, as the input
   says: table, place in it, value. Refused, or every glyph has a width and the file can be cut
   down. */
#include "fuzz.h"

#include "base/fs.h"
#include "render/pdf_font.h"

#include <math.h>

enum { EDIT_BYTES = 5, TABLES = 10 };

struct face {
    struct arena *arena;
    const char *text;
    size_t n;
};

static const struct face *shipped_face(void) {
    static struct face face;
    if (!face.text) {
        struct diags *diags = diags_new();
        face.arena = arena_new();
        PROMISE(fs_read(face.arena, "assets/fonts/report-bold.ttf", 1 << 22, diags, &face.text,
                        &face.n),
                "no face: run it in the project's root");
        diags_free(diags);
    }
    return &face;
}

static size_t number(const unsigned char *at, unsigned bytes) {
    size_t value = 0;
    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

/* Where the n-th table of the face lies; 0 is its directory. */
static size_t table_at(const struct face *face, unsigned n) {
    return n ? number((const unsigned char *)face->text + 12 + 16 * (n - 1) + 8, 4) : 0;
}

static void edit(const struct face *face, char *copy, const uint8_t *bytes, size_t n) {
    for (; n >= EDIT_BYTES; bytes += EDIT_BYTES, n -= EDIT_BYTES) {
        size_t at = table_at(face, bytes[0] % TABLES) + number(bytes + 1, 2);
        if (at + 2 <= face->n)
            memcpy(copy + at, bytes + 3, 2);
    }
}

static void use(struct arena *arena, const struct pdf_font *font) {
    struct buf out = BUF_INIT;
    static const char text[] = "Aj 1\xc3\xa4\xe2\x82\xac\xe4\xb8\xad";
    uint16_t *characters = ARENA_ARRAY(arena, font->glyph_count, uint16_t);
    for (uint32_t c = 1; c < 0x2700; c += c < 0x100 ? 1 : 13) {
        unsigned glyph = pdf_font_glyph(font, c);
        PROMISE(glyph < font->glyph_count, "glyph %u of %u", glyph, font->glyph_count);
        PROMISE(isfinite(pdf_font_advance(font, glyph)), "an advance");
        if (c % 5 == 0)
            characters[glyph] = (uint16_t)c;
    }
    PROMISE(pdf_font_width(font, text, sizeof text - 1) >= 0, "a width");
    pdf_subset_used(font, characters, &out);
    PROMISE(out.len % 4 == 0, "tables are padded");
    pdf_cmap_used(font, characters, &out);
    buf_reset(&out);
    pdf_subset_usual(font, &out);
    pdf_cmap_usual(font, &out);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    const struct face *face = shipped_face();
    struct fuzz fuzz = fuzz_begin(bytes, n, "font.ttf");
    struct pdf_font font;
    char *copy = malloc(face->n); /* a block of its own size */
    memcpy(copy, face->text, face->n);
    edit(face, copy, bytes, n);
    if (pdf_font_open(copy, n % EDIT_BYTES == 4 ? face->n / 2 : face->n, &font))
        use(fuzz.in.arena, &font);
    free(copy);
    fuzz_end(&fuzz);
    return 0;
}
