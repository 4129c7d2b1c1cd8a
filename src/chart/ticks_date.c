/* Ticks of date axes: whole days, months or years. */
#include "chart/text.h"
#include "chart/ticks.h"

#include <math.h>

struct civil {
    long year;
    unsigned month, day; /* from 1 */
};

/* Days since 1970-01-01 of a civil date and back, proleptic Gregorian; years begin in March inside
   so that the leap day is the last one (Howard Hinnant, "chrono-compatible low-level date
   algorithms"). */
static long days_from(long year, unsigned month, unsigned day) {
    year -= month <= 2;
    long era = (year >= 0 ? year : year - 399) / 400;
    long year_of_era = year - era * 400;
    long day_of_year = (153 * (long)(month > 2 ? month - 3 : month + 9) + 2) / 5 + (long)day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static struct civil civil_from(long days) {
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long doe = days - era * 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long shifted = (5 * doy + 2) / 153;
    struct civil c = {yoe + era * 400, (unsigned)(shifted < 10 ? shifted + 3 : shifted - 9),
                      (unsigned)(doy - (153 * shifted + 2) / 5 + 1)};
    c.year += c.month <= 2;
    return c;
}

/* The date of tick k: k steps of `months`, or of `days` where months is 0. */
static double value_at(long k, int months, int days) {
    if (months == 0)
        return (double)(k * days);
    long month = k * months; /* since January of year 0 */
    long year = (month >= 0 ? month : month - 11) / 12;
    return (double)days_from(year, (unsigned)(month - year * 12) + 1, 1);
}

/* "2026-10-09", or the first `n` bytes of it. */
static const char *civil_text(struct arena *arena, struct civil c, size_t n) {
    if (c.year < 1000 || c.year > 9999)
        return n == 7 ? arena_printf(arena, "%ld-%02u", c.year, c.month)
                      : arena_printf(arena, "%ld-%02u-%02u", c.year, c.month, c.day);
    char text[10];
    for (size_t i = 4; i-- > 0; c.year /= 10)
        text[i] = (char)('0' + c.year % 10);
    text[4] = text[7] = '-';
    text[5] = (char)('0' + c.month / 10), text[6] = (char)('0' + c.month % 10);
    text[8] = (char)('0' + c.day / 10), text[9] = (char)('0' + c.day % 10);
    return arena_copy(arena, text, n);
}

const char *text_date(struct arena *arena, double days) {
    struct civil c = civil_from((long)floor(fmin(fmax(days, -1e8), 1e8)));
    return civil_text(arena, c, 10);
}

static const char *label(struct arena *arena, double value, int months) {
    struct civil c = civil_from((long)value);
    if (months >= 12)
        return arena_printf(arena, "%ld", c.year);
    if (months > 0)
        return civil_text(arena, c, 7);
    return text_date(arena, value);
}

static bool try_step(struct arena *arena, const struct tick_request *request, int months, int days,
                     bool keep, size_t fewest, struct ticks *ticks) {
    struct civil first = civil_from((long)floor(request->lo));
    long k = months ? (first.year * 12 + (long)first.month - 1) / months - 2
                    : (long)floor(request->lo / days) - 2;
    while (value_at(k + 1, months, days) <= request->lo)
        k++;
    if (keep && value_at(k, months, days) < request->lo)
        k++;
    ticks->count = 0;
    for (;; k++) {
        double v = value_at(k, months, days);
        if (keep && v > request->hi)
            break;
        if (ticks->count == TICKS_MAX)
            return false;
        ticks->values[ticks->count++] = v;
        if (v >= request->hi)
            break;
    }
    if (ticks->count < fewest || ticks->count < 1)
        return false;
    for (size_t i = 0; i < ticks->count; i++)
        ticks->labels[i] = label(arena, ticks->values[i], months);
    ticks->lo = keep ? request->lo : fmin(request->lo, ticks->values[0]);
    ticks->hi = keep ? request->hi : fmax(request->hi, ticks->values[ticks->count - 1]);
    return ticks_fit(ticks, request);
}

bool ticks_date(struct arena *arena, const struct tick_request *request, size_t fewest,
                struct ticks *ticks) {
    static const int DAYS[] = {1, 2, 7, 14};
    static const int MONTHS[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200};
    if (request->hi - request->lo > 1200.0 * 365 * TICKS_MAX || fabs(request->lo) > 1e6)
        return ticks_linear(arena, request, fewest, ticks); /* no calendar reaches there */
    for (int keep = 1; keep >= 0; keep--) {
        for (size_t i = 0; i < sizeof DAYS / sizeof *DAYS; i++)
            if (try_step(arena, request, 0, DAYS[i], keep, fewest, ticks))
                return true;
        for (size_t i = 0; i < sizeof MONTHS / sizeof *MONTHS; i++)
            if (try_step(arena, request, MONTHS[i], 0, keep, fewest, ticks))
                return true;
    }
    return false;
}
