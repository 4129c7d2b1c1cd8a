/* The benchmark's own program: the made-up pages of pages.awk through this project's renderer and
   publisher, or the same bytes written raw. Usage: pages render|raw OUT COUNT JOBS. */
#include "base/fs.h"
#include "base/num.h"
#include "base/pool.h"
#include "catalog/site.h"
#include "page/page.h"
#include "publish/publish.h"
#include "read/embedded.h"
#include "render/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 30, COLUMNS = 6 };

struct job {
    struct theme *theme;
    struct stage *stage;
    const char *raw_root;
    struct buf *outputs; /* one a worker */
    struct arena **arenas;
};

static double made_up(size_t page, size_t row, size_t column) {
    return (double)((page * 7919 + row * 104729 + column * 1299709) % 99991) / 10;
}

static struct value cell(struct arena *arena, size_t page, size_t row, size_t column) {
    if (column == 0)
        return (struct value){.kind = VALUE_TEXT, .text = arena_printf(arena, "item %zu", row)};
    double number = made_up(page, row, column);
    char text[NUM_MAX];
    size_t n = num_fixed(text, number, 1);
    return (struct value){
        .kind = VALUE_NUMBER, .number = number, .text = arena_copy(arena, text, n)};
}

static const struct table *made_up_table(struct arena *arena, size_t page) {
    static const struct column columns[COLUMNS] = {
        {"name", "Name", NULL, false, false}, {"a", "A", NULL, true, false},
        {"b", "B", NULL, true, false},        {"c", "C", NULL, true, false},
        {"d", "D", NULL, true, false},        {"e", "E", NULL, true, false}};
    struct value *cells = ARENA_ARRAY(arena, ROWS * COLUMNS, struct value);
    for (size_t i = 0; i < ROWS * COLUMNS; i++)
        cells[i] = cell(arena, page, i / COLUMNS, i % COLUMNS);
    struct table *table = ARENA_NEW(arena, struct table);
    *table = (struct table){.caption = "Made up",
                            .columns = columns,
                            .column_count = COLUMNS,
                            .cells = cells,
                            .row_count = ROWS,
                            .sortable = true};
    return table;
}

static const struct chart *made_up_chart(struct arena *arena, size_t page) {
    double *x = ARENA_ARRAY(arena, ROWS, double), *y = ARENA_ARRAY(arena, 2 * ROWS, double);
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = (double)i;
        y[i] = made_up(page, i, 1);
        y[ROWS + i] = made_up(page, i, 2);
    }
    struct chart_series *series = ARENA_ARRAY(arena, 2, struct chart_series);
    series[0] = (struct chart_series){
        .name = "A", .kind = SERIES_LINE, .colour = -1, .x = x, .y = y, .count = ROWS};
    series[1] = (struct chart_series){.name = "B",
                                      .kind = SERIES_POINTS,
                                      .mark = MARK_FILLED,
                                      .colour = -1,
                                      .x = x,
                                      .y = y + ROWS,
                                      .count = ROWS};
    struct chart *chart = ARENA_NEW(arena, struct chart);
    *chart = (struct chart){.kind = CHART_LINE,
                            .id = "made-up",
                            .title = "Made up",
                            .x = {.label = "Row", .unit = ""},
                            .y = {.label = "Value", .unit = ""},
                            .series = series,
                            .series_count = 2};
    return chart;
}

static struct page made_up_page(struct arena *arena, size_t index) {
    struct block *blocks = ARENA_ARRAY(arena, 1, struct block);
    blocks[0] = (struct block){.name = "main",
                               .kind = BLOCK_CHART,
                               .heading = "Made up",
                               .chart = made_up_chart(arena, index),
                               .table = made_up_table(arena, index)};
    struct link *crumbs = ARENA_ARRAY(arena, 1, struct link);
    crumbs[0].text = arena_printf(arena, "Page %zu", index);
    return (struct page){.path = arena_printf(arena, "p%zu/index.html", index),
                         .template = "method",
                         .title = crumbs[0].text,
                         .description = "A made-up page",
                         .crumbs = crumbs,
                         .crumb_count = 1,
                         .blocks = blocks,
                         .block_count = 1,
                         .inputs_date = "2026-01-01"};
}

static void write_raw(const char *root, const struct page *page, const struct buf *html,
                      struct arena *arena) {
    struct diags *diags = diags_new();
    char *path = fs_join(arena, root, page->path);
    char *slash = strrchr(path, '/');
    *slash = '\0';
    fs_mkdirs(path, diags);
    *slash = '/';
    if (!fs_write(path, html->data, html->len, diags))
        exit(3);
    diags_free(diags);
}

static void one_page(void *context, size_t index, unsigned worker) {
    struct job *job = context;
    struct arena *arena = job->arenas[worker];
    struct buf *html = &job->outputs[worker];
    static const struct site_context site = {
        .title = "Benchmark", .base_url = "", .as_of = "2026-01-01", .version = "bench"};
    struct page page = made_up_page(arena, index);
    if (job->stage || html->len == 0) { /* raw: the first page's bytes, again and again */
        buf_reset(html);
        render_html(job->theme, &site, &page, html);
    }
    if (job->stage)
        stage_put(job->stage, page.path, html->data, html->len);
    else
        write_raw(job->raw_root, &page, html, arena);
    arena_reset(arena);
}

/* The shipped templates and assets, from the binary itself. */
static struct render_sources shipped_theme(struct arena *arena) {
    struct source_text *items = ARENA_ARRAY(arena, embedded_file_count, struct source_text);
    size_t count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const struct embedded_file *file = &embedded_files[i];
        if (strncmp(file->path, "data/", 5) != 0)
            items[count++] = (struct source_text){file->path, file->path, file->bytes, file->n};
    }
    return (struct render_sources){items, count};
}

int main(int argc, char **argv) {
    if (argc != 5)
        return 2;
    size_t count = strtoul(argv[3], NULL, 10);
    unsigned jobs = (unsigned)strtoul(argv[4], NULL, 10);
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct render_sources sources = shipped_theme(arena);
    struct job job = {.theme = theme_load(arena, &sources, diags), .raw_root = argv[2]};
    job.outputs = ARENA_ARRAY(arena, jobs, struct buf);
    job.arenas = ARENA_ARRAY(arena, jobs, struct arena *);
    for (unsigned i = 0; i < jobs; i++)
        job.arenas[i] = arena_new();
    if (!strcmp(argv[1], "render"))
        job.stage = stage_begin(argv[2], diags);
    pool_run(jobs, count, one_page, &job);
    struct stage_summary summary;
    int status = job.stage && !stage_commit(job.stage, &summary) ? 3 : 0;
    for (unsigned i = 0; i < jobs; i++) {
        buf_free(&job.outputs[i]);
        arena_free(job.arenas[i]);
    }
    diags_free(diags);
    arena_free(arena);
    return status;
}
