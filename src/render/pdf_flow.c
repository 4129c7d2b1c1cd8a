/* Running text of a report: lines, paragraphs, headings, figures, formulas, links. */
#include "render/markdown.h"
#include "render/pdf_report.h"

#include <math.h>
#include <string.h>

#define DOCUMENT 0 /* node of the whole */

void pdf_need(struct pdf_report *report, double height) {
    if (report->y + height > PDF_BOTTOM && report->y > PDF_TOP)
        pdf_add_page(report);
}

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static size_t skip_spaces(const char *text, size_t at) {
    while (is_space(text[at]) && text[at] != '\n')
        at++;
    return at;
}

static double character_width(const struct pdf_font *font, const char *text, size_t n,
                              size_t *used) {
    unsigned char byte = (unsigned char)*text;
    *used = 1;
    if (byte < 128)
        return font->advances[byte];
    pdf_utf8_next(text, n, used);
    return 1000 * pdf_font_width(font, text, *used);
}

struct pdf_line pdf_break(const struct pdf_report *report, const struct pdf_style *style,
                          const char *text, double width) {
    const struct pdf_font *font = &report->press->fonts[style->face];
    size_t n = strlen(text), i = 0;
    double scale = style->size / 1000, at = 0; /* at: in thousandths of the size */
    struct pdf_line line = {0}, words = {0};   /* words: up to the last blank */
    bool gap = false;                          /* blanks stand before i */
    for (size_t used; i < n && text[i] != '\n'; i += used) {
        bool space = is_space(text[i]);
        if (space && !gap)
            words = line;
        gap = space;
        at += character_width(font, text + i, n - i, &used);
        if (space)
            continue;
        if (at * scale > width && i > 0) { /* one word longer than the line is cut */
            line = words.n ? words : line;
            line.next = words.n ? skip_spaces(text, line.n) : i;
            return line;
        }
        line.n = i + used;
        line.width = at * scale;
    }
    line.next = i < n ? i + 1 : n;
    return line;
}

size_t pdf_trailing_space(const char *text, size_t n) {
    return text[n] == ' ' && text[n + 1] ? 1 : 0;
}

/* Below which no line of a paragraph stands on this page: neither its first line is left alone
   there, nor its last one on the next. */
static double last_line(struct pdf_report *report, const struct pdf_style *style, double width,
                        const char *text) {
    double room = PDF_BOTTOM - report->y;
    size_t lines = 0, fit = room > 0 ? (size_t)(room / style->leading + 1e-9) : 0;
    if ((double)strlen(text) * style->size < (double)fit * width)
        return PDF_BOTTOM; /* no character is wider than high */
    for (; *text && lines <= fit + 1; lines++)
        text += pdf_break(report, style, text, width).next;
    if (lines <= fit || fit == 0)
        return PDF_BOTTOM;
    if (fit == 1 || lines <= 3)
        return report->y;
    return lines == fit + 1 ? report->y + (double)(fit - 1) * style->leading + 0.01 : PDF_BOTTOM;
}

void pdf_paragraph(struct pdf_report *report, size_t node, const struct pdf_style *style, double x,
                   double width, const char *text) {
    bool open = false;
    size_t page = 0;
    double bottom = last_line(report, style, width, text);
    while (*text) {
        struct pdf_line line = pdf_break(report, style, text, width);
        bool over = report->y + style->leading > bottom;
        if (open && over) {
            pdf_end(report);
            open = false;
        }
        if (over) {
            pdf_need(report, PDF_HEIGHT);
            bottom = PDF_BOTTOM;
        }
        if (!open || page != report->page_count) {
            pdf_begin(report, node);
            open = true;
            page = report->page_count;
        }
        report->y += style->leading;
        pdf_text(report, style->face, style->size, style->colour, x, report->y, text,
                 line.n + pdf_trailing_space(text, line.n));
        text += line.next;
    }
    if (open)
        pdf_end(report);
}

#define ABOVE_HEADING 1.1 /* of its size */
#define BELOW_HEADING 0.35

static struct pdf_style heading_style(const struct pdf_report *report, double size) {
    return (struct pdf_style){FACE_BOLD, size, size * 1.3, report->press->palette.ink};
}

void pdf_heading(struct pdf_report *report, unsigned level, double size, const char *text,
                 double with) {
    static const char *const types[PDF_LEVELS + 1] = {"H1", "H2", "H3"};
    struct pdf_style style = heading_style(report, size);
    pdf_need(report, pdf_heading_height(report, size, text) + fmin(with, PDF_MOST_TOGETHER));
    if (report->y > PDF_TOP)
        report->y += size * ABOVE_HEADING * report->air;
    report->headings = arena_grow(report->arena, report->headings, report->heading_count,
                                  &report->heading_capacity, sizeof *report->headings);
    report->headings[report->heading_count++] =
        (struct pdf_heading){text, level, report->page_count - 1, report->y};
    pdf_paragraph(report, pdf_node(report, DOCUMENT, types[level]), &style, report->left,
                  report->width, text);
    report->y += size * BELOW_HEADING;
}

double pdf_heading_height(struct pdf_report *report, double size, const char *text) {
    struct pdf_style style = heading_style(report, size);
    double height = size * (ABOVE_HEADING * report->air + BELOW_HEADING);
    for (; *text; text += pdf_break(report, &style, text, report->width).next)
        height += style.leading;
    return height;
}

static struct pdf_style body(const struct pdf_report *report) {
    return (struct pdf_style){FACE_REGULAR, 9.5, 14, report->press->palette.ink};
}

static void put_answer(struct pdf_report *report, const struct block *block) {
    struct pdf_style style = {FACE_REGULAR, 13, 18, report->press->palette.ink};
    pdf_paragraph(report, pdf_node(report, DOCUMENT, "P"), &style, PDF_LEFT, PDF_COLUMN,
                  block->text);
    report->y += 12;
}

/* One cell of the strip: label, value, unit and note under each other. */
static double put_figure(struct pdf_report *report, const struct figure *figure, double x,
                         double width) {
    double top = report->y;
    size_t node = pdf_node(report, DOCUMENT, "P");
    struct pdf_style label = {FACE_REGULAR, 7.5, 10, report->press->palette.muted};
    struct pdf_style value = {FACE_BOLD, 15, 19, report->press->palette.ink};
    pdf_paragraph(report, node, &label, x, width, figure->label ? figure->label : "");
    const char *text = figure->value.text ? figure->value.text : "–";
    const char *unit = figure->unit ? figure->unit : "";
    double number = pdf_text_width(report, FACE_BOLD, value.size, text, strlen(text)) + 4;
    bool beside =
        *unit &&
        number + pdf_text_width(report, label.face, label.size, unit, strlen(unit)) <= width;
    pdf_paragraph(report, node, &value, x, width, text);
    if (beside) {
        pdf_begin(report, node);
        pdf_text(report, label.face, label.size, label.colour, x + number, report->y, unit,
                 strlen(unit));
        pdf_end(report);
    } else if (*unit) {
        pdf_paragraph(report, node, &label, x, width, unit);
    }
    if (figure->note && *figure->note)
        pdf_paragraph(report, node, &label, x, width, figure->note);
    double bottom = report->y;
    report->y = top;
    return bottom;
}

static void put_figures(struct pdf_report *report, const struct block *block) {
    size_t columns = block->figure_count < 4 ? block->figure_count : 4;
    if (columns == 0)
        return;
    for (size_t i = 0; i < block->figure_count; i += columns) {
        double gap = 14, width = (PDF_COLUMN + gap) / (double)columns - gap, bottom = 0;
        pdf_need(report, 70);
        pdf_begin_artifact(report);
        pdf_rule(report, report->press->palette.hair, 0.6, PDF_LEFT, report->y, PDF_RIGHT,
                 report->y);
        pdf_end(report);
        report->y += 4;
        for (size_t k = i; k < i + columns && k < block->figure_count; k++) {
            double end = put_figure(report, &block->figures[k],
                                    PDF_LEFT + (double)(k - i) * (width + gap), width);
            bottom = end > bottom ? end : bottom;
        }
        report->y = bottom + 6;
    }
    pdf_begin_artifact(report);
    pdf_rule(report, report->press->palette.hair, 0.6, PDF_LEFT, report->y, PDF_RIGHT, report->y);
    pdf_end(report);
    report->y += 8;
}

/* Paragraphs stand between empty lines. */
static void put_text(struct pdf_report *report, const char *text) {
    struct pdf_style style = body(report);
    while (text && *text) {
        const char *end = strstr(text, "\n\n");
        size_t n = end ? (size_t)(end - text) : strlen(text);
        char *paragraph = arena_copy(report->arena, text, n);
        for (char *p = paragraph; *p; p++)
            if (*p == '\n')
                *p = ' ';
        pdf_paragraph(report, pdf_node(report, DOCUMENT, "P"), &style, PDF_LEFT, PDF_COLUMN,
                      paragraph);
        report->y += 5;
        text += n;
        text += strspn(text, "\n");
    }
}

/* Headings of prose are one level below the heading above it. */
static const char *heading_below(const struct pdf_report *report) {
    static const char *const types[PDF_LEVELS + 1] = {"H2", "H3", "H4"};
    size_t count = report->heading_count;
    return types[count ? report->headings[count - 1].level : 0];
}

static void put_piece(struct pdf_report *report, const struct markdown_piece *piece) {
    struct pdf_style style = {FACE_REGULAR, 8.5, 10 + 2 * report->air, report->press->palette.ink};
    double indent = 16.0 * (piece->depth < 6 ? piece->depth : 6);
    if (piece->heading) {
        style = (struct pdf_style){FACE_BOLD, 9.5, 13.5, report->press->palette.ink};
        pdf_need(report, 60);
        report->y += 6 * report->air;
    }
    pdf_need(report, style.leading);
    if (last_line(report, &style, PDF_COLUMN - indent, piece->text) <= report->y)
        pdf_need(report, PDF_HEIGHT); /* with its mark */
    size_t node = pdf_node(report, DOCUMENT, piece->heading ? heading_below(report) : "P");
    if (piece->mark) {
        pdf_begin(report, node);
        pdf_text(report, style.face, style.size, style.colour, PDF_LEFT + indent - 14,
                 report->y + style.leading, piece->mark, strlen(piece->mark));
        pdf_end(report);
    }
    pdf_paragraph(report, node, &style, PDF_LEFT + indent, PDF_COLUMN - indent, piece->text);
    report->y += 4 * report->air;
}

/* Prose of the block, or the article of its name. */
static void put_markdown(struct pdf_report *report, const struct block *block) {
    struct pdf_article own = {0};
    const struct pdf_article *article = &own;
    if (block->text)
        own.count = markdown_pieces(report->arena, block->text, strlen(block->text), &own.pieces);
    else
        article = pdf_press_article(report->press, block->name);
    for (size_t i = 0; article && i < article->count; i++)
        put_piece(report, &article->pieces[i]);
}

static void put_formula(struct pdf_report *report, const struct block *block) {
    struct pdf_style style = {FACE_REGULAR, 8.5, 12, report->press->palette.ink};
    for (size_t i = 0; i < block->line_count; i++) {
        const struct formula_line *line = &block->lines[i];
        const char *text = line->symbols ? line->symbols : "";
        if (line->numbers && *line->numbers)
            text = arena_printf(report->arena, "%s = %s", text, line->numbers);
        if (line->result && *line->result)
            text = arena_printf(report->arena, "%s = %s", text, line->result);
        pdf_paragraph(report, pdf_node(report, DOCUMENT, "P"), &style, PDF_LEFT, PDF_COLUMN, text);
        report->y += 2;
    }
}

static void put_link(struct pdf_report *report, const struct link *link) {
    struct pdf_style style = body(report);
    bool live = pdf_has_address(report, link->href);
    size_t node = pdf_node(report, DOCUMENT, "P");
    size_t own = live ? pdf_node(report, node, "Link") : node;
    style.colour = live ? report->press->palette.accent : report->press->palette.ink;
    pdf_need(report, style.leading);
    double top = report->y;
    size_t page = report->page_count;
    pdf_paragraph(report, own, &style, PDF_LEFT, PDF_COLUMN, link->text);
    double width = pdf_text_width(report, style.face, style.size, link->text, strlen(link->text));
    if (live && page == report->page_count)
        pdf_add_link(report, own, link->href, PDF_LEFT, top + 2,
                     PDF_LEFT + (width < PDF_COLUMN ? width : PDF_COLUMN), report->y + 3);
    if (link->note && *link->note) {
        style.size = 8;
        style.leading = 11;
        style.colour = report->press->palette.muted;
        pdf_paragraph(report, node, &style, PDF_LEFT, PDF_COLUMN, link->note);
    }
    report->y += 2;
}

static void put_block(struct pdf_report *report, const struct block *block,
                      struct pdf_layout *table) {
    switch (block->kind) {
    case BLOCK_ANSWER:
        put_answer(report, block);
        return;
    case BLOCK_FIGURES:
        put_figures(report, block);
        return;
    case BLOCK_TEXT:
        put_text(report, block->text);
        return;
    case BLOCK_MARKDOWN:
        put_markdown(report, block);
        return;
    case BLOCK_TABLE:
        pdf_table(table);
        return;
    case BLOCK_CHART:
        pdf_chart(report, block->chart, block->heading);
        return;
    case BLOCK_FORMULA:
        put_formula(report, block);
        return;
    case BLOCK_LINKS:
        for (size_t i = 0; i < block->link_count; i++)
            put_link(report, &block->links[i]);
        return;
    case BLOCK_DATA:
        return;
    }
}

/* How much of a block must stand on the page of its heading. */
static double first_part(struct pdf_report *report, const struct block *block,
                         struct pdf_layout *table) {
    double lines =
        block->kind == BLOCK_FORMULA && block->line_count < 3 ? (double)block->line_count : 3;
    if (block->kind == BLOCK_TABLE)
        return pdf_table_part(table);
    return block->kind == BLOCK_CHART ? pdf_chart_height(report, block->chart) : 16 + 28 * lines;
}

/* What the small marks behind figures mean. */
static void put_mark_key(struct pdf_report *report) {
    struct pdf_style style = {FACE_REGULAR, 7.5, 10.5, report->press->palette.muted};
    pdf_need(report, 31);
    report->y += 10;
    pdf_paragraph(report, pdf_node(report, DOCUMENT, "P"), &style, PDF_LEFT, PDF_COLUMN,
                  "● measured, ◐ calibrated on measurements, ◌ extrapolated beyond them, ○ first "
                  "principles, ▪ input with its source; a mark in a head holds for its column.");
}

static bool has_heading(const struct block *block) {
    return block->heading && *block->heading;
}

/* Blocks before the first chapter stand before the contents. */
static struct pdf_contents reserve_contents(struct pdf_report *report, const struct page *page) {
    unsigned *levels = ARENA_ARRAY(report->arena, 2 * page->block_count + 1, unsigned);
    size_t count = 0;
    bool begun = false;
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        begun = begun || block->chapter;
        if (block->chapter)
            levels[count++] = 1;
        if (begun && has_heading(block))
            levels[count++] = 2;
    }
    return pdf_reserve_contents(report, levels, count);
}

static void put_chapter(struct pdf_report *report, const char *title) {
    pdf_add_page(report);
    pdf_heading(report, 1, 16, title, 0);
}

static double title_size(struct pdf_report *report, const char *title) {
    double size = 19; /* one line, unless that would be small */
    while (size > 15 && pdf_text_width(report, FACE_BOLD, size, title, strlen(title)) > PDF_COLUMN)
        size -= 0.5;
    return size;
}

void pdf_blocks(struct pdf_report *report, const struct page *page) {
    struct pdf_contents contents = {0};
    unsigned level = page->contents ? 2 : 1;
    bool begun = false;
    pdf_heading(report, 0, title_size(report, page->title), page->title, 0);
    report->y += 4;
    for (size_t i = 0; i < page->block_count; i++) {
        const struct block *block = &page->blocks[i];
        if (block->chapter && page->contents && !begun) {
            put_mark_key(report);
            contents = reserve_contents(report, page);
        }
        begun = begun || block->chapter;
        if (block->chapter)
            put_chapter(report, block->chapter);
        if (i + 1 < page->block_count && pdf_is_pair(block, block + 1)) {
            pdf_chart_pair(report, level, block, block + 1);
            i++;
            continue;
        }
        struct pdf_layout *table =
            pdf_table_measure(report, block->kind == BLOCK_TABLE ? block->table : NULL);
        if (has_heading(block))
            pdf_heading(report, level, 12, block->heading, first_part(report, block, table));
        put_block(report, block, table);
    }
    if (!page->contents)
        put_mark_key(report);
    pdf_fill_contents(report, &contents);
}
