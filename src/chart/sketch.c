/* The list of marks while a chart is being laid out. */
#include "chart/sketch.h"

#include <math.h>

static void make_room(struct sketch *sketch) {
    if (sketch->capacity) {
        sketch->items = arena_grow_room(sketch->arena, sketch->items, sketch->count,
                                        &sketch->capacity, sizeof *sketch->items);
    } else { /* as many as most charts have */
        sketch->capacity = 64;
        sketch->items = arena_room(sketch->arena, sketch->capacity, sizeof *sketch->items);
    }
}

struct mark *sketch_add(struct sketch *sketch, enum mark_kind kind, enum mark_role role,
                        int colour) {
    if (sketch->count == sketch->capacity)
        make_room(sketch);
    struct mark *mark = &sketch->items[sketch->count++];
    *mark = (struct mark){.kind = kind, .role = role, .colour = colour, .shade = -1};
    return mark;
}

struct mark *sketch_text(struct sketch *sketch, enum mark_role role, double x, double y,
                         enum text_anchor anchor, const char *text) {
    struct mark *mark = sketch_add(sketch, MARK_TEXT, role, COLOUR_NONE);
    mark->x = x;
    mark->y = y;
    mark->anchor = anchor;
    mark->text = text;
    return mark;
}

struct mark *sketch_path(struct sketch *sketch, enum mark_role role, int colour,
                         const double *points, size_t point_count) {
    struct mark *mark = sketch_add(sketch, MARK_PATH, role, colour);
    mark->points = points;
    mark->point_count = point_count;
    mark->stroke = true;
    return mark;
}

struct mark *sketch_line(struct sketch *sketch, enum mark_role role, int colour, double x0,
                         double y0, double x1, double y1) {
    double *points = arena_room(sketch->arena, 4, sizeof *points);
    points[0] = x0, points[1] = y0, points[2] = x1, points[3] = y1;
    return sketch_path(sketch, role, colour, points, 2);
}

struct mark *sketch_rect(struct sketch *sketch, enum mark_role role, int colour, double x, double y,
                         double width, double height) {
    struct mark *mark = sketch_add(sketch, MARK_RECT, role, colour);
    mark->x = x;
    mark->y = y;
    mark->width = width;
    mark->height = height;
    mark->fill = true;
    return mark;
}

/* Corners of the shapes of colours 1 to 5, for radius 1: square, diamond, triangles, hexagon; and
   of what stands for a disc. */
static const double CORNERS[6][16] = {
    {-.85, -.85, .85, -.85, .85, .85, -.85, .85},
    {0, -1.2, 1.2, 0, 0, 1.2, -1.2, 0},
    {0, -1.15, 1.1, .8, -1.1, .8},
    {0, 1.15, -1.1, -.8, 1.1, -.8},
    {-.55, -1, .55, -1, 1.1, 0, .55, 1, -.55, 1, -1.1, 0},
    {-.4, -.95, .4, -.95, .95, -.4, .95, .4, .4, .95, -.4, .95, -.95, .4, -.95, -.4},
};
static const size_t CORNER_COUNT[6] = {4, 4, 3, 3, 6, 8};
enum { ROUND = 5 }; /* a dotted line shows no corners */

static void polygon(struct sketch *sketch, int colour, enum chart_mark mark, double x, double y) {
    int shape = colour >= 1 && colour <= 5 ? colour - 1 : ROUND;
    const double *corners = CORNERS[shape];
    size_t n = CORNER_COUNT[shape];
    double *points = ARENA_ARRAY(sketch->arena, 2 * n, double);
    for (size_t i = 0; i < n; i++) {
        points[2 * i] = x + corners[2 * i] * POINT_RADIUS;
        points[2 * i + 1] = y + corners[2 * i + 1] * POINT_RADIUS;
    }
    struct mark *item = sketch_path(sketch, ROLE_SERIES, colour, points, n);
    item->closed = true;
    item->fill = mark == MARK_FILLED;
    item->stroke = !item->fill;
    item->dashed = mark == MARK_DOTTED;
    if (mark != MARK_HALF)
        return;
    double *left = ARENA_ARRAY(sketch->arena, 2 * n, double);
    for (size_t i = 0; i < n; i++) { /* the left half: corners to the right pulled to the middle */
        left[2 * i] = fmin(points[2 * i], x);
        left[2 * i + 1] = points[2 * i + 1];
    }
    item = sketch_path(sketch, ROLE_SERIES, colour, left, n);
    item->closed = item->fill = true;
    item->stroke = false;
}

void sketch_point(struct sketch *sketch, int colour, enum chart_mark mark, double x, double y) {
    if (mark == MARK_NONE)
        return;
    if ((colour >= 1 && colour <= 5) || mark == MARK_DOTTED) {
        polygon(sketch, colour, mark, x, y);
        return;
    }
    struct mark *item = sketch_add(sketch, MARK_CIRCLE, ROLE_SERIES, colour);
    item->x = x;
    item->y = y;
    item->radius = POINT_RADIUS;
    item->fill = mark == MARK_FILLED;
    item->half = mark == MARK_HALF;
    item->stroke = mark != MARK_FILLED;
}
