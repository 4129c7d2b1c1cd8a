/* A drawn chart: primitive marks in user units, origin top left. Renderers only translate. */
#ifndef CHART_MARKS_H
#define CHART_MARKS_H

#include "base/arena.h"
#include "chart/chart.h"

enum mark_kind { MARK_PATH, MARK_RECT, MARK_CIRCLE, MARK_TEXT };
/* Roles become CSS classes (svg) or palette entries (pdf). */
enum mark_role {
    ROLE_AXIS, ROLE_GRID, ROLE_TICK_LABEL, ROLE_AXIS_LABEL, ROLE_SERIES, ROLE_SERIES_LABEL,
    ROLE_ANNOTATION
};
enum text_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct mark {
    enum mark_kind kind;
    enum mark_role role;
    int colour;           /* series colour 0..5, -1 none */
    double shade;         /* heat: 0..1 of the sequential ramp; else -1 */
    bool fill, stroke, dashed, half;
    double x, y, width, height, radius;
    const double *points; /* MARK_PATH: x0 y0 x1 y1 ..., NaN pair breaks the line */
    size_t point_count;
    bool closed;
    const char *text;
    enum text_anchor anchor;
    double rotate_degrees;
};

struct marks {
    double width, height;
    const char *id, *title, *desc; /* desc never NULL here */
    struct mark *items;
    size_t count;
};

/* Lays the chart out: ticks, labels without overlap, series, direct labels. All in the arena. */
struct marks chart_layout(struct arena *arena, const struct chart *chart);

#endif
