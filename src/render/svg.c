/* Marks to inline SVG: compact paths, text as text, classes and presentation attributes only. */
#include "render/render.h"

#include "base/num.h"
#include "base/num_small.h"
#include "render/escape_few.h"

#include <math.h>
#include <string.h>

/* Writes path data in tenths of a unit, relative where that is shorter, to where there is room. */
struct pen {
    char *at;
    int x, y; /* tenths */
    char command;
};

/* As lround: halves away from zero. */
static inline int tenths(double v) {
    v = v > -1e6 ? v : -1e6;
    v = (v < 1e6 ? v : 1e6) * 10;
    return (int)(v + copysign(0.49999999999999994, v));
}

enum { TENTHS_MAX = 12 }; /* "-1000000", and what is written beside the last digit */

/* ".5", "-3", "12.4": no zero before the point, none after it. Returns what follows. Up to
   TENTHS_MAX bytes are touched: what is not needed is written over by what comes next. */
static inline char *write_tenths(char *at, int v) {
    unsigned size = (unsigned)(v < 0 ? -v : v), whole = size / 10, part = size % 10;
    *at = '-';
    at += v < 0;
    if (whole >= NUM_SMALL_END) {
        at += num_u64(at, whole);
    } else if (whole || !part) {
        memcpy(at, num_small(whole), NUM_SMALL_ROOM);
        at += num_small_length(whole);
    }
    at[0] = '.';
    at[1] = (char)('0' + part);
    return at + (part ? 2 : 0);
}

static void put_tenths(struct buf *out, int v) {
    char *at = buf_space(out, TENTHS_MAX);
    if (at)
        buf_took(out, (size_t)(write_tenths(at, v) - at));
}

enum { STEP_MAX = 2 * TENTHS_MAX + 2 }; /* a command and a pair */

static inline char *write_pair(char *at, int x, int y) {
    at = write_tenths(at, x);
    *at = ' ';
    return write_tenths(at + (y >= 0), y);
}

static void put_pair(struct buf *out, int x, int y) {
    char *at = buf_space(out, STEP_MAX);
    if (at)
        buf_took(out, (size_t)(write_pair(at, x, y) - at));
}

static inline void pen_move(struct pen *pen, double x, double y) {
    pen->x = tenths(x);
    pen->y = tenths(y);
    pen->command = 'M';
    *pen->at = 'M';
    pen->at = write_pair(pen->at + 1, pen->x, pen->y);
}

/* Along one axis. */
static inline void pen_along(struct pen *pen, char command, int way) {
    bool changed = pen->command != command;
    *pen->at = changed ? command : ' ';
    pen->command = command;
    pen->at = write_tenths(pen->at + (changed || way >= 0), way);
}

static inline void pen_line(struct pen *pen, double x, double y) {
    int dx = tenths(x) - pen->x, dy = tenths(y) - pen->y;
    pen->x += dx;
    pen->y += dy;
    if (dx && dy) {
        bool changed = pen->command != 'l';
        *pen->at = changed ? 'l' : ' ';
        pen->command = 'l';
        pen->at = write_pair(pen->at + (changed || dx >= 0), dx, dy);
    } else if (dx || dy) {
        pen_along(pen, dx ? 'h' : 'v', dx + dy);
    }
}

static inline void pen_close(struct pen *pen) {
    *pen->at++ = 'z';
    pen->command = 'z';
}

/* The pen is held here and handed back: one that others can see would be put away at every byte. */
static struct pen path_points(struct pen pen, const struct mark *mark) {
    bool down = false;
    for (size_t i = 0; i < mark->point_count; i++) {
        double x = mark->points[2 * i], y = mark->points[2 * i + 1];
        if (!isfinite(x + y)) { /* an infinite one, or not a number, makes the sum so */
            down = false;
            continue;
        }
        if (down)
            pen_line(&pen, x, y);
        else
            pen_move(&pen, x, y);
        down = true;
    }
    if (mark->closed && down)
        pen_close(&pen);
    return pen;
}

static struct pen path_rect(struct pen pen, const struct mark *mark) {
    pen_move(&pen, mark->x, mark->y);
    int width = tenths(mark->x + mark->width) - pen.x,
        height = tenths(mark->y + mark->height) - pen.y;
    if (width)
        pen_along(&pen, 'h', width);
    if (height)
        pen_along(&pen, 'v', height);
    if (width)
        pen_along(&pen, 'h', -width);
    pen_close(&pen);
    return pen;
}

/* Room for a path of so many points and its end. */
static bool pen_begin(struct pen *pen, struct buf *out, size_t points) {
    pen->at = buf_space(out, points * STEP_MAX + 1);
    return pen->at != NULL;
}

static void pen_end(const struct pen *pen, struct buf *out) {
    buf_took(out, (size_t)(pen->at - (out->data + out->len)));
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

enum { CLASS_MAX = 20 };

/* class="l c1 h": what it is, its colour, whether it is dashed. Returns what follows. */
static inline char *write_class(char *p, char name, const struct mark *mark) {
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
    return p;
}

/* The beginning of a path, up to where its class ends. */
static void put_path_class(struct buf *out, char name, const struct mark *mark) {
    char *at = buf_space(out, 5 + CLASS_MAX);
    if (!at)
        return;
    memcpy(at, "<path", 5);
    buf_took(out, (size_t)(write_class(at + 5, name, mark) - at));
}

static void put_paths(struct buf *out, const struct mark *run, size_t count) {
    bool filled = run->fill, hollow = run->closed && !run->fill;
    put_path_class(out, filled ? 'f' : hollow ? 'e' : role_class(run->role), run);
    if (run->shade >= 0) {
        buf_puts(out, " fill-opacity=\"");
        buf_put_fixed(out, mark_opacity(run->shade), 2);
        buf_putc(out, '"');
    }
    buf_puts(out, " d=\"");
    struct pen pen = {0};
    for (size_t i = 0; i < count; i++) {
        bool is_rect = run[i].kind == MARK_RECT;
        if (!pen_begin(&pen, out, is_rect ? 4 : run[i].point_count))
            return;
        pen = is_rect ? path_rect(pen, &run[i]) : path_points(pen, &run[i]);
        pen_end(&pen, out);
    }
    buf_puts(out, "\"/>");
}

/* Discs are round ends of lines without length: 12 bytes a point instead of 40. */
static void put_discs(struct buf *out, const struct mark *run, size_t count, char name,
                      double radius) {
    struct pen pen = {0};
    put_path_class(out, name, run);
    buf_puts(out, " stroke-width=\"");
    put_tenths(out, tenths(2 * radius));
    buf_puts(out, "\" d=\"");
    if (!pen_begin(&pen, out, count))
        return;
    for (size_t i = 0; i < count; i++) {
        pen_move(&pen, run[i].x, run[i].y);
        memcpy(pen.at, "h0", 2);
        pen.at += 2;
    }
    pen_end(&pen, out);
    buf_puts(out, "\"/>");
}

static void put_circles(struct buf *out, const struct mark *run, size_t count) {
    put_discs(out, run, count, 'd', run->radius);
    if (run->fill)
        return;
    struct pen pen = {0};
    put_discs(out, run, count, 'r', run->radius - 1.4);
    if (!run->half)
        return;
    int r = tenths(run->radius - 0.5);
    put_path_class(out, 'f', run);
    buf_puts(out, " d=\"");
    for (size_t i = 0; i < count; i++) {
        if (!pen_begin(&pen, out, 1))
            return;
        pen_move(&pen, run[i].x, run[i].y - run->radius + 0.5);
        pen_end(&pen, out);
        buf_putc(out, 'a');
        put_pair(out, r, r);
        buf_puts(out, " 0 0 0 0 ");
        put_tenths(out, 2 * r);
        buf_putc(out, 'z');
    }
    buf_puts(out, "\"/>");
}

enum { ANCHOR_MAX = 21 };

static inline char *write_anchor(char *p, enum text_anchor anchor) {
    if (anchor == ANCHOR_START)
        return p;
    bool middle = anchor == ANCHOR_MIDDLE;
    memcpy(p, middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"  ", ANCHOR_MAX);
    return p + (middle ? ANCHOR_MAX : ANCHOR_MAX - 3);
}

/* What many texts of one look share stands before the first of them. */
static void put_text(struct buf *out, const struct mark *mark, bool alone) {
    char *at = buf_space(out, CLASS_MAX + ANCHOR_MAX + STEP_MAX + FEW_MAX + 24), *p = at;
    if (!at)
        return;
    memcpy(p, "<text", 5);
    p += 5;
    if (alone)
        p = write_anchor(write_class(p, role_class(mark->role), mark), mark->anchor);
    memcpy(p, " x=\"", 4);
    p = write_tenths(p + 4, tenths(mark->x));
    memcpy(p, "\" y=\"", 5);
    p = write_tenths(p + 5, tenths(mark->y));
    memcpy(p, "\">", 2);
    p += 2;
    const char *text = mark->text ? mark->text : "";
    size_t n = strlen(text);
    if (n <= FEW_MAX && put_few(p, text, n, IN_TEXT)) {
        memcpy(p + n, "</text>", 7);
        buf_took(out, (size_t)(p + n + 7 - at));
        return;
    }
    buf_took(out, (size_t)(p - at));
    escape_text_slice(out, (struct str){text, n});
    buf_puts(out, "</text>");
}

static void put_texts(struct buf *out, const struct mark *run, size_t count) {
    if (count == 1) {
        put_text(out, run, true);
        return;
    }
    char *at = buf_space(out, 2 + CLASS_MAX + ANCHOR_MAX + 1), *p = at;
    if (!at)
        return;
    memcpy(p, "<g", 2);
    p = write_anchor(write_class(p + 2, role_class(run->role), run), run->anchor);
    *p++ = '>';
    buf_took(out, (size_t)(p - at));
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
