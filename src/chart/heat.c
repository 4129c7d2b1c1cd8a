/* Heat tables: a grid of shaded cells with the figure written in each. */
#include "chart/kinds.h"
#include "chart/text.h"

#include <math.h>

#define CELL_HEIGHT 24.0
#define HEAD 40.0
#define SHADES 8.0

double kind_heat_height(const struct chart *chart) {
    return HEAD + CELL_HEIGHT * (double)chart->y.category_count + 2;
}

/* Widely spread positive values are shaded by their logarithm. */
static double shade_of(double value, const struct range *range) {
    double share;
    if (range->hi <= range->lo)
        return 0.5;
    if (range->lo > 0 && range->hi > 50 * range->lo)
        share = log(value / range->lo) / log(range->hi / range->lo);
    else
        share = (value - range->lo) / (range->hi - range->lo);
    return round(share * SHADES) / SHADES;
}

void kind_heat(struct sketch *sketch, const struct kind_request *request) {
    const struct chart *chart = request->chart;
    size_t columns = chart->x.category_count, rows = chart->y.category_count;
    double left = 0;
    for (size_t i = 0; i < rows; i++)
        left = fmax(left, text_width(chart->y.categories[i]));
    left = fmin(ceil(left) + 8, 0.4 * request->width);
    const char *label = text_axis(sketch->arena, chart->x.label, chart->x.unit);
    if (*label)
        sketch_text(sketch, ROLE_AXIS_LABEL, left, 12, ANCHOR_START, label);
    if (columns < 1 || rows < 1)
        return;
    double cell = (request->width - left) / (double)columns;
    double high = (request->height - HEAD) / (double)rows;
    struct range range = RANGE_EMPTY;
    range_add(&range, chart->heat, columns * rows, false);
    for (size_t i = 0; i < columns * rows; i++) {
        if (!isfinite(chart->heat[i]))
            continue;
        double x = left + cell * (double)(i % columns), y = HEAD + high * (double)(i / columns);
        sketch_rect(sketch, ROLE_SERIES, 0, x, y, cell - 1, high - 1)->shade =
            shade_of(chart->heat[i], &range);
    }
    for (size_t i = 0; i < columns; i++)
        sketch_text(sketch, ROLE_TICK_LABEL, left + cell * ((double)i + 0.5), HEAD - 8,
                    ANCHOR_MIDDLE, text_fit(sketch->arena, chart->x.categories[i], cell - 4));
    for (size_t i = 0; i < rows; i++)
        sketch_text(sketch, ROLE_ANNOTATION, left - 8, HEAD + high * ((double)i + 0.5) + 4,
                    ANCHOR_END, text_fit(sketch->arena, chart->y.categories[i], left - 8));
    for (size_t i = 0; i < columns * rows; i++) {
        const char *text =
            isfinite(chart->heat[i]) ? text_number(sketch->arena, chart->heat[i]) : "\u2013";
        if (text_width(text) <= cell - 2)
            sketch_text(sketch, ROLE_VALUE, left + cell * ((double)(i % columns) + 0.5),
                        HEAD + high * ((double)(i / columns) + 0.5) + 4, ANCHOR_MIDDLE, text);
    }
}
