/* Ticks of axes that were laid out before: most charts of a site share theirs. */
#ifndef CHART_TICKS_KEPT_H
#define CHART_TICKS_KEPT_H

#include "chart/ticks.h"

/* Of one thread; lives in the arena, and holds so many axes at most, those seen first. */
struct ticks_kept;
struct ticks_kept *ticks_kept_new(struct arena *arena);

/* As ticks_make(); kept NULL: that. Labels lie in the arena or with what is kept. */
struct ticks ticks_of(struct ticks_kept *kept, struct arena *arena,
                      const struct tick_request *request);

#endif
