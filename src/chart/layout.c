/* A chart to marks: picks the kind, its size, and the words that describe it. */
#include "chart/kinds.h"

#define DEFAULT_WIDTH 400.0
#define DEFAULT_HEIGHT 250.0

/* Height for charts that leave it open; *stretches when others would do as well. */
static double open_height(const struct chart *chart, double width, bool *stretches) {
    *stretches = false;
    switch (chart->kind) {
    case CHART_BARS:
    case CHART_STACKED:
        *stretches = !kind_bars_lie(chart, width);
        return kind_bars_height(chart, width);
    case CHART_HEAT:
        return kind_heat_height(chart);
    case CHART_MULTIPLES:
        return kind_multiples_height(chart, width);
    case CHART_LINE:
    case CHART_SCATTER:
    case CHART_ROOFLINE:
        break;
    }
    if (kind_too_many_lines(chart))
        return kind_multiples_height(chart, width);
    *stretches = true;
    return DEFAULT_HEIGHT;
}

bool chart_stretches(const struct chart *chart) {
    bool stretches;
    open_height(chart, chart->width > 0 ? chart->width : DEFAULT_WIDTH, &stretches);
    return stretches;
}

static void draw(struct sketch *sketch, const struct kind_request *request) {
    switch (request->chart->kind) {
    case CHART_BARS:
    case CHART_STACKED:
        kind_bars(sketch, request);
        return;
    case CHART_HEAT:
        kind_heat(sketch, request);
        return;
    case CHART_MULTIPLES:
        kind_multiples(sketch, request);
        return;
    case CHART_LINE:
    case CHART_SCATTER:
    case CHART_ROOFLINE:
        break;
    }
    if (kind_too_many_lines(request->chart))
        kind_multiples(sketch, request);
    else
        kind_xy(sketch, request);
}

struct marks chart_layout(struct arena *arena, const struct chart *chart) {
    return chart_layout_with(NULL, arena, chart);
}

struct marks chart_layout_with(struct ticks_kept *kept, struct arena *arena,
                               const struct chart *chart) {
    struct kind_request request = {.chart = chart};
    request.width = chart->width > 0 ? chart->width : DEFAULT_WIDTH;
    bool stretches;
    request.height = open_height(chart, request.width, &stretches);
    if (chart->height > 0)
        request.height = chart->height;
    struct sketch sketch = {.arena = arena, .ticks = kept};
    draw(&sketch, &request);
    return (struct marks){.width = request.width,
                          .height = request.height,
                          .id = chart->id,
                          .title = chart->title ? chart->title : "",
                          .desc = chart->desc ? chart->desc : describe(arena, chart),
                          .stretches = stretches,
                          .head = sketch.head,
                          .items = sketch.items,
                          .count = sketch.count};
}
