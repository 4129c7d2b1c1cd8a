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

struct value value_gb(struct arena *arena, double bytes) {
    double gb = bytes / 1e9;
    return gb == floor(gb) ? value_exact(arena, gb) : value_number(arena, gb);
}

struct value value_ms(struct arena *arena, double seconds) {
    return value_number(arena, seconds * 1e3);
}

struct value value_age(struct arena *arena, int days) {
    return days < 0 ? value_none() : value_as(days, str_of(words_age(arena, days)));
}

struct value value_bar(struct value value, double share) {
    if (value.kind == VALUE_NUMBER && isfinite(share))
        value.bar = share < 0 ? 0 : share > 1 ? 1 : share;
    return value;
}
