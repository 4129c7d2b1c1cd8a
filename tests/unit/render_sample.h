/* A sample page with every kind of block, and the shipped theme read from the project's root. With
   a directory as its argument a test program writes the page there, to be looked at. */
#ifndef TESTS_RENDER_SAMPLE_H
#define TESTS_RENDER_SAMPLE_H

#include <math.h>

#include "base/fs.h"
#include "base/num.h"
#include "render/render.h"

static inline void sample_add(struct arena *arena, struct diags *diags,
                              struct render_sources *sources, size_t *capacity, const char *theme,
                              const char *folder) {
    const char **names;
    size_t count;
    struct source_text *items = (struct source_text *)sources->items;
    const char *directory = fs_join(arena, theme, folder);
    if (!fs_list(arena, directory, true, diags, &names, &count))
        return;
    for (size_t i = 0; i < count; i++) {
        const char *path = fs_join(arena, directory, names[i]);
        if (!fs_is_file(path, NULL))
            continue;
        items = arena_grow(arena, items, sources->count, capacity, sizeof *items);
        struct source_text *item = &items[sources->count++];
        item->name = fs_join(arena, folder, names[i]);
        item->path = path;
        fs_read(arena, path, 1 << 20, diags, &item->text, &item->length);
    }
    sources->items = items;
}

/* assets/, templates/ and templates/prose/ below `theme` ("." is the project). */
static inline struct render_sources *sample_sources(struct arena *arena, struct diags *diags,
                                                    const char *theme) {
    struct render_sources *sources = ARENA_NEW(arena, struct render_sources);
    size_t capacity = 0;
    sample_add(arena, diags, sources, &capacity, theme, "assets");
    sample_add(arena, diags, sources, &capacity, theme, "templates");
    sample_add(arena, diags, sources, &capacity, theme, "templates/prose");
    struct source_text *items = (struct source_text *)sources->items;
    for (size_t i = 1; i < sources->count; i++) /* few and nearly sorted */
        for (size_t k = i; k > 0 && strcmp(items[k - 1].name, items[k].name) > 0; k--) {
            struct source_text swap = items[k];
            items[k] = items[k - 1];
            items[k - 1] = swap;
        }
    return sources;
}

static inline struct value sample_number(const char *text, double number,
                                         enum provenance provenance, double bar) {
    return (struct value){.kind = VALUE_NUMBER,
                          .text = text,
                          .number = number,
                          .bar = bar,
                          .provenance = provenance,
                          .has_provenance = true,
                          .source = "price list, 2026-10-10"};
}

#define SAMPLE_COLUMNS 6
#define SAMPLE_ROWS 24

static inline const struct table *sample_table(struct arena *arena) {
    static const struct column columns[SAMPLE_COLUMNS] = {
        {.key = "platform", .head = "Platform"},
        {.key = "gpus", .head = "GPUs"},
        {.key = "region", .head = "Region", .filter = true},
        {.key = "usd_per_hour", .head = "Price", .unit = "$ / hour", .numeric = true},
        {.key = "tokens", .head = "Throughput", .unit = "output tokens/s", .numeric = true},
        {.key = "usd", .head = "$ / 1M output", .numeric = true},
    };
    static const char *const regions[] = {"us-east", "eu-west", "ap-south"};
    struct value *cells = ARENA_ARRAY(arena, SAMPLE_ROWS * SAMPLE_COLUMNS, struct value);
    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        struct value *cell = cells + row * SAMPLE_COLUMNS;
        double price = 1.99 + 1.37 * (double)((row * 7) % SAMPLE_ROWS);
        double speed = 1234.56 + 517.3 * (double)((row * 5) % SAMPLE_ROWS);
        char text[NUM_MAX];
        size_t n = num_fixed(text, price, 2);
        cell[0] = (struct value){.kind = VALUE_TEXT,
                                 .href = "platforms/lambda/",
                                 .text = arena_printf(arena, "Lambda Cloud %zu", row)};
        cell[1] = (struct value){.kind = VALUE_TEXT, .text = row % 2 ? "8 × H100 SXM" : "4 × H200"};
        cell[2] = (struct value){.kind = VALUE_TEXT, .text = regions[row % 3]};
        cell[3] = sample_number(arena_copy(arena, text, n), price, FROM_INPUT, 0);
        n = num_grouped(text, speed, 3);
        cell[4] = sample_number(arena_copy(arena, text, n), speed,
                                row % 5 ? FROM_CALIBRATED : FROM_MEASURED, speed / 14000);
        n = num_significant(text, price / speed * 277.8, 3);
        cell[5] = sample_number(arena_copy(arena, text, n), price / speed * 277.8,
                                row % 4 ? FROM_CALIBRATED : FROM_FIRST_PRINCIPLES, 0);
        if (row % 6 == 5)
            cell[4] = cell[5] = (struct value){
                .kind = VALUE_MISSING, .text = "does not fit", .reason = "does-not-fit"};
    }
    struct table *table = ARENA_NEW(arena, struct table);
    *table = (struct table){.caption = "Offers that run Llama 3.3 70B, cheapest first",
                            .columns = columns,
                            .column_count = SAMPLE_COLUMNS,
                            .cells = cells,
                            .row_count = SAMPLE_ROWS,
                            .sortable = true,
                            .downloadable = true};
    return table;
}

static inline const struct chart *sample_chart(void) {
    static const double batch[] = {1, 2, 4, 8, 16, 32, 64, 128, 256};
    static const double fast[] = {52, 103, 204, 398, 760, 1390, 2350, 3400, 4100};
    static const double slow[] = {31, 62, 121, 240, 460, 870, 1500, 2300, NAN};
    static const struct chart_series series[] = {
        {.name = "H200", .kind = SERIES_LINE, .colour = -1, .x = batch, .y = fast, .count = 9},
        {.name = "H100", .kind = SERIES_LINE, .colour = -1, .x = batch, .y = slow, .count = 9},
    };
    static const struct chart chart = {
        .kind = CHART_LINE,
        .id = "throughput",
        .title = "H200 leads H100 at every batch size",
        .x = {.label = "Batch size", .unit = "sequences", .log = true},
        .y = {.label = "Throughput", .unit = "output tokens/s", .from_zero = true},
        .series = series,
        .series_count = 2};
    return &chart;
}

static inline struct page *sample_page(struct arena *arena) {
    static const struct link crumbs[] = {{"Tallypress", "", NULL},
                                         {"Llama 3.3 70B", "models/llama/", NULL},
                                         {"on H200", NULL, NULL}};
    static const struct formula_line lines[] = {
        {"t_mem = W / (n · B · η)", "141.1e9 / (4 · 3.35e12 · 0.7)", "15.04 ms"},
        {"t_comp = 2 · N · b / (n · F · η)", "2 · 70.55e9 · 16 / (4 · 989e12 · 0.6)", "0.95 ms"},
        {"p = 1e6 · P / (3600 · X)", "1e6 · 11.96 / (3600 · 4,100)", "$0.810 / 1M"}};
    static const struct link links[] = {{"H200", "gpus/h200/", "141 GB, 4.80 TB/s"},
                                        {"H100 SXM", "gpus/h100/", "80 GB, 3.35 TB/s"},
                                        {"L4", "gpus/l4/", "does not fit"},
                                        {"How each number is made", "method/#kv", NULL}};
    struct figure *figures = ARENA_ARRAY(arena, 4, struct figure);
    figures[0] = (struct figure){"Price per 1M output tokens",
                                 sample_number("$0.21", 0.2134, FROM_CALIBRATED, 0), NULL,
                                 "at Lambda Cloud, on demand"};
    figures[1] = (struct figure){"Throughput", sample_number("4,100", 4099.5, FROM_CALIBRATED, 0),
                                 "tokens/s", "at batch 256"};
    figures[2] = (struct figure){"Weights", sample_number("141", 141.1e9, FROM_FIRST_PRINCIPLES, 0),
                                 "GB", "bf16"};
    figures[3] = (struct figure){"Fewest GPUs", sample_number("2", 2, FROM_INPUT, 0), NULL, NULL};
    struct block *blocks = ARENA_ARRAY(arena, 8, struct block);
    blocks[0] = (struct block){.name = "answer",
                               .kind = BLOCK_ANSWER,
                               .text = "Cheapest: 4 × H200 at Lambda Cloud, $0.21 per 1M output "
                                       "tokens, 1.9× below the API median <&>."};
    blocks[1] = (struct block){
        .name = "figures", .kind = BLOCK_FIGURES, .figures = figures, .figure_count = 4};
    blocks[2] = (struct block){.name = "throughput", .kind = BLOCK_CHART, .chart = sample_chart()};
    blocks[3] = (struct block){.name = "platforms",
                               .heading = "What each offer costs",
                               .kind = BLOCK_TABLE,
                               .table = sample_table(arena)};
    blocks[4] = (struct block){.name = "formula",
                               .heading = "With the numbers put in",
                               .kind = BLOCK_FORMULA,
                               .lines = lines,
                               .line_count = 3};
    blocks[5] = (struct block){.name = "why",
                               .heading = "Why decoding waits for memory",
                               .kind = BLOCK_MARKDOWN,
                               .text = "Each step reads *all weights* once, whatever the batch. "
                                       "See [the method](method/#kv).\n\n- one\n- two\n"};
    blocks[6] = (struct block){
        .name = "links", .heading = "Nearby", .kind = BLOCK_LINKS, .links = links, .link_count = 4};
    blocks[7] = (struct block){.name = "note",
                               .kind = BLOCK_TEXT,
                               .text = "Prices are for the whole instance.\n\nSecond paragraph."};
    struct page *page = ARENA_NEW(arena, struct page);
    *page = (struct page){.path = "models/llama/h200/index.html",
                          .template = "combination",
                          .title = "Llama 3.3 70B on H200",
                          .description = "Throughput, memory and price of Llama 3.3 70B on H200.",
                          .crumbs = crumbs,
                          .crumb_count = 3,
                          .blocks = blocks,
                          .block_count = 8,
                          .inputs_date = "2026-10-10",
                          .fingerprint = 0x0123456789abcdefu};
    return page;
}

static inline struct site_context sample_site(void) {
    return (struct site_context){.title = "Tallypress",
                                 .base_url = "https://tally.example/",
                                 .owner = "A. Owner",
                                 .as_of = "2026-10-10",
                                 .version = "0.1"};
}

#endif
