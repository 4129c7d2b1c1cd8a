/* Marks to inline SVG: compact paths, text as text, classes and presentation attributes only. */
#include "render/render.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

/* Writes path data in tenths of a unit, relative where that is shorter. */
struct pen {
    struct buf *out;
    long x, y; /* tenths */
    char command;
};

/* As lround: halves away from zero. */
static inline long tenths(double v) {
    v = v > -1e6 ? v : -1e6;
    v = (v < 1e6 ? v : 1e6) * 10;
    return (long)(v + copysign(0.49999999999999994, v));
}

enum { TENTHS_MAX = 12 }; /* "-1000000" */

/* ".5", "-3", "12.4": no zero before the point, none after it. Returns what follows. */
static inline char *write_tenths(char *at, long v) {
    unsigned long size = (unsigned long)(v < 0 ? -v : v), whole = size / 10;
    if (v < 0)
        *at++ = '-';
    if (whole >= 1000) {
        at += num_u64(at, whole);
    } else if (whole || size == 0) {
        unsigned few = (unsigned)whole; /* 32 bits divide quicker */
        if (few >= 100)
            *at++ = (char)('0' + few / 100);
        if (few >= 10)
            *at++ = (char)('0' + few / 10 % 10);
        *at++ = (char)('0' + few % 10);
    }
    if (size % 10) {
        *at++ = '.';
        *at++ = (char)('0' + size % 10);
    }
    return at;
}

static void put_tenths(struct buf *out, long v) {
    char *at = buf_space(out, TENTHS_MAX);
    if (at)
        buf_took(out, (size_t)(write_tenths(at, v) - at));
}

enum { STEP_MAX = 2 * TENTHS_MAX + 2 }; /* a command and a pair */

static inline char *write_pair(char *at, long x, long y) {
    at = write_tenths(at, x);
    if (y >= 0)
        *at++ = ' ';
    return write_tenths(at, y);
}

static void put_pair(struct buf *out, long x, long y) {
    char *at = buf_space(out, STEP_MAX);
    if (at)
        buf_took(out, (size_t)(write_pair(at, x, y) - at));
}

static void pen_move(struct pen *pen, double x, double y) {
    pen->x = tenths(x);
    pen->y = tenths(y);
    pen->command = 'M';
    char *at = buf_space(pen->out, STEP_MAX), *p = at;
    if (!at)
        return;
    *p++ = 'M';
    buf_took(pen->out, (size_t)(write_pair(p, pen->x, pen->y) - at));
}

static void pen_line(struct pen *pen, double x, double y) {
    long dx = tenths(x) - pen->x, dy = tenths(y) - pen->y;
    if (dx == 0 && dy == 0)
        return;
    pen->x += dx;
    pen->y += dy;
    char command = dy == 0 ? 'h' : dx == 0 ? 'v' : 'l';
    long first = dx == 0 ? dy : dx;
    char *at = buf_space(pen->out, STEP_MAX), *p = at;
    if (!at)
        return;
    if (pen->command != command)
        *p++ = command;
    else if (first >= 0)
        *p++ = ' ';
    pen->command = command;
    p = command == 'l' ? write_pair(p, dx, dy) : write_tenths(p, first);
    buf_took(pen->out, (size_t)(p - at));
}

static void pen_close(struct pen *pen) {
    buf_putc(pen->out, 'z');
    pen->command = 'z';
}

static void path_points(struct pen *pen, const struct mark *mark) {
    bool down = false;
    for (size_t i = 0; i < mark->point_count; i++) {
        double x = mark->points[2 * i], y = mark->points[2 * i + 1];
        if (!isfinite(x) || !isfinite(y)) {
            down = false;
            continue;
        }
        if (down)
            pen_line(pen, x, y);
        else
            pen_move(pen, x, y);
        down = true;
    }
    if (mark->closed && down)
        pen_close(pen);
}

static void path_rect(struct pen *pen, const struct mark *mark) {
    pen_move(pen, mark->x, mark->y);
    pen_line(pen, mark->x + mark->width, mark->y);
    pen_line(pen, mark->x + mark->width, mark->y + mark->height);
    pen_line(pen, mark->x, mark->y + mark->height);
    pen_close(pen);
}

/* Marks that differ in place and text only share one element. */
static bool same_look(const struct mark *a, const struct mark *b) {
    return a->kind == b->kind && a->role == b->role && a->colour == b->colour &&
           a->shade == b->shade && a->fill == b->fill && a->stroke == b->stroke &&
           a->dashed == b->dashed && a->half == b->half && a->closed == b->closed &&
           a->anchor == b->anchor && a->radius == b->radius;
}

static char role_class(enum mark_role role) {
    switch (role) {
    case ROLE_AXIS:
        return 'a';
    case ROLE_GRID:
        return 'g';
    case ROLE_TICK_LABEL:
        return 't';
    case ROLE_AXIS_LABEL:
        return 'n';
    case ROLE_SERIES:
        return 'l';
    case ROLE_SERIES_LABEL:
        return 's';
    case ROLE_ANNOTATION:
        return 'o';
    case ROLE_VALUE:
        return 'v';
    case ROLE_KEY:
        break;
    }
    return 'k';
}

/* class="l c1 h": what it is, its colour, whether it is dashed. */
static void put_class(struct buf *out, char name, const struct mark *mark) {
    char *at = buf_space(out, 20), *p = at;
    if (!at)
        return;
    memcpy(p, " class=\"", 8);
    p[8] = name;
    p += 9;
    if (mark->colour >= 0 && mark->kind != MARK_TEXT) {
        memcpy(p, " c", 2);
        p[2] = (char)('0' + mark->colour % 6);
        p += 3;
    }
    if (mark->dashed) {
        memcpy(p, " h", 2);
        p += 2;
    }
    *p++ = '"';
    buf_took(out, (size_t)(p - at));
}

static void put_paths(struct buf *out, const struct mark *run, size_t count) {
    bool filled = run->fill, hollow = run->closed && !run->fill;
    buf_puts(out, "<path");
    put_class(out, filled ? 'f' : hollow ? 'e' : role_class(run->role), run);
    if (run->shade >= 0) {
        buf_puts(out, " fill-opacity=\"");
        buf_put_fixed(out, mark_opacity(run->shade), 2);
        buf_putc(out, '"');
    }
    buf_puts(out, " d=\"");
    struct pen pen = {.out = out};
    for (size_t i = 0; i < count; i++) {
        if (run[i].kind == MARK_RECT)
            path_rect(&pen, &run[i]);
        else
            path_points(&pen, &run[i]);
    }
    buf_puts(out, "\"/>");
}

/* Discs are round ends of lines without length: 12 bytes a point instead of 40. */
static void put_discs(struct buf *out, const struct mark *run, size_t count, char name,
                      double radius) {
    struct pen pen = {.out = out};
    buf_puts(out, "<path");
    put_class(out, name, run);
    buf_puts(out, " stroke-width=\"");
    put_tenths(out, tenths(2 * radius));
    buf_puts(out, "\" d=\"");
    for (size_t i = 0; i < count; i++) {
        pen_move(&pen, run[i].x, run[i].y);
        buf_puts(out, "h0");
    }
    buf_puts(out, "\"/>");
}

static void put_circles(struct buf *out, const struct mark *run, size_t count) {
    put_discs(out, run, count, 'd', run->radius);
    if (run->fill)
        return;
    struct pen pen = {.out = out};
    put_discs(out, run, count, 'r', run->radius - 1.4);
    if (!run->half)
        return;
    long r = tenths(run->radius - 0.5);
    buf_puts(out, "<path");
    put_class(out, 'f', run);
    buf_puts(out, " d=\"");
    for (size_t i = 0; i < count; i++) {
        pen_move(&pen, run[i].x, run[i].y - run->radius + 0.5);
        buf_putc(out, 'a');
        put_pair(out, r, r);
        buf_puts(out, " 0 0 0 0 ");
        put_tenths(out, 2 * r);
        buf_putc(out, 'z');
    }
    buf_puts(out, "\"/>");
}

static void put_anchor(struct buf *out, enum text_anchor anchor) {
    if (anchor == ANCHOR_MIDDLE)
        buf_puts(out, " text-anchor=\"middle\"");
    else if (anchor == ANCHOR_END)
        buf_puts(out, " text-anchor=\"end\"");
}

/* x="12" y="34.5" */
static void put_place(struct buf *out, long x, long y) {
    char *at = buf_space(out, STEP_MAX + 12), *p = at;
    if (!at)
        return;
    memcpy(p, " x=\"", 4);
    p = write_tenths(p + 4, x);
    memcpy(p, "\" y=\"", 5);
    p = write_tenths(p + 5, y);
    *p++ = '"';
    buf_took(out, (size_t)(p - at));
}

static void put_text(struct buf *out, const struct mark *mark, bool alone) {
    long x = tenths(mark->x), y = tenths(mark->y);
    buf_puts(out, "<text");
    if (alone) {
        put_class(out, role_class(mark->role), mark);
        put_anchor(out, mark->anchor);
    }
    put_place(out, x, y);
    buf_putc(out, '>');
    escape_text(out, mark->text);
    buf_puts(out, "</text>");
}

static void put_texts(struct buf *out, const struct mark *run, size_t count) {
    if (count == 1) {
        put_text(out, run, true);
        return;
    }
    buf_puts(out, "<g");
    put_class(out, role_class(run->role), run);
    put_anchor(out, run->anchor);
    buf_putc(out, '>');
    for (size_t i = 0; i < count; i++)
        put_text(out, &run[i], false);
    buf_puts(out, "</g>");
}

/* A title that is the first child names the image and a desc describes it (SVG Accessibility API
   Mappings): no ids are needed. */
static void put_head(struct buf *out, const struct marks *marks) {
    buf_puts(out, "<svg class=\"chart\" viewBox=\"0 0 ");
    put_pair(out, tenths(marks->width), tenths(marks->height));
    buf_puts(out, "\" role=\"img\"><title>");
    escape_text(out, marks->title);
    buf_puts(out, "</title><desc>");
    escape_text(out, marks->desc);
    buf_puts(out, "</desc>");
}

void render_svg(const struct marks *marks, struct buf *out) {
    put_head(out, marks);
    for (size_t i = 0, n; i < marks->count; i += n) {
        const struct mark *run = &marks->items[i];
        n = 1;
        while (i + n < marks->count && same_look(run, &run[n]))
            n++;
        switch (run->kind) {
        case MARK_PATH:
        case MARK_RECT:
            put_paths(out, run, n);
            break;
        case MARK_CIRCLE:
            put_circles(out, run, n);
            break;
        case MARK_TEXT:
            put_texts(out, run, n);
            break;
        }
    }
    buf_puts(out, "</svg>");
}
