/* A theme that somebody wrote: the input is cut at bytes 0x1e into style sheet, script, palette,
   article and template; an empty piece leaves the shipped one. It is refused with a word, or its
   pages carry the elements that the shipped theme's do: no style or script ends its element. */
#include "fuzz.h"

#include "../unit/render_sample.h"
#include "../unit/wellformed.h"
#include "render/pdf_press.h"

enum { PALETTE = 2, ARTICLE, TEMPLATE, PIECES };

static const char *const names[PIECES] = {"assets/style.css", "assets/script.js",
                                          "assets/palette.css", "templates/prose/method.md",
                                          "templates/page.mustache"};

static const struct render_sources *shipped(void) {
    static struct arena *arena;
    static struct render_sources *sources;
    if (!arena) {
        struct diags *diags = diags_new();
        arena = arena_new();
        sources = sample_sources(arena, diags, ".");
        for (size_t i = 0; i < PIECES; i++)
            PROMISE(render_source(sources, names[i]), "no %s: run it in the project's root",
                    names[i]);
        diags_free(diags);
    }
    return sources;
}

/* The shipped sources with the pieces of the input in their places; bit i of *replaced: piece i. */
static struct render_sources replace(struct fuzz *fuzz, unsigned *replaced) {
    const struct render_sources *from = shipped();
    struct source_text *items = ARENA_ARRAY(fuzz->in.arena, from->count, struct source_text);
    struct render_sources sources = {items, from->count};
    memcpy(items, from->items, from->count * sizeof *items);
    const char *part = fuzz->in.text, *end = part + fuzz->in.n;
    for (unsigned i = 0; part <= end && i < PIECES; i++) {
        const char *stop = memchr(part, 0x1e, (size_t)(end - part));
        size_t n = (size_t)((stop ? stop : end) - part);
        struct source_text *item = (struct source_text *)render_source(&sources, names[i]);
        if (n) {
            item->text = arena_copy(fuzz->in.arena, part, n);
            item->length = n;
            *replaced |= 1u << i;
        }
        part += n + 1;
    }
    return sources;
}

static struct wellformed rendered(const struct theme *theme, struct arena *arena) {
    struct site_context site = sample_site();
    struct buf out = BUF_INIT;
    render_html(theme, &site, sample_page(arena), &out);
    struct wellformed check = wellformed(buf_text(&out), out.len);
    buf_free(&out);
    return check;
}

static const struct wellformed *usual(void) {
    static struct wellformed page;
    if (!page.good) {
        struct arena *arena = arena_new();
        struct diags *diags = diags_new();
        const struct theme *theme = theme_load(arena, shipped(), diags);
        PROMISE(theme, "the shipped theme");
        page = rendered(theme, arena);
        PROMISE(page.good, "%s", page.why);
        diags_free(diags);
        arena_free(arena);
    }
    return &page;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    const struct wellformed *plain = usual();
    struct fuzz fuzz = fuzz_begin(bytes, n, "theme");
    struct input *in = &fuzz.in;
    unsigned replaced = 0;
    struct render_sources sources = replace(&fuzz, &replaced);
    const struct theme *theme = theme_load(in->arena, &sources, in->diags);
    PROMISE(!theme == (diags_errors(in->diags) > 0), "refused without a word, or the reverse");
    if (theme) {
        struct wellformed page = rendered(theme, in->arena);
        bool own_template = replaced & 1u << TEMPLATE, own_article = replaced & 1u << ARTICLE;
        PROMISE(own_template || page.good, "%s at \"%.60s\"", page.why, page.at);
        PROMISE(own_template || (page.scripts <= plain->scripts && page.styles <= plain->styles &&
                                 page.images <= plain->images && page.frames <= plain->frames),
                "elements that are not ours");
        PROMISE(own_template || own_article || page.tags <= plain->tags, "more elements");
    }
    size_t before = diags_errors(in->diags);
    if (replaced & 1u << PALETTE) /* only the palette matters there, and it is slow */
        PROMISE(pdf_press_new(in->arena, &sources, in->diags) || diags_errors(in->diags) > before,
                "no report and no word");
    fuzz_end(&fuzz);
    return 0;
}
