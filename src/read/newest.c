/* The newest date of all rows, and whether it can be. */
#include "read/newest.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_MONTHS = 36 };

void newest_take(struct newest *newest, const char *date, struct place place) {
    int order = !date ? -1 : newest->date ? strcmp(date, newest->date) : 1;
    if (order > 0) {
        newest->before = newest->date;
        newest->date = date;
        newest->place = place;
    } else if (date && order < 0 && (!newest->before || strcmp(date, newest->before) > 0)) {
        newest->before = date;
    }
}

const char *newest_day(const struct newest *newest, struct arena *arena) {
    size_t n = newest->date ? strlen(newest->date) : 0;
    if (n != 4 && n != 7)
        return newest->date;
    return arena_printf(arena, "%s%s", newest->date, n == 4 ? "-01-01" : "-01");
}

/* Of "2026-08" or "2026-08-22". */
static long months(const char *date) {
    char *end;
    long year = strtol(date, &end, 10);
    return 12 * year + (*end == '-' ? strtol(end + 1, NULL, 10) : 0);
}

void newest_check(const struct newest *newest, struct diags *diags) {
    if (!newest->before || months(newest->date) - months(newest->before) <= MOST_MONTHS) {
        return;
    }
    diag_add(diags, DIAG_ERROR, "date-far", newest->place,
             "%s is years after the next newest date of a price or measurement, %s, and all ages "
             "count from it; if it is right, say --as-of %s",
             newest->date, newest->before, newest->date);
}
