/* Charts in a report: the marks the pages show, as vectors, in the light palette. */
#include "render/pdf_report.h"

#include <math.h>
#include <string.h>

#define GROUND 0xffffffu

/* How marks lie on the page. */
struct placement {
    struct pdf_report *report;
    double left, top, scale;
};

static double at_x(const struct placement *p, double x) {
    return p->left + x * p->scale;
}
static double at_y(const struct placement *p, double y) {
    return p->top + y * p->scale;
}

static uint32_t mark_colour(const struct placement *p, const struct mark *mark) {
    const struct palette *palette = &p->report->press->palette;
    if (mark->colour == COLOUR_GROUND)
        return GROUND;
    if (mark->colour >= 0)
        return palette->series[mark->colour % 6];
    return mark->role == ROLE_GRID   ? palette->hair
           : mark->role == ROLE_AXIS ? palette->muted
                                     : palette->ink;
}

/* The colour on paper at the shade's opacity: PDF needs no transparency for it. */
static uint32_t shaded(uint32_t colour, double shade) {
    double opacity = mark_opacity(shade);
    uint32_t mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double channel = 255 + opacity * ((double)(colour >> shift & 255) - 255);
        mixed |= (uint32_t)lround(channel) << shift;
    }
    return mixed;
}

/* Tenths of a point do for curves, rules and where marks stand: their shapes need finer ones. */
static double coarse_x(double x) {
    return round(x * 10) / 10;
}
static double coarse_y(double y) { /* what is written counts from the lower edge */
    return PDF_HEIGHT - round((PDF_HEIGHT - y) * 10) / 10;
}

static void trace(const struct placement *p, const struct mark *mark) {
    bool down = false;
    for (size_t i = 0; i < mark->point_count; i++) {
        double x = mark->points[2 * i], y = mark->points[2 * i + 1];
        if (!isfinite(x) || !isfinite(y)) {
            down = false;
            continue;
        }
        x = mark->closed ? at_x(p, x) : coarse_x(at_x(p, x));
        y = mark->closed ? at_y(p, y) : coarse_y(at_y(p, y));
        if (down)
            pdf_line(p->report, x, y);
        else
            pdf_move(p->report, x, y);
        down = true;
    }
    if (mark->closed && down)
        pdf_operator(p->report, "h");
}

static double line_width(const struct mark *mark) {
    if (mark->role == ROLE_SERIES)
        return mark->closed ? 1.4 : 2;
    return 1;
}

static void put_path(const struct placement *p, const struct mark *mark) {
    struct pdf_report *report = p->report;
    uint32_t colour = mark_colour(p, mark);
    bool hollow = mark->closed && !mark->fill;
    if (mark->point_count == 0)
        return;
    if (hollow || mark->fill)
        pdf_set_fill(report, hollow ? GROUND : colour);
    if (!mark->fill) {
        pdf_set_stroke(report, colour);
        pdf_set_thickness(report, line_width(mark) * p->scale);
        pdf_set_dash(report, !mark->dashed               ? PDF_SOLID
                             : mark->closed              ? "[1 1] 0 d"
                             : mark->role == ROLE_SERIES ? "[4 3] 0 d"
                                                         : "[1 2] 0 d");
    }
    if (mark->closed)
        pdf_shift(report, at_x(p, mark->points[0]), at_y(p, mark->points[1]));
    trace(p, mark);
    pdf_operator(report, mark->fill ? "f" : hollow ? "B" : "S");
    if (mark->closed)
        pdf_unshift(report);
}

/* A circle of four Bezier arcs; only the left half when `half`. */
static void disc(const struct placement *p, double x, double y, double r, bool half,
                 const char *paint) {
    double k = 0.5522847498 * r;
    pdf_move(p->report, x, y + r);
    pdf_curve(p->report, (double[]){x - k, y + r, x - r, y + k, x - r, y});
    pdf_curve(p->report, (double[]){x - r, y - k, x - k, y - r, x, y - r});
    if (!half) {
        pdf_curve(p->report, (double[]){x + k, y - r, x + r, y - k, x + r, y});
        pdf_curve(p->report, (double[]){x + r, y + k, x + k, y + r, x, y + r});
    }
    pdf_operator(p->report, "h");
    pdf_operator(p->report, paint);
}

static void put_circle(const struct placement *p, const struct mark *mark) {
    struct pdf_report *report = p->report;
    double x = at_x(p, mark->x), y = at_y(p, mark->y), r = mark->radius * p->scale;
    uint32_t colour = mark_colour(p, mark);
    pdf_set_fill(report, mark->fill ? colour : GROUND);
    if (!mark->fill) {
        pdf_set_stroke(report, colour);
        pdf_set_thickness(report, 1.4 * p->scale);
        pdf_set_dash(report, PDF_SOLID);
        r -= 0.7 * p->scale;
    }
    pdf_shift(report, x, y);
    disc(p, x, y, r, false, mark->fill ? "f" : "B");
    if (mark->half && !mark->fill) {
        pdf_set_fill(report, colour);
        disc(p, x, y, r, true, "f");
    }
    pdf_unshift(report);
}

static void put_text(const struct placement *p, const struct mark *mark) {
    struct pdf_report *report = p->report;
    enum pdf_face face = mark->role == ROLE_SERIES_LABEL ? FACE_BOLD : FACE_REGULAR;
    bool quiet = mark->role == ROLE_TICK_LABEL || mark->role == ROLE_AXIS_LABEL;
    double size = 12 * p->scale, x = at_x(p, mark->x);
    double width = pdf_text_width(report, face, size, mark->text, strlen(mark->text));
    if (mark->anchor == ANCHOR_MIDDLE)
        x -= width / 2;
    else if (mark->anchor == ANCHOR_END)
        x -= width;
    /* The layout knows no face's exact widths. */
    x = fmax(report->left, fmin(x, report->left + report->width - width));
    pdf_text(report, face, size, quiet ? report->press->palette.muted : report->press->palette.ink,
             x, at_y(p, mark->y), mark->text, strlen(mark->text));
}

static void put_mark(const struct placement *p, const struct mark *mark) {
    switch (mark->kind) {
    case MARK_PATH:
        put_path(p, mark);
        return;
    case MARK_RECT: {
        uint32_t colour = mark_colour(p, mark);
        pdf_box(p->report, mark->shade >= 0 ? shaded(colour, mark->shade) : colour,
                at_x(p, mark->x), at_y(p, mark->y), mark->width * p->scale,
                mark->height * p->scale);
        return;
    }
    case MARK_CIRCLE:
        put_circle(p, mark);
        return;
    case MARK_TEXT:
        put_text(p, mark);
        return;
    }
}

#define SCALE 0.75      /* text of charts is set in 9 points */
#define PAIR_SCALE 0.62 /* of charts side by side in 7.4 */
#define HEIGHT 210.0
#define LEAST_HEIGHT 170.0
#define PAIR_HEIGHT 165.0
#define TIGHT_HEIGHT 150.0 /* where a page is to be saved */
#define TIGHT_PAIR_HEIGHT 128.0
#define PAIR_HEAD 46.0 /* units of these heights: a key of one row and the label of an axis */
#define PAIR_GAP 18.0
#define PAIR_HEADING 10.5
#define NEXT_CHART 260.0 /* with its heading */

static double pair_height(const struct pdf_report *report) {
    return report->air < 1 ? TIGHT_PAIR_HEIGHT : PAIR_HEIGHT;
}

static bool is_narrow(const struct pdf_report *report) {
    return report->width < PDF_COLUMN;
}

/* Whether its height is ours to choose. */
static bool is_open(const struct pdf_report *report, const struct chart *chart) {
    return (chart->height <= 0 || report->air < 1) && chart_stretches(chart);
}

/* What the page has left, unless that is too little or too much; more than usual where no other
   chart would come to stand below. */
static double stretched(const struct pdf_report *report) {
    double left = PDF_BOTTOM - report->y - 40;
    if (report->air < 1)
        return TIGHT_HEIGHT;
    double most = left < HEIGHT + NEXT_CHART ? 1.35 * HEIGHT : HEIGHT;
    return left >= LEAST_HEIGHT ? fmin(most, left) : HEIGHT;
}

/* The chart as wide as the column; one that stretches as high as leaves no page half empty. */
static struct marks lay_out(struct pdf_report *report, const struct chart *chart) {
    struct chart own = *chart;
    own.width = report->width / SCALE;
    if (is_open(report, chart))
        own.height = stretched(report) / SCALE;
    return chart_layout(report->arena, &own);
}

/* One of two side by side: higher by what its key takes more, so that both plots are of a height.
 */
static struct marks lay_out_half(struct pdf_report *report, const struct chart *chart) {
    struct chart own = *chart;
    own.width = report->width / PAIR_SCALE;
    own.height = pair_height(report) / PAIR_SCALE;
    struct marks marks = chart_layout(report->arena, &own);
    if (marks.head <= 0 || marks.head == PAIR_HEAD)
        return marks;
    own.height += marks.head - PAIR_HEAD;
    return chart_layout(report->arena, &own);
}

static double scale_of(const struct pdf_report *report, const struct marks *marks) {
    return fmin(fmin(is_narrow(report) ? PAIR_SCALE : SCALE, report->width / marks->width),
                (PDF_BOTTOM - PDF_TOP - 60) / marks->height);
}

double pdf_chart_height(struct pdf_report *report, const struct chart *chart) {
    if (is_open(report, chart))
        return (report->air < 1 ? TIGHT_HEIGHT : LEAST_HEIGHT) + 30;
    struct marks marks = lay_out(report, chart);
    return marks.height * scale_of(report, &marks) + 30;
}

/* heading: as of pdf_chart. */
static void put_title(struct pdf_report *report, const char *text, const char *heading) {
    struct pdf_style title = {FACE_BOLD, 9.5, 13, report->press->palette.ink};
    if (*text && !(heading && strcmp(heading, text) == 0))
        pdf_paragraph(report, pdf_node(report, 0, "P"), &title, report->left, report->width, text);
}

static void put_marks(struct pdf_report *report, const struct marks *marks) {
    struct placement p = {report, report->left, report->y + 6, scale_of(report, marks)};
    size_t node = pdf_node(report, 0, "Figure");
    report->nodes[node].alt = marks->desc;
    pdf_begin(report, node);
    for (size_t i = 0; i < marks->count; i++)
        put_mark(&p, &marks->items[i]);
    pdf_end(report);
    report->y = p.top + marks->height * p.scale + 8;
}

void pdf_chart(struct pdf_report *report, const struct chart *chart, const char *heading) {
    struct marks marks = lay_out(report, chart);
    pdf_need(report, marks.height * scale_of(report, &marks) + 30);
    put_title(report, marks.title, heading);
    put_marks(report, &marks);
}

/* The left (0) or right (1) half of the page, or the whole (-1). */
static void set_column(struct pdf_report *report, int half) {
    report->width = half < 0 ? PDF_COLUMN : (PDF_COLUMN - PAIR_GAP) / 2;
    report->left = PDF_LEFT + (half > 0 ? report->width + PAIR_GAP : 0);
}

/* Not one that has a row for each thing it shows: its height follows from these. */
static bool goes_beside(const struct block *block) {
    if (block->kind != BLOCK_CHART || !block->heading || !*block->heading)
        return false;
    return chart_stretches(block->chart);
}

bool pdf_is_pair(const struct block *a, const struct block *b) {
    return !b->chapter && goes_beside(a) && goes_beside(b);
}

void pdf_chart_pair(struct pdf_report *report, unsigned level, const struct block *a,
                    const struct block *b) {
    const struct block *const blocks[] = {a, b};
    struct marks marks[2];
    double headings = 0, most = 0, bottom = 0;
    set_column(report, 0);
    for (int i = 0; i < 2; i++) {
        headings = fmax(headings, pdf_heading_height(report, PAIR_HEADING, blocks[i]->heading));
        marks[i] = lay_out_half(report, blocks[i]->chart);
        most = fmax(most, marks[i].height);
    }
    pdf_need(report, headings + most * PAIR_SCALE + 40);
    double top = report->y;
    for (int i = 0; i < 2; i++) {
        set_column(report, i);
        report->y = top;
        pdf_heading(report, level, PAIR_HEADING, blocks[i]->heading, 0);
        report->y = top + headings;
        put_title(report, marks[i].title, blocks[i]->heading);
        report->y += (most - marks[i].height) * PAIR_SCALE;
        put_marks(report, &marks[i]);
        bottom = fmax(bottom, report->y);
    }
    set_column(report, -1);
    report->y = bottom;
}
