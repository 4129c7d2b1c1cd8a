/* The newest date of all rows: the day that the ages of all others count from. */
#ifndef READ_NEWEST_H
#define READ_NEWEST_H

#include "base/arena.h"
#include "base/diag.h"

struct newest {
    const char *date, *before; /* the newest and the next newest other one; NULL: none */
    struct place place;        /* of the newest */
};

/* `date` may be NULL: a row without one. */
void newest_take(struct newest *newest, const char *date, struct place place);
/* Error date-far where it stands alone by more than three years: a slip, of a price or a
   measurement, that would make every other one old. */
void newest_check(const struct newest *newest, struct diags *diags);
/* The newest date as a day, from which ages count: of a month or a year the first. NULL: none was
 * taken. */
const char *newest_day(const struct newest *newest, struct arena *arena);

#endif
