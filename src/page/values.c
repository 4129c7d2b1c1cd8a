/* Cells and key figures from raw numbers. */
#include "page/values.h"

#include "page/words.h"

#include <math.h>

struct value value_infeasible(enum reason reason) {
    struct value value = value_none();
    if (reason != REASON_NONE)
        value.reason = reason_code(reason);
    return value;
}

static struct value numeric(double number, const char *text) {
    if (!isfinite(number))
        return value_none();
    return (struct value){.kind = VALUE_NUMBER, .text = text, .number = number};
}

/* One builder a way of writing a number. */
#define VALUE_AS(name, words)                                                                      \
    struct value name(struct arena *arena, double number) {                                        \
        return numeric(number, words(arena, number));                                              \
    }
VALUE_AS(value_number, words_number)
VALUE_AS(value_exact, words_exact)
VALUE_AS(value_trim, words_trim)
VALUE_AS(value_usd, words_usd)
VALUE_AS(value_usd_listed, words_usd_listed)
VALUE_AS(value_percent, words_percent)
VALUE_AS(value_times, words_times)
VALUE_AS(value_bytes, words_bytes)
VALUE_AS(value_seconds, words_seconds)
VALUE_AS(value_count, words_count)
#undef VALUE_AS

struct value value_gb(struct arena *arena, double bytes) {
    double gb = bytes / 1e9;
    return gb == floor(gb) ? value_exact(arena, gb) : value_number(arena, gb);
}

struct value value_ms(struct arena *arena, double seconds) {
    return value_number(arena, seconds * 1e3);
}

struct value value_age(struct arena *arena, int days) {
    return days < 0 ? value_none() : numeric(days, words_age(arena, days));
}

struct value value_bar(struct value value, double share) {
    if (value.kind == VALUE_NUMBER && isfinite(share))
        value.bar = share < 0 ? 0 : share > 1 ? 1 : share;
    return value;
}
