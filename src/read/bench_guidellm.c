/* guidellm's JSON report: the mean of successful requests' rates is tokens over time; medians are
   of instants and are not used. */
#include "read/bench.h"

#include <math.h>

static double mean_of(const struct json *metrics, const char *name) {
    const struct json *metric = metrics ? json_get(metrics, name) : NULL;
    const struct json *good =
        metric && metric->kind == JSON_OBJECT ? json_get(metric, "successful") : NULL;
    return good && good->kind == JSON_OBJECT ? bench_number(good, "mean") : NAN;
}

static void read_benchmark(struct bench *bench, const struct json *json) {
    const struct json *metrics = bench_member(json, "metrics"),
                      *config = bench_member(json, "config");
    struct benchmark row = bench_row(bench, json->place);
    row.model_as_stated = bench_text(bench_member(config, "backend"), "model");
    row.input_tokens = mean_of(metrics, "prompt_token_count");
    row.output_tokens = mean_of(metrics, "output_token_count");
    row.value = mean_of(metrics, "output_tokens_per_second");
    row.output_tokens_per_s_system = row.value;
    row.ttft_ms = mean_of(metrics, "time_to_first_token_ms");
    row.batch = bench_in_flight(mean_of(metrics, "request_concurrency"));
    row.scenario = row.batch ? SCENARIO_FIXED_CONCURRENCY : SCENARIO_MAX_THROUGHPUT;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    bench_emit(bench, row);
}

bool bench_read_guidellm(struct bench *bench, const struct json *root) {
    const struct json *list = json_get(root, "benchmarks");
    if (!list || list->kind != JSON_ARRAY || list->count == 0 ||
        list->items[0]->kind != JSON_OBJECT || !bench_member(list->items[0], "metrics"))
        return false;
    bench->format = "guidellm";
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->kind == JSON_OBJECT)
            read_benchmark(bench, list->items[i]);
    return true;
}
