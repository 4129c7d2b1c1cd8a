/* The numbers of a chart as a table, for pages that give none of their own. */
#include "render/html.h"

#include "base/num.h"
#include "base/str.h"
#include "chart/text.h"

#include <math.h>

/* Whole numbers as they are where a column has nothing else, "2.00" beside "2.50". */
static struct value written(struct arena *arena, double value, bool counts) {
    if (!isfinite(value))
        return (struct value){.kind = VALUE_MISSING, .text = "–"};
    enum { MINUS = 3 }; /* bytes of a minus, which stands before the figure of -value */
    size_t room = MINUS + NUM_MAX, minus = value < 0 ? MINUS : 0;
    char *text = arena_text_begin(arena, room), *figure = text + minus;
    memcpy(text, "\xE2\x88\x92", MINUS); /* as the axes write it */
    size_t n = counts && chart_is_count(value) ? num_fixed_grouped(figure, fabs(value), 0)
                                               : num_grouped(figure, fabs(value), 3);
    return (struct value){.kind = VALUE_NUMBER,
                          .number = value,
                          .length = (uint32_t)(minus + n),
                          .text = arena_text_end(arena, room, minus + n)};
}

static struct value number(struct arena *arena, double value) {
    return written(arena, value, true);
}

static struct value text(const char *words) {
    return (struct value){.kind = words ? VALUE_TEXT : VALUE_MISSING, .text = words};
}

/* The axis that series.x lies along, and the one of series.y: lying bars have their names on y. */
static const struct chart_axis *place_axis(const struct chart *chart) {
    bool lying = chart->y.categories && !chart->x.categories;
    return lying ? &chart->y : &chart->x;
}

static const struct chart_axis *value_axis(const struct chart *chart) {
    return place_axis(chart) == &chart->x ? &chart->y : &chart->x;
}

/* A category axis counts 0, 1, 2 and a date axis days; names and dates are what a reader wants. */
static struct value place(struct arena *arena, const struct chart_axis *axis, double x) {
    if (axis->categories && x >= 0 && x < (double)axis->category_count)
        return text(axis->categories[(size_t)x]);
    return axis->date && isfinite(x) ? text(text_date(arena, x)) : number(arena, x);
}

static const char *unit_of(const struct chart_axis *axis) {
    return axis->unit && *axis->unit ? axis->unit : NULL;
}

static void fill_series(struct arena *arena, const struct chart *chart, struct value *cells) {
    bool counts = chart_counts(chart);
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        for (size_t k = 0; k < series->count; k++) {
            *cells++ = text(series->labels && series->labels[k] ? series->labels[k] : series->name);
            *cells++ = place(arena, place_axis(chart), series->x ? series->x[k] : (double)k);
            *cells++ = written(arena, series->y[k], counts);
        }
    }
}

static void fill_heat(struct arena *arena, const struct chart *chart, struct value *cells) {
    for (size_t row = 0; row < chart->y.category_count; row++)
        for (size_t column = 0; column < chart->x.category_count; column++) {
            *cells++ = text(chart->y.categories[row]);
            *cells++ = text(chart->x.categories[column]);
            *cells++ = written(arena, chart->heat[row * chart->x.category_count + column], false);
        }
}

static struct column place_column(const struct chart_axis *axis) {
    return (struct column){.key = "x",
                           .head = axis->label,
                           .unit = unit_of(axis),
                           .numeric = !axis->categories && !axis->date};
}

/* Series over the same x values read best side by side. */
static bool share_x(const struct chart *chart) {
    const struct chart_series *first = chart->series;
    if (chart->kind == CHART_HEAT || chart->series_count < 2 || chart->series_count > 8)
        return false;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        if (series->count != first->count || !series->x != !first->x || series->labels)
            return false;
        for (size_t k = 0; series->x && k < series->count; k++)
            if (series->x[k] != first->x[k])
                return false;
    }
    return first->count > 0;
}

/* A key for the name that none of the columns has: names may be one another's slug. */
static const char *free_key(struct arena *arena, const struct column *columns, size_t count,
                            const char *name) {
    char slug[64];
    str_slug(slug, sizeof slug, name);
    const char *key = arena_strdup(arena, slug);
    for (size_t i = 0, next = 2; i < count; i++)
        if (strcmp(columns[i].key, key) == 0) {
            key = arena_printf(arena, "%s-%zu", slug, next++);
            i = (size_t)-1; /* look at all of them again */
        }
    return key;
}

static void side_by_side(struct arena *arena, const struct chart *chart, struct table *table) {
    size_t count = chart->series_count;
    struct column *columns = ARENA_ARRAY(arena, count + 1, struct column);
    struct value *cells =
        arena_room(arena, (count + 1) * chart->series->count, sizeof(struct value));
    const struct chart_axis *places = place_axis(chart), *values = value_axis(chart);
    columns[0] = place_column(places);
    for (size_t i = 0; i < count; i++) {
        columns[i + 1] =
            (struct column){.key = free_key(arena, columns, i + 1, chart->series[i].name),
                            .head = chart->series[i].name,
                            .unit = unit_of(values) ? unit_of(values) : values->label,
                            .numeric = true};
    }
    table->columns = columns;
    table->column_count = count + 1;
    table->cells = cells;
    table->row_count = chart->series->count;
    bool counts = chart_counts(chart);
    for (size_t k = 0; k < table->row_count; k++) {
        const struct chart_series *first = chart->series;
        *cells++ = place(arena, places, first->x ? first->x[k] : (double)k);
        for (size_t i = 0; i < count; i++)
            *cells++ = written(arena, chart->series[i].y[k], counts);
    }
}

static bool labelled(const struct chart *chart) {
    for (size_t i = 0; i < chart->series_count; i++)
        if (chart->series[i].labels)
            return true;
    return false;
}

static void one_below_the_other(struct arena *arena, const struct chart *chart,
                                struct table *table) {
    struct column *columns = ARENA_ARRAY(arena, 3, struct column);
    bool heat = chart->kind == CHART_HEAT;
    size_t rows = heat ? chart->x.category_count * chart->y.category_count : 0;
    for (size_t i = 0; !heat && i < chart->series_count; i++)
        rows += chart->series[i].count;
    columns[0] = (struct column){.key = "series",
                                 .head = heat              ? "Row"
                                         : labelled(chart) ? "Name"
                                                           : "Series"};
    const struct chart_axis *values = value_axis(chart);
    columns[1] = place_column(heat ? &chart->x : place_axis(chart));
    columns[2] = (struct column){.key = "y",
                                 .head = heat ? chart->y.label : values->label,
                                 .unit = unit_of(heat ? &chart->y : values),
                                 .numeric = true};
    struct value *cells = arena_room(arena, rows * 3 + 1, sizeof(struct value));
    if (heat)
        fill_heat(arena, chart, cells);
    else
        fill_series(arena, chart, cells);
    table->columns = columns;
    table->column_count = 3;
    table->cells = cells;
    table->row_count = rows;
}

const struct table *html_chart_table(struct arena *arena, const struct chart *chart) {
    struct table *table = ARENA_NEW(arena, struct table);
    table->caption = chart->title;
    if (share_x(chart))
        side_by_side(arena, chart, table);
    else
        one_below_the_other(arena, chart, table);
    return table;
}
