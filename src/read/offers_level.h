/* Prices that cannot be right beside the others of their GPU. */
#ifndef READ_OFFERS_LEVEL_H
#define READ_OFFERS_LEVEL_H

#include "base/arena.h"
#include "catalog/catalog.h"

/* Sets implausible, with a warning each: on demand below a twentieth of the median of five offers
   or more, or below a fifth of it for four GPUs or more at once (price-implausible; price-per-gpu
   where the whole costs what one does). `current` and `duplicate` are known before. */
void offers_mark_implausible(struct arena *arena, struct offer *offers, size_t count,
                             struct diags *diags);

#endif
