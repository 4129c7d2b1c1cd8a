/* A report being set: pages of operators, the structure tree, links and outline. Knows no PDF
   library: pdf.c writes it out. Private to the room. */
#ifndef RENDER_PDF_REPORT_H
#define RENDER_PDF_REPORT_H

#include "render/pdf_bytes.h"
#include "render/pdf_press.h"
#include "render/theme.h"

/* A4 in points; y counts from the top edge. */
#define PDF_WIDTH 595.28
#define PDF_HEIGHT 841.89
#define PDF_LEFT 54.0
#define PDF_RIGHT (PDF_WIDTH - 54.0)
#define PDF_TOP 66.0
#define PDF_BOTTOM (PDF_HEIGHT - 62.0)
#define PDF_COLUMN (PDF_RIGHT - PDF_LEFT)

struct pdf_page {
    struct buf content;
    size_t marked; /* marked contents so far */
    bool in_text;  /* a text object is open */
    bool drawn;    /* the marked content last begun holds more than text */
    bool font_set; /* font and size below are what the page's state holds */
    unsigned font; /* see pdf_text.c */
    double size;
    long x, y;             /* in the open text object: hundredths of a point */
    double thick;          /* of lines, in force */
    const char *dash;      /* the operator in force */
    double left, base;     /* where paths count from: the lower left corner, but see pdf_shift */
    uint32_t fill, stroke; /* 0xrrggbb in force; black at first */
    uint32_t outer_fill;   /* in force again behind pdf_unshift */
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
    const struct pdf_press *press;
    uint16_t *unusual[FACE_COUNT]; /* by glyph, the character it shows; NULL: none was needed */
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
    double air;         /* share of the usual distances: 1, less to save a page */
    bool out_of_bounds; /* something lies where no page can hold it */
};

/* pdf_canvas.c: operators. All coordinates in points from the top left. */
void pdf_add_page(struct pdf_report *report);
static inline struct pdf_page *pdf_last_page(struct pdf_report *report) {
    return &report->pages[report->page_count - 1];
}
void pdf_rule(struct pdf_report *report, uint32_t colour, double thick, double x0, double y0,
              double x1, double y1);
void pdf_box(struct pdf_report *report, uint32_t colour, double x, double y, double width,
             double height);
void pdf_set_fill(struct pdf_report *report, uint32_t colour);
void pdf_set_stroke(struct pdf_report *report, uint32_t colour);
void pdf_set_thickness(struct pdf_report *report, double thick);
#define PDF_SOLID "[] 0 d"
void pdf_set_dash(struct pdf_report *report, const char *dash); /* the operator */
/* Path pieces; y is turned over. */
void pdf_move(struct pdf_report *report, double x, double y);
void pdf_line(struct pdf_report *report, double x, double y);
void pdf_curve(struct pdf_report *report, const double points[6]);
/* Paths up to pdf_unshift count from a point: the same shape is the same bytes wherever it stands.
   Strokes are set before; a fill set within holds up to pdf_unshift. */
void pdf_shift(struct pdf_report *report, double x, double y);
void pdf_unshift(struct pdf_report *report);
static inline void pdf_operator(struct pdf_report *report, const char *operator_text) {
    struct buf *content = &pdf_last_page(report)->content;
    buf_puts(content, operator_text);
    buf_putc(content, '\n');
}
void pdf_number(struct pdf_report *report, double value);
/* Rounded; 0, and the report out of bounds, where no page can hold it. */
long pdf_hundredths(struct pdf_report *report, double value);
/* Rounded to a tenth, as fine as print shows where things stand; in hundredths all the same. */
long pdf_tenths(struct pdf_report *report, double value);

/* pdf_text.c */
double pdf_text_width(const struct pdf_report *report, enum pdf_face face, double size,
                      const char *text, size_t n);
/* Text with its baseline at y. */
void pdf_text(struct pdf_report *report, enum pdf_face face, double size, uint32_t colour, double x,
              double y, const char *text, size_t n);
/* Text `gap` points behind the text before it, which ended on this line. */
void pdf_text_behind(struct pdf_report *report, enum pdf_face face, double size, uint32_t colour,
                     double gap, const char *text, size_t n);
/* A text object stays open from text to text; whatever draws closes it. */
void pdf_open_text(struct pdf_report *report);
void pdf_close_text(struct pdf_report *report);

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
struct pdf_line {
    size_t n, next; /* bytes of the line, and where the one after begins */
    double width;   /* as set, without blanks behind it */
};
/* The next line of at most `width`. Never empty unless the text is. */
struct pdf_line pdf_break(const struct pdf_report *report, const struct pdf_style *style,
                          const char *text, double width);
/* 1 when a space follows the line: set with it, words stay apart for who extracts the text. */
size_t pdf_trailing_space(const char *text, size_t n);
/* Sets the text as lines from report->y on, over page ends, as content of the node. */
void pdf_paragraph(struct pdf_report *report, size_t node, const struct pdf_style *style, double x,
                   double width, const char *text);
/* What must stand together is at most this high: more is cut where a page ends. */
#define PDF_MOST_TOGETHER ((PDF_BOTTOM - PDF_TOP) * 0.8)
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

/* Numbers of the objects that stand for parts of the report in its file. */
struct pdf_numbers {
    uint32_t *pages, *links; /* of links their annotations */
    uint32_t root, parents;  /* of the structure tree, and of the tree that leads back to it */
    uint32_t *nodes;         /* elements; 0 for contents */
    uint32_t end;            /* one more than the last of these */
};
/* pdf_structure.c: numbers for the structure tree, from `first` on. */
void pdf_number_nodes(const struct pdf_report *report, uint32_t first, struct pdf_numbers *numbers);
/* The tree as an object stream's content: pairs of number and place, then the objects (7.5.7).
   Returns where the objects begin. */
size_t pdf_put_structure(const struct pdf_report *report, const struct pdf_numbers *numbers,
                         struct buf *out);

/* pdf.c: the finished report to bytes. False with a diagnostic when libharu refuses. */
bool pdf_write(struct pdf_report *report, const struct page *page, struct buf *out,
               struct diags *diags);

/* pdf_table.c: measured, then set; NULL, and nothing is set, where there is none. */
struct pdf_layout;
struct pdf_layout *pdf_table_measure(struct pdf_report *report, const struct table *table);
/* What of it must stand below its heading. */
double pdf_table_part(struct pdf_layout *table);
void pdf_table(struct pdf_layout *table);

/* pdf_chart.c */
/* heading: what stands above it already; the chart's own title is set when it differs. */
void pdf_chart(struct pdf_report *report, const struct chart *chart, const char *heading);
double pdf_chart_height(struct pdf_report *report, const struct chart *chart);
/* Whether two blocks are charts that stand side by side; sets them so, with their headings. */
bool pdf_is_pair(const struct block *a, const struct block *b);
void pdf_chart_pair(struct pdf_report *report, unsigned level, const struct block *a,
                    const struct block *b);

#endif
