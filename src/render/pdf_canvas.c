/* Operators of a page's content, structure and links of a report. PDF 1.7 (ISO 32000-1). */
#include "render/pdf_report.h"

#include <math.h>
#include <string.h>

#define FARTHEST 14400.0 /* points: the largest page readers promise to hold */

void pdf_add_page(struct pdf_report *report) {
    report->pages = arena_grow(report->arena, report->pages, report->page_count,
                               &report->page_capacity, sizeof *report->pages);
    report->pages[report->page_count++] =
        (struct pdf_page){.thick = 1, .dash = PDF_SOLID, .base = PDF_HEIGHT};
    buf_reserve(&pdf_last_page(report)->content, 16384); /* most pages have less */
    report->y = PDF_TOP;
}

/* Hundredths of a point are enough for print. */
long pdf_hundredths(struct pdf_report *report, double value) {
    if (!(fabs(value) <= FARTHEST)) {
        report->out_of_bounds = true;
        return 0;
    }
    return (long)(value * 100 + (value < 0 ? -0.5 : 0.5));
}

long pdf_tenths(struct pdf_report *report, double value) {
    long hundredths = pdf_hundredths(report, value);
    return (hundredths + (hundredths < 0 ? -5 : 5)) / 10 * 10;
}

/* Points and the operator that takes them, of two bytes with the line's end. */
static void put_points(struct pdf_report *report, const double *points, size_t count,
                       const char *operator_text) {
    struct pdf_page *page = pdf_last_page(report);
    char *start = buf_space(&page->content, count * 2 * PDF_NUMBER_ROOM + 2), *at = start;
    if (!at)
        return;
    for (size_t i = 0; i < 2 * count; i += 2) {
        at = pdf_bytes_hundredths(at, pdf_hundredths(report, points[i] - page->left));
        at = pdf_bytes_hundredths(at, pdf_hundredths(report, page->base - points[i + 1]));
    }
    memcpy(at, operator_text, 2);
    buf_took(&page->content, (size_t)(at + 2 - start));
}

void pdf_number(struct pdf_report *report, double value) {
    struct buf *out = &pdf_last_page(report)->content;
    char *at = buf_space(out, PDF_NUMBER_ROOM);
    if (at)
        buf_took(out, (size_t)(pdf_bytes_hundredths(at, pdf_hundredths(report, value)) - at));
}

/* Greys have an operator of their own. */
static void put_colour(struct pdf_report *report, uint32_t colour, const char *grey,
                       const char *other) {
    uint32_t red = colour >> 16, green = colour >> 8 & 255, blue = colour & 255;
    if (red == green && green == blue) {
        pdf_number(report, red / 255.0);
        pdf_operator(report, grey);
        return;
    }
    pdf_number(report, red / 255.0);
    pdf_number(report, green / 255.0);
    pdf_number(report, blue / 255.0);
    pdf_operator(report, other);
}

void pdf_set_fill(struct pdf_report *report, uint32_t colour) {
    if (pdf_last_page(report)->fill != colour)
        put_colour(report, colour, "g", "rg");
    pdf_last_page(report)->fill = colour;
}

void pdf_set_stroke(struct pdf_report *report, uint32_t colour) {
    if (pdf_last_page(report)->stroke != colour)
        put_colour(report, colour, "G", "RG");
    pdf_last_page(report)->stroke = colour;
}

void pdf_set_thickness(struct pdf_report *report, double thick) {
    struct pdf_page *page = pdf_last_page(report);
    if (page->thick != thick) {
        pdf_number(report, thick);
        pdf_operator(report, "w");
    }
    page->thick = thick;
}

void pdf_set_dash(struct pdf_report *report, const char *dash) {
    struct pdf_page *page = pdf_last_page(report);
    if (strcmp(page->dash, dash) != 0)
        pdf_operator(report, dash);
    page->dash = dash;
}

void pdf_shift(struct pdf_report *report, double x, double y) {
    struct pdf_page *page = pdf_last_page(report);
    pdf_close_text(report);
    buf_puts(&page->content, "q 1 0 0 1 ");
    pdf_number(report, (double)pdf_tenths(report, x) / 100);
    pdf_number(report, (double)pdf_tenths(report, PDF_HEIGHT - y) / 100);
    pdf_operator(report, "cm");
    page->left = x;
    page->base = y;
    page->outer_fill = page->fill;
}

void pdf_unshift(struct pdf_report *report) {
    struct pdf_page *page = pdf_last_page(report);
    buf_puts(&page->content, "Q\n");
    page->left = 0;
    page->base = PDF_HEIGHT;
    page->fill = page->outer_fill;
}

void pdf_move(struct pdf_report *report, double x, double y) {
    pdf_close_text(report);
    put_points(report, (double[]){x, y}, 1, "m\n");
}

void pdf_line(struct pdf_report *report, double x, double y) {
    put_points(report, (double[]){x, y}, 1, "l\n");
}

void pdf_curve(struct pdf_report *report, const double points[6]) {
    put_points(report, points, 3, "c\n");
}

void pdf_rule(struct pdf_report *report, uint32_t colour, double thick, double x0, double y0,
              double x1, double y1) {
    pdf_set_stroke(report, colour);
    pdf_set_thickness(report, thick);
    pdf_set_dash(report, PDF_SOLID);
    pdf_move(report, x0, y0);
    pdf_line(report, x1, y1);
    pdf_operator(report, "S");
}

void pdf_box(struct pdf_report *report, uint32_t colour, double x, double y, double width,
             double height) {
    pdf_close_text(report);
    pdf_set_fill(report, colour);
    pdf_number(report, x - pdf_last_page(report)->left);
    pdf_number(report, pdf_last_page(report)->base - y - height);
    pdf_number(report, width);
    pdf_number(report, height);
    pdf_operator(report, "re f");
}

static size_t add_node(struct pdf_report *report, struct pdf_node node) {
    report->nodes = arena_grow(report->arena, report->nodes, report->node_count,
                               &report->node_capacity, sizeof *report->nodes);
    report->nodes[report->node_count] = node;
    return report->node_count++;
}

size_t pdf_node(struct pdf_report *report, size_t parent, const char *type) {
    return add_node(report, (struct pdf_node){.type = type, .parent = parent, .link = PDF_NONE});
}

/* Marked content and text objects nest (14.6.1): that of text lies in one, all other outside. */
void pdf_begin(struct pdf_report *report, size_t node) {
    struct pdf_page *page = pdf_last_page(report);
    page->drawn = strcmp(report->nodes[node].type, "Figure") == 0;
    if (page->drawn)
        pdf_close_text(report);
    else
        pdf_open_text(report);
    static const char before[] = "<</MCID ", after[] = ">>BDC\n";
    const char *type = report->nodes[node].type;
    size_t n = strlen(type);
    char *start = buf_space(&page->content, n + 64), *at = start;
    if (at) {
        *at++ = '/';
        at = pdf_bytes(at, type, n);
        at = pdf_bytes(at, before, sizeof before - 1);
        at = pdf_bytes_whole(at, page->marked);
        at = pdf_bytes(at, after, sizeof after - 1);
        buf_took(&page->content, (size_t)(at - start));
    }
    add_node(report, (struct pdf_node){.parent = node,
                                       .page = report->page_count - 1,
                                       .marked = page->marked++,
                                       .link = PDF_NONE});
}

void pdf_begin_artifact(struct pdf_report *report) {
    pdf_last_page(report)->drawn = true;
    pdf_close_text(report);
    pdf_operator(report, "/Artifact BMC");
}

void pdf_end(struct pdf_report *report) {
    if (pdf_last_page(report)->drawn)
        pdf_close_text(report);
    pdf_operator(report, "EMC");
}

static bool has_scheme(const char *href) {
    return strncmp(href, "https://", 8) == 0 || strncmp(href, "http://", 7) == 0 ||
           strncmp(href, "mailto:", 7) == 0;
}

bool pdf_has_address(const struct pdf_report *report, const char *href) {
    const char *base = report->site->base_url;
    return href && (has_scheme(href) || (base && *base && !strchr(href, ':')));
}

/* Address in ASCII: what is not goes percent-encoded, as RFC 3986 asks. */
static const char *address(struct pdf_report *report, const char *href) {
    struct buf out = BUF_INIT;
    const char *base = report->site->base_url;
    if (!has_scheme(href)) {
        buf_puts(&out, base);
        if (out.len && out.data[out.len - 1] != '/')
            buf_putc(&out, '/');
    }
    for (const unsigned char *p = (const unsigned char *)href; *p; p++) {
        if (*p > 0x20 && *p < 0x7f && *p != '\\' && *p != '(' && *p != ')')
            buf_putc(&out, (char)*p);
        else
            buf_printf(&out, "%%%02X", *p);
    }
    const char *text = arena_strdup(report->arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static void add_link(struct pdf_report *report, struct pdf_link link) {
    report->links = arena_grow(report->arena, report->links, report->link_count,
                               &report->link_capacity, sizeof *report->links);
    report->nodes[link.node].link = report->link_count;
    link.page = report->page_count - 1;
    report->links[report->link_count++] = link;
}

bool pdf_add_link(struct pdf_report *report, size_t node, const char *href, double left, double top,
                  double right, double bottom) {
    if (!pdf_has_address(report, href))
        return false;
    add_link(report,
             (struct pdf_link){0, left, top, right, bottom, address(report, href), PDF_NONE, node});
    return true;
}

void pdf_add_link_inside(struct pdf_report *report, size_t node, size_t heading, double left,
                         double top, double right, double bottom) {
    add_link(report, (struct pdf_link){0, left, top, right, bottom, NULL, heading, node});
}
