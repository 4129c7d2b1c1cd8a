/* The answer of `estimate --curve`. */
#ifndef COMMAND_CURVE_OUT_H
#define COMMAND_CURVE_OUT_H

#include "command/answer.h"
#include "command/project.h"

enum { CURVE_CONTEXT = 1, CURVE_BATCH };

/* Along the context or the batch; measured rows of the same set-up beside it. `limit` is the
   largest batch shown. */
void curve_put(struct buf *out, const struct project *project, const struct answer *answer,
               int curve, double limit, bool json);

#endif
