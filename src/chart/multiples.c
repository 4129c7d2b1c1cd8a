/* Small multiples: one panel a line or a group of series, all on the same axes. */
#include "chart/kinds.h"
#include "chart/text.h"

#include <math.h>
#include <string.h>

#define PANEL_WIDTH 190.0 /* at least */
#define PANEL_HEIGHT 150.0
#define PANEL_GAP 16.0
#define HEAD 26.0
#define FOOT 20.0

struct grid {
    size_t columns, rows;
    double panel_width;
};

/* The chart's lines as panels of their own, with the points of the same name. */
static size_t split(struct arena *arena, const struct chart *chart, struct chart **panels) {
    struct chart *list = ARENA_ARRAY(arena, chart->series_count + 1, struct chart);
    size_t count = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *line = &chart->series[i];
        if (!xy_is_line(line) || !xy_is_named(line))
            continue;
        struct chart_series *own = ARENA_ARRAY(arena, chart->series_count, struct chart_series);
        size_t n = 0;
        for (size_t k = 0; k < chart->series_count; k++)
            if (k == i || (!xy_is_line(&chart->series[k]) && xy_is_named(&chart->series[k]) &&
                           strcmp(chart->series[k].name, line->name) == 0)) {
                own[n] = chart->series[k];
                own[n++].colour = 0;
            }
        list[count++] = (struct chart){.title = line->name, .series = own, .series_count = n};
    }
    *panels = list;
    return count;
}

static size_t panels_of(struct arena *arena, const struct chart *chart,
                        const struct chart **panels) {
    struct chart *made;
    if (chart->panel_count > 0) {
        *panels = chart->panels;
        return chart->panel_count;
    }
    size_t count = split(arena, chart, &made);
    *panels = made;
    return count;
}

static struct grid grid_for(size_t count, double width) {
    struct grid grid = {
        .columns = (size_t)fmax(floor((width + PANEL_GAP) / (PANEL_WIDTH + PANEL_GAP)), 1)};
    if (grid.columns > count && count > 0)
        grid.columns = count;
    if (count == 4 && grid.columns == 3)
        grid.columns = 2;
    grid.rows = (count + grid.columns - 1) / grid.columns;
    grid.panel_width = (width + PANEL_GAP) / (double)grid.columns - PANEL_GAP;
    return grid;
}

/* Moves everything drawn since `from`. */
static void move(struct sketch *sketch, size_t from, double dx, double dy) {
    for (size_t i = from; i < sketch->count; i++) {
        struct mark *mark = &sketch->items[i];
        mark->x += dx;
        mark->y += dy;
        double *points = ARENA_ARRAY(sketch->arena, 2 * mark->point_count + 1, double);
        for (size_t k = 0; k < mark->point_count; k++) {
            points[2 * k] = mark->points[2 * k] + dx;
            points[2 * k + 1] = mark->points[2 * k + 1] + dy;
        }
        mark->points = points;
    }
}

static void draw_panel(struct sketch *sketch, const struct chart *whole, const struct chart *panel,
                       struct range x, struct range y, double width, double left, double top) {
    struct chart chart = *panel;
    size_t from = sketch->count;
    chart.x = whole->x;
    chart.y = whole->y;
    chart.x.label = chart.y.label = NULL;
    struct frame_request frame = {.x = &chart.x,
                                  .y = &chart.y,
                                  .x_range = x,
                                  .y_range = y,
                                  .x_keep = true,
                                  .size = {width, PANEL_HEIGHT - 16}};
    struct plot plot = frame_draw(sketch, &frame);
    xy_draw_series(sketch, &plot, &chart, NULL);
    move(sketch, from, left, top + 16);
    sketch_text(sketch, ROLE_SERIES_LABEL, left, top + 12, ANCHOR_START,
                text_fit_bold(sketch->arena, panel->title ? panel->title : "", width))
        ->colour = chart.series_count == 1 ? 0 : COLOUR_NONE;
}

/* Names of the series in the panels, each once: the key says whose line is whose. */
static size_t make_key(const struct chart *panels, size_t count, struct key_entry *key) {
    size_t n = 0;
    for (size_t p = 0; p < count; p++)
        for (size_t i = 0; i < panels[p].series_count && n < LINES_MAX; i++) {
            const struct chart_series *series = &panels[p].series[i];
            bool known = !xy_is_named(series);
            for (size_t k = 0; k < n && !known; k++)
                known = strcmp(key[k].text, series->name) == 0;
            if (!known)
                key[n++] = (struct key_entry){.text = series->name,
                                              .colour = frame_colour(panels[p].series, i),
                                              .mark = series->mark,
                                              .line = xy_is_line(series),
                                              .dashed = series->dashed};
        }
    return n;
}

/* The key below the axis label, and where the panels begin. Draws nothing when sketch is NULL. */
static double draw_key(struct sketch *sketch, const struct chart *chart, double width) {
    struct key_entry key[LINES_MAX];
    size_t entries = make_key(chart->panels, chart->panel_count, key);
    if (entries < 2)
        return HEAD;
    return frame_key(sketch, key, entries, 0, 12 + LINE_HEIGHT + 4, width) + 12;
}

double kind_multiples_height(const struct chart *chart, double width) {
    size_t count = chart->panel_count ? chart->panel_count : xy_named_lines(chart);
    struct grid grid = grid_for(count ? count : 1, width);
    return draw_key(NULL, chart, width) + (double)grid.rows * (PANEL_HEIGHT + PANEL_GAP) -
           PANEL_GAP + FOOT;
}

void kind_multiples(struct sketch *sketch, const struct kind_request *request) {
    const struct chart *chart = request->chart, *panels;
    size_t count = panels_of(sketch->arena, chart, &panels);
    struct grid grid = grid_for(count ? count : 1, request->width);
    struct range x = RANGE_EMPTY, y = RANGE_EMPTY;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < panels[i].series_count; k++) {
            range_add(&x, panels[i].series[k].x, panels[i].series[k].count, chart->x.log);
            range_add(&y, panels[i].series[k].y, panels[i].series[k].count, chart->y.log);
        }
    sketch_text(sketch, ROLE_AXIS_LABEL, 0, 12, ANCHOR_START,
                text_axis(sketch->arena, chart->y.label, chart->y.unit));
    double top = draw_key(sketch, chart, request->width);
    for (size_t i = 0; i < count; i++)
        draw_panel(sketch, chart, &panels[i], x, y, grid.panel_width,
                   (double)(i % grid.columns) * (grid.panel_width + PANEL_GAP),
                   top + (double)(i / grid.columns) * (PANEL_HEIGHT + PANEL_GAP));
    sketch_text(sketch, ROLE_AXIS_LABEL, request->width, request->height - 5, ANCHOR_END,
                text_axis(sketch->arena, chart->x.label, chart->x.unit));
}
