/* Grouped and stacked bars, upright or lying; always from zero. */
#include "chart/kinds.h"
#include "chart/text.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

#define ROW_GAP 10.0
#define BAR_THICK 15.0
#define VALUES_MAX 40 /* more bars than this carry no figures */

struct bars {
    struct sketch *sketch;
    const struct chart *chart;
    const struct chart_axis *category, *value;
    bool lying, stacked;
    bool equal_totals; /* shares of a whole: the sum says nothing */
    int decimals;      /* of the figures below 100 beside the bars: the same for all */
    bool counts;       /* whole numbers, written out as in the table */
    size_t rows;       /* categories */
    double *totals;    /* by category, of all series */
    double left, top, right, bottom, width, height;
    struct ticks ticks;
    struct scale scale;
};

static const struct chart_axis *category_axis(const struct chart *chart) {
    return chart->y.categories ? &chart->y : &chart->x;
}

/* Names too long to stand under upright bars lie beside lying ones. */
bool kind_bars_lie(const struct chart *chart, double width) {
    const struct chart_axis *axis = category_axis(chart);
    if (chart->y.categories)
        return true;
    double band = (width - 60) / (double)(axis->category_count ? axis->category_count : 1);
    for (size_t i = 0; i < axis->category_count; i++)
        if (text_width(axis->categories[i]) > band - 6)
            return true;
    return false;
}

static size_t make_key(const struct chart *chart, struct key_entry *key) {
    if (chart->series_count < 2)
        return 0;
    for (size_t i = 0; i < chart->series_count; i++)
        key[i] = (struct key_entry){.text = chart->series[i].name ? chart->series[i].name : "",
                                    .colour = frame_colour(chart->series, i)};
    return chart->series_count;
}

static double thickness(const struct chart *chart) {
    bool stacked = chart->kind == CHART_STACKED;
    size_t side_by_side = stacked || chart->series_count < 1 ? 1 : chart->series_count;
    return BAR_THICK * (double)side_by_side + ROW_GAP;
}

double kind_bars_height(const struct chart *chart, double width) {
    if (!kind_bars_lie(chart, width))
        return 340;
    double head = 34 + (chart->series_count > 1 ? LINE_HEIGHT + 8 : 0);
    return head + thickness(chart) * (double)category_axis(chart)->category_count + 30;
}

/* Value of a series in a category, NaN when missing. Most series have one for each, in turn. */
static double value_of(const struct chart_series *series, size_t row) {
    size_t i = row;
    if (series->x && (row >= series->count || series->x[row] != (double)row))
        for (i = 0; i < series->count && series->x[i] != (double)row; i++)
            ;
    return i < series->count && fabs(series->y[i]) <= SCALE_LARGEST ? series->y[i] : NAN;
}

static double total_of(const struct chart *chart, size_t row) {
    double total = NAN;
    for (size_t i = 0; i < chart->series_count; i++) {
        double v = value_of(&chart->series[i], row);
        if (isfinite(v))
            total = isnan(total) ? v : total + v;
    }
    return total;
}

static void set_totals(struct bars *b) {
    b->totals = ARENA_ARRAY(b->sketch->arena, b->rows + 1, double);
    for (size_t row = 0; row < b->rows; row++)
        b->totals[row] = total_of(b->chart, row);
}

/* Decimals that three digits of any written figure need; -1 when more than two: then each has its
   own, lest small ones vanish. */
static int shared_decimals(const struct bars *b) {
    int most = 0;
    for (size_t row = 0; row < b->rows; row++)
        for (size_t i = 0; i < (b->stacked ? 1 : b->chart->series_count); i++) {
            double v = b->stacked ? b->totals[row] : value_of(&b->chart->series[i], row);
            if (!isfinite(v) || fabs(v) >= 100)
                continue;
            const char *point = strchr(text_number(b->sketch->arena, v), '.');
            int own = point ? (int)strlen(point + 1) : 0;
            most = own > most ? own : most;
        }
    return most <= 2 ? most : -1;
}

static bool equal_totals(const double *totals, size_t rows) {
    for (size_t row = 1; row < rows; row++)
        if (!(fabs(totals[row] - totals[0]) <= 0.01 * fabs(totals[0])))
            return false;
    return rows > 1;
}

static struct range value_range(const struct bars *b) {
    struct range range = {0, 0};
    for (size_t row = 0; row < b->rows; row++) {
        double total = b->totals[row];
        if (b->equal_totals && fabs(total) >= 10) /* 99.9 and 100.1 are one whole */
            total = round(total);
        if (b->stacked)
            range_add(&range, &total, 1, false);
        for (size_t i = 0; i < b->chart->series_count && !b->stacked; i++) {
            double v = value_of(&b->chart->series[i], row);
            range_add(&range, &v, 1, false);
        }
    }
    return range;
}

static double widest_category(const struct bars *b) {
    double widest = 0;
    for (size_t i = 0; i < b->rows; i++)
        widest = fmax(widest, text_width(b->category->categories[i]));
    return fmin(widest, 0.4 * b->width);
}

static void place(struct bars *b, double last_head_line) {
    struct range range = value_range(b);
    b->top = last_head_line + (b->lying ? 8 : 14);
    b->bottom = b->height - (b->lying ? 22 : b->category->label && *b->category->label ? 40 : 22);
    b->right = b->width - (b->lying ? 48 : 4);
    b->left = b->lying ? ceil(widest_category(b)) + 8 : 0;
    struct tick_request request = {.lo = range.lo,
                                   .hi = range.hi,
                                   .vertical = !b->lying,
                                   .keep = b->lying,
                                   .length = b->lying ? b->right - b->left : b->bottom - b->top};
    if (range.lo == range.hi)
        request.hi = 1;
    b->ticks = ticks_of(b->sketch->ticks, b->sketch->arena, &request);
    for (size_t i = 0; i < b->ticks.count && !b->lying; i++)
        b->left = fmax(b->left, ceil(text_width(b->ticks.labels[i])) + 6);
    b->scale = scale_make(false, b->ticks.lo, b->ticks.hi, b->lying ? b->left : b->bottom,
                          b->lying ? b->right : b->top);
}

static void draw_axes(const struct bars *b) {
    struct sketch *s = b->sketch;
    for (size_t i = 0; i < b->ticks.count; i++) {
        double at = scale_at(&b->scale, b->ticks.values[i]);
        enum mark_role role = b->ticks.values[i] == 0 ? ROLE_AXIS : ROLE_GRID;
        if (b->lying)
            sketch_line(s, role, COLOUR_NONE, at, b->top, at, b->bottom);
        else
            sketch_line(s, role, COLOUR_NONE, b->left, at, b->right, at);
    }
    for (size_t i = 0; i < b->ticks.count; i++) {
        double at = scale_at(&b->scale, b->ticks.values[i]);
        if (b->lying)
            sketch_text(s, ROLE_TICK_LABEL, at, b->bottom + 15, ANCHOR_MIDDLE, b->ticks.labels[i]);
        else
            sketch_text(s, ROLE_TICK_LABEL, b->left - 6, at + 4, ANCHOR_END, b->ticks.labels[i]);
    }
    double band = (b->lying ? b->bottom - b->top : b->right - b->left) / (double)b->rows;
    for (size_t row = 0; row < b->rows; row++) {
        double middle = (b->lying ? b->top : b->left) + band * ((double)row + 0.5);
        const char *name = b->category->categories[row];
        if (b->lying)
            sketch_text(s, ROLE_ANNOTATION, b->left - 8, middle + 4, ANCHOR_END,
                        text_fit(s->arena, name, b->left - 8));
        else
            sketch_text(s, ROLE_TICK_LABEL, middle, b->bottom + 16, ANCHOR_MIDDLE, name);
    }
}

/* One bar from value `from` to value `to`, `across` units from the start of the plot. */
static void draw_bar(const struct bars *b, int colour, double from, double to, double across,
                     double thick) {
    double p = scale_at(&b->scale, from), q = scale_at(&b->scale, to);
    double start = fmin(p, q), length = fmax(fabs(p - q), to != from ? 0.5 : 0);
    if (b->stacked && length > 2)
        length -= 1; /* the ground shows between the parts */
    if (b->lying)
        sketch_rect(b->sketch, ROLE_SERIES, colour, start, b->top + across, length, thick);
    else
        sketch_rect(b->sketch, ROLE_SERIES, colour, b->left + across, q < p ? p - length : start,
                    thick, length);
}

/* "2.00" beside "0.747". */
static const char *value_alike(const struct bars *b, double value) {
    char out[NUM_MAX];
    if (b->counts && chart_is_count(value))
        return arena_copy(b->sketch->arena, out, num_fixed_grouped(out, value, 0));
    if (b->decimals >= 0 || value == 0)
        return text_number(b->sketch->arena, value);
    return arena_copy(b->sketch->arena, out, num_grouped(out, value, 3));
}

static const char *value_text(const struct bars *b, double value) {
    return fabs(value) < 100 && b->decimals >= 0
               ? text_fixed(b->sketch->arena, value, b->decimals, "")
               : value_alike(b, value);
}

static void write_value(const struct bars *b, double value, double across, double thick) {
    const char *text = isnan(value) ? "\u2013" : value_text(b, value);
    double end = scale_at(&b->scale, isnan(value) ? 0 : value);
    bool negative = value < 0;
    if (b->lying)
        sketch_text(b->sketch, ROLE_VALUE, end + (negative ? -4 : 4),
                    b->top + across + thick / 2 + 4, negative ? ANCHOR_END : ANCHOR_START, text);
    else if (text_width(text) <= thick + 8)
        sketch_text(b->sketch, ROLE_VALUE, b->left + across + thick / 2, end + (negative ? 13 : -4),
                    ANCHOR_MIDDLE, text);
}

static void draw_row(const struct bars *b, size_t row, double start, double thick) {
    const struct chart *chart = b->chart;
    bool figures = b->rows * (b->stacked ? 1 : chart->series_count) <= VALUES_MAX;
    double sum = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        double v = value_of(&chart->series[i], row);
        int colour = frame_colour(chart->series, i);
        double across = start + (b->stacked ? 0 : thick * (double)i);
        double drawn = b->stacked ? thick : thick - 1;
        if (isfinite(v)) {
            draw_bar(b, colour, b->stacked ? sum : 0, b->stacked ? sum + v : v, across, drawn);
            sum += v;
        }
        if (figures && !b->stacked)
            write_value(b, v, across, drawn);
    }
    if (figures && b->stacked && !b->equal_totals)
        write_value(b, b->totals[row], start, thick);
}

void kind_bars(struct sketch *sketch, const struct kind_request *request) {
    const struct chart *chart = request->chart;
    struct bars b = {.sketch = sketch,
                     .chart = chart,
                     .category = category_axis(chart),
                     .lying = kind_bars_lie(chart, request->width),
                     .stacked = chart->kind == CHART_STACKED,
                     .width = request->width,
                     .height = request->height};
    b.value = b.category == &chart->y ? &chart->x : &chart->y;
    b.rows = b.category->category_count;
    set_totals(&b);
    b.equal_totals = equal_totals(b.totals, b.rows);
    b.counts = chart_counts(chart);
    b.decimals = b.stacked && b.equal_totals ? 0 : shared_decimals(&b); /* no figures then */
    struct key_entry *key = ARENA_ARRAY(sketch->arena, chart->series_count + 1, struct key_entry);
    size_t key_count = make_key(chart, key);
    double line = 12;
    const char *label = text_axis(sketch->arena, b.value->label, b.value->unit);
    if (key_count > 0)
        line = frame_key(sketch, key, key_count, 0, line, b.width);
    if (*label) {
        line += key_count > 0 ? LINE_HEIGHT + 4 : 0;
        sketch_text(sketch, ROLE_AXIS_LABEL, 0, line, ANCHOR_START, label);
    }
    if (b.rows < 1)
        return;
    place(&b, line);
    sketch->head = b.top;
    draw_axes(&b);
    size_t side_by_side = b.stacked ? 1 : chart->series_count;
    double band = (b.lying ? b.bottom - b.top : b.right - b.left) / (double)b.rows;
    double all = fmin(band * 0.72, 64 * (double)side_by_side);
    for (size_t row = 0; row < b.rows; row++)
        draw_row(&b, row, band * (double)row + (band - all) / 2, all / (double)side_by_side);
    if (!b.lying && b.category->label && *b.category->label)
        sketch_text(sketch, ROLE_AXIS_LABEL, b.right, b.height - 5, ANCHOR_END,
                    text_axis(sketch->arena, b.category->label, b.category->unit));
}
