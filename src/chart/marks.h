/* A drawn chart: primitive marks in user units, origin top left. Renderers only translate. */
#ifndef CHART_MARKS_H
#define CHART_MARKS_H

#include "base/arena.h"
#include "chart/chart.h"

enum mark_kind { MARK_PATH, MARK_RECT, MARK_CIRCLE, MARK_TEXT };
/* 12 units high text everywhere (TEXT_SIZE of chart/text.h). Roles become CSS classes (svg) or
 * palette entries (pdf). */
enum mark_role {
    ROLE_AXIS,
    ROLE_GRID,
    ROLE_TICK_LABEL,
    ROLE_AXIS_LABEL,
    ROLE_SERIES,
    ROLE_SERIES_LABEL,
    ROLE_ANNOTATION,
    ROLE_VALUE, /* figures written beside or inside marks */
    ROLE_KEY    /* legend texts */
};
#define COLOUR_NONE (-1)
#define COLOUR_GROUND (-2) /* the paper's own colour: what shows inside an empty point */
enum text_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct mark {
    enum mark_kind kind;
    enum mark_role role;
    int colour;                      /* 0..5, COLOUR_NONE or COLOUR_GROUND */
    double shade;                    /* heat: 0..1 of the sequential ramp; else -1 */
    bool fill, stroke, dashed, half; /* series marks without fill show the ground inside */
    double x, y, width, height, radius;
    const double *points; /* MARK_PATH: x0 y0 x1 y1 ..., NaN pair breaks the line */
    size_t point_count;
    bool closed;
    const char *text;
    enum text_anchor anchor;
};

/* How much of its colour a shaded mark shows; the rest is the ground. */
static inline double mark_opacity(double shade) {
    return 0.06 + 0.44 * shade;
}

struct marks {
    double width, height;
    const char *id, *title, *desc; /* desc never NULL here */
    bool stretches;                /* its height was free: any from 240 units up suits */
    double head;                   /* of it what key and axis label take above the plot, or 0 */
    struct mark *items;
    size_t count;
};

/* Lays the chart out: ticks, labels without overlap, series, direct labels. All in the arena. */
struct marks chart_layout(struct arena *arena, const struct chart *chart);
/* What its marks will say of its height. */
bool chart_stretches(const struct chart *chart);
/* The same with the axes that charts before it left; kept NULL: none. */
struct ticks_kept;
struct marks chart_layout_with(struct ticks_kept *kept, struct arena *arena,
                               const struct chart *chart);

#endif
