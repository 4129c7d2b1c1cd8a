/* A chart as data: axes, series, what it says. Rendered to marks, then to SVG or PDF. */
#ifndef CHART_CHART_H
#define CHART_CHART_H

#include <stdbool.h>
#include <stddef.h>

enum chart_kind {
    CHART_LINE,
    CHART_SCATTER,
    CHART_BARS,    /* grouped; categories on x: upright, on y: lying */
    CHART_STACKED, /* the series are the parts, drawn one upon the other from zero */
    CHART_ROOFLINE,
    CHART_HEAT,
    CHART_MULTIPLES /* panels on shared axes; also what a line chart of more than six lines gets */
};
enum series_kind { SERIES_LINE, SERIES_POINTS, SERIES_STEP, SERIES_FRONTIER, SERIES_BAR };
/* SERIES_FRONTIER: any points; the Pareto-optimal ones are joined by steps. */
/* How a point is drawn: filled measured, half calibrated, dotted extrapolated, empty first
   principles. */
enum chart_mark { MARK_NONE, MARK_FILLED, MARK_HALF, MARK_DOTTED, MARK_EMPTY };

struct chart_axis {
    const char *label; /* "Batch size" */
    const char *unit;  /* "sequences", "" for none; shown after the label */
    bool log;
    bool from_zero;
    const char *const *categories; /* bars and heat: names along the axis, else NULL */
    size_t category_count;
    bool less_is_better; /* which way SERIES_FRONTIER looks along this axis */
    bool date;           /* values are days since 1970-01-01 */
};

struct chart_series {
    const char *name;
    enum series_kind kind;
    enum chart_mark mark;
    int colour; /* 0..5 palette index; -1 = by order */
    bool dashed;
    const double *x, *y;          /* category charts: x is the index; NaN y = missing */
    const char *const *labels;    /* per point or NULL */
    const enum chart_mark *marks; /* per point, instead of `mark`, or NULL */
    size_t count;
};

struct chart {
    enum chart_kind kind;
    const char *id;    /* unique on the page, [a-z0-9-] */
    const char *title; /* the finding: "H200 is cheapest from batch 24 up" */
    const char *desc;  /* says min, max, trend; NULL: made from the data */
    struct chart_axis x, y;
    const struct chart_series *series;
    size_t series_count;
    double width, height; /* user units; 0 = 400 wide and as high as suits */
    const double *heat;   /* CHART_HEAT: y.category_count rows x x.category_count, NaN missing */
    const struct chart *panels; /* CHART_MULTIPLES: title and series of each; axes from this one */
    size_t panel_count;
};

/* A whole number that is written out: batch sizes, GPUs. */
bool chart_is_count(double value);
/* Whether every value of every series is one; missing ones aside. */
bool chart_counts(const struct chart *chart);

#endif
