/* Sample charts of every kind, for looking at them and for tests. The figures are invented. */
#include "charts.h"

#include <math.h>

static const double BATCH[] = {1, 2, 4, 8, 16, 32, 64, 128, 256};
#define N_BATCH (sizeof BATCH / sizeof *BATCH)
static const char *const GPU[] = {"NVIDIA H100 SXM", "NVIDIA H200",      "NVIDIA B200",
                                  "AMD MI300X",      "NVIDIA A100 80GB", "NVIDIA L40S",
                                  "NVIDIA L4",       "AMD MI325X",       "Apple M3 Ultra"};
static const double BANDWIDTH[] = {3.35, 4.8, 8, 5.3, 2, .86, .3, 6, .8};

static double *curve(struct arena *arena, double bandwidth, double top, size_t fits) {
    double *y = ARENA_ARRAY(arena, N_BATCH, double);
    for (size_t i = 0; i < N_BATCH; i++) {
        double ideal = BATCH[i] * bandwidth * 16;
        y[i] = i < fits ? ideal / (1 + ideal / top) : NAN;
    }
    return y;
}

static struct chart lines(struct arena *arena, size_t count, const char *id) {
    struct chart_series *s = ARENA_ARRAY(arena, count, struct chart_series);
    for (size_t i = 0; i < count; i++)
        s[i] = (struct chart_series){.name = GPU[i],
                                     .kind = SERIES_LINE,
                                     .colour = -1,
                                     .x = BATCH,
                                     .y = curve(arena, BANDWIDTH[i], 2200 * BANDWIDTH[i],
                                                i == 5   ? 5
                                                : i == 6 ? 4
                                                         : N_BATCH),
                                     .count = N_BATCH};
    return (struct chart){.kind = CHART_LINE,
                          .id = id,
                          .title = "B200 gives the most tokens at every batch",
                          .x = {.label = "Batch size", .unit = "sequences", .log = true},
                          .y = {.label = "Output tokens per second", .unit = "per GPU"},
                          .series = s,
                          .series_count = count};
}

static struct chart provenance(struct arena *arena) {
    struct chart_series *s = ARENA_ARRAY(arena, 4, struct chart_series);
    double *calibrated = curve(arena, 3.35, 5200, N_BATCH),
           *measured = ARENA_ARRAY(arena, 4, double);
    double *x = ARENA_ARRAY(arena, 4, double);
    for (size_t i = 0; i < 4; i++) {
        x[i] = BATCH[2 * i];
        measured[i] = calibrated[2 * i] * (i % 2 ? 1.08 : 0.94);
    }
    s[0] = (struct chart_series){.name = "First principles",
                                 .kind = SERIES_LINE,
                                 .colour = 4,
                                 .dashed = true,
                                 .x = BATCH,
                                 .y = curve(arena, 3.35, 7400, N_BATCH),
                                 .count = N_BATCH};
    s[1] = (struct chart_series){.name = "Calibrated",
                                 .kind = SERIES_LINE,
                                 .colour = 0,
                                 .mark = MARK_HALF,
                                 .x = BATCH,
                                 .y = calibrated,
                                 .count = N_BATCH};
    s[2] = (struct chart_series){.name = "measured",
                                 .kind = SERIES_POINTS,
                                 .colour = 0,
                                 .mark = MARK_FILLED,
                                 .x = x,
                                 .y = measured,
                                 .count = 4};
    return (struct chart){.kind = CHART_LINE,
                          .id = "provenance",
                          .title = "Measured points lie within 8 % of the calibrated curve",
                          .x = {.label = "Batch size", .unit = "sequences", .log = true},
                          .y = {.label = "Output tokens per second"},
                          .series = s,
                          .series_count = 3};
}

static struct chart scatter(struct arena *arena) {
    enum { N = 26 };
    double *x = ARENA_ARRAY(arena, N, double), *y = ARENA_ARRAY(arena, N, double);
    const char **names = ARENA_ARRAY(arena, N, const char *);
    unsigned long long seed = 11;
    for (size_t i = 0; i < N; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double u = (double)(seed >> 40) / 16777216.0;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double v = (double)(seed >> 40) / 16777216.0;
        x[i] = 0.15 * pow(30, u);
        y[i] = 12 + 130 * v * pow(u, 0.4);
        names[i] = arena_printf(arena, "%zu\u00d7%s", (size_t)1 << (i % 4),
                                GPU[i % 9] + 7 * (i % 9 != 3 && i % 9 < 7));
    }
    struct chart_series *s = ARENA_ARRAY(arena, 3, struct chart_series);
    s[0] = (struct chart_series){
        .kind = SERIES_FRONTIER, .colour = 1, .x = x, .y = y, .labels = names, .count = N};
    s[1] = (struct chart_series){.name = "bf16",
                                 .kind = SERIES_POINTS,
                                 .mark = MARK_HALF,
                                 .colour = 0,
                                 .x = x,
                                 .y = y,
                                 .labels = names,
                                 .count = 14};
    s[2] = (struct chart_series){.name = "fp8",
                                 .kind = SERIES_POINTS,
                                 .mark = MARK_EMPTY,
                                 .colour = 2,
                                 .x = x + 14,
                                 .y = y + 14,
                                 .count = N - 14};
    return (struct chart){.kind = CHART_SCATTER,
                          .id = "pareto",
                          .title = "Speed costs: from 60 tokens/s each user, the price triples",
                          .x = {.label = "Price",
                                .unit = "$ per 1M output tokens",
                                .log = true,
                                .less_is_better = true},
                          .y = {.label = "Speed", .unit = "tokens per second per request"},
                          .series = s,
                          .series_count = 3};
}

static struct chart roofline(struct arena *arena) {
    static const double ridge_x[] = {1, 295, 4000}, roof[] = {3.35, 989, 989};
    static const double ridge8_x[] = {1, 591, 4000}, roof8[] = {3.35, 1979, 1979};
    static const double px[] = {1, 8, 60, 250, 1800}, py[] = {2.6, 20, 150, 520, 720};
    static const char *const plabel[] = {"decode, batch 1", "batch 8", "batch 64", "batch 256",
                                         "prefill"};
    struct chart_series *s = ARENA_ARRAY(arena, 3, struct chart_series);
    s[0] = (struct chart_series){.name = "FP8 1,979",
                                 .kind = SERIES_LINE,
                                 .colour = 1,
                                 .x = ridge8_x,
                                 .y = roof8,
                                 .count = 3};
    s[1] = (struct chart_series){
        .name = "BF16 989", .kind = SERIES_LINE, .colour = 0, .x = ridge_x, .y = roof, .count = 3};
    s[2] = (struct chart_series){.name = "Llama 3.3 70B",
                                 .kind = SERIES_POINTS,
                                 .mark = MARK_HALF,
                                 .colour = 0,
                                 .x = px,
                                 .y = py,
                                 .labels = plabel,
                                 .count = 5};
    return (struct chart){
        .kind = CHART_ROOFLINE,
        .id = "roofline",
        .title = "Decode stays under the memory roof until batch 256",
        .x = {.label = "Arithmetic intensity", .unit = "FLOP per byte", .log = true},
        .y = {.label = "Performance", .unit = "TFLOP/s", .log = true},
        .series = s,
        .series_count = 3};
}

static struct chart grouped(struct arena *arena) {
    static const double chat[] = {12, 14, 21, 15.5, 6, NAN}, rag[] = {5.5, 7.2, 11, 8, 2.2, 1.1};
    struct chart_series *s = ARENA_ARRAY(arena, 2, struct chart_series);
    s[0] = (struct chart_series){
        .name = "Chat", .kind = SERIES_BAR, .colour = -1, .y = chat, .count = 6};
    s[1] = (struct chart_series){
        .name = "Retrieval", .kind = SERIES_BAR, .colour = -1, .y = rag, .count = 6};
    return (struct chart){.kind = CHART_BARS,
                          .id = "grouped",
                          .title = "Tokens per dollar by GPU",
                          .x = {.label = "Millions of output tokens per dollar"},
                          .y = {.categories = GPU, .category_count = 6},
                          .series = s,
                          .series_count = 2};
}

static struct chart upright(struct arena *arena) {
    static const char *const years[] = {"bf16", "fp8", "int8", "int4", "nvfp4"};
    static const double gb[] = {141.1, 70.6, 70.6, 39.1, 41.8};
    struct chart_series *s = ARENA_ARRAY(arena, 1, struct chart_series);
    s[0] = (struct chart_series){
        .name = "Weights", .kind = SERIES_BAR, .colour = -1, .y = gb, .count = 5};
    return (struct chart){.kind = CHART_BARS,
                          .id = "upright",
                          .title = "Weights by precision",
                          .y = {.label = "Memory", .unit = "GB"},
                          .x = {.label = "Precision", .categories = years, .category_count = 5},
                          .series = s,
                          .series_count = 1};
}

static struct chart stacked(struct arena *arena) {
    static const char *const batch[] = {"1", "2", "4", "8", "16", "32", "64", "128"};
    static const double parts[4][8] = {{.2, .3, .5, .9, 1.7, 3.2, 6.1, 12},
                                       {10.5, 10.6, 10.7, 11, 11.6, 12.8, 15.1, 19.8},
                                       {.6, .6, .7, .7, .8, 1, 1.4, 2.1},
                                       {1.2, 1.2, 1.2, 1.2, 1.3, 1.3, 1.5, 1.8}};
    static const char *const names[] = {"Compute", "Memory", "Communication", "Overhead"};
    struct chart_series *s = ARENA_ARRAY(arena, 4, struct chart_series);
    for (int i = 0; i < 4; i++)
        s[i] = (struct chart_series){
            .name = names[i], .kind = SERIES_BAR, .colour = -1, .y = parts[i], .count = 8};
    return (struct chart){
        .kind = CHART_STACKED,
        .id = "split",
        .title = "Memory traffic takes most of a step up to batch 64",
        .x = {.label = "Batch size", .unit = "sequences", .categories = batch, .category_count = 8},
        .y = {.label = "Time of one decode step", .unit = "ms"},
        .series = s,
        .series_count = 4};
}

static struct chart heat(struct arena *arena) {
    static const char *const context[] = {"1k", "4k", "16k", "64k", "128k"};
    double *v = ARENA_ARRAY(arena, 30, double);
    for (size_t i = 0; i < 30; i++)
        v[i] = i > 26 ? NAN : 900 * BANDWIDTH[i / 5] / (1 + (double)(i % 5) * (double)(i % 5));
    return (struct chart){.kind = CHART_HEAT,
                          .id = "heat",
                          .title = "Largest batch by context",
                          .x = {.label = "Context length",
                                .unit = "tokens",
                                .categories = context,
                                .category_count = 5},
                          .y = {.categories = GPU, .category_count = 6},
                          .heat = v};
}

static struct chart history(struct arena *arena) {
    enum { N = 30 };
    double *x = ARENA_ARRAY(arena, N, double), *a = ARENA_ARRAY(arena, N, double),
           *b = ARENA_ARRAY(arena, N, double);
    for (size_t i = 0; i < N; i++) {
        x[i] = 19700 + 32.0 * (double)i;
        a[i] = 4.2 - 0.07 * (double)i + 0.12 * sin((double)i * 1.3);
        b[i] = i < 9 ? NAN : 3.9 - 0.03 * (double)i + 0.08 * cos((double)i);
    }
    struct chart_series *s = ARENA_ARRAY(arena, 2, struct chart_series);
    s[0] = (struct chart_series){
        .name = "H100", .kind = SERIES_LINE, .colour = -1, .x = x, .y = a, .count = N};
    s[1] = (struct chart_series){
        .name = "H200", .kind = SERIES_STEP, .colour = -1, .x = x, .y = b, .count = N};
    return (struct chart){.kind = CHART_LINE,
                          .id = "history",
                          .title = "H100 rents for half of what it did",
                          .x = {.label = "Date of the list", .date = true},
                          .y = {.label = "Price", .unit = "$ per GPU hour", .from_zero = true},
                          .series = s,
                          .series_count = 2};
}

/* One line of 30 points with both axes: the chart whose size is held against other tools. */
static struct chart thirty(struct arena *arena) {
    enum { N = 30 };
    double *x = ARENA_ARRAY(arena, N, double), *y = ARENA_ARRAY(arena, N, double);
    for (size_t i = 0; i < N; i++) {
        x[i] = 1 + 8.0 * (double)i;
        y[i] = 5200 * x[i] / (x[i] + 60) + 40 * sin((double)i);
    }
    struct chart_series *s = ARENA_ARRAY(arena, 1, struct chart_series);
    s[0] = (struct chart_series){
        .name = "H100", .kind = SERIES_LINE, .colour = -1, .x = x, .y = y, .count = N};
    return (struct chart){.kind = CHART_LINE,
                          .id = "thirty",
                          .title = "Throughput levels off above batch 150",
                          .x = {.label = "Batch size", .unit = "sequences"},
                          .y = {.label = "Output tokens per second"},
                          .series = s,
                          .series_count = 1};
}

const struct chart *demo_charts(struct arena *arena, size_t *count) {
    struct chart *list = ARENA_ARRAY(arena, 16, struct chart);
    size_t n = 0;
    list[n++] = thirty(arena);
    list[n++] = lines(arena, 6, "lines");
    list[n++] = provenance(arena);
    list[n++] = scatter(arena);
    list[n++] = roofline(arena);
    list[n++] = grouped(arena);
    list[n++] = upright(arena);
    list[n++] = stacked(arena);
    list[n++] = heat(arena);
    list[n++] = history(arena);
    list[n++] = lines(arena, 9, "multiples");
    list[n] = lines(arena, 6, "narrow");
    list[n++].width = 330;
    *count = n;
    return list;
}
