/* What a chart says, in words, for those who do not see it: most, least, trend, crossover. */
#include "base/buf.h"
#include "base/num.h"
#include "chart/frontier.h"
#include "chart/kinds.h"
#include "chart/text.h"

#include <math.h>
#include <string.h>

struct extreme {
    double value;
    const struct chart_series *series;
    size_t index;
};

bool chart_is_count(double value) {
    return value == floor(value) && fabs(value) < 1e6;
}

bool chart_counts(const struct chart *chart) {
    for (size_t i = 0; i < chart->series_count; i++)
        for (size_t k = 0; k < chart->series[i].count; k++)
            if (isfinite(chart->series[i].y[k]) && !chart_is_count(chart->series[i].y[k]))
                return false;
    return true;
}

struct writer {
    struct arena *arena;
    const struct chart *chart;
    bool counts;
    struct buf out;
};

static void put_number(struct writer *w, double value) {
    char *at = buf_space(&w->out, NUM_MAX);
    if (at)
        buf_took(&w->out, text_put_number(at, value));
}

static void put_x(struct writer *w, double x) {
    if (w->chart->x.date)
        buf_puts(&w->out, text_date(w->arena, x));
    else
        put_number(w, x);
}

/* "2,035" or the category or the point's label: where on the x axis. */
static void put_place(struct writer *w, const struct chart_series *series, size_t index) {
    const struct chart_axis *axis = w->chart->x.categories   ? &w->chart->x
                                    : w->chart->y.categories ? &w->chart->y
                                                             : NULL;
    double x = series->x ? series->x[index] : (double)index;
    if (axis && x >= 0 && x < (double)axis->category_count) {
        buf_puts(&w->out, axis->categories[(size_t)x]);
    } else {
        if (w->chart->x.label && !w->chart->x.date) {
            buf_puts(&w->out, w->chart->x.label);
            buf_putc(&w->out, ' ');
        }
        put_x(w, x);
    }
}

static void put_value(struct writer *w, double value) {
    char *at = w->counts && chart_is_count(value) ? buf_space(&w->out, NUM_MAX) : NULL;
    if (at)
        buf_took(&w->out, num_fixed_grouped(at, value, 0));
    else
        put_number(w, value);
}

static void put_extreme(struct writer *w, const char *word, const struct extreme *extreme) {
    const struct chart_series *series = extreme->series;
    bool labelled = series->labels && series->labels[extreme->index];
    buf_puts(&w->out, word);
    put_value(w, extreme->value);
    buf_puts(&w->out, " (");
    if (labelled || xy_is_named(series)) {
        buf_puts(&w->out, labelled ? series->labels[extreme->index] : series->name);
        buf_puts(&w->out, ", ");
    }
    put_place(w, series, extreme->index);
    buf_puts(&w->out, ").");
}

/* Least and most over all series; false when there is no value at all. */
static bool extremes(const struct chart_series *series, size_t count, struct extreme *least,
                     struct extreme *most) {
    bool any = false;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < series[i].count; k++) {
            double y = series[i].y[k];
            if (!isfinite(y))
                continue;
            if (!any || y < least->value)
                *least = (struct extreme){y, &series[i], k};
            if (!any || y > most->value)
                *most = (struct extreme){y, &series[i], k};
            any = true;
        }
    return any;
}

static void put_trend(struct writer *w, const struct chart_series *series) {
    size_t first = 0, last = series->count;
    while (first < last && !isfinite(series->y[first]))
        first++;
    while (last > first && !isfinite(series->y[last - 1]))
        last--;
    if (last - first < 2)
        return;
    double from = series->y[first], to = series->y[last - 1];
    bool flat = fabs(to - from) <= 0.02 * fmax(fabs(from), fabs(to));
    buf_putc(&w->out, ' ');
    buf_puts(&w->out, xy_is_named(series) ? series->name : "The line");
    buf_puts(&w->out, flat ? " stays near " : to > from ? " rises from " : " falls from ");
    put_number(w, from);
    if (!flat) {
        buf_puts(&w->out, " to ");
        put_number(w, to);
    }
    buf_putc(&w->out, '.');
}

/* y of a line at x, between its points; NaN outside and over gaps. `guess`: which point may lie
   there, as most lines of a chart have theirs at the same places. */
static double value_at(const struct chart_series *series, double x, size_t guess) {
    if (guess < series->count && series->x[guess] == x)
        return series->y[guess];
    for (size_t i = 0; i < series->count; i++) {
        if (series->x[i] == x)
            return series->y[i];
        if (i > 0 && series->x[i - 1] < x && x < series->x[i]) {
            double share = (x - series->x[i - 1]) / (series->x[i] - series->x[i - 1]);
            return series->y[i - 1] + share * (series->y[i] - series->y[i - 1]);
        }
    }
    return NAN;
}

/* How far line a lies above line b at a point of its own; NaN where b has none. */
static double gap_at(const struct chart_series *a, const struct chart_series *b, size_t i) {
    return a->y[i] - value_at(b, a->x[i], i);
}

/* Whether line a lies below line b where first they differ, and above where they do last. */
static bool rises_above(const struct chart_series *a, const struct chart_series *b) {
    double first = 0, last = 0;
    for (size_t i = 0; i < a->count && !(fabs(first) > 0); i++)
        first = gap_at(a, b, i);
    for (size_t i = a->count; i > 0 && first < 0 && !(fabs(last) > 0); i--)
        last = gap_at(a, b, i - 1);
    return first < 0 && last > 0;
}

/* Where line a comes to lie above line b, having been below; NaN unless they cross once only. */
static double crossing(const struct chart_series *a, const struct chart_series *b) {
    double before = 0, before_x = NAN, at = NAN;
    int crossings = 0;
    if (!rises_above(a, b))
        return NAN;
    for (size_t i = 0; i < a->count; i++) {
        double gap = gap_at(a, b, i);
        if (isnan(gap) || gap == 0)
            continue;
        if (before * gap < 0) {
            crossings++;
            if (gap > 0)
                at = before_x + (a->x[i] - before_x) * before / (before - gap);
        }
        before = gap;
        before_x = a->x[i];
    }
    return crossings == 1 ? at : NAN;
}

static void put_crossings(struct writer *w) {
    const struct chart *chart = w->chart;
    int said = 0;
    for (size_t i = 0; i < chart->series_count; i++)
        for (size_t k = 0; k < chart->series_count && said < 2; k++) {
            const struct chart_series *a = &chart->series[i], *b = &chart->series[k];
            bool lines = a->kind == SERIES_LINE && b->kind == SERIES_LINE;
            if (i == k || !lines || !xy_is_named(a) || !xy_is_named(b))
                continue;
            double x = crossing(a, b);
            if (!isfinite(x))
                continue;
            buf_printf(&w->out, " %s passes %s near ", a->name, b->name);
            put_x(w, x);
            buf_putc(&w->out, '.');
            said++;
        }
}

static void put_frontier(struct writer *w) {
    for (size_t i = 0; i < w->chart->series_count; i++) {
        const struct chart_series *series = &w->chart->series[i];
        size_t *indices;
        if (series->kind != SERIES_FRONTIER || !series->x)
            continue;
        size_t n = frontier_find(w->arena, series->x, series->y, series->count,
                                 w->chart->x.less_is_better, w->chart->y.less_is_better, &indices);
        if (n < 1)
            continue;
        buf_printf(&w->out, " %zu on the frontier", n);
        size_t said = 0;
        for (size_t k = 0; k < n && k < 6 && series->labels; k++)
            if (series->labels[indices[k]])
                buf_printf(&w->out, "%s%s", said++ ? ", " : ": ", series->labels[indices[k]]);
        if (said && n > said)
            buf_printf(&w->out, " and %zu more", n - said);
        buf_putc(&w->out, '.');
    }
}

static const char *kind_word(const struct chart *chart) {
    switch (chart->kind) {
    case CHART_LINE:
    case CHART_MULTIPLES:
        return "Lines";
    case CHART_SCATTER:
        return "Points";
    case CHART_ROOFLINE:
        return "Roofline";
    case CHART_BARS:
        return "Bars";
    case CHART_STACKED:
        return "Stacked bars";
    case CHART_HEAT:
        break;
    }
    return "Table of shades";
}

/* As text_axis has it. */
static void put_axis(struct writer *w, const char *word, const struct chart_axis *axis) {
    if (!axis->label || !*axis->label)
        return;
    buf_puts(&w->out, word);
    buf_puts(&w->out, axis->label);
    if (axis->unit && *axis->unit) {
        buf_puts(&w->out, " (");
        buf_puts(&w->out, axis->unit);
        buf_putc(&w->out, ')');
    }
}

static void put_intro(struct writer *w) {
    const struct chart *chart = w->chart;
    bool lying = chart->y.categories && !chart->x.categories;
    const struct chart_axis *value = lying ? &chart->x : &chart->y;
    const struct chart_axis *place = lying ? &chart->y : &chart->x;
    buf_puts(&w->out, kind_word(chart));
    if (chart->kind != CHART_HEAT) {
        put_axis(w, ": ", value);
        put_axis(w, " by ", place);
    }
    buf_putc(&w->out, '.');
}

static void put_heat(struct writer *w) {
    const struct chart *chart = w->chart;
    size_t columns = chart->x.category_count, n = columns * chart->y.category_count;
    size_t least = n, most = n;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(chart->heat[i]))
            continue;
        if (least == n || chart->heat[i] < chart->heat[least])
            least = i;
        if (most == n || chart->heat[i] > chart->heat[most])
            most = i;
    }
    if (least == n) {
        buf_puts(&w->out, " No values.");
        return;
    }
    for (int i = 0; i < 2; i++) {
        size_t at = i ? least : most;
        buf_puts(&w->out, i ? " Lowest: " : " Highest: ");
        put_number(w, chart->heat[at]);
        buf_printf(&w->out, " (%s, %s).", chart->y.categories[at / columns],
                   chart->x.categories[at % columns]);
    }
}

/* Whether the trend of its line names the value: it is where the line begins or ends. */
static bool is_told_by_trend(const struct chart *chart, const struct extreme *extreme) {
    const struct chart_series *series = extreme->series;
    double from = series->y[0], to = series->y[series->count - 1];
    return chart->kind == CHART_LINE && series->kind == SERIES_LINE &&
           chart->series_count <= LINES_MAX &&
           (extreme->index == 0 || extreme->index == series->count - 1) &&
           fabs(to - from) > 0.02 * fmax(fabs(from), fabs(to));
}

static void put_series(struct writer *w) {
    const struct chart *chart = w->chart;
    struct extreme least, most;
    if (!extremes(chart->series, chart->series_count, &least, &most)) {
        buf_puts(&w->out, " No values.");
        return;
    }
    if (!is_told_by_trend(chart, &most))
        put_extreme(w, " Highest: ", &most);
    if (least.value < most.value && !is_told_by_trend(chart, &least))
        put_extreme(w, " Lowest: ", &least);
    int trends = 0;
    for (size_t i = 0; i < chart->series_count && trends < LINES_MAX; i++)
        if (chart->series[i].kind == SERIES_LINE && chart->kind == CHART_LINE) {
            put_trend(w, &chart->series[i]);
            trends++;
        }
    put_crossings(w);
    put_frontier(w);
}

static void put_panels(struct writer *w) {
    for (size_t i = 0; i < w->chart->panel_count; i++) {
        const struct chart *panel = &w->chart->panels[i];
        struct extreme least, most;
        if (!extremes(panel->series, panel->series_count, &least, &most))
            continue;
        buf_printf(&w->out, " %s: ", panel->title ? panel->title : "");
        put_number(w, least.value);
        buf_puts(&w->out, " to ");
        put_number(w, most.value);
        buf_putc(&w->out, '.');
    }
}

const char *describe(struct arena *arena, const struct chart *chart) {
    struct writer w = {
        .arena = arena, .chart = chart, .counts = chart_counts(chart), .out = BUF_INIT};
    put_intro(&w);
    if (chart->kind == CHART_HEAT)
        put_heat(&w);
    else if (chart->panel_count > 0)
        put_panels(&w);
    else
        put_series(&w);
    const char *text = arena_copy(arena, buf_text(&w.out), w.out.len);
    buf_free(&w.out);
    return text;
}
