/* The list of contents: titles with their page numbers, each a link. */
#include "render/pdf_report.h"

#include <string.h>

struct look {
    struct pdf_style style;
    double indent, above;
};

static struct look look_of(const struct pdf_report *report, unsigned level) {
    uint32_t ink = report->press->palette.ink;
    if (level < 2)
        return (struct look){{FACE_BOLD, 9.5, 14, ink}, 0, 5};
    return (struct look){{FACE_REGULAR, 8.5, 12.5, ink}, 14, 0};
}

#define CLOSEST 0.75

/* Share of the usual distances: less when that saves a page for the last few entries. */
static double closeness(const struct pdf_report *report, const unsigned *levels, size_t count) {
    double height = 0, room = PDF_BOTTOM - report->y;
    for (size_t i = 0; i < count; i++) {
        struct look look = look_of(report, levels[i]);
        height += look.above + look.style.leading;
    }
    return height > room && height * CLOSEST <= room ? room / (height + 0.1) : 1;
}

struct pdf_contents pdf_reserve_contents(struct pdf_report *report, const unsigned *levels,
                                         size_t count) {
    struct pdf_contents contents = {.nodes = ARENA_ARRAY(report->arena, count + 1, size_t),
                                    .pages = ARENA_ARRAY(report->arena, count + 1, size_t),
                                    .ys = ARENA_ARRAY(report->arena, count + 1, double),
                                    .count = count,
                                    .first = report->heading_count};
    size_t list = pdf_node(report, 0, "TOC");
    double close = closeness(report, levels, count);
    for (size_t i = 0; i < count; i++) {
        struct look look = look_of(report, levels[i]);
        bool leads = levels[i] < 2 && i + 1 < count; /* not alone at the foot of a page */
        pdf_need(report, (look.above + look.style.leading * (leads ? 2 : 1)) * close);
        report->y += (look.above + look.style.leading) * close;
        contents.nodes[i] = pdf_node(report, pdf_node(report, list, "TOCI"), "Link");
        contents.pages[i] = report->page_count - 1;
        contents.ys[i] = report->y;
    }
    report->y += 10;
    return contents;
}

static void put_entry(struct pdf_report *report, const struct pdf_contents *contents, size_t i) {
    const struct pdf_heading *heading = &report->headings[contents->first + i];
    struct look look = look_of(report, heading->level);
    const struct pdf_style *style = &look.style;
    const char *number = arena_printf(report->arena, "%zu", heading->page + 1);
    double y = contents->ys[i], left = PDF_LEFT + look.indent;
    double room = pdf_text_width(report, style->face, style->size, number, strlen(number));
    struct pdf_line line = pdf_break(report, style, heading->title, PDF_RIGHT - left - room - 12);
    double end = left + line.width;
    pdf_begin(report, contents->nodes[i]);
    pdf_text(report, style->face, style->size, style->colour, left, y, heading->title, line.n);
    pdf_text(report, style->face, style->size, style->colour, PDF_RIGHT - room, y, number,
             strlen(number));
    pdf_end(report);
    pdf_begin_artifact(report);
    pdf_rule(report, report->press->palette.hair, 0.4, end + 6, y - 1, PDF_RIGHT - room - 6, y - 1);
    pdf_end(report);
    pdf_add_link_inside(report, contents->nodes[i], contents->first + i, left, y - style->size,
                        PDF_RIGHT, y + 3);
}

void pdf_fill_contents(struct pdf_report *report, const struct pdf_contents *contents) {
    size_t pages = report->page_count;
    for (size_t i = 0; i < contents->count && contents->first + i < report->heading_count; i++) {
        report->page_count = contents->pages[i] + 1; /* the "last" page is the one written on */
        put_entry(report, contents, i);
    }
    report->page_count = pages;
}
