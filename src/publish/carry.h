/* Walks the old site: what is ours and unchanged, what is foreign. */
#ifndef PUBLISH_CARRY_H
#define PUBLISH_CARRY_H

#include "publish/stage_inside.h"

/* Hard links everything in the old site that was not made by the tool into the staging tree,
   directories too. False with a diagnostic. */
bool carry_foreign(struct stage *stage);
/* Hard links the files that did not change. */
bool carry_unchanged(struct stage *stage);

#endif
