/* Opens what all reports of a theme share: packs the faces' usual characters, parses the prose. */
#include "render/pdf_press.h"

#include "base/num.h"
#include "render/pdf_deflate.h"
#include "render/render.h"
#include "render/theme.h"

#include <string.h>

static bool refuse(struct diags *diags, const char *path, const char *code, const char *why) {
    diag_add(diags, DIAG_ERROR, code, (struct place){path, 0, 0}, "%s", why);
    return false;
}

/* The bytes packed into the arena; takes the buffer. */
static struct str pack(struct arena *arena, struct buf *bytes) {
    struct buf packed = BUF_INIT;
    pdf_deflate_well(&packed, bytes->data, bytes->len);
    struct str text = {arena_copy(arena, packed.data, packed.len), packed.len};
    buf_free(&packed);
    buf_free(bytes);
    return text;
}

static struct str widths(struct arena *arena, const struct pdf_font *font) {
    struct buf out = BUF_INIT;
    for (unsigned code = PDF_FIRST_CODE; code < PDF_CODES; code++) {
        uint32_t character = pdf_usual_character(code);
        unsigned glyph = character ? pdf_font_glyph(font, character) : 0;
        buf_putc(&out, code == PDF_FIRST_CODE ? '[' : ' ');
        buf_put_u64(&out, glyph ? (uint64_t)(pdf_font_advance(font, glyph) + 0.5) : 0);
    }
    buf_putc(&out, ']');
    struct str text = {arena_copy(arena, out.data, out.len), out.len};
    buf_free(&out);
    return text;
}

#define FOLDER "templates/prose/"
#define ENDING ".md"

static void read_articles(struct arena *arena, struct pdf_press *press,
                          const struct render_sources *sources) {
    press->articles = ARENA_ARRAY(arena, sources->count, struct pdf_article);
    for (size_t i = 0; i < sources->count; i++) {
        const struct source_text *source = &sources->items[i];
        if (strncmp(source->name, FOLDER, strlen(FOLDER)) != 0 || !str_ends(source->name, ENDING))
            continue;
        struct pdf_article *article = &press->articles[press->article_count++];
        size_t n = strlen(source->name) - strlen(FOLDER) - strlen(ENDING);
        article->name = arena_copy(arena, source->name + strlen(FOLDER), n);
        article->count = markdown_pieces(arena, source->text, source->length, &article->pieces);
    }
}

const struct pdf_article *pdf_press_article(const struct pdf_press *press, const char *name) {
    for (size_t i = 0; i < press->article_count; i++)
        if (strcmp(press->articles[i].name, name) == 0)
            return &press->articles[i];
    return NULL;
}

static bool open_face(struct arena *arena, struct pdf_press *press,
                      const struct render_sources *sources, enum pdf_face face, const char *name,
                      struct diags *diags) {
    const struct source_text *source = render_source(sources, name);
    struct pdf_font *font = &press->fonts[face];
    struct pdf_usual *usual = &press->usual[face];
    struct buf program = BUF_INIT, unicode = BUF_INIT;
    if (!source)
        return refuse(diags, name, "asset-missing", "the theme has no such file");
    if (!pdf_font_open(source->text, source->length, font))
        return refuse(diags, source->path, "pdf-font",
                      "not a TrueType font with a Unicode character map");
    pdf_subset_usual(font, &program);
    usual->program_bytes = program.len;
    usual->program = pack(arena, &program);
    pdf_cmap_usual(font, &unicode);
    usual->unicode = pack(arena, &unicode);
    usual->widths = widths(arena, font);
    return true;
}

static bool open_palette(const struct source_text *source, struct palette *palette,
                         struct diags *diags) {
    struct palette_fault fault;
    if (!source)
        return refuse(diags, "assets/palette.css", "asset-missing", "the theme has no such file");
    if (palette_read(source->text, palette, &fault))
        return true;
    struct place place = {source->path, 0, 0};
    if (fault.offset)
        place = place_in(source->path, source->text, fault.offset);
    diag_add(diags, DIAG_ERROR, "palette", place,
             fault.offset
                 ? "%s must be written as #rrggbb here: reports and charts take it from this"
                 : "%s is missing: reports and charts need it as #rrggbb",
             fault.name);
    return false;
}

const struct pdf_press *pdf_press_new(struct arena *arena, const struct render_sources *sources,
                                      struct diags *diags) {
    struct pdf_press *press = ARENA_NEW(arena, struct pdf_press);
    const struct source_text *palette = render_source(sources, "assets/palette.css");
    read_articles(arena, press, sources);
    bool good =
        open_palette(palette, &press->palette, diags) &&
        open_face(arena, press, sources, FACE_REGULAR, "assets/fonts/report-regular.ttf", diags) &&
        open_face(arena, press, sources, FACE_BOLD, "assets/fonts/report-bold.ttf", diags);
    return good ? press : NULL;
}
