/* Walks the old site: what is ours and unchanged, what is foreign. */
#ifndef PUBLISH_CARRY_H
#define PUBLISH_CARRY_H

#include "publish/stage_inside.h"

/* Hard links into the staging tree the files of the old site that did not change, and everything
   that was not made by the tool, directories too. `made` is sorted. False with a diagnostic. */
bool carry_over(struct stage *stage);

#endif
