/* Text of a page's content: one text object for as long as nothing is drawn between, positions from
   line to line, the state of fonts kept (ISO 32000-1, 9.4). */
#include "render/pdf_report.h"

double pdf_text_width(const struct pdf_report *report, enum pdf_face face, double size,
                      const char *text, size_t n) {
    return size * pdf_font_width(&report->press->fonts[face], text, n);
}

void pdf_open_text(struct pdf_report *report) {
    struct pdf_page *page = pdf_last_page(report);
    if (page->in_text)
        return;
    buf_puts(&page->content, "BT\n");
    page->in_text = true;
    page->x = page->y = 0;
}

void pdf_close_text(struct pdf_report *report) {
    struct pdf_page *page = pdf_last_page(report);
    if (page->in_text)
        buf_puts(&page->content, "ET\n");
    page->in_text = false;
}

/* From where the last text began: the differences of what was written, so that nothing adds up. */
static void move_to(struct pdf_report *report, double x, double y) {
    struct pdf_page *page = pdf_last_page(report);
    long to_x = pdf_hundredths(report, x), to_y = pdf_hundredths(report, PDF_HEIGHT - y);
    pdf_put_hundredths(&page->content, to_x - page->x);
    pdf_put_hundredths(&page->content, to_y - page->y);
    buf_puts(&page->content, "Td\n");
    page->x = to_x;
    page->y = to_y;
}

/* font: of a face its usual characters, or FACE_COUNT behind these the others. */
static void set_font(struct pdf_report *report, unsigned font, double size) {
    struct pdf_page *page = pdf_last_page(report);
    if (page->font_set && page->font == font && page->size == size)
        return;
    buf_puts(&page->content, "/F");
    buf_putc(&page->content, (char)('0' + font));
    buf_putc(&page->content, ' ');
    pdf_put_hundredths(&page->content, (long)(size * 100 + 0.5));
    buf_puts(&page->content, "Tf\n");
    page->font_set = true;
    page->font = font;
    page->size = size;
}

/* A character that has no code of one byte, by its glyph; one that the face lacks is not shown. */
static void put_glyph(struct pdf_report *report, enum pdf_face face, double size, unsigned glyph,
                      uint32_t character) {
    const struct pdf_font *font = &report->press->fonts[face];
    if (!report->unusual[face])
        report->unusual[face] = ARENA_ARRAY(report->arena, font->glyph_count, uint16_t);
    if (!report->unusual[face][glyph])
        report->unusual[face][glyph] = (uint16_t)character;
    set_font(report, FACE_COUNT + face, size);
    buf_printf(&pdf_last_page(report)->content, "<%04X>Tj\n", glyph);
}

/* The code that shows a character; 0 when only its glyph does. */
static unsigned code_of(const struct pdf_font *font, uint32_t character, unsigned *glyph) {
    *glyph = pdf_font_glyph(font, character);
    return *glyph ? pdf_usual_code(character) : '?';
}

static void put_code(struct buf *out, unsigned code) {
    if (code == '(' || code == ')' || code == '\\')
        buf_putc(out, '\\');
    buf_putc(out, (char)code);
}

static size_t plain_span(const struct pdf_font *font, const char *text, size_t n) {
    size_t i = 0;
    while (i < n && font->plain[(unsigned char)text[i]])
        i++;
    return i;
}

static void put_string(struct pdf_report *report, enum pdf_face face, double size, const char *text,
                       size_t n) {
    const struct pdf_font *font = &report->press->fonts[face];
    struct buf *out = &pdf_last_page(report)->content;
    bool open = false;
    for (size_t i = 0, used; i < n; i += used) {
        unsigned glyph;
        used = open ? plain_span(font, text + i, n - i) : 0;
        if (used) {
            buf_put(out, text + i, used);
            continue;
        }
        uint32_t character = pdf_utf8_next(text + i, n - i, &used);
        unsigned code = code_of(font, character, &glyph);
        if (open && !code)
            buf_puts(out, ")Tj\n");
        if (code && !open) {
            set_font(report, face, size);
            buf_putc(out, '(');
        }
        open = code != 0;
        if (code)
            put_code(out, code);
        else
            put_glyph(report, face, size, glyph, character);
    }
    if (open)
        buf_puts(out, ")Tj\n");
}

void pdf_text_behind(struct pdf_report *report, enum pdf_face face, double size, uint32_t colour,
                     double gap, const char *text, size_t n) {
    struct buf *out = &pdf_last_page(report)->content;
    pdf_set_fill(report, colour);
    set_font(report, face, size);
    buf_putc(out, '[');
    pdf_put_hundredths(out, -(long)(gap / size * 100000 + 0.5));
    buf_puts(out, "]TJ\n");
    put_string(report, face, size, text, n);
}

void pdf_text(struct pdf_report *report, enum pdf_face face, double size, uint32_t colour, double x,
              double y, const char *text, size_t n) {
    if (n == 0)
        return;
    pdf_open_text(report);
    pdf_set_fill(report, colour);
    move_to(report, x, y);
    put_string(report, face, size, text, n);
}
