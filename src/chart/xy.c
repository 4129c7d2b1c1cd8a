/* Line, scatter and roofline charts: series over two numeric axes, labelled directly. */
#include "base/str.h"
#include "chart/frontier.h"
#include "chart/kinds.h"
#include "chart/label.h"
#include "chart/text.h"

#include <math.h>
#include <string.h>

#define LABEL_OFFSET 8.0

size_t xy_named_lines(const struct chart *chart) {
    size_t lines = 0;
    for (size_t i = 0; i < chart->series_count; i++)
        lines += xy_is_line(&chart->series[i]) && xy_is_named(&chart->series[i]);
    return lines;
}

bool kind_too_many_lines(const struct chart *chart) {
    return xy_named_lines(chart) > LINES_MAX;
}

/* How many of the points the line has, and which where it is a frontier; NULL: all, in turn. */
static const size_t *on_line(struct arena *arena, const struct chart *chart,
                             const struct chart_series *series, size_t *count) {
    size_t *order = NULL;
    *count = series->count;
    if (series->kind == SERIES_FRONTIER)
        *count = frontier_find(arena, series->x, series->y, *count, chart->x.less_is_better,
                               chart->y.less_is_better, &order);
    return order;
}

/* A line that was traced, which others over the same places take x from. */
struct traced {
    const struct chart_series *series;
    const double *points;
};

/* Where the k-th point of the line lies on x. */
static double x_along(const struct plot *plot, const struct chart_series *series, size_t k,
                      const struct traced *before) {
    bool same = before->series && before->series->kind == SERIES_LINE &&
                series->kind == SERIES_LINE && before->series->x == series->x &&
                before->series->count == series->count;
    double x = same ? before->points[2 * k] : NAN;
    return isnan(x) ? scale_at(&plot->x, series->x[k]) : x;
}

/* The data in user units, steps and frontier worked out. NaN pairs are gaps. */
static const double *trace(struct arena *arena, const struct plot *plot, const struct chart *chart,
                           const struct chart_series *series, const struct traced *before,
                           size_t *count) {
    size_t n, at = 0;
    const size_t *order = on_line(arena, chart, series, &n);
    double *points = arena_room(arena, 4 * n + 2, sizeof *points);
    bool stepped = series->kind != SERIES_LINE;
    for (size_t i = 0; i < n; i++) {
        size_t k = order ? order[i] : i;
        double x = x_along(plot, series, k, before), y = scale_at(&plot->y, series->y[k]);
        bool gap = isnan(x) || isnan(y);
        if (stepped && !gap && at > 0 && !isnan(points[2 * at - 1])) {
            /* What holds between two points is what the one already reached offers. */
            bool along_first = chart->x.less_is_better || series->kind == SERIES_STEP;
            points[2 * at] = along_first ? x : points[2 * at - 2];
            points[2 * at + 1] = along_first ? points[2 * at - 1] : y;
            at++;
        }
        points[2 * at] = gap ? NAN : x;
        points[2 * at + 1] = gap ? NAN : y;
        at++;
    }
    *count = at;
    return points;
}

/* A point between two gaps makes no line: it becomes a dot. */
static void draw_lone_points(struct sketch *sketch, int colour, const double *points, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool alone = (i == 0 || isnan(points[2 * i - 1])) &&
                     (i + 1 == n || isnan(points[2 * i + 3])) && !isnan(points[2 * i + 1]);
        if (alone) {
            struct mark *dot = sketch_add(sketch, MARK_CIRCLE, ROLE_SERIES, colour);
            dot->x = points[2 * i];
            dot->y = points[2 * i + 1];
            dot->radius = 2.5;
            dot->fill = true;
        }
    }
}

static enum chart_mark mark_of(const struct chart_series *series, size_t k) {
    enum chart_mark mark = series->marks ? series->marks[k] : series->mark;
    return mark == MARK_NONE && series->kind == SERIES_POINTS ? MARK_FILLED : mark;
}

/* Those of one filling after the other: what looks alike shares an element. */
static void draw_points(struct sketch *sketch, const struct plot *plot,
                        const struct chart_series *series, int colour) {
    bool drawn[MARK_EMPTY + 1] = {false};
    for (size_t k = 0; k < (series->marks ? series->count : 1); k++)
        drawn[mark_of(series, k)] = true;
    for (enum chart_mark mark = MARK_FILLED; mark <= MARK_EMPTY; mark++)
        for (size_t k = 0; drawn[mark] && k < series->count; k++) {
            if (mark_of(series, k) != mark)
                continue;
            double x = scale_at(&plot->x, series->x[k]), y = scale_at(&plot->y, series->y[k]);
            if (!isnan(x) && !isnan(y))
                sketch_point(sketch, colour, mark, x, y);
        }
}

/* The last of n points that is no gap; false: there is none. */
static bool find_end(const double *points, size_t n, struct line_end *end) {
    while (n > 0 && isnan(points[2 * n - 1]))
        n--;
    if (n > 0)
        end->x = points[2 * n - 2], end->y = points[2 * n - 1];
    return n > 0;
}

size_t xy_draw_series(struct sketch *sketch, const struct plot *plot, const struct chart *chart,
                      struct line_end *ends) {
    struct traced before = {NULL, NULL};
    size_t ended = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        size_t n;
        if (!xy_is_line(series))
            continue;
        int colour = frame_colour(chart->series, i);
        const double *points = trace(sketch->arena, plot, chart, series, &before, &n);
        before = (struct traced){series, points};
        sketch_path(sketch, ROLE_SERIES, colour, points, n)->dashed = series->dashed;
        if (series->mark == MARK_NONE)
            draw_lone_points(sketch, colour, points, n);
        struct line_end end = {.text = series->name, .colour = colour};
        if (ends && ended < LINES_MAX && xy_is_named(series) && find_end(points, n, &end))
            ends[ended++] = end;
    }
    for (size_t i = 0; i < chart->series_count; i++)
        draw_points(sketch, plot, &chart->series[i], frame_colour(chart->series, i));
    return ended;
}

static void take_dot(struct label_room *room, double x, double y, double radius) {
    label_take(room, (struct box){x - radius, y - radius, x + radius, y + radius});
}

/* Lines and points are no place for labels. */
static void take_series(struct label_room *room, const struct sketch *sketch, size_t from,
                        size_t end) {
    for (size_t i = from; i < end; i++) {
        const struct mark *mark = &sketch->items[i];
        if (mark->kind == MARK_CIRCLE)
            take_dot(room, mark->x, mark->y, POINT_RADIUS + 1);
        for (size_t k = 0; mark->kind == MARK_PATH && k + 1 < mark->point_count; k++) {
            const double *p = mark->points + 2 * k;
            double dx = p[2] - p[0], dy = p[3] - p[1];
            if (isnan(dx) || isnan(dy))
                continue;
            int pieces = (int)(hypot(dx, dy) / 8) + 1;
            for (int s = 0; s <= pieces; s++)
                take_dot(room, p[0] + dx * s / pieces, p[1] + dy * s / pieces, 1.5);
        }
    }
}

/* Where labels go. Most charts have none beside their points: what the series take is worked out
   when the first label asks. */
struct places {
    struct label_room room;
    size_t from, end; /* the marks of the series, until they are taken */
};

static bool place_label(struct sketch *sketch, struct places *places, enum mark_role role,
                        int colour, double x, double y, const char *text) {
    take_series(&places->room, sketch, places->from, places->end);
    places->from = places->end;
    return label_point(&places->room, sketch, role, colour, x, y, text);
}

static void draw_label(struct sketch *sketch, const struct plot *plot, struct places *places,
                       const struct chart_series *series, size_t k) {
    double x = scale_at(&plot->x, series->x[k]), y = scale_at(&plot->y, series->y[k]);
    if (series->labels[k] && *series->labels[k] && !isnan(x) && !isnan(y))
        place_label(sketch, places, ROLE_ANNOTATION, COLOUR_NONE, x, y, series->labels[k]);
}

/* Points on a frontier are named first; what no free place is left for stays without. */
static void draw_point_labels(struct sketch *sketch, const struct plot *plot, struct places *places,
                              const struct chart *chart) {
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        if (!series->labels || series->kind != SERIES_FRONTIER)
            continue;
        size_t *best, n = frontier_find(sketch->arena, series->x, series->y, series->count,
                                        chart->x.less_is_better, chart->y.less_is_better, &best);
        for (size_t k = 0; k < n; k++)
            draw_label(sketch, plot, places, series, best[k]);
    }
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        for (size_t k = 0; series->labels && series->kind != SERIES_FRONTIER && k < series->count;
             k++)
            draw_label(sketch, plot, places, series, k);
    }
}

/* From the end of a line to its name; dotted where it is long, lest it be taken for data. */
static void draw_leader(struct sketch *sketch, const struct line_end *end, double x, double y) {
    sketch_line(sketch, ROLE_ANNOTATION, end->colour, end->x + 2, end->y, x, y)->dashed =
        x - end->x > 30;
}

/* Names at the right end of the lines, `widest` units wide at most; lines that end early are named
   where they end, when there is room. */
static void draw_line_names(struct sketch *sketch, const struct plot *plot, struct places *places,
                            struct line_end *ends, size_t count, double width, double widest) {
    double y[LINES_MAX];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool early = ends[i].x < plot->right - 0.12 * (plot->right - plot->left);
        if (!early || !place_label(sketch, places, ROLE_SERIES_LABEL, ends[i].colour, ends[i].x,
                                   ends[i].y, ends[i].text))
            ends[kept++] = ends[i];
    }
    for (size_t i = 0; i < kept; i++)
        y[i] = ends[i].y;
    label_spread(y, kept, LINE_HEIGHT, plot->top, plot->bottom);
    double x = plot->right + LABEL_OFFSET;
    bool all_fit = widest <= width - x;
    for (size_t i = 0; i < kept; i++)
        if (fabs(y[i] - ends[i].y) > 4 || plot->right - ends[i].x > 12)
            draw_leader(sketch, &ends[i], x - 2, y[i]);
    for (size_t i = 0; i < kept; i++)
        sketch_text(sketch, ROLE_SERIES_LABEL, x, y[i] + 4, ANCHOR_START,
                    all_fit ? ends[i].text : text_fit_bold(sketch->arena, ends[i].text, width - x))
            ->colour = ends[i].colour;
}

/* Of the names of lines; 0: none has one. */
static double widest_name(const struct chart *chart) {
    double widest = 0;
    for (size_t i = 0; i < chart->series_count; i++)
        if (xy_is_line(&chart->series[i]) && xy_is_named(&chart->series[i]))
            widest = fmax(widest, text_width_bold(chart->series[i].name));
    return widest;
}

static bool names_a_line(const struct chart *chart, const char *name) {
    for (size_t i = 0; i < chart->series_count; i++)
        if (xy_is_line(&chart->series[i]) && xy_is_named(&chart->series[i]) &&
            strcmp(chart->series[i].name, name) == 0)
            return true;
    return false;
}

/* A series named "Measured" says what its filling means. */
static bool says_meaning(const struct chart_series *series) {
    return xy_is_named(series) &&
           str_equal_nocase(str_of(series->name), str_of(frame_mark_meaning(series->mark)));
}

/* Series of points by name, then what the fillings mean. key holds series_count + MARK_EMPTY. */
static size_t make_key(const struct chart *chart, struct key_entry *key) {
    size_t count = 0;
    bool unexplained[MARK_EMPTY + 1] = {false};
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        if (series->count == 0)
            continue;
        for (size_t k = 0; k < (series->marks ? series->count : 1) && !says_meaning(series); k++)
            unexplained[series->marks ? series->marks[k] : series->mark] = true;
        if (xy_is_line(series) || !xy_is_named(series) || names_a_line(chart, series->name))
            continue;
        enum chart_mark mark = series->mark == MARK_NONE ? MARK_FILLED : series->mark;
        key[count++] = (struct key_entry){
            .text = series->name, .colour = frame_colour(chart->series, i), .mark = mark};
    }
    for (int mark = MARK_FILLED; mark <= (int)MARK_EMPTY; mark++)
        if (unexplained[mark])
            key[count++] = (struct key_entry){.text = frame_mark_meaning((enum chart_mark)mark),
                                              .colour = COLOUR_NONE,
                                              .mark = (enum chart_mark)mark};
    return count;
}

/* A little room, so that no point lies on the frame. Never over zero. */
static void pad(struct range *range, bool log) {
    if (range_is_empty(range) || !(range->lo < range->hi))
        return;
    if (log) {
        double factor = pow(range->hi / range->lo, 0.03);
        range->lo /= factor;
        range->hi *= factor;
    } else {
        double more = 0.03 * (range->hi - range->lo);
        range->lo = range->lo >= 0 ? fmax(range->lo - more, 0) : range->lo - more;
        range->hi = range->hi <= 0 ? fmin(range->hi + more, 0) : range->hi + more;
    }
}

void kind_xy(struct sketch *sketch, const struct kind_request *request) {
    const struct chart *chart = request->chart;
    double widest = widest_name(chart);
    double margin = widest > 0 ? fmin(widest + LABEL_OFFSET, 0.36 * request->width) : 0;
    struct frame_request frame = {.x = &chart->x,
                                  .y = &chart->y,
                                  .x_range = RANGE_EMPTY,
                                  .y_range = RANGE_EMPTY,
                                  .x_keep = chart->kind == CHART_LINE,
                                  .x_grid = chart->kind != CHART_LINE,
                                  .right_margin = margin,
                                  .size = {request->width, request->height}};
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        range_add(&frame.x_range, series->x, series->count, chart->x.log);
        range_add(&frame.y_range, series->y, series->count, chart->y.log);
    }
    if (chart->kind != CHART_LINE)
        pad(&frame.x_range, chart->x.log);
    if (chart->kind != CHART_LINE || chart->y.log)
        pad(&frame.y_range, chart->y.log);
    struct key_entry *key =
        ARENA_ARRAY(sketch->arena, chart->series_count + MARK_EMPTY, struct key_entry);
    frame.key = key;
    frame.key_count = make_key(chart, key);
    struct plot plot = frame_draw(sketch, &frame);
    struct line_end ends[LINES_MAX];
    size_t from = sketch->count, lines = xy_draw_series(sketch, &plot, chart, ends);
    struct places places = {
        .room = {.arena = sketch->arena,
                 .bounds = {plot.left + 1, plot.top - 4, plot.right + 2, plot.bottom - 1}},
        .from = from,
        .end = sketch->count};
    draw_line_names(sketch, &plot, &places, ends, lines, request->width, widest);
    draw_point_labels(sketch, &plot, &places, chart);
}
