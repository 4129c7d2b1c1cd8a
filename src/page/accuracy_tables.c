/* Errors by class, engine, GPU, model and source; left-out errors. */
#include "page/accuracy.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_KEYS 25
#define FEWEST_ROWS 10 /* for a median that is named */

static const char *class_name(const char *kind) {
    static const struct {
        const char *kind, *name;
    } names[] = {{"dense", "Dense, batch stated"},
                 {"experts", "Mixture of experts, batch stated"},
                 {"single-stream", "One request at a time"},
                 {"max-throughput", "Batch of the engine's choice"},
                 {"waves", "Batch beyond the memory"},
                 {"skipped", "Not predicted"}};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(names[i].kind, kind) == 0)
            return names[i].name;
    return kind;
}

static const char *key_name(const struct page_plan *plan, enum accuracy_key key, const char *id,
                            const char **href, struct arena *arena) {
    *href = NULL;
    if (key == ACCURACY_BY_GPU) {
        const struct gpu *gpu = catalog_find_gpu(plan->catalog, id);
        if (gpu)
            *href = href_gpu(arena, gpu);
        return gpu ? phrase_gpu(gpu) : id;
    }
    if (key == ACCURACY_BY_MODEL) {
        const struct model *model = catalog_find_model(plan->catalog, id);
        if (model)
            *href = href_model(arena, model);
        return model ? model->name : id;
    }
    if (key == ACCURACY_BY_ENGINE)
        return phrase_engine(plan, id);
    return key == ACCURACY_BY_CLASS ? class_name(id) : id;
}

static int most_rows_first(const void *left, const void *right) {
    const struct accuracy_summary *a = left, *b = right;
    if (a->predicted != b->predicted)
        return a->predicted > b->predicted ? -1 : 1;
    return strcmp(a->key, b->key);
}

/* The closest and the furthest of those with rows enough to say so. */
static const char *extremes(struct accuracy_page *a, enum accuracy_key key,
                            const struct accuracy_summary *all, size_t count, const char *what) {
    const struct accuracy_summary *least = NULL, *most = NULL;
    for (size_t i = 0; i < count; i++) {
        if (all[i].predicted < FEWEST_ROWS || !isfinite(all[i].median))
            continue;
        least = !least || all[i].median < least->median ? &all[i] : least;
        most = !most || all[i].median > most->median ? &all[i] : most;
    }
    if (least == most)
        return what;
    const char *href;
    return arena_printf(
        a->arena, "%s. Closest: %s for %s; furthest: %s for %s", what,
        words_percent(a->arena, least->median), key_name(a->plan, key, least->key, &href, a->arena),
        words_percent(a->arena, most->median), key_name(a->plan, key, most->key, &href, a->arena));
}

static void summary(struct accuracy_page *a, enum accuracy_key key, const char *name,
                    const char *heading, const char *head, const char *what) {
    struct arena *arena = a->arena;
    size_t count;
    struct accuracy_summary *all = accuracy_summarise(arena, a->rows, a->row_count, key, &count);
    struct column *columns = ARENA_ARRAY(arena, 7, struct column);
    const struct column fixed[7] = {
        {"key", head, NULL, false, false},
        {"rows", "Rows", NULL, true, false},
        {"skipped", "Skipped", NULL, true, false},
        {"median_error", "Median error", NULL, true, false},
        {"mean_error", "Mean error", NULL, true, false},
        {"within_25", "Within 25" THIN_SPACE "%", NULL, true, false},
        {"bias", "Bias", NULL, true, false},
    };
    for (size_t i = 0; i < 7; i++)
        columns[i] = fixed[i];
    qsort(all, count, sizeof *all, most_rows_first);
    struct rows rows = rows_begin(arena, columns, 7, count);
    for (size_t i = 0; i < count; i++) {
        const char *href;
        const char *text = key_name(a->plan, key, all[i].key, &href, arena);
        rows_put(&rows, value_href(value_text(text), href));
        rows_put(&rows, value_exact(arena, (double)all[i].predicted));
        rows_put(&rows, value_exact(arena, (double)all[i].skipped));
        rows_put(&rows, value_bar(value_percent(arena, all[i].median), all[i].median));
        rows_put(&rows, value_percent(arena, all[i].mean));
        rows_put(&rows, value_percent(arena, all[i].within_25));
        rows_put(&rows, value_percent(arena, all[i].bias));
    }
    struct table *table =
        draft_table(&a->draft, name, heading, &rows, extremes(a, key, all, count, what));
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    if (count > SHOWN_KEYS + SHOWN_KEYS / 5) /* not all but one */
        table->shown_rows = SHOWN_KEYS;
}

void accuracy_summaries(struct accuracy_page *a) {
    summary(a, ACCURACY_BY_CLASS, "by_class", "By kind of measurement", "Kind",
            "By what a row states of its batch");
    summary(a, ACCURACY_BY_ENGINE, "by_engine", "By engine", "Engine",
            "Each engine has a fit of its own");
    summary(a, ACCURACY_BY_GPU, "by_gpu", "By GPU", "GPU", "All engines that were measured on it");
    summary(a, ACCURACY_BY_MODEL, "by_model", "By model", "Model",
            "On all GPUs, under all engines");
    summary(a, ACCURACY_BY_SOURCE, "by_source", "By source", "Source",
            "By who measured, and where it is published");
}

static void error_cells(struct rows *rows, const struct calibration_error *error) {
    if (error->rows == 0) {
        rows_put(rows, value_none());
        rows_put(rows, value_none());
        return;
    }
    rows_put(rows, value_percent(rows->arena, error->median));
    rows_put(rows, value_percent(rows->arena, error->within_25));
}

void accuracy_left_out(struct accuracy_page *a) {
    static const struct column columns[] = {
        {"engine", "Engine", NULL, false, false},
        {"software", "Software of", NULL, false, false},
        {"rows", "Rows", NULL, true, false},
        {"fitted_median", "Fitted", "median", true, false},
        {"fitted_within_25", "Fitted", "in 25" THIN_SPACE "%", true, false},
        {"model_median", "Model left out", "median", true, false},
        {"model_within_25", "Model left out", "in 25" THIN_SPACE "%", true, false},
        {"gpu_median", "GPU left out", "median", true, false},
        {"gpu_within_25", "GPU left out", "in 25" THIN_SPACE "%", true, false},
        {"source_median", "Source left out", "median", true, false},
        {"source_within_25", "Source left out", "in 25" THIN_SPACE "%", true, false},
    };
    const struct calibration_set *set = a->plan->calibrations;
    if (!set)
        return;
    struct rows rows = rows_begin(a->arena, columns, COUNT_OF(columns), set->count);
    for (size_t i = 0; i < set->count; i++) {
        const struct calibration *item = &set->items[i];
        rows_put(&rows, value_text(item->name));
        rows_put(&rows, value_text(item->version));
        rows_put(&rows, value_exact(a->arena, item->rows));
        error_cells(&rows, &item->fitted);
        error_cells(&rows, &item->left_out);
        error_cells(&rows, &item->left_out_gpu);
        error_cells(&rows, &item->left_out_source);
    }
    struct table *table =
        draft_table(&a->draft, "left_out", "What the fit has not seen", &rows,
                    "Each model, GPU or source predicted by a fit without its rows");
    if (table)
        table->downloadable = true;
}

/* The same errors by class of rows, all engines together and then one thing left out at a time. */
void accuracy_left_out_classes(struct accuracy_page *a) {
    static const struct column columns[] = {
        {"left_out", "Left out", NULL, false, true},
        {"name", "Which", NULL, false, false},
        {"class", "Class of rows", NULL, false, true},
        {"rows", "Rows", NULL, true, false},
        {"median", "Median error", NULL, true, false},
        {"mean", "Mean error", NULL, true, false},
        {"within_25", "Within 25" THIN_SPACE "%", NULL, true, false},
    };
    const struct calibration_set *set = a->plan->calibrations;
    if (!set || set->left_out_count == 0)
        return;
    struct rows rows = rows_begin(a->arena, columns, COUNT_OF(columns), set->left_out_count);
    for (size_t i = 0; i < set->left_out_count; i++) {
        const struct calibration_left_out *item = &set->left_out[i];
        bool each = strcmp(item->name, "all") == 0;
        enum accuracy_key key = strcmp(item->key, "gpu") == 0     ? ACCURACY_BY_GPU
                                : strcmp(item->key, "model") == 0 ? ACCURACY_BY_MODEL
                                                                  : ACCURACY_BY_SOURCE;
        const char *href;
        rows_put(&rows, value_text(strcmp(item->key, "gpu") == 0 ? "GPU" : item->key));
        rows_put(&rows, value_text(each ? "each in turn"
                                        : key_name(a->plan, key, item->name, &href, a->arena)));
        rows_put(&rows, value_text(class_name(item->kind)));
        rows_put(&rows, value_exact(a->arena, item->error.rows));
        rows_put(&rows, value_percent(a->arena, item->error.median));
        rows_put(&rows, value_percent(a->arena, item->error.mean));
        rows_put(&rows, value_percent(a->arena, item->error.within_25));
    }
    struct table *table =
        draft_table(&a->draft, "left_out_classes", "Left out, by class of rows", &rows,
                    "Rows predicted by fits that never saw their model, GPU or source");
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = 2 * SHOWN_KEYS;
}
