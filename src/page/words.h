/* Numbers as a reader sees them: three significant digits unless exact, a narrow space before
   units. Every function returns text in the arena and gives "–" for NaN. */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include "base/arena.h"
#include "base/str.h"

#define THIN_SPACE "\xE2\x80\xAF" /* narrow, and no line ends at it */
#define EN_DASH "\xE2\x80\x93"
#define TIMES "\xC3\x97"

/* Texts one after the other, for less than a format would cost. */
const char *words_join(struct arena *arena, const char *const *parts, size_t count);
#define WORDS_JOIN(arena, ...)                                                                     \
    words_join((arena), (const char *const[]){__VA_ARGS__},                                        \
               sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Each says its length too, which cells keep: words_number_str is the slice of words_number. */
#define WORDS(name)                                                                                \
    struct str name##_str(struct arena *arena, double value);                                      \
    static inline const char *name(struct arena *arena, double value) {                            \
        return name##_str(arena, value).p;                                                         \
    }
WORDS(words_number)     /* "1,230", "0.0123" */
WORDS(words_exact)      /* of a whole number: "70,553,706,496" */
WORDS(words_trim)       /* shortest: "0.3", "80", "1,024.5" */
WORDS(words_usd)        /* "$0.213", "$1,230" */
WORDS(words_usd_listed) /* of a list: "$2.14", "$0.135" */
WORDS(words_percent)    /* of a share: 0.4 -> "40 %" */
WORDS(words_times)      /* "1.9x", two digits */
WORDS(words_bytes)      /* "141 GB", "328 kB" */
WORDS(words_seconds)    /* "15.0 ms" */
WORDS(words_count)      /* "70.6B", "8.03B", "410M" */
WORDS(words_flops)      /* of operations a second: "989 TFLOP/s" */
WORDS(words_bandwidth)  /* of bytes a second: "3.35 TB/s" */
#undef WORDS
const char *words_digits(struct arena *arena, unsigned value);               /* "1024" */
const char *words_unit(struct arena *arena, double value, const char *unit); /* "1,230 tokens/s" */
/* "1 GPU", "8 GPUs"; the plural adds an s. */
const char *words_plural(struct arena *arena, double count, const char *noun);
/* "4x H100 SXM", "H100 SXM" for one. */
const char *words_gpus(struct arena *arena, unsigned count, const char *gpu);
/* "3 days", "same day", "5 months" of an age in days; negative: "date unknown". */
const char *words_age(struct arena *arena, int days);

#endif
