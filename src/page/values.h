/* Cells and key figures: each builder rounds once, keeps the raw number, and can say where the
   number comes from. */
#ifndef PAGE_VALUES_H
#define PAGE_VALUES_H

#include "page/page.h"
#include "page/words.h"

#include <math.h>

/* Inline are those that only pass a cell on: millions of cells are built. */

/* The same value, which is shown as this text. */
static inline struct value value_saying(struct value value, struct str text) {
    value.text = text.p;
    value.length = (uint32_t)text.n;
    return value;
}
/* Nothing known. */
static inline struct value value_none(void) {
    return (struct value){.kind = VALUE_MISSING, .length = sizeof EN_DASH - 1, .text = EN_DASH};
}
/* NULL and "": missing. */
static inline struct value value_text(const char *text) {
    struct str words = str_of(text);
    return words.n ? value_saying((struct value){.kind = VALUE_TEXT}, words) : value_none();
}
static inline struct value value_href(struct value value, const char *href) {
    value.href = href;
    return value;
}
static inline struct value value_link(const char *text, const char *href) {
    return value_href(value_text(text), href);
}
struct value value_infeasible(enum reason reason); /* missing, with its code */
/* Numbers; NaN and infinity are missing. */
static inline struct value value_as(double number, struct str text) {
    if (!isfinite(number))
        return value_none();
    return value_saying((struct value){.kind = VALUE_NUMBER, .number = number}, text);
}
/* One builder a way of writing a number. */
#define VALUE_AS(name, words)                                                                      \
    static inline struct value name(struct arena *arena, double number) {                          \
        return value_as(number, words##_str(arena, number));                                       \
    }
VALUE_AS(value_number, words_number)
VALUE_AS(value_exact, words_exact)
VALUE_AS(value_trim, words_trim)
VALUE_AS(value_usd, words_usd)
VALUE_AS(value_usd_listed, words_usd_listed)
VALUE_AS(value_percent, words_percent) /* raw: the share 0..1 */
VALUE_AS(value_times, words_times)
VALUE_AS(value_bytes, words_bytes)
VALUE_AS(value_seconds, words_seconds)
VALUE_AS(value_count, words_count) /* "70.6B" */
#undef VALUE_AS
/* Of a data sheet, where zero says that it is not known. */
static inline struct value value_stated(struct arena *arena, double number) {
    return number > 0 ? value_number(arena, number) : value_none();
}
struct value value_gb(struct arena *arena, double bytes);   /* text "141", raw number in GB */
struct value value_ms(struct arena *arena, double seconds); /* text and raw in ms */
struct value value_age(struct arena *arena, int days);

/* The same value with its origin; source may be NULL. */
static inline struct value value_from(struct value value, enum provenance provenance,
                                      const char *source) {
    if (value.kind == VALUE_MISSING)
        return value;
    value.provenance = provenance;
    value.has_provenance = true;
    value.source = source;
    return value;
}
/* The same value with an in-cell bar of share 0..1. */
struct value value_bar(struct value value, double share);

#endif
