/* A sample report page and a theme with just the assets a PDF needs. The figures are invented. */
#include "report.h"

#include "base/fs.h"
#include "base/num.h"
#include "charts.h"

#include <string.h>

const struct theme *demo_theme(struct arena *arena, struct diags *diags) {
    static const char *const NAMES[] = {"assets/fonts/report-bold.ttf",
                                        "assets/fonts/report-regular.ttf", "assets/palette.css"};
    struct source_text *items = ARENA_ARRAY(arena, 3, struct source_text);
    struct render_sources *sources = ARENA_NEW(arena, struct render_sources);
    struct theme *theme = ARENA_NEW(arena, struct theme);
    for (size_t i = 0; i < 3; i++) {
        items[i].name = items[i].path = NAMES[i];
        if (!fs_read(arena, NAMES[i], 1 << 20, diags, &items[i].text, &items[i].length))
            return NULL;
    }
    *sources = (struct render_sources){items, 3};
    theme->sources = sources;
    return theme;
}

static const struct table *table(struct arena *arena, size_t rows) {
    static const struct column columns[] = {
        {.key = "platform", .head = "Platform"},
        {.key = "gpu", .head = "GPU"},
        {.key = "count", .head = "GPUs", .numeric = true},
        {.key = "tokens", .head = "Output tokens/s", .numeric = true},
        {.key = "hour", .head = "$ / hour", .numeric = true},
        {.key = "million", .head = "$ / 1M output", .numeric = true}};
    static const char *const platforms[] = {"Lambda", "Amazon Web Services", "CoreWeave",
                                            "Google Cloud Platform", "RunPod"};
    static const char *const gpus[] = {"NVIDIA H100 SXM", "NVIDIA H200", "AMD MI300X"};
    struct value *cells = ARENA_ARRAY(arena, rows * 6, struct value);
    for (size_t i = 0; i < rows; i++) {
        struct value *v = cells + 6 * i;
        double speed = 1234.5 + 87.25 * (double)i, hour = 11.96 + 0.35 * (double)(i % 9);
        double numbers[] = {4, speed, hour, hour / speed / 3600 * 1e6};
        v[0] = (struct value){.kind = VALUE_TEXT, .text = platforms[i % 5], .href = "platforms/x/"};
        v[1] = (struct value){.kind = VALUE_TEXT, .text = gpus[i % 3]};
        for (int k = 0; k < 4; k++) {
            char text[NUM_MAX];
            num_grouped(text, numbers[k], k ? 3 : 1);
            v[2 + k] = (struct value){.kind = VALUE_NUMBER,
                                      .number = numbers[k],
                                      .text = arena_strdup(arena, text),
                                      .has_provenance = k == 1 || k == 2,
                                      .provenance = k == 2  ? FROM_INPUT
                                                    : i % 4 ? FROM_CALIBRATED
                                                            : FROM_MEASURED};
        }
        if (i % 7 == 6)
            v[5] = (struct value){.kind = VALUE_MISSING, .reason = "does-not-fit"};
    }
    struct table *t = ARENA_NEW(arena, struct table);
    *t = (struct table){.caption = "Offers for Llama 3.3 70B in bf16, cheapest first",
                        .columns = columns,
                        .column_count = 6,
                        .cells = cells,
                        .row_count = rows};
    return t;
}

static struct figure *figures(struct arena *arena) {
    struct figure *f = ARENA_ARRAY(arena, 4, struct figure);
    f[0] = (struct figure){"Weights", {.kind = VALUE_NUMBER, .text = "141"}, "GB in bf16", NULL};
    f[1] = (struct figure){
        "Fewest GPUs", {.kind = VALUE_NUMBER, .text = "2"}, "H200 SXM", "tensor parallel 2"};
    f[2] = (struct figure){"Best price",
                           {.kind = VALUE_NUMBER, .text = "$0.21"},
                           "per 1M output tokens",
                           "8 × H200 at Lambda"};
    f[3] = (struct figure){
        "Speed", {.kind = VALUE_NUMBER, .text = "3,420"}, "output tokens per second", "batch 64"};
    return f;
}

const struct page *demo_page(struct arena *arena, size_t rows) {
    static const struct formula_line lines[] = {
        {"t_mem = W / (n · B · η)", "141.1e9 / (4 · 3.35e12 · 0.7)", "15.04 ms"},
        {"C = p / (3600 · T) · 10⁶", "11.96 / (3600 · 3,420) · 10⁶", "$0.97 per 1M tokens"}};
    static const struct link links[] = {
        {"Method: how each number is made", "method/", "equations, sources and limits"},
        {"Kwon et al. (2023), PagedAttention", "https://arxiv.org/abs/2309.06180", NULL}};
    size_t count;
    const struct chart *charts = demo_charts(arena, &count);
    struct block *b = ARENA_ARRAY(arena, 20, struct block);
    size_t n = 0;
    b[n++] = (struct block){.name = "answer",
                            .kind = BLOCK_ANSWER,
                            .text = "Cheapest: 8 × H200 at Lambda, $0.21 per 1M output tokens, 1.9 "
                                    "× below the median of the API prices."};
    b[n++] = (struct block){
        .name = "figures", .kind = BLOCK_FIGURES, .figures = figures(arena), .figure_count = 4};
    b[n++] = (struct block){.name = "offers",
                            .heading = "Best offers",
                            .kind = BLOCK_TABLE,
                            .table = table(arena, rows)};
    if (rows > 12) {
        for (size_t i = 0; i < count - 1; i++)
            b[n++] = (struct block){.name = charts[i].id,
                                    .heading = charts[i].id,
                                    .kind = BLOCK_CHART,
                                    .chart = &charts[i]};
    } else {
        b[n++] = (struct block){
            .name = "lines", .heading = "Throughput", .kind = BLOCK_CHART, .chart = &charts[1]};
    }
    b[n++] = (struct block){.name = "formula",
                            .heading = "The numbers put in",
                            .kind = BLOCK_FORMULA,
                            .lines = lines,
                            .line_count = 2};
    if (rows > 12) {
        b[n++] = (struct block){
            .name = "notes",
            .heading = "Method",
            .kind = BLOCK_TEXT,
            .text = "A step reads every weight once, so that its time is at least bytes over "
                    "bandwidth: γ ≤ 1, η from measurements, Σ over layers → the whole step. Prices "
                    "are list prices of the date shown; spot prices move.\n\nWhat does not fit has "
                    "its reason beside it."};
        b[n++] = (struct block){.name = "links",
                                .heading = "Sources",
                                .kind = BLOCK_LINKS,
                                .links = links,
                                .link_count = 2};
    }
    struct page *page = ARENA_NEW(arena, struct page);
    *page = (struct page){.path = "models/llama-3.3-70b/report.pdf",
                          .template = "model",
                          .title = "Llama 3.3 70B: what it needs and costs",
                          .description = "Memory, speed and price of Llama 3.3 70B by GPU",
                          .blocks = b,
                          .block_count = n,
                          .inputs_date = "2026-10-10"};
    return page;
}
