/* Numbers as a reader sees them: three significant digits unless exact, a narrow space before
   units. Every function returns text in the arena and gives "–" for NaN. */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include "base/arena.h"

#include <stddef.h>

#define THIN_SPACE "\xE2\x80\xAF" /* narrow, and no line ends at it */
#define EN_DASH "\xE2\x80\x93"
#define TIMES "\xC3\x97"

/* Texts one after the other, for less than a format would cost. */
const char *words_join(struct arena *arena, const char *const *parts, size_t count);
#define WORDS_JOIN(arena, ...)                                                                     \
    words_join((arena), (const char *const[]){__VA_ARGS__},                                        \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

const char *words_number(struct arena *arena, double value);  /* "1,230", "0.0123" */
const char *words_exact(struct arena *arena, double integer); /* "70,553,706,496" */
const char *words_trim(struct arena *arena, double value);    /* shortest: "0.3", "80", "1,024.5" */
const char *words_usd(struct arena *arena, double usd);       /* "$0.213", "$1,230" */
const char *words_usd_listed(struct arena *arena, double usd);  /* of a list: "$2.14", "$0.135" */
const char *words_percent(struct arena *arena, double share);   /* 0.4 -> "40 %" */
const char *words_times(struct arena *arena, double factor);    /* "1.9x", two digits */
const char *words_bytes(struct arena *arena, double bytes);     /* "141 GB", "328 kB" */
const char *words_seconds(struct arena *arena, double seconds); /* "15.0 ms" */
const char *words_count(struct arena *arena, double count);     /* "70.6B", "8.03B", "410M" */
const char *words_flops(struct arena *arena, double per_s);     /* "989 TFLOP/s" */
const char *words_bandwidth(struct arena *arena, double bytes_per_s);        /* "3.35 TB/s" */
const char *words_unit(struct arena *arena, double value, const char *unit); /* "1,230 tokens/s" */
/* "1 GPU", "8 GPUs"; the plural adds an s. */
const char *words_plural(struct arena *arena, double count, const char *noun);
/* "4x H100 SXM", "H100 SXM" for one. */
const char *words_gpus(struct arena *arena, unsigned count, const char *gpu);
/* "3 days ago", "today", "5 months ago" from an age in days; negative: "date unknown". */
const char *words_age(struct arena *arena, int days);

#endif
