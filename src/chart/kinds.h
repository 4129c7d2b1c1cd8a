/* One function for each kind of chart; chart_layout picks. Private to this room. */
#ifndef CHART_KINDS_H
#define CHART_KINDS_H

#include "chart/frame.h"

#define LINES_MAX 6 /* directly labelled lines in one plot */

/* A chart to draw and how large. */
struct kind_request {
    const struct chart *chart;
    double width, height;
};

void kind_xy(struct sketch *sketch, const struct kind_request *request);
void kind_bars(struct sketch *sketch, const struct kind_request *request);
void kind_heat(struct sketch *sketch, const struct kind_request *request);
void kind_multiples(struct sketch *sketch, const struct kind_request *request);
/* Heights that suit the content, for charts that leave theirs open. */
double kind_bars_height(const struct chart *chart, double width);
bool kind_bars_lie(const struct chart *chart, double width);
double kind_heat_height(const struct chart *chart);
double kind_multiples_height(const struct chart *chart, double width);
/* More directly labelled lines than one plot may have. */
bool kind_too_many_lines(const struct chart *chart);

/* Where a named line ends. */
struct line_end {
    const char *text;
    double x, y;
    int colour;
};
/* Lines and points of the series in a plot that stands already. Returns how many of the named lines
   end somewhere; ends: room for LINES_MAX of them, or NULL. */
size_t xy_draw_series(struct sketch *sketch, const struct plot *plot, const struct chart *chart,
                      struct line_end *ends);
static inline bool xy_is_line(const struct chart_series *series) {
    return series->kind == SERIES_LINE || series->kind == SERIES_STEP ||
           series->kind == SERIES_FRONTIER;
}
static inline bool xy_is_named(const struct chart_series *series) {
    return series->name && *series->name;
}
size_t xy_named_lines(const struct chart *chart);
/* A sentence or two from the data: least, most, trend, crossover. */
const char *describe(struct arena *arena, const struct chart *chart);

#endif
