/* Heat tables: a grid of shaded cells with the figure written in each. */
#include "chart/kinds.h"

#include "base/num.h"
#include "chart/text.h"

#include <math.h>
#include <string.h>

#define CELL_HEIGHT 24.0
#define HEAD 52.0
#define SHADES 8.0

/* Cells stand in columns: "3.80" under "5.43". */
static const char *three_digits(struct arena *arena, double value) {
    char out[NUM_MAX];
    return arena_copy(arena, out, num_grouped(out, value, 3));
}

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

/* Over its column; one too wide for it is set in two lines where it has a hyphen or a space. */
static void column_name(struct sketch *sketch, double x, const char *name, double width) {
    size_t n = strcspn(name, "- ");
    if (name[n] && text_width(name) > width) {
        const char *first = arena_copy(sketch->arena, name, name[n] == '-' ? n + 1 : n);
        sketch_text(sketch, ROLE_TICK_LABEL, x, HEAD - 21, ANCHOR_MIDDLE,
                    text_fit(sketch->arena, first, width));
        name += n + 1;
    }
    sketch_text(sketch, ROLE_TICK_LABEL, x, HEAD - 8, ANCHOR_MIDDLE,
                text_fit(sketch->arena, name, width));
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
        column_name(sketch, left + cell * ((double)i + 0.5), chart->x.categories[i], cell - 4);
    for (size_t i = 0; i < rows; i++)
        sketch_text(sketch, ROLE_ANNOTATION, left - 8, HEAD + high * ((double)i + 0.5) + 4,
                    ANCHOR_END, text_fit(sketch->arena, chart->y.categories[i], left - 8));
    for (size_t i = 0; i < columns * rows; i++) {
        const char *text =
            isfinite(chart->heat[i]) ? three_digits(sketch->arena, chart->heat[i]) : "\u2013";
        if (text_width(text) <= cell - 2)
            sketch_text(sketch, ROLE_VALUE, left + cell * ((double)(i % columns) + 0.5),
                        HEAD + high * ((double)(i / columns) + 0.5) + 4, ANCHOR_MIDDLE, text);
    }
}
