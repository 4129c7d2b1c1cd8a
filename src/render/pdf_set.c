/* render_pdf: sets the page's blocks, adds header and footer, has it written. */
#include "render/pdf_report.h"

#include "base/num.h"

#include <string.h>

#define FURNITURE 7.5 /* points: type of header and footer */

static bool refuse(struct diags *diags, const char *path, const char *code, const char *why) {
    diag_add(diags, DIAG_ERROR, code, (struct place){path, 0, 0}, "%s", why);
    return false;
}

static void put_end(struct pdf_report *report, double y, const char *left, const char *right) {
    uint32_t colour = report->press->palette.muted;
    double width = pdf_text_width(report, FACE_REGULAR, FURNITURE, right, strlen(right));
    pdf_text(report, FACE_REGULAR, FURNITURE, colour, PDF_LEFT, y, left, strlen(left));
    pdf_text(report, FACE_REGULAR, FURNITURE, colour, PDF_RIGHT - width, y, right, strlen(right));
}

/* As much of the text as stands in the width. */
static const char *shortened(struct pdf_report *report, const char *text, double width) {
    struct pdf_style style = {FACE_REGULAR, FURNITURE, 10, 0};
    return arena_copy(report->arena, text, pdf_break(report, &style, text, width).n);
}

/* Header and footer of every page: the number of pages is known only now. */
static void put_furniture(struct pdf_report *report, const struct page *page) {
    size_t count = report->page_count;
    const char *title = report->site->title ? report->site->title : "tallypress";
    const char *what = shortened(report, page->title, PDF_COLUMN * 0.7);
    const char *inputs =
        page->inputs_date ? arena_printf(report->arena, "Inputs up to %s, fingerprint %016llx",
                                         page->inputs_date, (unsigned long long)page->fingerprint)
                          : "";
    for (size_t i = 0; i < count; i++) {
        const char *number = arena_printf(report->arena, "%zu / %zu", i + 1, count);
        report->page_count = i + 1; /* the "last" page is the one written on */
        pdf_begin_artifact(report);
        put_end(report, 40, title, what);
        pdf_rule(report, report->press->palette.hair, 0.5, PDF_LEFT, 46, PDF_RIGHT, 46);
        pdf_rule(report, report->press->palette.hair, 0.5, PDF_LEFT, PDF_HEIGHT - 46, PDF_RIGHT,
                 PDF_HEIGHT - 46);
        put_end(report, PDF_HEIGHT - 35, inputs, number);
        pdf_end(report);
    }
    report->page_count = count;
}

bool render_pdf_begin(struct theme *theme, struct arena *arena, struct diags *diags) {
    theme->press = pdf_press_new(arena, theme->sources, diags);
    return theme->press != NULL;
}

bool render_pdf_can_set(const struct theme *theme, const char *text, struct diags *diags) {
    const struct pdf_font *fonts = theme->press->fonts;
    size_t n = text ? strlen(text) : 0;
    for (size_t i = 0, used; i < n; i += used) {
        uint32_t character = pdf_utf8_next(text + i, n - i, &used);
        if (pdf_font_glyph(&fonts[FACE_REGULAR], character) &&
            pdf_font_glyph(&fonts[FACE_BOLD], character))
            continue;
        diag_add(diags, DIAG_WARNING, "pdf-character", (struct place){NULL, 0, 0},
                 "PDFs show '?' for U+%04X of '%s' and for all else that their fonts lack; a "
                 "project may bring others as assets/fonts/report-regular.ttf and report-bold.ttf",
                 (unsigned)character, text);
        return false;
    }
    return true;
}

#define TIGHT 0.5
#define SHORT 290.0 /* points: a last page of less is better saved */

/* Sets the report anew, with the distances given. */
static void set(struct pdf_report *report, const struct page *page, double air) {
    for (size_t i = 0; i < report->page_count; i++)
        buf_free(&report->pages[i].content);
    report->page_count = report->node_count = report->link_count = report->heading_count = 0;
    report->air = air;
    pdf_node(report, 0, "Document");
    pdf_add_page(report);
    pdf_blocks(report, page);
}

/* A little less air where that saves a page with next to nothing on it. Chapters begin on pages of
   their own: nothing is saved there. */
static void set_well(struct pdf_report *report, const struct page *page) {
    set(report, page, 1);
    size_t pages = report->page_count;
    if (page->contents || pages == 1 || report->y > PDF_TOP + SHORT)
        return;
    set(report, page, TIGHT);
    if (report->page_count == pages)
        set(report, page, 1);
}

bool render_pdf(const struct theme *theme, const struct site_context *site, const struct page *page,
                struct buf *out, struct diags *diags) {
    struct pdf_report report = {
        .arena = arena_new(), .site = site, .left = PDF_LEFT, .width = PDF_COLUMN};
    report.press = theme->press ? theme->press : pdf_press_new(report.arena, theme->sources, diags);
    bool good = report.press != NULL;
    if (good) {
        set_well(&report, page);
        put_furniture(&report, page);
        good = report.out_of_bounds
                   ? refuse(diags, page->path, "pdf-bounds", "something lies off the page")
                   : pdf_write(&report, page, out, diags);
    }
    for (size_t i = 0; i < report.page_count; i++)
        buf_free(&report.pages[i].content);
    arena_free(report.arena);
    return good;
}
