/* Which of many dated offers is the one to use, and which stand twice. */
#ifndef READ_OFFERS_CURRENT_H
#define READ_OFFERS_CURRENT_H

#include "catalog/catalog.h"

/* Keeps the offers not after the date, and those without one; returns how many. */
size_t offers_until(struct offer *offers, size_t count, const char *as_of);
/* Sorts by platform, GPU, count, instance, region, kind and date; sets current and duplicate. */
void offers_mark_current(struct offer *offers, size_t count);
/* The same for API prices: sorted by provider, model and date. */
size_t api_prices_until(struct api_price *prices, size_t count, const char *as_of);
void api_prices_mark_current(struct api_price *prices, size_t count);

#endif
