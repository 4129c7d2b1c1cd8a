/* One measured row of a benchmark, in the project's format. */
#ifndef CATALOG_BENCHMARK_H
#define CATALOG_BENCHMARK_H

#include "base/diag.h"
#include "catalog/precision.h"

#include <stdbool.h>
#include <stdint.h>

struct gpu;
struct json;
struct model;

enum benchmark_scenario {
    SCENARIO_FIXED_BATCH,
    SCENARIO_FIXED_CONCURRENCY,
    SCENARIO_MAX_THROUGHPUT,
    SCENARIO_OFFLINE,
    SCENARIO_SINGLE_STREAM
};
enum benchmark_metric {
    METRIC_OUTPUT_TOKENS_PER_S,
    METRIC_OUTPUT_TOKENS_PER_S_PER_GPU,
    METRIC_TOTAL_TOKENS_PER_S,
    METRIC_TPOT_MS,
    METRIC_PREFILL_TOKENS_PER_S,
    METRIC_FIRST_TOKEN_LATENCY_MS
};

struct benchmark {
    const char *model_as_stated, *gpu_as_stated;
    const struct model *model; /* joined, or NULL */
    const struct gpu *gpu;
    uint32_t gpu_count, tensor_parallel, pipeline_parallel, data_parallel, expert_parallel;
    const char *engine, *engine_version;
    enum precision weights, kv; /* PRECISION_NONE: not stated */
    double input_tokens, output_tokens;
    uint32_t batch; /* sequences or concurrency; 0: the engine chose */
    enum benchmark_scenario scenario;
    enum benchmark_metric metric;
    double value;
    double output_tokens_per_s_system; /* the same brought to the whole system; NaN if it cannot */
    double ttft_ms, power_w;           /* NaN when not measured */
    double requests;                   /* submitted at once (offline); 0: not stated */
    double drafts, acceptance; /* speculative decoding: tokens proposed a step, and the chance
                                  that one is right; 0: off */
    bool same_prompts;         /* every sequence of the batch was the same text */
    const char *source, *date, *note;
    const char *unusable;      /* why no prediction can be set beside it: a code; NULL otherwise */
    const struct json *stated; /* the row as its file has it; NULL in foreign formats */
    struct place place;
};

#define BENCHMARK_SCENARIOS 5
#define BENCHMARK_METRICS 6
/* As rows write them: "fixed-batch", "tpot_ms". */
const char *benchmark_scenario_name(enum benchmark_scenario scenario);
const char *benchmark_metric_name(enum benchmark_metric metric);

#endif
