/* How errors spread within each engine, and under which engine and GPU they lie. */
#include "page/accuracy.h"

#include "base/sample.h"
#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LIMITS 8
#define FEWEST_ROWS 50 /* of an engine with a panel */
#define ENGINES_MAX 6
#define HEAT_GPUS 10
#define FEWEST_CELL 4 /* rows behind a median */

static double error_of(const struct accuracy_row *row) {
    return row->skipped ? NAN : fabs(row->ratio - 1);
}

/* As the summaries call it, however the row spells it, if it names one. */
static bool is_of(const struct accuracy_row *row, const char *engine) {
    return strcmp(accuracy_key_of(row, ACCURACY_BY_ENGINE), engine) == 0;
}

/* Sets shares[i] to the share of the engine's predictions within limits[i], which ascend; NaN: it
   has none. */
static void shares_within(const struct accuracy_page *a, const char *engine, const double *limits,
                          double *shares) {
    size_t in[LIMITS] = {0}, all = 0;
    for (size_t i = 0; i < a->row_count; i++) {
        double error = error_of(&a->rows[i]);
        if (!isfinite(error) || !is_of(&a->rows[i], engine))
            continue;
        all++;
        for (size_t k = LIMITS; k > 0 && error <= limits[k - 1]; k--)
            in[k - 1]++;
    }
    for (size_t k = 0; k < LIMITS; k++)
        shares[k] = all ? (double)in[k] / (double)all : NAN;
}

static const double spread_limits[LIMITS] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1};
enum { TENTH = 3 }; /* of the limits */

/* *tenth: the share within a tenth. */
static struct chart_series *spread_of(struct accuracy_page *a, const char *engine, double *tenth) {
    struct chart_series *series = ARENA_NEW(a->arena, struct chart_series);
    double *x = ARENA_ARRAY(a->arena, LIMITS, double), *y = ARENA_ARRAY(a->arena, LIMITS, double);
    shares_within(a, engine, spread_limits, y);
    *tenth = y[TENTH];
    for (size_t i = 0; i < LIMITS; i++) {
        x[i] = 100 * spread_limits[i];
        y[i] *= 100;
    }
    *series = (struct chart_series){
        .name = "Within", .kind = SERIES_LINE, .colour = 0, .x = x, .y = y, .count = LIMITS};
    return series;
}

/* A panel an engine: the share of predictions within each error. */
static void spread_chart(struct accuracy_page *a) {
    struct arena *arena = a->arena;
    size_t found, count = 0;
    struct accuracy_summary *engines =
        accuracy_summarise(arena, a->rows, a->row_count, ACCURACY_BY_ENGINE, &found);
    struct chart *panels = ARENA_ARRAY(arena, ENGINES_MAX, struct chart);
    const char *worst = NULL;
    double least = INFINITY;
    for (size_t i = 0; i < found && count < ENGINES_MAX; i++) {
        if (engines[i].predicted < FEWEST_ROWS)
            continue;
        double tenth;
        panels[count++] = (struct chart){.title = phrase_engine(a->plan, engines[i].key),
                                         .series = spread_of(a, engines[i].key, &tenth),
                                         .series_count = 1};
        if (tenth < least)
            least = tenth, worst = panels[count - 1].title;
    }
    if (count < 2)
        return;
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_MULTIPLES,
        .id = "spread",
        .title = arena_printf(arena,
                              "At least %s of each engine's predictions lie within %s; %s "
                              "is the hardest",
                              words_percent(arena, floor(100 * least) / 100),
                              words_percent(arena, 0.1), worst),
        .x = {.label = "Error of at most", .unit = "%", .log = true},
        .y = {.label = "Predictions", .unit = "%", .from_zero = true},
        .panels = panels,
        .panel_count = count};
    draft_chart(&a->draft, "spread", chart, NULL);
}

static int most_first(const void *left, const void *right) {
    const struct accuracy_summary *a = left, *b = right;
    if (a->predicted != b->predicted)
        return a->predicted > b->predicted ? -1 : 1;
    return strcmp(a->key, b->key);
}

static double median_error(struct accuracy_page *a, const struct gpu *gpu, const char *engine,
                           double *room) {
    size_t n = 0;
    for (size_t i = 0; i < a->row_count; i++) {
        double error = error_of(&a->rows[i]);
        if (isfinite(error) && a->rows[i].row->gpu == gpu && is_of(&a->rows[i], engine))
            room[n++] = error;
    }
    return n < FEWEST_CELL ? NAN : sample_median(room, n);
}

/* The numbers of the heat chart as it lays them out: a row a GPU, a column an engine. */
static const struct table *heat_table(struct arena *arena, const struct chart *chart,
                                      const struct accuracy_summary *engines) {
    size_t width = chart->x.category_count, height = chart->y.category_count;
    struct column *columns = ARENA_ARRAY(arena, width + 1, struct column);
    columns[0] = (struct column){"gpu", "GPU", NULL, false, false};
    for (size_t i = 0; i < width; i++)
        columns[i + 1] =
            (struct column){engines[i].key, chart->x.categories[i], chart->y.unit, true, false};
    struct rows rows = rows_begin(arena, columns, width + 1, height);
    for (size_t i = 0; i < width * height; i++) {
        if (i % width == 0)
            rows_put(&rows, value_text(chart->y.categories[i / width]));
        rows_put(&rows, value_number(arena, chart->heat[i]));
    }
    return rows_table(&rows, "Median error of the GPUs with most measurements, by engine");
}

/* Median error of the most measured GPUs under the most measured engines. */
static void heat_chart(struct accuracy_page *a) {
    struct arena *arena = a->arena;
    const struct catalog *catalog = a->plan->catalog;
    size_t engines, gpus, worst = 0;
    struct accuracy_summary *e =
        accuracy_summarise(arena, a->rows, a->row_count, ACCURACY_BY_ENGINE, &engines);
    struct accuracy_summary *g =
        accuracy_summarise(arena, a->rows, a->row_count, ACCURACY_BY_GPU, &gpus);
    qsort(e, engines, sizeof *e, most_first);
    qsort(g, gpus, sizeof *g, most_first);
    engines = engines < ENGINES_MAX ? engines : ENGINES_MAX;
    gpus = gpus < HEAT_GPUS ? gpus : HEAT_GPUS;
    const char **across = ARENA_ARRAY(arena, ENGINES_MAX, const char *);
    const char **down = ARENA_ARRAY(arena, HEAT_GPUS, const char *);
    double *heat = ARENA_ARRAY(arena, HEAT_GPUS * ENGINES_MAX, double), most = 0;
    double *room = ARENA_ARRAY(arena, a->row_count + 1, double);
    for (size_t i = 0; i < gpus * engines; i++) {
        const struct gpu *gpu = catalog_find_gpu(catalog, g[i / engines].key);
        if (!gpu)
            return;
        down[i / engines] = phrase_gpu(gpu);
        across[i % engines] = phrase_engine(a->plan, e[i % engines].key);
        heat[i] = 100 * median_error(a, gpu, e[i % engines].key, room);
        if (heat[i] > most)
            most = heat[i], worst = i;
    }
    if (engines < 2 || gpus < 2 || !(most > 0))
        return;
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){
        .kind = CHART_HEAT,
        .id = "where",
        .title = arena_printf(arena, "%s on %s is predicted worst: %s off at the median",
                              across[worst % engines], down[worst / engines],
                              words_percent(arena, most / 100)),
        .x = {.label = "Engine", .unit = "", .categories = across, .category_count = engines},
        .y = {.label = "Median error", .unit = "%", .categories = down, .category_count = gpus},
        .heat = heat};
    draft_chart_alone(&a->draft, "where", chart, heat_table(arena, chart, e));
}

void accuracy_charts(struct accuracy_page *a) {
    spread_chart(a);
    heat_chart(a);
}
