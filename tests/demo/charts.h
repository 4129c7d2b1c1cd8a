/* Sample charts of every kind, for looking at them and for tests. */
#ifndef DEMO_CHARTS_H
#define DEMO_CHARTS_H

#include "base/arena.h"
#include "chart/chart.h"

/* All samples; count through *count. */
const struct chart *demo_charts(struct arena *arena, size_t *count);

#endif
