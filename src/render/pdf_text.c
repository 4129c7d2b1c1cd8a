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
    long to_x = pdf_tenths(report, x), to_y = pdf_tenths(report, PDF_HEIGHT - y);
    char *start = buf_space(&page->content, 2 * PDF_NUMBER_ROOM + 3), *at = start;
    if (at) {
        at = pdf_bytes_hundredths(at, to_x - page->x);
        at = pdf_bytes_hundredths(at, to_y - page->y);
        at = pdf_bytes(at, "Td\n", 3);
        buf_took(&page->content, (size_t)(at - start));
    }
    page->x = to_x;
    page->y = to_y;
}

/* font: of a face its usual characters, or FACE_COUNT behind these the others. */
static void set_font(struct pdf_report *report, unsigned font, double size) {
    struct pdf_page *page = pdf_last_page(report);
    if (page->font_set && page->font == font && page->size == size)
        return;
    char *start = buf_space(&page->content, PDF_NUMBER_ROOM + 8), *at = start;
    if (at) {
        at = pdf_bytes(at, "/F", 2);
        *at++ = (char)('0' + font);
        *at++ = ' ';
        at = pdf_bytes_hundredths(at, (long)(size * 100 + 0.5));
        at = pdf_bytes(at, "Tf\n", 3);
        buf_took(&page->content, (size_t)(at - start));
    }
    page->font_set = true;
    page->font = font;
    page->size = size;
}

/* A character that has no code of one byte, by its glyph; one that the face lacks is not shown. */
static void put_glyph(struct pdf_report *report, enum pdf_face face, double size, long gap,
                      unsigned glyph, uint32_t character) {
    const struct pdf_font *font = &report->press->fonts[face];
    if (!report->unusual[face])
        report->unusual[face] = ARENA_ARRAY(report->arena, font->glyph_count, uint16_t);
    if (!report->unusual[face][glyph])
        report->unusual[face][glyph] = (uint16_t)character;
    set_font(report, FACE_COUNT + face, size);
    buf_printf(&pdf_last_page(report)->content, "[%ld<%04X>]TJ\n", -gap, glyph);
}

/* The code that shows a character; 0 when only its glyph does. */
static unsigned code_of(const struct pdf_font *font, uint32_t character, unsigned *glyph) {
    unsigned code = pdf_usual_code(character);
    *glyph = 0;
    if (code)
        return font->shows[code] ? code : '?';
    *glyph = pdf_font_glyph(font, character);
    return *glyph ? 0 : '?';
}

/* As much of the text as has codes; returns how many bytes of it. There is room for two bytes a
   code. */
static size_t write_codes(const struct pdf_font *font, const char *text, size_t n, char **end) {
    char *at = *end;
    size_t i = 0;
    for (size_t used = 1; i < n; i += used) {
        unsigned char byte = (unsigned char)text[i];
        unsigned code = byte, glyph;
        used = 1;
        if (!font->plain[byte]) {
            code = code_of(font, pdf_utf8_next(text + i, n - i, &used), &glyph);
            if (!code)
                break;
            if (code == '(' || code == ')' || code == '\\')
                *at++ = '\\';
        }
        *at++ = (char)code;
    }
    *end = at;
    return i;
}

/* One string of codes, with a gap before it: thousandths of the size. */
static size_t put_codes(struct pdf_report *report, enum pdf_face face, long gap, const char *text,
                        size_t n) {
    struct buf *out = &pdf_last_page(report)->content;
    char *start = buf_space(out, 2 * n + PDF_NUMBER_ROOM + 8), *at = start;
    if (!at)
        return n;
    if (gap) {
        *at++ = '[';
        at = pdf_bytes_hundredths(at, -100 * gap) - 1; /* no blank before a string */
    }
    *at++ = '(';
    size_t done = write_codes(&report->press->fonts[face], text, n, &at);
    at = gap ? pdf_bytes(at, ")]TJ\n", 5) : pdf_bytes(at, ")Tj\n", 4);
    buf_took(out, (size_t)(at - start));
    return done;
}

static void put_string(struct pdf_report *report, enum pdf_face face, double size, long gap,
                       const char *text, size_t n) {
    const struct pdf_font *font = &report->press->fonts[face];
    for (size_t i = 0, used; i < n; i += used, gap = 0) {
        unsigned glyph;
        uint32_t character = pdf_utf8_next(text + i, n - i, &used);
        if (code_of(font, character, &glyph)) {
            set_font(report, face, size);
            used = put_codes(report, face, gap, text + i, n - i);
        } else {
            put_glyph(report, face, size, gap, glyph, character);
        }
    }
}

void pdf_text_behind(struct pdf_report *report, enum pdf_face face, double size, uint32_t colour,
                     double gap, const char *text, size_t n) {
    pdf_set_fill(report, colour);
    put_string(report, face, size, (long)(gap / size * 1000 + 0.5), text, n);
}

void pdf_text(struct pdf_report *report, enum pdf_face face, double size, uint32_t colour, double x,
              double y, const char *text, size_t n) {
    if (n == 0)
        return;
    pdf_open_text(report);
    pdf_set_fill(report, colour);
    move_to(report, x, y);
    put_string(report, face, size, 0, text, n);
}
