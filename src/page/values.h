/* Cells and key figures: each builder rounds once, keeps the raw number, and can say where the
   number comes from. */
#ifndef PAGE_VALUES_H
#define PAGE_VALUES_H

#include "page/page.h"
#include "page/words.h"

/* Inline are those that only pass a cell on: millions of cells are built. */

/* Nothing known. */
static inline struct value value_none(void) {
    return (struct value){.kind = VALUE_MISSING, .text = EN_DASH};
}
/* NULL and "": missing. */
static inline struct value value_text(const char *text) {
    return text && text[0] ? (struct value){.kind = VALUE_TEXT, .text = text} : value_none();
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
struct value value_number(struct arena *arena, double number);
struct value value_exact(struct arena *arena, double integer);
struct value value_trim(struct arena *arena, double number);
struct value value_usd(struct arena *arena, double usd);
struct value value_usd_listed(struct arena *arena, double usd);
struct value value_percent(struct arena *arena, double share); /* raw: the share 0..1 */
struct value value_times(struct arena *arena, double factor);
struct value value_gb(struct arena *arena, double bytes); /* text "141", raw number in GB */
struct value value_bytes(struct arena *arena, double bytes);
struct value value_seconds(struct arena *arena, double seconds);
struct value value_ms(struct arena *arena, double seconds);  /* text and raw in ms */
struct value value_count(struct arena *arena, double count); /* "70.6B" */
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
