/* Cells and key figures from raw numbers. */
#include "page/values.h"

#include "page/words.h"

#include <math.h>

struct value value_none(void) {
    return (struct value){.kind = VALUE_MISSING, .text = EN_DASH};
}

struct value value_text(const char *text) {
    return text && text[0] ? (struct value){.kind = VALUE_TEXT, .text = text} : value_none();
}

struct value value_link(const char *text, const char *href) {
    return value_href(value_text(text), href);
}

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

struct value value_number(struct arena *arena, double number) {
    return numeric(number, words_number(arena, number));
}
struct value value_exact(struct arena *arena, double integer) {
    return numeric(integer, words_exact(arena, integer));
}
struct value value_trim(struct arena *arena, double number) {
    return numeric(number, words_trim(arena, number));
}
struct value value_usd(struct arena *arena, double usd) {
    return numeric(usd, words_usd(arena, usd));
}
struct value value_usd_listed(struct arena *arena, double usd) {
    return numeric(usd, words_usd_exact(arena, usd));
}
struct value value_percent(struct arena *arena, double share) {
    return numeric(share, words_percent(arena, share));
}
struct value value_times(struct arena *arena, double factor) {
    return numeric(factor, words_times(arena, factor));
}
struct value value_bytes(struct arena *arena, double bytes) {
    return numeric(bytes, words_bytes(arena, bytes));
}
struct value value_seconds(struct arena *arena, double seconds) {
    return numeric(seconds, words_seconds(arena, seconds));
}
struct value value_count(struct arena *arena, double count) {
    return numeric(count, words_count(arena, count));
}

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

struct value value_from(struct value value, enum provenance provenance, const char *source) {
    if (value.kind == VALUE_MISSING)
        return value;
    value.provenance = provenance;
    value.has_provenance = true;
    value.source = source;
    return value;
}

struct value value_bar(struct value value, double share) {
    if (value.kind == VALUE_NUMBER && isfinite(share))
        value.bar = share < 0 ? 0 : share > 1 ? 1 : share;
    return value;
}

struct value value_href(struct value value, const char *href) {
    value.href = href;
    return value;
}
