/* A report being set: pages of operators, the structure tree, links and outline. Knows no PDF
   library: pdf.c writes it out. Private to the room. */
#ifndef RENDER_PDF_REPORT_H
#define RENDER_PDF_REPORT_H

#include "render/palette.h"
#include "render/pdf_font.h"
#include "render/theme.h"

/* A4 in points; y counts from the top edge. */
#define PDF_WIDTH 595.28
#define PDF_HEIGHT 841.89
#define PDF_LEFT 54.0
#define PDF_RIGHT (PDF_WIDTH - 54.0)
#define PDF_TOP 66.0
#define PDF_BOTTOM (PDF_HEIGHT - 62.0)
#define PDF_COLUMN (PDF_RIGHT - PDF_LEFT)

enum pdf_face { FACE_REGULAR, FACE_BOLD, FACE_COUNT };

struct pdf_page {
    struct buf content;
    size_t marked; /* marked contents so far */
    bool font_set; /* face and size below are what the page's state holds */
    enum pdf_face face;
    double size;
    uint32_t fill, stroke; /* 0xrrggbb in force; black at first */
};

/* A structure element (type set), or a piece of marked content (type NULL). */
struct pdf_node {
    const char *type; /* "H1", "Table", "TD" ...; NULL: content */
    size_t parent;
    const char *alt;     /* Figure: what it shows */
    const char *scope;   /* TH: "Column" or "Row" */
    size_t page, marked; /* content: page and its number there */
    size_t link;         /* Link: index of the link, else PDF_NONE */
};
#define PDF_NONE ((size_t)-1)

struct pdf_link {
    size_t page;
    double left, top, right, bottom;
    const char *uri; /* NULL: into the report, to the heading of index `to` */
    size_t to;
    size_t node;
};

enum { PDF_LEVELS = 2 }; /* of headings below the title */

struct pdf_heading {
    const char *title;
    unsigned level; /* 0 the title */
    size_t page;
    double y;
};

struct pdf_report {
    struct arena *arena;
    const struct site_context *site;
    const struct render_sources *sources; /* of the prose */
    struct palette palette;
    struct pdf_font fonts[FACE_COUNT];
    struct pdf_page *pages;
    size_t page_count, page_capacity;
    struct pdf_node *nodes; /* nodes[0] is the Document */
    size_t node_count, node_capacity;
    struct pdf_link *links;
    size_t link_count, link_capacity;
    struct pdf_heading *headings;
    size_t heading_count, heading_capacity;
    double y;           /* next free line on the last page */
    double left, width; /* of the column that headings and charts are set in */
    bool out_of_bounds; /* something lies where no page can hold it */
};

/* pdf_canvas.c: operators. All coordinates in points from the top left. */
void pdf_add_page(struct pdf_report *report);
struct pdf_page *pdf_last_page(struct pdf_report *report);
double pdf_text_width(struct pdf_report *report, enum pdf_face face, double size, const char *text,
                      size_t n);
/* Text with its baseline at y. */
void pdf_text(struct pdf_report *report, enum pdf_face face, double size, uint32_t colour, double x,
              double y, const char *text, size_t n);
void pdf_rule(struct pdf_report *report, uint32_t colour, double thick, double x0, double y0,
              double x1, double y1);
void pdf_box(struct pdf_report *report, uint32_t colour, double x, double y, double width,
             double height);
void pdf_set_fill(struct pdf_report *report, uint32_t colour);
void pdf_set_stroke(struct pdf_report *report, uint32_t colour);
/* Path pieces; y is turned over. */
void pdf_move(struct pdf_report *report, double x, double y);
void pdf_line(struct pdf_report *report, double x, double y);
void pdf_curve(struct pdf_report *report, const double points[6]);
void pdf_operator(struct pdf_report *report, const char *operator_text);
void pdf_number(struct pdf_report *report, double value);

/* Structure. */
size_t pdf_node(struct pdf_report *report, size_t parent, const char *type);
void pdf_begin(struct pdf_report *report, size_t node); /* marked content of the node ... */
void pdf_end(struct pdf_report *report);                /* ... ends */
void pdf_begin_artifact(struct pdf_report *report);     /* rules, headers: not read aloud */
/* Link over a rectangle of the last page; href as in page.h, relative ones under the base URL.
   Returns false, adding nothing, when there is no absolute address. */
bool pdf_add_link(struct pdf_report *report, size_t node, const char *href, double left, double top,
                  double right, double bottom);
void pdf_add_link_inside(struct pdf_report *report, size_t node, size_t heading, double left,
                         double top, double right, double bottom);
bool pdf_has_address(const struct pdf_report *report, const char *href);

/* pdf_flow.c: running text. */
struct pdf_style {
    enum pdf_face face;
    double size, leading;
    uint32_t colour;
};
/* A new page unless `height` points are free. */
void pdf_need(struct pdf_report *report, double height);
/* Where the next line of at most `width` ends, and where the one after begins. Never empty unless
   the text is. */
size_t pdf_break(struct pdf_report *report, const struct pdf_style *style, const char *text,
                 double width, size_t *next);
/* 1 when a space follows the line: set with it, words stay apart for who extracts the text. */
size_t pdf_trailing_space(const char *text, size_t n);
/* Sets the text as lines from report->y on, over page ends, as content of the node. */
void pdf_paragraph(struct pdf_report *report, size_t node, const struct pdf_style *style, double x,
                   double width, const char *text);
/* A heading of level 0 to PDF_LEVELS that stays on one page with `with` points of what follows. */
void pdf_heading(struct pdf_report *report, unsigned level, double size, const char *text,
                 double with);
/* Points from the end of what stands above a heading to the end of the heading. */
double pdf_heading_height(struct pdf_report *report, double size, const char *text);

/* pdf_contents.c: the list of headings with their pages. Room is taken where the list stands;
   it is filled when every heading has its page. */
struct pdf_contents {
    size_t *nodes; /* Link elements, one an entry */
    size_t *pages; /* where each entry stands */
    double *ys;
    size_t count, first; /* entries; index of the heading the first one names */
};
/* `levels`: of each heading that will follow, in order. */
struct pdf_contents pdf_reserve_contents(struct pdf_report *report, const unsigned *levels,
                                         size_t count);
void pdf_fill_contents(struct pdf_report *report, const struct pdf_contents *contents);

void pdf_blocks(struct pdf_report *report, const struct page *page);

/* pdf_structure.c: the structure tree as the text of dictionaries. Numbers of the objects that
   stand for parts of the report in its file: */
struct pdf_numbers {
    uint32_t root;                   /* the tree's */
    uint32_t *pages, *nodes, *links; /* 0 for contents; of links their annotations */
};
struct pdf_kids {
    size_t *nodes; /* in the order they were set, which is the order they are read in */
    size_t count;
};
/* Of every node. */
struct pdf_kids *pdf_kids(const struct pdf_report *report);
/* The entries of an element's dictionary. */
void pdf_put_element(const struct pdf_report *report, const struct pdf_numbers *numbers,
                     size_t node, const struct pdf_kids *kids, struct buf *out);
/* The entries of the tree that leads from each page's marked contents, and each link, back to their
   elements. */
void pdf_put_parents(const struct pdf_report *report, const struct pdf_numbers *numbers,
                     struct buf *out);

/* pdf.c: the finished report to bytes. False with a diagnostic when libharu refuses. */
bool pdf_write(struct pdf_report *report, const struct page *page, struct buf *out,
               struct diags *diags);

/* pdf_table.c, pdf_chart.c */
void pdf_table(struct pdf_report *report, const struct table *table);
/* heading: what stands above it already; the chart's own title is set when it differs. */
void pdf_chart(struct pdf_report *report, const struct chart *chart, const char *heading);
double pdf_chart_height(struct pdf_report *report, const struct chart *chart);
/* Whether two blocks are charts that stand side by side; sets them so, with their headings. */
bool pdf_is_pair(struct pdf_report *report, const struct block *a, const struct block *b);
void pdf_chart_pair(struct pdf_report *report, unsigned level, const struct block *a,
                    const struct block *b);

#endif
