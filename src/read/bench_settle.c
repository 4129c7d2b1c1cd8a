/* What rows leave unsaid and their source or software settles: the date, which decides the software
   that is meant, the kind of FP8, and whether a batch was one text. */
#include "read/bench.h"

#include "catalog/calibration.h"
#include "read/schema.h"

#include <math.h>
#include <string.h>

/* When sources published, for rows that carry no date. */
struct source_dates {
    const struct csv_table *table; /* NULL: nothing is known */
    int column[3];                 /* source,date,why */
};

static struct source_dates read_source_dates(struct arena *arena, struct source *source,
                                             struct diags *diags) {
    static const char *const names[] = {"source", "date", "why"};
    const char *path = "data/aliases/benchmark-sources.csv", *text;
    struct source_dates dates = {0};
    size_t n;
    if (!source_read(source, path, true, (size_t)1 << 20, &text, &n))
        return dates;
    const struct csv_table *table = csv_read(arena, source_display(source, path), text, n, diags);
    if (table && schema_columns(table, names, 3, 2, dates.column, diags))
        dates.table = table;
    for (size_t i = 0; dates.table && i < table->row_count; i++)
        schema_cell_date(csv_at(table, i, dates.column[1]), dates.column[1], NULL, diags);
    return dates;
}

static const char *source_date(const struct source_dates *dates, const char *name) {
    const struct csv_table *t = dates->table;
    for (size_t i = 0; t && i < t->row_count; i++)
        if (strcmp(csv_at(t, i, dates->column[0])->text, name) == 0)
            return csv_at(t, i, dates->column[1])->text;
    return NULL;
}

struct release {
    const char *engine;
    double major, minor;
    const char *date;
};

/* First releases of their minor versions, newest first (GitHub releases of vllm-project/vllm,
   NVIDIA/TensorRT-LLM and sgl-project/sglang); vLLM 0.8 made its V1 engine the default at the end
   of March 2025 and counts as the month after. */
static const struct release releases[] = {
    {"vllm", 0, 11, "2025-10"},         {"vllm", 0, 10, "2025-07"},
    {"vllm", 0, 9, "2025-05"},          {"vllm", 0, 8, "2025-04"},
    {"vllm", 0, 7, "2025-01"},          {"vllm", 0, 6, "2024-09"},
    {"vllm", 0, 5, "2024-06"},          {"vllm", 0, 0, "2024-01"},
    {"tensorrt-llm", 1, 0, "2025-09"},  {"tensorrt-llm", 0, 20, "2025-06"},
    {"tensorrt-llm", 0, 17, "2025-02"}, {"tensorrt-llm", 0, 13, "2024-10"},
    {"tensorrt-llm", 0, 9, "2024-04"},  {"tensorrt-llm", 0, 0, "2024-01"},
    {"sglang", 0, 5, "2025-08"},        {"sglang", 0, 4, "2024-12"},
    {"sglang", 0, 0, "2024-01"},
};

/* "TensorRT-LLM 0.17", "v0.8.3", "1.2.0rc5": the first two numbers joined by a point. */
static bool version_of(const char *text, double *major, double *minor) {
    for (const char *p = text; p && *p; p++) {
        size_t whole = strspn(p, "0123456789"),
               part = whole && p[whole] == '.' ? strspn(p + whole + 1, "0123456789") : 0;
        if (part && whole < 4 && part < 4) {
            *major = *minor = 0;
            for (size_t i = 0; i < whole; i++)
                *major = *major * 10 + (p[i] - '0');
            for (size_t i = 0; i < part; i++)
                *minor = *minor * 10 + (p[whole + 1 + i] - '0');
            return true;
        }
        p += whole ? whole - 1 : 0;
    }
    return false;
}

/* About when an engine's version came out. */
static const char *version_date(const char *engine, const char *version) {
    double major, minor;
    const char *id = engine ? calibration_engine_id(engine) : NULL;
    if (!id || !version_of(version, &major, &minor))
        return NULL;
    for (size_t i = 0; i < sizeof releases / sizeof *releases; i++) {
        const struct release *r = &releases[i];
        if (strcmp(r->engine, id) == 0 &&
            (major > r->major || (major == r->major && minor >= r->minor)))
            return r->date;
    }
    return NULL;
}

/* Qwen publishes its FP8 checkpoints with a scale per 128 x 128 block (weight_block_size in their
   config.json). TensorRT-LLM's static benchmarks of 2024 (gptSessionBenchmark, benchmark.py) give
   every sequence of a batch the same tokens, so that all meet the same experts. */
void bench_settle(struct arena *arena, struct source *source, struct diags *diags,
                  struct benchmark_list *list, size_t first) {
    const struct source_dates dates = read_source_dates(arena, source, diags);
    const char *last_source = NULL, *last_date = NULL;
    for (size_t i = first; i < list->count; i++) {
        struct benchmark *b = &list->items[i];
        if (!b->date && b->source && (!last_source || strcmp(last_source, b->source) != 0)) {
            last_source = b->source;
            last_date = source_date(&dates, b->source);
        }
        if (!b->date)
            b->date = version_date(b->engine, b->engine_version);
        if (!b->date && b->source)
            b->date = last_date;
        if (b->weights == PRECISION_FP8 && strstr(b->model_as_stated, "Qwen3"))
            b->weights = PRECISION_FP8_BLOCK;
        if (b->scenario == SCENARIO_FIXED_BATCH && b->date && strcmp(b->date, "2025") < 0 &&
            b->engine && strcmp(calibration_engine_id(b->engine), "tensorrt-llm") == 0)
            b->same_prompts = true;
    }
}
