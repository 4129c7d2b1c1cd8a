/* The list of marks while a chart is being laid out. */
#ifndef CHART_SKETCH_H
#define CHART_SKETCH_H

#include "chart/marks.h"
#include "chart/ticks_kept.h"

struct sketch {
    struct arena *arena;
    struct ticks_kept *ticks; /* of charts before, or NULL */
    struct mark *items;
    size_t count, capacity;
    double head; /* units above the plot: key and axis label */
};

/* One more mark, zeroed but for its kind, role, colour and shade -1. Valid until the next add. */
struct mark *sketch_add(struct sketch *sketch, enum mark_kind kind, enum mark_role role,
                        int colour);
struct mark *sketch_text(struct sketch *sketch, enum mark_role role, double x, double y,
                         enum text_anchor anchor, const char *text);
struct mark *sketch_line(struct sketch *sketch, enum mark_role role, int colour, double x0,
                         double y0, double x1, double y1);
/* points: x0 y0 x1 y1 ..., kept, not copied; point_count counts pairs. */
struct mark *sketch_path(struct sketch *sketch, enum mark_role role, int colour,
                         const double *points, size_t point_count);
struct mark *sketch_rect(struct sketch *sketch, enum mark_role role, int colour, double x, double y,
                         double width, double height);
/* A data point. The shape follows the colour, so that colour is not the only cue; the filling
   follows the provenance. */
void sketch_point(struct sketch *sketch, int colour, enum chart_mark mark, double x, double y);

#define POINT_RADIUS 3.0

#endif
