/* Room that text takes, and figures as charts write them. */
#include "chart/text.h"

#include "base/num.h"
#include "base/num_small.h"

#include <math.h>
#include <string.h>

/* Advance widths of U+0020..U+007E in DejaVu Sans, thousandths of the size. */
static const short ADVANCE[95] = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};

double text_width(const char *text) {
    int thousandths = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p >= 0x20 && *p < 0x7f)
            thousandths += ADVANCE[*p - 0x20];
        else if ((*p & 0xc0) != 0x80) /* one for each character, not for its continuation bytes */
            thousandths += 700;
    }
    return thousandths / 1000.0 * TEXT_SIZE;
}

double text_width_bold(const char *text) {
    return 1.18 * text_width(text);
}

/* Zeros after the point say nothing here; those of an exponent do. */
static size_t strip_zeros(const char *text, size_t n) {
    if (text[n - 1] != '0' || memchr(text, 'e', n) || !memchr(text, '.', n))
        return n;
    while (text[n - 1] == '0')
        n--;
    return text[n - 1] == '.' ? n - 1 : n;
}

size_t text_put_number(char *out, double value) {
    if (value == 0)
        return num_u64(out, 0);
    size_t n = strip_zeros(out, num_grouped(out, value, 3));
    out[n] = '\0';
    return n;
}

const char *text_number(struct arena *arena, double value) {
    char out[NUM_MAX];
    return arena_copy(arena, out, text_put_number(out, value));
}

static const char *with_suffix(struct arena *arena, const char *digits, size_t n,
                               const char *suffix) {
    size_t more = strlen(suffix);
    char *text = arena_room(arena, n + more + 1, 1);
    memcpy(text, digits, n);
    memcpy(text + n, suffix, more + 1);
    return text;
}

/* What most ticks are: 0 to 999. */
static const char *small_integer(struct arena *arena, unsigned value, const char *suffix) {
    const char *digits = num_small(value);
    return *suffix ? with_suffix(arena, digits, strlen(digits), suffix) : digits;
}

/* What most others are: 0.5, 1.25. NULL: a value that is not such a one but for its last bits. */
static const char *small_decimal(struct arena *arena, double value, unsigned decimals,
                                 const char *suffix) {
    unsigned unit = decimals == 1 ? 10 : 100;
    double units = value * unit;
    unsigned nearest = (unsigned)(units + 0.5);
    if (fabs(units - nearest) > 1e-6 || nearest / unit >= NUM_SMALL_END)
        return NULL;
    char digits[8];
    const char *whole = num_small(nearest / unit);
    size_t n = strlen(whole);
    memcpy(digits, whole, n);
    digits[n] = '.';
    memcpy(digits + n + 1, num_small(unit + nearest % unit) + 1, decimals);
    return with_suffix(arena, digits, n + 1 + decimals, suffix);
}

const char *text_fixed(struct arena *arena, double value, int decimals, const char *suffix) {
    if (decimals == 0 && value >= 0 && value < NUM_SMALL_END && value == (unsigned)value)
        return small_integer(arena, (unsigned)value, suffix);
    if ((decimals == 1 || decimals == 2) && value > 0 && value < NUM_SMALL_END) {
        const char *text = small_decimal(arena, value, (unsigned)decimals, suffix);
        if (text)
            return text;
    }
    static const char minus[] = "\xE2\x88\x92"; /* as in the tables */
    size_t more = strlen(suffix), sign = value < 0 ? sizeof minus - 1 : 0;
    char *text = arena_text_begin(arena, NUM_MAX + sign + more);
    memcpy(text, minus, sign);
    size_t n = sign + num_fixed_grouped(text + sign, fabs(value), decimals);
    memcpy(text + n, suffix, more);
    return arena_text_end(arena, NUM_MAX + sign + more, n + more);
}

const char *text_axis(struct arena *arena, const char *label, const char *unit) {
    if (!label)
        return "";
    if (!unit || !*unit)
        return label;
    size_t n = strlen(label), more = strlen(unit);
    char *text = arena_room(arena, n + more + 4, 1);
    memcpy(text, label, n);
    memcpy(text + n, " (", 2);
    memcpy(text + n + 2, unit, more);
    memcpy(text + n + 2 + more, ")", 2);
    return text;
}

static const char *fit(struct arena *arena, const char *text, double width,
                       double (*measure)(const char *)) {
    if (measure(text) <= width + 0.01)
        return text;
    size_t n = strlen(text);
    for (;;) {
        do
            n--;
        while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80);
        if (n == 0)
            return "";
        while (n > 1 && text[n - 1] == ' ')
            n--;
        const char *cut = arena_printf(arena, "%.*s\u2026", (int)n, text);
        if (measure(cut) <= width)
            return cut;
    }
}

const char *text_fit(struct arena *arena, const char *text, double width) {
    return *text ? fit(arena, text, width, text_width) : text;
}

const char *text_fit_bold(struct arena *arena, const char *text, double width) {
    return *text ? fit(arena, text, width, text_width_bold) : text;
}
