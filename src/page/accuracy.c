/* The accuracy page: every prediction beside its measurement, and how far off they are. */
#include "page/accuracy.h"

#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct accuracy_summary *find(const struct accuracy_summary *all, size_t count,
                                           const char *key) {
    for (size_t i = 0; i < count; i++)
        if (all[i].key && key && !strcmp(all[i].key, key))
            return &all[i];
    return NULL;
}

static const char *answer(const struct accuracy_page *a) {
    struct arena *arena = a->arena;
    if (!a->all || a->all->predicted == 0)
        return "No measurement can be predicted yet.";
    const char *first = arena_printf(
        arena,
        "The calibrated engines miss %s measurements by %s at the median; %s of them lie "
        "within 25" THIN_SPACE "%%.",
        words_exact(arena, (double)a->all->predicted), words_percent(arena, a->all->median),
        words_percent(arena, round(100 * a->all->within_25) / 100));
    size_t count;
    struct accuracy_summary *classes =
        accuracy_summarise(arena, a->rows, a->row_count, ACCURACY_BY_CLASS, &count);
    const struct accuracy_summary *dense =
        find(classes, count, accuracy_class_name(ACCURACY_DENSE));
    const struct accuracy_summary *experts =
        find(classes, count, accuracy_class_name(ACCURACY_EXPERTS));
    if (!dense || !experts || !(dense->predicted && experts->predicted))
        return first;
    return arena_printf(arena, "%s Dense models with a stated batch: %s; mixtures of experts: %s.",
                        first, words_percent(arena, dense->median),
                        words_percent(arena, experts->median));
}

/* Left-out error over all calibrations, weighted by their rows. */
static double left_out(const struct page_plan *plan) {
    double rows = 0, sum = 0;
    for (size_t i = 0; plan->calibrations && i < plan->calibrations->count; i++) {
        const struct calibration_error *error = &plan->calibrations->items[i].left_out;
        if (error->rows && isfinite(error->median)) {
            rows += error->rows;
            sum += error->rows * error->median;
        }
    }
    return rows > 0 ? sum / rows : NAN;
}

static void figures(struct accuracy_page *a) {
    struct arena *arena = a->arena;
    if (!a->all)
        return;
    struct figure out[4] = {
        {"Measurements", value_exact(arena, (double)a->all->predicted), "predicted",
         arena_printf(arena, "%zu more cannot be, and say why", a->all->skipped)},
        {"Median error", value_percent(arena, a->all->median), NULL, "half are closer than this"},
        {"Mean error", value_percent(arena, a->all->mean), NULL,
         arena_printf(arena, "bias %s%s", a->all->bias >= 0 ? "+" : "\xE2\x88\x92",
                      words_percent(arena, fabs(a->all->bias)))},
        {"Left out", value_percent(arena, left_out(a->plan)), NULL,
         "median error on models the fit has not seen"},
    };
    draft_figures(&a->draft, out, COUNT_OF(out));
}

static const char *points(struct arena *arena, int percent) {
    return arena_printf(arena, "%s%d" THIN_SPACE "%%", percent < 0 ? "\xE2\x88\x92" : "",
                        abs(percent));
}

#define BINS 12
/* Predicted over measured, in steps of 10 points from -50 to +70 and beyond. */
static void residual_chart(struct accuracy_page *a) {
    struct arena *arena = a->arena;
    const char **labels = ARENA_ARRAY(arena, BINS, const char *);
    double *x = ARENA_ARRAY(arena, BINS, double), *y = ARENA_ARRAY(arena, BINS, double);
    size_t n = 0, low = 0;
    for (int bin = 0; bin < BINS; bin++) {
        int from = -50 + 10 * bin;
        x[bin] = bin;
        labels[bin] = bin == 0          ? arena_printf(arena, "below %s", points(arena, from + 10))
                      : bin == BINS - 1 ? arena_printf(arena, "above %s", points(arena, from))
                                        : arena_printf(arena, "%s to %s", points(arena, from),
                                                       points(arena, from + 10));
    }
    for (size_t i = 0; i < a->row_count; i++) {
        double error = 100 * (a->rows[i].ratio - 1);
        if (a->rows[i].skipped || !isfinite(error))
            continue;
        int bin = (int)floor((error + 50) / 10);
        y[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin] += 1;
        low += error < 0;
        n++;
    }
    if (n == 0)
        return;
    struct chart_series *series = ARENA_ARRAY(arena, 1, struct chart_series);
    series[0] =
        (struct chart_series){.name = "Rows", .kind = SERIES_BAR, .x = x, .y = y, .count = BINS};
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_BARS,
        .id = "residuals",
        .title =
            arena_printf(arena, "%s of the predictions are too low, %s too high",
                         words_percent(arena, round(100.0 * (double)low / (double)n) / 100),
                         words_percent(arena, round(100.0 * (double)(n - low) / (double)n) / 100)),
        .x = {.label = "Prediction over measurement",
              .unit = "",
              .categories = labels,
              .category_count = BINS},
        .y = {.label = "Measurements by how far the prediction lies off",
              .unit = "",
              .from_zero = true},
        .series = series,
        .series_count = 1,
        .height = 280};
    draft_chart(&a->draft, "residuals", chart, NULL);
}

static struct accuracy_page begin(const struct page_plan *plan, const struct page_entry *entry,
                                  struct arena *arena) {
    struct accuracy_page a = {.plan = plan,
                              .arena = arena,
                              .rows = plan->accuracy,
                              .row_count = plan->catalog->benchmark_count,
                              .draft = draft_begin(arena, entry->path, "accuracy")};
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Accuracy", NULL, NULL}};
    size_t count = 0;
    a.all = accuracy_summarise(arena, a.rows, a.row_count, ACCURACY_BY_ALL, &count);
    if (count == 0)
        a.all = NULL;
    draft_crumbs(&a.draft, crumbs, COUNT_OF(crumbs));
    a.draft.page->title = "Predicted against measured";
    draft_answer(&a.draft, answer(&a));
    a.draft.page->description = a.draft.blocks[0].text;
    return a;
}

struct page *accuracy_outline(const struct page_plan *plan, const struct page_entry *entry,
                              struct arena *arena) {
    return begin(plan, entry, arena).draft.page;
}

struct page *page_accuracy(const struct page_plan *plan, const struct page_entry *entry,
                           struct arena *arena) {
    struct accuracy_page a = begin(plan, entry, arena);
    figures(&a);
    residual_chart(&a);
    accuracy_charts(&a);
    accuracy_summaries(&a);
    accuracy_left_out(&a);
    accuracy_left_out_classes(&a);
    accuracy_rows(&a);
    return draft_end(&a.draft);
}
