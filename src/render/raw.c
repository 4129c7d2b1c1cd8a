/* The figures of a table in full and as shown, worked out once for its twins. */
#include "render/raw.h"

#include <math.h>

enum { USUAL_BYTES = 12 }; /* of both texts of a figure */
enum { PLAIN_MAX = 15 };   /* digits, and a point between them: doubles hold both exactly */

/* A figure as shown, at a place with room for RAW_SHOWN_MAX bytes. */
struct shown {
    char *text;
    size_t length;
    bool has_point;
    double number; /* that it reads as */
};

/* The rest of a figure with a sign, an exponent or more digits. */
static bool read_rarely(const char *p, struct shown *shown) {
    size_t n = shown->length;
    /* No byte below '+' or above 'e' stands in a number. */
    for (; (unsigned char)(*p - '+') <= 'e' - '+' && n < RAW_SHOWN_MAX; p++)
        if (*p != ',')
            shown->text[n++] = *p;
    shown->length = n;
    return !*p && n && num_parse(shown->text, n, &shown->number);
}

/* Copies the figure without grouping commas and dollar sign; *is_plain when it is nothing but
   digits and perhaps a point. False when it is no number. */
static bool read_shown(const char *p, struct shown *shown, bool *is_plain) {
    size_t n = 0, point = 0;
    uint64_t digits = 0;
    char *text = shown->text;
    p += *p == '$';
    for (;; p++) {
        unsigned digit = (unsigned)(unsigned char)*p - '0';
        if (digit <= 9 && n < PLAIN_MAX)
            digits = digits * 10 + digit;
        else if (*p == ',')
            continue;
        else if (*p == '.' && !point && n)
            point = n + 1;
        else
            break;
        text[n++] = *p;
    }
    shown->length = n;
    shown->has_point = point;
    *is_plain = !*p && n && point != n;
    if (!*is_plain)
        return read_rarely(p, shown);
    static const double units[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    shown->number = (double)digits / units[point ? n - point : 0]; /* rounded once */
    return true;
}

/* Of at most 15 digits that read back as the number, those without the zeros at their end are the
   fewest: no shorter ones do. 0 where another spelling is due. */
static size_t length_in_full(const struct shown *shown, double number) {
    const char *text = shown->text;
    size_t n = shown->length;
    if ((number < 1e-6 && number != 0) || (text[0] == '0' && n > 1 && text[1] != '.'))
        return 0;
    if (shown->has_point) {
        while (text[n - 1] == '0')
            n--;
        n -= text[n - 1] == '.';
    }
    return n;
}

/* Writes both texts of a figure; true when what is shown is the figure, but not all of it. */
static bool put_figure(const struct value *value, char *at, struct raw_figure *figure) {
    struct shown shown = {.text = at};
    double number = value->number;
    bool is_plain, is_shown = read_shown(value->text ? value->text : "", &shown, &is_plain) &&
                              fabs(shown.number - number) <= 0.06 * fabs(number);
    if (!is_shown) {
        figure->shown = figure->full = (uint8_t)num_shortest(at, number);
        return false;
    }
    figure->shown = (uint8_t)shown.length;
    if (is_plain && shown.number == number)
        figure->full = (uint8_t)length_in_full(&shown, number);
    if (figure->full)
        return false;
    figure->behind = figure->shown;
    figure->full = (uint8_t)num_shortest(at + shown.length, number);
    return shown.number != number;
}

const struct raw_figures *render_raw(struct arena *arena, const struct table *table) {
    size_t columns = table->column_count, count = table->row_count * columns;
    struct raw_figure *cells = arena_room(arena, count + 1, sizeof *cells);
    bool *rounded = ARENA_ARRAY(arena, columns + 1, bool);
    struct raw_figures *raw = ARENA_NEW(arena, struct raw_figures);
    struct buf text = {.max = UINT32_MAX};
    buf_reserve(&text, count * USUAL_BYTES + RAW_SHOWN_MAX + NUM_SHORTEST_MAX);
    for (size_t i = 0, column = 0; i < count; i++) {
        const struct value *value = &table->cells[i];
        struct raw_figure figure = {.at = (uint32_t)text.len};
        if (value->kind == VALUE_NUMBER && isfinite(value->number)) {
            char *at = buf_space(&text, RAW_SHOWN_MAX + NUM_SHORTEST_MAX);
            if (at && put_figure(value, at, &figure))
                rounded[column] = true;
            if (at)
                buf_took(&text,
                         (size_t)figure.behind + (figure.behind ? figure.full : figure.shown));
        }
        cells[i] = figure;
        column = column + 1 < columns ? column + 1 : 0;
    }
    buf_put(&text, (char[RAW_SHOWN_MAX]){0}, RAW_SHOWN_MAX); /* read with the last ones */
    *raw = (struct raw_figures){arena_copy(arena, buf_text(&text), text.len), cells, rounded};
    buf_free(&text);
    return raw;
}
