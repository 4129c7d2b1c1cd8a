/* Numbers as a reader sees them, by the house rule. */
#include "page/words.h"

#include "base/num.h"
#include "base/num_small.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define DASH EN_DASH
#define MINUS "\xE2\x88\x92"

const char *words_join(struct arena *arena, const char *const *parts, size_t count) {
    enum { MOST = 512 };
    char *text = arena_text_begin(arena, MOST);
    size_t n = 0, length;
    for (size_t i = 0; i < count; i++, n += length) {
        length = strlen(parts[i]);
        if (length > MOST - n) {
            const char *so_far = arena_text_end(arena, MOST, n);
            return arena_printf(arena, "%s%s%s", so_far, parts[i],
                                words_join(arena, parts + i + 1, count - i - 1));
        }
        memcpy(text + n, parts[i], length);
    }
    return arena_text_end(arena, MOST, n);
}

const char *words_number(struct arena *arena, double value) {
    if (!isfinite(value))
        return DASH;
    char *text = arena_text_begin(arena, NUM_MAX);
    return arena_text_end(arena, NUM_MAX, num_grouped(text, value, 3));
}

const char *words_exact(struct arena *arena, double integer) {
    if (!(integer >= 0 && integer < 1.8e19))
        return DASH;
    uint64_t whole = (uint64_t)(integer + 0.5);
    if (whole < NUM_SMALL_END)
        return num_small((unsigned)whole);
    char *text = arena_text_begin(arena, NUM_MAX);
    return arena_text_end(arena, NUM_MAX, num_u64_grouped(text, whole));
}

/* Inserts commas into the digits before the point. */
static const char *grouped(struct arena *arena, const char *plain) {
    size_t digits = strspn(plain, "0123456789"), n = strlen(plain), used = 0;
    if (digits <= 3 || strpbrk(plain, "eE"))
        return arena_copy(arena, plain, n);
    char *out = arena_alloc(arena, n + digits / 3 + 1);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && i < digits && (digits - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = plain[i];
    }
    out[used] = '\0';
    return out;
}

const char *words_trim(struct arena *arena, double value) {
    char text[NUM_MAX];
    if (!isfinite(value))
        return DASH;
    if (value == floor(value) && value >= 0 && value < 9e15)
        return words_exact(arena, value);
    num_shortest(text, value);
    return grouped(arena, text);
}

/* The figure of n bytes that `room` bytes were begun for, and its unit after it. */
static const char *with_unit(struct arena *arena, char *figure, size_t room, size_t n,
                             const char *space, const char *unit) {
    size_t spaces = strlen(space), units = strlen(unit);
    memcpy(figure + n, space, spaces);
    memcpy(figure + n + spaces, unit, units);
    return arena_text_end(arena, room, n + spaces + units);
}

const char *words_usd(struct arena *arena, double usd) {
    if (!isfinite(usd))
        return DASH;
    if (usd == 0)
        return "$0";
    char *text = arena_text_begin(arena, 1 + NUM_MAX);
    text[0] = '$';
    return arena_text_end(arena, 1 + NUM_MAX, 1 + num_grouped(text + 1, usd, 3));
}

/* To the cent from a dollar up, to three digits below one, without zeros after the cents: lists
   have prices such as $2.1356, of which nobody compares the last digits. */
const char *words_usd_listed(struct arena *arena, double usd) {
    if (!isfinite(usd))
        return DASH;
    static const double scales[] = {1, 10, 100, 1e3, 1e4, 1e5};
    double size = fabs(usd);
    int most = size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5, decimals = 2;
    double shown = round(usd * scales[most]) / scales[most];
    while (decimals < most &&
           fabs(shown - round(shown * scales[decimals]) / scales[decimals]) > 1e-9)
        decimals++;
    char *text = arena_text_begin(arena, 1 + NUM_MAX);
    text[0] = '$';
    return arena_text_end(arena, 1 + NUM_MAX, 1 + num_fixed_grouped(text + 1, shown, decimals));
}

const char *words_percent(struct arena *arena, double share) {
    if (!isfinite(share))
        return DASH;
    double percent = fabs(100 * share);
    if (percent > 0 && percent < 0.05)
        return "<" THIN_SPACE "0.1" THIN_SPACE "%";
    bool whole = percent >= 99.95 || fabs(percent - round(percent)) <= 1e-9;
    size_t minus = share < 0 ? strlen(MINUS) : 0, room = NUM_MAX + strlen(MINUS THIN_SPACE "%");
    char *text = arena_text_begin(arena, room);
    memcpy(text, MINUS, minus);
    size_t n = minus + num_fixed_grouped(text + minus, percent, whole ? 0 : 1);
    return with_unit(arena, text, room, n, THIN_SPACE, "%");
}

const char *words_times(struct arena *arena, double factor) {
    char text[NUM_MAX];
    if (!isfinite(factor))
        return DASH;
    if (factor >= 10)
        num_grouped(text, factor, factor >= 100 ? 3 : 2);
    else
        num_significant(text, factor, 2);
    return WORDS_JOIN(arena, text, TIMES);
}

struct scale_step {
    double from, divide;
    const char *unit;
};

/* The first step whose `from` is reached; three significant digits. */
static const char *stepped(struct arena *arena, double value, const struct scale_step *steps,
                           size_t count, const char *space) {
    if (!isfinite(value))
        return DASH;
    size_t i = 0, n;
    while (i + 1 < count && fabs(value) < steps[i].from * 0.9995)
        i++;
    double scaled = value / steps[i].divide;
    /* 80, not 80.0: a small whole number is exact. */
    size_t room = NUM_MAX + strlen(space) + strlen(steps[i].unit);
    char *text = arena_text_begin(arena, room);
    if (scaled == round(scaled) && fabs(scaled) < 1000)
        n = num_fixed(text, scaled, 0);
    else
        n = num_grouped(text, scaled, 3);
    return with_unit(arena, text, room, n, space, steps[i].unit);
}

const char *words_bytes(struct arena *arena, double bytes) {
    static const struct scale_step steps[] = {{1e15, 1e15, "PB"}, {1e12, 1e12, "TB"},
                                              {1e9, 1e9, "GB"},   {1e6, 1e6, "MB"},
                                              {1e3, 1e3, "kB"},   {0, 1, "B"}};
    return stepped(arena, bytes, steps, 6, THIN_SPACE);
}

const char *words_seconds(struct arena *arena, double seconds) {
    static const struct scale_step steps[] = {{86400.0 * 730, 86400 * 365.25, "years"},
                                              {86400.0 * 2, 86400.0, "days"},
                                              {7200, 3600, "h"},
                                              {120, 60, "min"},
                                              {1, 1, "s"},
                                              {1e-3, 1e-3, "ms"},
                                              {0, 1e-6, "\xC2\xB5s"}};
    return stepped(arena, seconds, steps, 7, THIN_SPACE);
}

const char *words_count(struct arena *arena, double count) {
    static const struct scale_step steps[] = {
        {1e12, 1e12, "T"}, {1e9, 1e9, "B"}, {1e6, 1e6, "M"}, {1e4, 1e3, "k"}, {0, 1, ""}};
    return stepped(arena, count, steps, 5, "");
}

const char *words_flops(struct arena *arena, double per_s) {
    static const struct scale_step steps[] = {
        {1e15, 1e15, "PFLOP/s"}, {1e12, 1e12, "TFLOP/s"}, {0, 1e9, "GFLOP/s"}};
    return stepped(arena, per_s, steps, 3, THIN_SPACE);
}

const char *words_bandwidth(struct arena *arena, double bytes_per_s) {
    static const struct scale_step steps[] = {
        {1e12, 1e12, "TB/s"}, {1e9, 1e9, "GB/s"}, {0, 1e6, "MB/s"}};
    return stepped(arena, bytes_per_s, steps, 3, THIN_SPACE);
}

const char *words_unit(struct arena *arena, double value, const char *unit) {
    if (!isfinite(value))
        return WORDS_JOIN(arena, DASH THIN_SPACE, unit);
    size_t room = NUM_MAX + strlen(THIN_SPACE) + strlen(unit);
    char *text = arena_text_begin(arena, room);
    return with_unit(arena, text, room, num_grouped(text, value, 3), THIN_SPACE, unit);
}

const char *words_plural(struct arena *arena, double count, const char *noun) {
    size_t n = strlen(noun);
    const char *digits = words_exact(arena, count);
    if (count == 1)
        return WORDS_JOIN(arena, digits, " ", noun);
    if (n > 1 && noun[n - 1] == 'y' && !strchr("aeiou", noun[n - 2]))
        return arena_printf(arena, "%s %.*sies", digits, (int)(n - 1), noun);
    return WORDS_JOIN(arena, digits, " ", noun, "s");
}

const char *words_gpus(struct arena *arena, unsigned count, const char *gpu) {
    char text[NUM_U64_MAX];
    if (count == 1)
        return gpu;
    num_u64(text, count);
    return WORDS_JOIN(arena, text, TIMES THIN_SPACE, gpu);
}

const char *words_age(struct arena *arena, int days) {
    if (days < 0)
        return "date unknown";
    if (days == 0)
        return "same day";
    if (days < 60)
        return words_plural(arena, days, "day");
    if (days < 730)
        return words_plural(arena, round(days / 30.44), "month");
    return words_plural(arena, round(days / 365.25), "year");
}
