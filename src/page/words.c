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

/* The text that so many bytes were begun for. */
static struct str ended(struct arena *arena, size_t room, size_t n) {
    return (struct str){arena_text_end(arena, room, n), n};
}

struct str words_number_str(struct arena *arena, double value) {
    if (!isfinite(value))
        return STR(DASH);
    char *text = arena_text_begin(arena, NUM_MAX);
    return ended(arena, NUM_MAX, num_grouped(text, value, 3));
}

struct str words_exact_str(struct arena *arena, double integer) {
    if (!(integer >= 0 && integer < 1.8e19))
        return STR(DASH);
    uint64_t whole = (uint64_t)(integer + 0.5);
    if (whole < NUM_SMALL_END)
        return (struct str){num_small((unsigned)whole), num_small_length((unsigned)whole)};
    char *text = arena_text_begin(arena, NUM_MAX);
    return ended(arena, NUM_MAX, num_u64_grouped(text, whole));
}

/* Inserts commas into the digits before the point of n bytes. */
static struct str grouped(struct arena *arena, const char *plain, size_t n) {
    size_t digits = strspn(plain, "0123456789"), used = 0;
    if (digits <= 3 || strpbrk(plain, "eE"))
        return (struct str){arena_copy(arena, plain, n), n};
    char *out = arena_alloc(arena, n + digits / 3 + 1);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && i < digits && (digits - i) % 3 == 0)
            out[used++] = ',';
        out[used++] = plain[i];
    }
    out[used] = '\0';
    return (struct str){out, used};
}

struct str words_trim_str(struct arena *arena, double value) {
    char text[NUM_MAX];
    if (!isfinite(value))
        return STR(DASH);
    if (value == floor(value) && value >= 0 && value < 9e15)
        return words_exact_str(arena, value);
    return grouped(arena, text, num_shortest(text, value));
}

/* The figure of n bytes that `room` bytes were begun for, and its unit after it. */
static struct str with_unit(struct arena *arena, char *figure, size_t room, size_t n,
                            struct str space, struct str unit) {
    memcpy(figure + n, space.p, space.n);
    memcpy(figure + n + space.n, unit.p, unit.n);
    return ended(arena, room, n + space.n + unit.n);
}

struct str words_usd_str(struct arena *arena, double usd) {
    if (!isfinite(usd))
        return STR(DASH);
    if (usd == 0)
        return STR("$0");
    char *text = arena_text_begin(arena, 1 + NUM_MAX);
    text[0] = '$';
    return ended(arena, 1 + NUM_MAX, 1 + num_grouped(text + 1, usd, 3));
}

/* To the cent from a dollar up, to three digits below one, without zeros after the cents: lists
   have prices such as $2.1356, of which nobody compares the last digits. */
struct str words_usd_listed_str(struct arena *arena, double usd) {
    if (!isfinite(usd))
        return STR(DASH);
    static const double scales[] = {1, 10, 100, 1e3, 1e4, 1e5};
    double size = fabs(usd);
    int most = size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.01 ? 4 : 5, decimals = 2;
    double shown = round(usd * scales[most]) / scales[most];
    while (decimals < most &&
           fabs(shown - round(shown * scales[decimals]) / scales[decimals]) > 1e-9)
        decimals++;
    char *text = arena_text_begin(arena, 1 + NUM_MAX);
    text[0] = '$';
    return ended(arena, 1 + NUM_MAX, 1 + num_fixed_grouped(text + 1, shown, decimals));
}

struct str words_percent_str(struct arena *arena, double share) {
    if (!isfinite(share))
        return STR(DASH);
    double percent = fabs(100 * share);
    if (percent > 0 && percent < 0.05)
        return STR("<" THIN_SPACE "0.1" THIN_SPACE "%");
    bool whole = percent >= 99.95 || fabs(percent - round(percent)) <= 1e-9;
    size_t minus = share < 0 ? strlen(MINUS) : 0, room = NUM_MAX + strlen(MINUS THIN_SPACE "%");
    char *text = arena_text_begin(arena, room);
    memcpy(text, MINUS, minus);
    size_t n = minus + num_fixed_grouped(text + minus, percent, whole ? 0 : 1);
    return with_unit(arena, text, room, n, STR(THIN_SPACE), STR("%"));
}

struct str words_times_str(struct arena *arena, double factor) {
    if (!isfinite(factor))
        return STR(DASH);
    size_t room = NUM_MAX + strlen(TIMES);
    char *text = arena_text_begin(arena, room);
    size_t n = factor >= 10 ? num_grouped(text, factor, factor >= 100 ? 3 : 2)
                            : num_significant(text, factor, 2);
    return with_unit(arena, text, room, n, STR(""), STR(TIMES));
}

struct scale_step {
    double from, divide;
    struct str unit;
};

/* The first step whose `from` is reached; three significant digits. */
static struct str stepped(struct arena *arena, double value, const struct scale_step *steps,
                          size_t count, struct str space) {
    if (!isfinite(value))
        return STR(DASH);
    size_t i = 0, n;
    while (i + 1 < count && fabs(value) < steps[i].from * 0.9995)
        i++;
    double scaled = value / steps[i].divide;
    /* 80, not 80.0: a small whole number is exact. */
    size_t room = NUM_MAX + space.n + steps[i].unit.n;
    char *text = arena_text_begin(arena, room);
    if (scaled == round(scaled) && fabs(scaled) < 1000)
        n = num_fixed(text, scaled, 0);
    else
        n = num_grouped(text, scaled, 3);
    return with_unit(arena, text, room, n, space, steps[i].unit);
}

struct str words_bytes_str(struct arena *arena, double bytes) {
    static const struct scale_step steps[] = {
        {1e15, 1e15, STR_CONSTANT("PB")}, {1e12, 1e12, STR_CONSTANT("TB")},
        {1e9, 1e9, STR_CONSTANT("GB")},   {1e6, 1e6, STR_CONSTANT("MB")},
        {1e3, 1e3, STR_CONSTANT("kB")},   {0, 1, STR_CONSTANT("B")}};
    return stepped(arena, bytes, steps, 6, STR(THIN_SPACE));
}

struct str words_seconds_str(struct arena *arena, double seconds) {
    static const struct scale_step steps[] = {
        {86400.0 * 730, 86400 * 365.25, STR_CONSTANT("years")},
        {86400.0 * 2, 86400.0, STR_CONSTANT("days")},
        {7200, 3600, STR_CONSTANT("h")},
        {120, 60, STR_CONSTANT("min")},
        {1, 1, STR_CONSTANT("s")},
        {1e-3, 1e-3, STR_CONSTANT("ms")},
        {0, 1e-6, STR_CONSTANT("\xC2\xB5s")}};
    return stepped(arena, seconds, steps, 7, STR(THIN_SPACE));
}

struct str words_count_str(struct arena *arena, double count) {
    static const struct scale_step steps[] = {{1e12, 1e12, STR_CONSTANT("T")},
                                              {1e9, 1e9, STR_CONSTANT("B")},
                                              {1e6, 1e6, STR_CONSTANT("M")},
                                              {1e4, 1e3, STR_CONSTANT("k")},
                                              {0, 1, STR_CONSTANT("")}};
    return stepped(arena, count, steps, 5, STR(""));
}

struct str words_flops_str(struct arena *arena, double per_s) {
    static const struct scale_step steps[] = {{1e15, 1e15, STR_CONSTANT("PFLOP/s")},
                                              {1e12, 1e12, STR_CONSTANT("TFLOP/s")},
                                              {0, 1e9, STR_CONSTANT("GFLOP/s")}};
    return stepped(arena, per_s, steps, 3, STR(THIN_SPACE));
}

struct str words_bandwidth_str(struct arena *arena, double bytes_per_s) {
    static const struct scale_step steps[] = {{1e12, 1e12, STR_CONSTANT("TB/s")},
                                              {1e9, 1e9, STR_CONSTANT("GB/s")},
                                              {0, 1e6, STR_CONSTANT("MB/s")}};
    return stepped(arena, bytes_per_s, steps, 3, STR(THIN_SPACE));
}

const char *words_digits(struct arena *arena, unsigned value) {
    char digits[NUM_U64_MAX];
    if (value < NUM_SMALL_END)
        return num_small(value);
    return arena_copy(arena, digits, num_u64(digits, value));
}

const char *words_unit(struct arena *arena, double value, const char *unit) {
    if (!isfinite(value))
        return WORDS_JOIN(arena, DASH THIN_SPACE, unit);
    struct str space = STR(THIN_SPACE), units = str_of(unit);
    size_t room = NUM_MAX + space.n + units.n;
    char *text = arena_text_begin(arena, room);
    return with_unit(arena, text, room, num_grouped(text, value, 3), space, units).p;
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
    if (count == 1)
        return gpu;
    return WORDS_JOIN(arena, words_digits(arena, count), TIMES THIN_SPACE, gpu);
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
