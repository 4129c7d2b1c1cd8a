/* The hot paths for callgrind to count: each runs inside hot_path(), the only function that
   counts.sh collects, in the order that `bench_paths list` prints with its number of items. Run
   from the root: the data are the shipped ones. */
#include "base/num.h"
#include "command/inputs.h"
#include "engine/combination.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/engine_models.h"

struct bench {
    struct project project;
    struct inputs inputs;
    struct theme *theme;
    struct page_plan *plan;
    struct arena *arena;
    const struct page *page; /* one model on one GPU, with charts, tables and a formula */
    struct marks marks;
    struct buf out;
    double sum; /* keeps the compiler from leaving work out */
};

static const struct site_context context = {
    .title = "Bench", .base_url = "", .as_of = "2026-01-01", .version = "bench"};

static void read_project(struct bench *b, size_t items) {
    (void)items;
    struct project project = project_begin();
    project.jobs = 1; /* what other threads do is not counted */
    b->sum += project_read(&project, ".", NULL) ? (double)project.catalog.offer_count : NAN;
    project_end(&project, NULL, 0);
}

static void plan(struct bench *b, size_t items) {
    (void)items;
    const struct page_plan *made =
        page_plan_new(b->arena, &b->project.catalog, &b->project.calibrations, 1);
    b->sum += (double)page_plan_count(made);
}

static size_t find_page(const struct bench *b, const char *path) {
    for (size_t i = 0; i < page_plan_count(b->plan); i++)
        if (strcmp(page_plan_path(b->plan, i), path) == 0)
            return i;
    fprintf(stderr, "bench: no page %s\n", path);
    exit(3);
}

static void make_pages(struct bench *b, size_t items) {
    struct arena *arena = arena_new(), *kept = arena_new();
    struct page_maker *maker = page_maker_new(kept);
    const char *gpu = b->project.catalog.gpus[0].id; /* the pairs of a model stand together */
    size_t first = find_page(b, arena_printf(arena, "models/llama-3.1-8b/%s.html", gpu));
    for (size_t i = 0; i < items; i++) {
        arena_reset(arena);
        b->sum += (double)page_make_with(maker, b->plan, first + i, arena)->block_count;
    }
    arena_free(kept);
    arena_free(arena);
}

static void html(struct bench *b, size_t items) {
    for (size_t i = 0; i < items; i++) {
        buf_reset(&b->out);
        render_html(b->theme, &context, b->page, &b->out);
    }
}

static const struct chart *a_chart(const struct bench *b) {
    for (size_t i = 0; i < b->page->block_count; i++)
        if (b->page->blocks[i].chart)
            return b->page->blocks[i].chart;
    return NULL;
}

static void chart(struct bench *b, size_t items) {
    struct arena *arena = arena_new();
    for (size_t i = 0; i < items; i++) {
        arena_reset(arena);
        b->sum += (double)chart_layout(arena, a_chart(b)).count;
    }
    arena_free(arena);
}

static void svg(struct bench *b, size_t items) {
    for (size_t i = 0; i < items; i++) {
        buf_reset(&b->out);
        render_svg(&b->marks, &b->out);
    }
}

static const struct table *a_table(const struct bench *b) {
    for (size_t i = 0; i < b->page->block_count; i++)
        if (strcmp(b->page->blocks[i].name, "counts") == 0)
            return b->page->blocks[i].table;
    return NULL;
}

static void csv(struct bench *b, size_t items) {
    for (size_t i = 0; i < items; i++) {
        buf_reset(&b->out);
        render_table_csv(a_table(b), NULL, &b->out);
    }
}

static void json(struct bench *b, size_t items) {
    for (size_t i = 0; i < items; i++) {
        buf_reset(&b->out);
        render_table_json(a_table(b), NULL, &b->out);
    }
}

static void pdf(struct bench *b, size_t items) {
    struct arena *arena = arena_new();
    for (size_t i = 0; i < items; i++) {
        buf_reset(&b->out);
        arena_reset(arena);
        render_pdf(b->theme, &context, page_report_make(b->plan, i, arena), &b->out,
                   b->project.diags);
    }
    arena_free(arena);
}

/* Values of every size, the same at each run. */
static double value_of(size_t i) {
    static const double scales[] = {1e-4, 0.01, 1, 37, 1234.5, 1e6, 3.7e9};
    return (double)(i * 7919 % 10007 + 1) / 1009 * scales[i % 7];
}

static void three_digits(struct bench *b, size_t items) {
    char text[NUM_MAX];
    for (size_t i = 0; i < items; i++)
        b->sum += (double)num_significant(text, value_of(i), 3);
}

static void shortest(struct bench *b, size_t items) {
    char text[NUM_MAX];
    for (size_t i = 0; i < items; i++)
        b->sum += (double)num_shortest(text, value_of(i));
}

static void closed_form(struct bench *b, size_t items) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    struct fp_kernel kernel;
    s.gpu_count = 8;
    if (fp_kernel_make(&s, &kernel) != REASON_NONE)
        exit(3);
    double touched = fp_weights_touched_bytes(&kernel, 300);
    for (size_t i = 1; i <= items; i++)
        b->sum += fp_static_s(&kernel, touched, 300, (double)i, (double)i, 300);
}

static struct scenario calibrated_scenario(const struct bench *b) {
    struct scenario s = scenario_default(&llama_70b, &h100);
    s.calibration = calibration_set_find(&b->project.calibrations, "vllm");
    s.serving = SERVING_CONTINUOUS;
    s.gpu_count = 8;
    return s;
}

static void combination(struct bench *b, size_t items) {
    struct scenario s = calibrated_scenario(b);
    for (size_t i = 0; i < items; i++) {
        struct combination c = {0};
        combination_begin(&c, &s);
        combination_workload(&c, 2035, 300);
        b->sum += combination_max_batch(&c);
    }
}

static void outcome(struct bench *b, size_t items) {
    struct scenario s = calibrated_scenario(b);
    struct combination c = {0};
    combination_begin(&c, &s);
    combination_workload(&c, 2035, 300);
    for (size_t i = 0; i < items; i++)
        b->sum += combination_at(&c, (double)(1 + i % 200)).request_s;
}

static const struct path {
    const char *name;
    size_t items;
    void (*run)(struct bench *b, size_t items);
} paths[] = {
    {"read-project", 1, read_project},
    {"plan", 1, plan},
    {"page-making", 90, make_pages},
    {"page-html", 20, html},
    {"chart-layout", 100, chart},
    {"chart-svg", 100, svg},
    {"table-csv", 100, csv},
    {"table-json", 100, json},
    {"report-pdf", 2, pdf},
    {"number-3-digits", 20000, three_digits},
    {"number-shortest", 20000, shortest},
    {"closed-form", 100000, closed_form},
    {"combination", 2000, combination},
    {"outcome", 20000, outcome},
};

static void hot_path(struct bench *b, const struct path *path) {
    path->run(b, path->items);
}

static bool set_up(struct bench *b) {
    b->project = project_begin();
    b->arena = arena_new();
    if (!project_open(&b->project, ".") || !inputs_gather(&b->project, &b->inputs) ||
        !project_read(&b->project, ".", NULL))
        return false;
    b->theme = theme_load(b->project.arena, &b->inputs.theme, b->project.diags);
    b->plan = page_plan_new(b->project.arena, &b->project.catalog, &b->project.calibrations, 1);
    size_t index = find_page(b, "models/llama-3.1-8b/h100-sxm.html");
    b->page = page_make(b->plan, index, b->project.arena);
    b->marks = chart_layout(b->project.arena, a_chart(b));
    return b->theme && render_pdf_begin(b->theme, b->project.arena, b->project.diags);
}

int main(int argc, char **argv) {
    struct bench b = {0};
    size_t count = sizeof paths / sizeof *paths;
    if (argc == 2 && strcmp(argv[1], "list") == 0) {
        for (size_t i = 0; i < count; i++)
            printf("%s %zu\n", paths[i].name, paths[i].items);
        return 0;
    }
    if (!set_up(&b))
        return 3;
    /* Through a pointer that may change: no compiler inlines or renames what callgrind looks for.
     */
    void (*volatile measured)(struct bench *, const struct path *) = hot_path;
    for (size_t i = 0; i < count; i++)
        measured(&b, &paths[i]);
    fprintf(stderr, "checksum %.6g, %zu bytes\n", b.sum, b.out.len);
    buf_free(&b.out);
    arena_free(b.arena);
    return project_end(&b.project, NULL, 0);
}
