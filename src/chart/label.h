/* Places for labels so that none lies over another. */
#ifndef CHART_LABEL_H
#define CHART_LABEL_H

#include "chart/sketch.h"

struct box {
    double left, top, right, bottom;
};

/* What is taken already. */
struct label_room {
    struct arena *arena;
    struct box bounds; /* labels stay inside */
    struct box *taken;
    size_t count, capacity;
};

void label_take(struct label_room *room, struct box box);
/* Writes the text beside the point at the first of eight free places; false when there is none. */
bool label_point(struct label_room *room, struct sketch *sketch, enum mark_role role, int colour,
                 double x, double y, const char *text);

/* Moves centres apart to at least `height` between neighbours, within lo..hi, as little as
   possible (least squares, by pooling). centres in any order. When they cannot all fit, they are
   spaced evenly. count <= 64. */
void label_spread(double *centres, size_t count, double height, double lo, double hi);

#endif
