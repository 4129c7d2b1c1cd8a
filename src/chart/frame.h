/* The frame of a chart: margins, axes, grid, tick labels, axis labels, the key. */
#ifndef CHART_FRAME_H
#define CHART_FRAME_H

#include "chart/scale.h"
#include "chart/sketch.h"
#include "chart/ticks.h"

/* The plot area and its scales. */
struct plot {
    double left, top, right, bottom;
    struct scale x, y;
    struct ticks x_ticks, y_ticks;
};

/* One entry of the key: a swatch and what it means. */
struct key_entry {
    const char *text;
    int colour;           /* COLOUR_NONE: ink */
    enum chart_mark mark; /* MARK_NONE with line false: a filled square */
    bool line, dashed;
};

struct frame_request {
    const struct chart_axis *x, *y;
    struct range x_range, y_range;
    bool x_keep; /* the x axis ends with the data */
    bool x_grid;
    double right_margin; /* room for direct labels */
    const struct key_entry *key;
    size_t key_count;
    struct box_size {
        double width, height;
    } size;
};

/* Draws the frame and returns where data go. */
struct plot frame_draw(struct sketch *sketch, const struct frame_request *request);

/* The key in rows from (x, y baseline of the first row); returns the baseline of the last row.
   Draws nothing when sketch is NULL. */
double frame_key(struct sketch *sketch, const struct key_entry *key, size_t count, double x,
                 double y, double width);

/* Colour of the index-th series. */
int frame_colour(const struct chart_series *series, size_t index);
/* What filled, half and empty points mean. */
const char *frame_mark_meaning(enum chart_mark mark);

#endif
