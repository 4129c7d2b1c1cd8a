/* Every row of the measurements beside its prediction, worst first: the first of them on the
   accuracy page, all on pages of their own that lead from one to the next. */
#include "page/accuracy.h"

#include "page/phrases.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_ROWS 40
#define PART_ROWS 200

static const struct column columns[] = {
    {"model", "Model", NULL, false, true},
    {"gpus", "GPUs", NULL, false, true},
    {"engine", "Engine", NULL, false, true},
    {"weights", "Weights", NULL, false, true},
    {"input_tokens", "In", "tokens", true, false},
    {"output_tokens", "Out", "tokens", true, false},
    {"batch", "Batch", NULL, true, false},
    {"measured_tokens_per_s", "Measured", "tokens/s", true, false},
    {"predicted_tokens_per_s", "Predicted", "tokens/s", true, false},
    {"error", "Off by", NULL, true, false},
    {"source", "Source", NULL, false, true},
};

static double badness(const struct accuracy_row *row) {
    return row->skipped || !(row->ratio > 0) ? -1 : fabs(log(row->ratio));
}

struct place_of_row {
    const struct accuracy_row *row;
    double badness;
};

static int worst_first(const void *left, const void *right) {
    const struct place_of_row *a = left, *b = right;
    if (a->badness != b->badness)
        return a->badness > b->badness ? -1 : 1;
    return (a->row->row > b->row->row) - (a->row->row < b->row->row);
}

const struct accuracy_row **accuracy_in_order(struct arena *arena, const struct accuracy_row *rows,
                                              size_t count) {
    struct place_of_row *places = ARENA_ARRAY(arena, count + 1, struct place_of_row);
    const struct accuracy_row **order = ARENA_ARRAY(arena, count + 1, const struct accuracy_row *);
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place_of_row){&rows[i], badness(&rows[i])};
    qsort(places, count, sizeof *places, worst_first);
    for (size_t i = 0; i < count; i++)
        order[i] = places[i].row;
    return order;
}

/* Without what stands in brackets, which the table of sources says. */
static const char *short_source(struct arena *arena, const char *source) {
    const char *bracket = source ? strstr(source, " (") : NULL;
    return bracket ? arena_copy(arena, source, (size_t)(bracket - source)) : source;
}

static void row_cells(struct accuracy_page *a, struct rows *rows, const struct accuracy_row *row) {
    struct arena *arena = a->arena;
    const struct benchmark *b = row->row;
    rows_put(rows, b->model ? value_link(b->model->name, href_model(arena, b->model))
                            : value_text(b->model_as_stated));
    const char *gpu = b->gpu ? phrase_gpu(b->gpu) : b->gpu_as_stated;
    struct value on = value_text(words_gpus(arena, b->gpu_count ? b->gpu_count : 1, gpu));
    if (b->gpu && b->model)
        on.href = href_combination(arena, b->model, b->gpu);
    rows_put(rows, on);
    rows_put(rows, value_text(phrase_engine(a->plan, b->engine)));
    rows_put(rows, value_text(phrase_weights(b->model, b->weights, NULL)));
    rows_put(rows, value_exact(arena, b->input_tokens));
    rows_put(rows, value_exact(arena, b->output_tokens));
    rows_put(rows, b->batch ? value_exact(arena, b->batch) : value_none());
    /* A row of prompts alone has their rate. */
    double measured =
        b->metric == METRIC_PREFILL_TOKENS_PER_S ? b->value : b->output_tokens_per_s_system;
    rows_put(rows, value_from(value_number(arena, measured), FROM_MEASURED, NULL));
    double predicted = row->ratio * measured;
    if (row->skipped) {
        struct value none = value_none();
        none.reason = row->skipped;
        rows_put(rows, none);
        rows_put(rows, value_none());
        rows_put(rows, value_text(row->skipped));
        return;
    }
    rows_put(rows, value_from(value_number(arena, predicted), row->provenance, NULL));
    rows_put(rows, value_percent(arena, row->ratio - 1));
    rows_put(rows, value_text(short_source(arena, b->source)));
}

size_t accuracy_parts(const struct page_plan *plan) {
    return (plan->catalog->benchmark_count + PART_ROWS - 1) / PART_ROWS;
}

/* A link to each part but the page's own. */
static void part_links(struct accuracy_page *a, const char *heading, size_t own) {
    size_t parts = accuracy_parts(a->plan), n = 0;
    struct link *links = ARENA_ARRAY(a->arena, parts + 1, struct link);
    for (size_t i = 0; i < parts; i++)
        if (i != own)
            links[n++] =
                (struct link){arena_printf(a->arena, "%sRows %zu to %zu",
                                           i + 1 == own   ? "Previous: "
                                           : i == own + 1 ? "Next: "
                                                          : "",
                                           i * PART_ROWS + 1,
                                           (i + 1) * PART_ROWS < a->row_count ? (i + 1) * PART_ROWS
                                                                              : a->row_count),
                              arena_printf(a->arena, "accuracy/%zu/", i + 1), NULL};
    draft_links(&a->draft, "parts", heading, links, n);
}

void accuracy_rows(struct accuracy_page *a) {
    const struct accuracy_row **order = a->plan->accuracy_order;
    struct rows rows = rows_begin(a->arena, columns, COUNT_OF(columns), a->row_count);
    for (size_t i = 0; i < a->row_count; i++)
        row_cells(a, &rows, order[i]);
    struct table *table = draft_table(&a->draft, "rows", "The worst predictions", &rows,
                                      "Worst first; without output: tokens of the prompt");
    if (!table)
        return;
    table->sortable = table->downloadable = true;
    table->shown_rows = SHOWN_ROWS;
    part_links(a, "Every row, worst first", SIZE_MAX - 1);
}

/* The rows of one part, from first up to end. */
struct part {
    struct accuracy_page a;
    size_t index, first, end;
};

static struct part begin(const struct page_plan *plan, const struct page_entry *entry,
                         struct arena *arena) {
    struct part p = {.a = {.plan = plan,
                           .arena = arena,
                           .rows = plan->accuracy,
                           .row_count = plan->catalog->benchmark_count,
                           .draft = draft_begin(arena, entry->path, "page")},
                     .index = entry->platform};
    const struct accuracy_row **order = plan->accuracy_order;
    struct page *page = p.a.draft.page;
    p.first = p.index * PART_ROWS;
    p.end = p.first + PART_ROWS < p.a.row_count ? p.first + PART_ROWS : p.a.row_count;
    struct link crumbs[] = {
        {plan->catalog->site.title, "", NULL},
        {"Accuracy", "accuracy/", NULL},
        {arena_printf(arena, "Rows %zu to %zu", p.first + 1, p.end), NULL, NULL}};
    draft_crumbs(&p.a.draft, crumbs, COUNT_OF(crumbs));
    page->title =
        arena_printf(arena, "Predicted against measured, rows %zu to %zu", p.first + 1, p.end);
    double worst = badness(order[p.first]), best = badness(order[p.end - 1]);
    draft_answer(&p.a.draft,
                 worst < 0
                     ? "These measurements cannot be predicted, and say why."
                     : arena_printf(arena,
                                    "Of %s measurements, worst predicted first, these are off by a "
                                    "factor between %s and %s.",
                                    words_exact(arena, (double)p.a.row_count),
                                    words_number(arena, exp(fmax(best, 0))),
                                    words_number(arena, exp(worst))));
    page->description =
        arena_printf(arena, "Rows %zu to %zu. %s", p.first + 1, p.end, p.a.draft.blocks[0].text);
    return p;
}

struct page *accuracy_rows_outline(const struct page_plan *plan, const struct page_entry *entry,
                                   struct arena *arena) {
    return begin(plan, entry, arena).a.draft.page;
}

struct page *page_accuracy_rows(const struct page_plan *plan, const struct page_entry *entry,
                                struct arena *arena) {
    struct part p = begin(plan, entry, arena);
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), p.end - p.first);
    for (size_t i = p.first; i < p.end; i++)
        row_cells(&p.a, &rows, plan->accuracy_order[i]);
    struct table *table = draft_table(&p.a.draft, "rows", "Measured, and what was predicted", &rows,
                                      "Worst first; without output: tokens of the prompt");
    table->sortable = true;
    part_links(&p.a, "More rows", p.index);
    const struct link data[] = {{"All rows as CSV", "accuracy/rows.csv", NULL},
                                {"JSON", "accuracy/rows.json", NULL}};
    draft_links(&p.a.draft, "data", NULL, data, COUNT_OF(data));
    return draft_end(&p.a.draft);
}
