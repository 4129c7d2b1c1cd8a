/* Names of scenarios and metrics, as rows write them. */
#include "catalog/benchmark.h"

const char *benchmark_scenario_name(enum benchmark_scenario scenario) {
    static const char *const names[BENCHMARK_SCENARIOS] = {
        [SCENARIO_FIXED_BATCH] = "fixed-batch",
        [SCENARIO_FIXED_CONCURRENCY] = "fixed-concurrency",
        [SCENARIO_MAX_THROUGHPUT] = "max-throughput",
        [SCENARIO_OFFLINE] = "offline",
        [SCENARIO_SINGLE_STREAM] = "single-stream"};
    return names[scenario];
}

const char *benchmark_metric_name(enum benchmark_metric metric) {
    static const char *const names[BENCHMARK_METRICS] = {
        [METRIC_OUTPUT_TOKENS_PER_S] = "output_tokens_per_s",
        [METRIC_OUTPUT_TOKENS_PER_S_PER_GPU] = "output_tokens_per_s_per_gpu",
        [METRIC_TOTAL_TOKENS_PER_S] = "total_tokens_per_s",
        [METRIC_TPOT_MS] = "tpot_ms",
        [METRIC_PREFILL_TOKENS_PER_S] = "prefill_tokens_per_s",
        [METRIC_FIRST_TOKEN_LATENCY_MS] = "first_token_latency_ms"};
    return names[metric];
}
