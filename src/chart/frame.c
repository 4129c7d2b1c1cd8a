/* The frame of a chart: margins, axes, grid, tick labels, axis labels, the key. */
#include "chart/frame.h"

#include "chart/text.h"

#include <math.h>

#define TICK_GAP 6.0
#define TICK_LENGTH 4.0
#define SWATCH 18.0

int frame_colour(const struct chart_series *series, size_t index) {
    return series[index].colour >= 0 ? series[index].colour % 6 : (int)(index % 6);
}

const char *frame_mark_meaning(enum chart_mark mark) {
    switch (mark) {
    case MARK_FILLED:
        return "measured";
    case MARK_HALF:
        return "calibrated";
    case MARK_DOTTED:
        return "extrapolated";
    case MARK_EMPTY:
        return "first principles";
    case MARK_NONE:
        break;
    }
    return "";
}

static void draw_entry(struct sketch *sketch, const struct key_entry *entry, double x, double y) {
    double middle = y - 4;
    if (entry->line) {
        sketch_line(sketch, ROLE_SERIES, entry->colour, x, middle, x + SWATCH - 5, middle)->dashed =
            entry->dashed;
    }
    if (entry->mark != MARK_NONE)
        sketch_point(sketch, entry->colour, entry->mark, x + (SWATCH - 5) / 2, middle);
    else if (!entry->line)
        sketch_rect(sketch, ROLE_SERIES, entry->colour, x, middle - 5, 11, 10);
    sketch_text(sketch, ROLE_KEY, x + SWATCH, y, ANCHOR_START, entry->text);
}

double frame_key(struct sketch *sketch, const struct key_entry *key, size_t count, double x,
                 double y, double width) {
    double at = x;
    for (size_t i = 0; i < count; i++) {
        double need = SWATCH + text_width(key[i].text);
        if (at > x && at + need > x + width) {
            at = x;
            y += LINE_HEIGHT + 2;
        }
        if (sketch)
            draw_entry(sketch, &key[i], at, y);
        at += need + 16;
    }
    return y;
}

static double widest(const struct ticks *ticks) {
    double width = 0;
    for (size_t i = 0; i < ticks->count; i++)
        width = fmax(width, text_width(ticks->labels[i]));
    return width;
}

static struct ticks axis_ticks(struct sketch *sketch, const struct chart_axis *axis,
                               struct range range, bool keep, bool vertical, double length) {
    struct tick_request request = {.lo = range_is_empty(&range) ? NAN : range.lo,
                                   .hi = range.hi,
                                   .log = axis->log,
                                   .date = axis->date,
                                   .keep = keep,
                                   .vertical = vertical,
                                   .length = length};
    bool near_zero = range.lo > 0 && range.lo < 0.35 * range.hi;
    if (!axis->log && !axis->date && (axis->from_zero || (vertical && near_zero))) {
        request.lo = fmin(request.lo, 0);
        request.hi = fmax(request.hi, 0);
    }
    return ticks_of(sketch->ticks, sketch->arena, &request);
}

static void draw_y(struct sketch *sketch, const struct plot *plot) {
    double at[TICKS_MAX];
    for (size_t i = 0; i < plot->y_ticks.count; i++) {
        double y = at[i] = scale_at(&plot->y, plot->y_ticks.values[i]);
        if (fabs(y - plot->bottom) > 0.5)
            sketch_line(sketch, ROLE_GRID, COLOUR_NONE, plot->left, y, plot->right, y);
    }
    for (size_t i = 0; i < plot->y_ticks.count; i++)
        sketch_text(sketch, ROLE_TICK_LABEL, plot->left - TICK_GAP, at[i] + 4, ANCHOR_END,
                    plot->y_ticks.labels[i]);
}

static void draw_x(struct sketch *sketch, const struct plot *plot, bool grid) {
    double at[TICKS_MAX];
    for (size_t i = 0; i < plot->x_ticks.count; i++) {
        at[i] = scale_at(&plot->x, plot->x_ticks.values[i]);
        if (grid && fabs(at[i] - plot->left) > 0.5)
            sketch_line(sketch, ROLE_GRID, COLOUR_NONE, at[i], plot->top, at[i], plot->bottom);
    }
    sketch_line(sketch, ROLE_AXIS, COLOUR_NONE, plot->left, plot->bottom, plot->right,
                plot->bottom);
    for (size_t i = 0; i < plot->x_ticks.count; i++)
        sketch_line(sketch, ROLE_AXIS, COLOUR_NONE, at[i], plot->bottom, at[i],
                    plot->bottom + TICK_LENGTH);
    for (size_t i = 0; i < plot->x_ticks.count; i++)
        sketch_text(sketch, ROLE_TICK_LABEL, at[i], plot->bottom + 17, ANCHOR_MIDDLE,
                    plot->x_ticks.labels[i]);
}

struct plot frame_draw(struct sketch *sketch, const struct frame_request *request) {
    double width = request->size.width, height = request->size.height;
    const char *y_label = text_axis(sketch->arena, request->y->label, request->y->unit);
    const char *x_label = text_axis(sketch->arena, request->x->label, request->x->unit);
    double baseline = 12, last = baseline;
    if (request->key_count > 0)
        last = frame_key(sketch, request->key, request->key_count, 0, baseline, width);
    if (*y_label) {
        last = request->key_count > 0 ? last + LINE_HEIGHT + 4 : baseline;
        sketch_text(sketch, ROLE_AXIS_LABEL, 0, last, ANCHOR_START, y_label);
    }
    bool headed = *y_label || request->key_count > 0;
    struct plot plot = {.top = headed ? last + 14 : 8, .bottom = height - (*x_label ? 40 : 22)};
    sketch->head = plot.top;
    plot.y_ticks =
        axis_ticks(sketch, request->y, request->y_range, false, true, plot.bottom - plot.top);
    plot.left = ceil(widest(&plot.y_ticks) + TICK_GAP);
    plot.right = width - fmax(request->right_margin, 4);
    plot.x_ticks = axis_ticks(sketch, request->x, request->x_range, request->x_keep, false,
                              plot.right - plot.left);
    if (plot.x_ticks.count > 0) { /* half of the last label may reach over the end */
        double half = text_width(plot.x_ticks.labels[plot.x_ticks.count - 1]) / 2;
        plot.right = fmin(plot.right, width - half);
    }
    plot.x = scale_make(request->x->log, plot.x_ticks.lo, plot.x_ticks.hi, plot.left, plot.right);
    plot.y = scale_make(request->y->log, plot.y_ticks.lo, plot.y_ticks.hi, plot.bottom, plot.top);
    draw_y(sketch, &plot);
    draw_x(sketch, &plot, request->x_grid);
    if (*x_label)
        sketch_text(sketch, ROLE_AXIS_LABEL, plot.right, height - 5, ANCHOR_END, x_label);
    return plot;
}
