/* Calendar dates as the inputs write them. */
#ifndef PAGE_DATES_H
#define PAGE_DATES_H

/* Days since 1970-01-01 of "YYYY-MM-DD", "YYYY-MM" or "YYYY" (first day); false when not a date. */
#include <stdbool.h>

bool date_days(const char *date, int *days);
/* Days from `date` to `as_of`; -1 when either is unknown; a date after as_of counts as 0. */
int date_age_days(const char *date, const char *as_of);

#endif
