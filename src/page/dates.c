/* Calendar dates: days between two of them, without the C library's time zones. */
#include "page/dates.h"

#include <stddef.h>

static bool digits(const char *text, int n, int *value) {
    *value = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

bool date_days(const char *date, int *days) {
    int year, month = 1, day = 1;
    if (!date || !digits(date, 4, &year))
        return false;
    if (date[4] == '-') {
        if (!digits(date + 5, 2, &month))
            return false;
        if (date[7] == '-' && !digits(date + 8, 2, &day))
            return false;
    }
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    /* Days from civil (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
    int y = year - (month <= 2);
    int era = y / 400, of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    *days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return true;
}

int date_age_days(const char *date, const char *as_of) {
    int from, to;
    if (!date_days(date, &from) || !date_days(as_of, &to))
        return -1;
    return to > from ? to - from : 0;
}
