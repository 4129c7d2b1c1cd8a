/* Benchmark rows in CSV: llama-bench, LLM-Inference-Bench of Argonne, vLLM results flattened or
   under their console names, guidellm's flat export, genai-perf analyze. */
#include "read/bench_llama.h"

#include <math.h>
#include <string.h>

static const char *text_at(const struct csv_table *table, size_t row, const char *name) {
    int column = csv_column(table, name);
    const char *text = column < 0 ? "" : csv_at(table, row, column)->text;
    return text[0] ? text : NULL;
}

static double number_at(const struct csv_table *table, size_t row, const char *name) {
    const char *text = text_at(table, row, name);
    return text ? bench_parse(text) : NAN;
}

static struct place place_at(const struct csv_table *table, size_t row) {
    return csv_at(table, row, 0)->place;
}

static bool has(const struct csv_table *table, const char *name) {
    return csv_column(table, name) >= 0;
}

static void read_llama(struct bench *bench, const struct csv_table *t, size_t i) {
    struct llama_row row = {.place = place_at(t, i),
                            .build = text_at(t, i, "build_commit"),
                            .gpu_info = text_at(t, i, "gpu_info"),
                            .model_filename = text_at(t, i, "model_filename"),
                            .model_type = text_at(t, i, "model_type"),
                            .type_k = text_at(t, i, "type_k"),
                            .test_time = text_at(t, i, "test_time"),
                            .prompt = llama_or_zero(number_at(t, i, "n_prompt")),
                            .generated = llama_or_zero(number_at(t, i, "n_gen")),
                            .depth = llama_or_zero(number_at(t, i, "n_depth")),
                            .rate = llama_or_zero(number_at(t, i, "avg_ts")),
                            .prompt_rate = llama_or_zero(number_at(t, i, "avg_prompt_ts")),
                            .generated_rate = llama_or_zero(number_at(t, i, "avg_gen_ts"))};
    llama_emit(bench, &row);
}

/* arXiv 2411.00136: one batch to completion, input and output of equal length, total tokens/s. */
static void read_argonne(struct bench *bench, const struct csv_table *t, size_t i) {
    struct benchmark row = bench_row(bench, place_at(t, i));
    bench->format = "LLM-Inference-Bench";
    row.model_as_stated = text_at(t, i, "Model");
    row.gpu_as_stated = text_at(t, i, "Hardware");
    row.gpu_count = bench_count(number_at(t, i, "Num of Hardware"));
    row.tensor_parallel = row.gpu_count;
    row.engine = text_at(t, i, "Framework");
    row.input_tokens = row.output_tokens = number_at(t, i, "Input Output Length");
    row.batch = bench_count(number_at(t, i, "Batch Size"));
    row.scenario = SCENARIO_FIXED_BATCH;
    row.metric = METRIC_TOTAL_TOKENS_PER_S;
    row.value = number_at(t, i, "Throughput");
    bench_emit(bench, row);
}

struct serve_columns {
    const char *completed, *input, *output, *requests, *rate, *ttft, *tpot;
};

/* Little's law gives how many requests were in flight. */
static void read_serve(struct bench *bench, const struct csv_table *t, size_t i,
                       const struct serve_columns *names) {
    struct benchmark row = bench_row(bench, place_at(t, i));
    double done = number_at(t, i, names->completed);
    bench->format = "vLLM bench serve (CSV)";
    row.engine = "vllm";
    row.model_as_stated = text_at(t, i, "model_id");
    row.input_tokens = number_at(t, i, names->input) / done;
    row.output_tokens = number_at(t, i, names->output) / done;
    row.value = number_at(t, i, names->rate);
    row.output_tokens_per_s_system = row.value;
    row.ttft_ms = number_at(t, i, names->ttft);
    double each_s = (row.ttft_ms + (row.output_tokens - 1) * number_at(t, i, names->tpot)) * 1e-3;
    double limit = number_at(t, i, "max_concurrency");
    double in_flight = number_at(t, i, names->requests) * each_s;
    row.batch = bench_in_flight(limit >= 1 ? fmin(limit, in_flight) : in_flight);
    row.scenario = row.batch ? SCENARIO_FIXED_CONCURRENCY : SCENARIO_MAX_THROUGHPUT;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    bench_emit(bench, row);
}

static void read_guidellm(struct bench *bench, const struct csv_table *t, size_t i) {
    struct benchmark row = bench_row(bench, place_at(t, i));
    bench->format = "guidellm (CSV)";
    row.input_tokens = number_at(t, i, "Successful Prompt token count mean");
    row.output_tokens = number_at(t, i, "Successful Output token count mean");
    row.value = number_at(t, i, "Successful Output tokens per second mean");
    row.output_tokens_per_s_system = row.value;
    row.ttft_ms = number_at(t, i, "Successful Time to first token ms mean");
    row.batch = bench_in_flight(number_at(t, i, "Successful Request concurrency mean"));
    row.scenario = row.batch ? SCENARIO_FIXED_CONCURRENCY : SCENARIO_MAX_THROUGHPUT;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    bench_emit(bench, row);
}

static void read_analyze(struct bench *bench, const struct csv_table *t, size_t i) {
    struct benchmark row = bench_row(bench, place_at(t, i));
    bench->format = "genai-perf analyze";
    bench->more_tables = true;
    row.input_tokens = number_at(t, i, "ISL");
    double tokens = number_at(t, i, "Avg. Output Token Throughput (tokens/sec)");
    row.output_tokens = tokens / number_at(t, i, "Request Throughput (requests/sec)");
    row.value = tokens;
    row.output_tokens_per_s_system = tokens;
    row.batch = bench_count(number_at(t, i, "Concurrency"));
    row.scenario = SCENARIO_FIXED_CONCURRENCY;
    row.metric = METRIC_OUTPUT_TOKENS_PER_S;
    bench_emit(bench, row);
}

static const struct serve_columns saved = {
    "completed",         "total_input_tokens", "total_output_tokens", "request_throughput",
    "output_throughput", "mean_ttft_ms",       "mean_tpot_ms"};
static const struct serve_columns console = {"Successful requests",
                                             "Total input tokens",
                                             "Total generated tokens",
                                             "Request throughput (req/s)",
                                             "Output token throughput (tok/s)",
                                             "Mean TTFT (ms)",
                                             "Mean TPOT (ms)"};

static void read_saved(struct bench *bench, const struct csv_table *t, size_t i) {
    read_serve(bench, t, i, &saved);
}

static void read_console(struct bench *bench, const struct csv_table *t, size_t i) {
    read_serve(bench, t, i, &console);
}

typedef void row_reader(struct bench *bench, const struct csv_table *t, size_t i);

/* Of the columns that tell one table from another; NULL: of none that is known. */
static row_reader *reader_of(const struct csv_table *t) {
    static const struct {
        const char *column, *other; /* or NULL */
        row_reader *read;
    } tables[] = {{"n_prompt", "n_gen", read_llama},
                  {"Num of Hardware", "Throughput", read_argonne},
                  {"total_output_tokens", "output_throughput", read_saved},
                  {"Total generated tokens", NULL, read_console},
                  {"Successful Output tokens per second mean", NULL, read_guidellm},
                  {"Config Name", "Concurrency", read_analyze}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (has(t, tables[i].column) && (!tables[i].other || has(t, tables[i].other)))
            return tables[i].read;
    return NULL;
}

bool bench_read_table(struct bench *bench, const struct csv_table *table) {
    row_reader *read = reader_of(table);
    for (size_t i = 0; read && i < table->row_count; i++)
        read(bench, table, i);
    return read && table->row_count > 0;
}
