/* Places for labels so that none lies over another. */
#include "chart/label.h"

#include "chart/text.h"

#include <string.h>

#define SPREAD_MAX 64

void label_take(struct label_room *room, struct box box) {
    if (room->count == room->capacity)
        room->taken = arena_grow_room(room->arena, room->taken, room->count, &room->capacity,
                                      sizeof *room->taken);
    room->taken[room->count++] = box;
}

static bool overlap(const struct box *a, const struct box *b) {
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* Takes the box that a text of this width, drawn at (x, y baseline), fills. False, taking nothing,
   when it is not free or leaves the bounds. */
static bool try_width(struct label_room *room, double x, double y, enum text_anchor anchor,
                      double width) {
    double left = anchor == ANCHOR_START ? x : anchor == ANCHOR_END ? x - width : x - width / 2;
    struct box box = {left - 1, y - 10, left + width + 1, y + 3};
    const struct box *in = &room->bounds;
    if (box.left < in->left || box.right > in->right || box.top < in->top ||
        box.bottom > in->bottom)
        return false;
    for (size_t i = 0; i < room->count; i++)
        if (overlap(&box, &room->taken[i]))
            return false;
    label_take(room, box);
    return true;
}

bool label_point(struct label_room *room, struct sketch *sketch, enum mark_role role, int colour,
                 double x, double y, const char *text) {
    static const struct {
        double dx, dy;
        enum text_anchor anchor;
    } PLACES[] = {
        {7, 4, ANCHOR_START},   {-7, 4, ANCHOR_END},   {0, -8, ANCHOR_MIDDLE},
        {0, 16, ANCHOR_MIDDLE}, {5, -6, ANCHOR_START}, {5, 14, ANCHOR_START},
        {-5, -6, ANCHOR_END},   {-5, 14, ANCHOR_END},
    };
    double width = text_width_bold(text); /* the wider face in use */
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        double tx = x + PLACES[i].dx, ty = y + PLACES[i].dy;
        if (try_width(room, tx, ty, PLACES[i].anchor, width)) {
            sketch_text(sketch, role, tx, ty, PLACES[i].anchor, text)->colour = colour;
            return true;
        }
    }
    return false;
}

/* A run of touching labels: as low as their mean wish allows. */
struct run {
    double first;  /* centre of its first label */
    double wishes; /* sum over its labels of wish - offset within the run */
    size_t count;
};

static double clamp(double v, double lo, double hi) {
    return v < lo ? lo : v > hi ? hi : v;
}

static void settle(struct run *run, double height, double lo, double hi) {
    double length = (double)(run->count - 1) * height;
    run->first = clamp(run->wishes / (double)run->count, lo, hi - length);
}

void label_spread(double *centres, size_t count, double height, double lo, double hi) {
    size_t order[SPREAD_MAX] = {0}, runs = 0;
    struct run run[SPREAD_MAX];
    if (count < 1 || count > SPREAD_MAX)
        return;
    if ((double)(count - 1) * height > hi - lo)
        height = (hi - lo) / (double)(count > 1 ? count - 1 : 1);
    for (size_t i = 0; i < count; i++) { /* insertion sort: few, and stable */
        size_t k = i;
        for (; k > 0 && centres[order[k - 1]] > centres[i]; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    for (size_t i = 0; i < count; i++) {
        run[runs] = (struct run){0, centres[order[i]], 1};
        settle(&run[runs++], height, lo, hi);
        while (runs > 1 &&
               run[runs - 2].first + (double)run[runs - 2].count * height > run[runs - 1].first) {
            struct run *into = &run[runs - 2], *last = &run[runs - 1];
            into->wishes += last->wishes - (double)(last->count * into->count) * height;
            into->count += last->count;
            settle(into, height, lo, hi);
            runs--;
        }
    }
    size_t at = 0;
    for (size_t r = 0; r < runs; r++)
        for (size_t i = 0; i < run[r].count; i++)
            centres[order[at++]] = run[r].first + (double)i * height;
}
