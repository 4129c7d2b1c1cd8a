/* A benchmark row as a serving case, and its prediction in the row's own metric. */
#include "engine/accuracy.h"
#include "engine/estimate.h"
#include "engine/serve_case.h"

#include <math.h>
#include <string.h>

const char *accuracy_class_name(enum accuracy_class kind) {
    static const char *const names[ACCURACY_CLASSES] = {"dense", "experts", "max-throughput",
                                                        "single-stream", "waves"};
    return names[kind];
}

/* What is not stated is the checkpoint's own; "fp8" of a model published with block scales has
   them. */
static enum precision weights_of(const struct benchmark *row) {
    enum precision native = row->model->native_precision;
    if (row->weights == PRECISION_NONE)
        return native;
    if (row->weights == PRECISION_FP8 && native == PRECISION_FP8_BLOCK)
        return native;
    if (row->weights == PRECISION_NVFP4 && native == PRECISION_MXFP4)
        return native;
    return row->weights;
}

/* Unstated, the cache has 16 bits; but TensorRT-LLM takes its format from the checkpoint, and those
   that NVIDIA quantises to FP8 or NVFP4 ask for FP8 (kv_cache_quant_algo in hf_quant_config.json).
 */
static enum precision kv_of(const struct benchmark *row, enum precision weights,
                            const char *engine) {
    if (row->kv != PRECISION_NONE)
        return row->kv;
    bool asks = weights == PRECISION_FP8 || weights == PRECISION_NVFP4;
    return asks && strcmp(engine, "tensorrt-llm") == 0 ? PRECISION_FP8 : PRECISION_BF16;
}

struct degrees {
    uint32_t tensor, pipeline, data, expert;
    bool shared_experts; /* attention in parallel over data, experts over all GPUs */
};

static struct degrees degrees_of(const struct benchmark *row, bool layers_split) {
    uint32_t n = row->gpu_count ? row->gpu_count : 1;
    struct degrees d = {row->tensor_parallel, row->pipeline_parallel, row->data_parallel,
                        row->expert_parallel, false};
    if (layers_split)
        return (struct degrees){1, n, 1, 1, false};
    if (!d.pipeline)
        d.pipeline = 1;
    bool experts = parameters_have_experts(row->model);
    if (!d.tensor) /* experts over all GPUs and no tensor parallel stated: attention by data */
        d.tensor = experts && d.expert > 1 ? 1 : n / d.pipeline;
    if (!d.tensor)
        d.tensor = 1;
    d.data = n / (d.tensor * d.pipeline);
    if (!d.data)
        d.data = 1;
    d.shared_experts = d.data > 1 && experts;
    if (d.shared_experts && d.expert <= 1)
        d.expert = n;
    return d;
}

#define TENSORRT_1_0 "2025-09"
#define GIB (1024.0 * 1024 * 1024)

/* The C++ runtime of TensorRT-LLM before 1.0 keeps less beside weights and activations than the
   PyTorch one that memory_plan_of describes: context and libraries, and buffers of NCCL. */
static double early_tensorrt_bytes(const struct gpu *gpu, uint32_t t) {
    return 2.2 * GIB + 0.01 * gpu->memory_bytes + (t > 1 ? 0.38 * GIB : 0);
}

static struct memory_case memory_of(const struct accuracy_case *c, const struct degrees *d) {
    struct memory_case m = {.model = c->row->model,
                            .gpu = c->row->gpu,
                            .t = d->tensor,
                            .p = d->pipeline,
                            .weights = c->weights,
                            .kv = c->kv,
                            .engine = c->calibration->engine};
    m.attention_replicas = d->shared_experts ? d->data : 1;
    m.plan = memory_plan_of(m.engine);
    if (strcmp(m.engine, "tensorrt-llm") == 0 && c->row->date &&
        strcmp(c->row->date, TENSORRT_1_0) < 0)
        m.plan.runtime_bytes_per_gpu =
            early_tensorrt_bytes(c->row->gpu, m.t * m.attention_replicas);
    return m;
}

/* Context that a sequence holds on average while others come and go. */
static double mean_context(const struct benchmark *row) {
    switch (row->scenario) {
    case SCENARIO_FIXED_CONCURRENCY:
        return row->input_tokens + 0.6 * row->output_tokens;
    case SCENARIO_MAX_THROUGHPUT:
    case SCENARIO_OFFLINE:
        return row->input_tokens + 0.75 * row->output_tokens;
    default:
        return row->input_tokens + row->output_tokens;
    }
}

#define SEQUENCES_OF_A_REPLICA 16

/* Where the engine chose the batch and no layout is stated, it was laid out for throughput: as many
   replicas as hold the model and a few sequences each. */
static void spread_replicas(const struct accuracy_case *c, struct degrees *d) {
    const struct benchmark *row = c->row;
    bool free = row->scenario == SCENARIO_MAX_THROUGHPUT || row->scenario == SCENARIO_OFFLINE;
    uint32_t n = d->tensor * d->data;
    if (!free || row->tensor_parallel || row->data_parallel || d->expert > 1)
        return;
    for (uint32_t t = 1; t < n; t *= 2) {
        struct degrees trial = *d;
        trial.tensor = t;
        trial.data = n / t;
        struct memory_case memory = memory_of(c, &trial);
        if (n % t == 0 && memory_tensor_parallel_fits(row->model, t) &&
            memory_max_batch(&memory, mean_context(row)) >= SEQUENCES_OF_A_REPLICA) {
            *d = trial;
            return;
        }
    }
}

static const char *refused(const struct benchmark *row, const struct accuracy_case *c,
                           const struct memory_case *memory, double held) {
    if (!memory_tensor_parallel_fits(row->model, memory->t))
        return "heads-not-divisible";
    if (row->gpu->memory_bytes <= 0 || row->gpu->memory_bytes_per_s <= 0 ||
        row->gpu->flop_per_s[COMPUTE_16] <= 0 || gpu_flop_per_s(row->gpu, c->weights, NULL) <= 0)
        return "spec-missing";
    if (!memory_precision_runs(row->gpu, c->weights))
        return "precision-unsupported";
    return held < 1 ? "does-not-fit" : NULL;
}

/* "bf16" of a checkpoint that is published narrower, on GPUs that hold it only so: the source
   states what it computes in. */
static bool holds_only_native(const struct benchmark *row, enum precision weights,
                              const struct degrees *d) {
    enum precision native = row->model->native_precision;
    double total = row->gpu->memory_bytes * d->tensor * d->data * d->pipeline;
    return native != weights && memory_weights_bytes(row->model, weights) > total &&
           memory_weights_bytes(row->model, native) < total;
}

static enum accuracy_class class_of(const struct benchmark *row, bool exceeds_memory) {
    if (row->scenario == SCENARIO_MAX_THROUGHPUT || row->scenario == SCENARIO_OFFLINE)
        return ACCURACY_MAX_THROUGHPUT;
    if (row->scenario == SCENARIO_SINGLE_STREAM)
        return ACCURACY_SINGLE_STREAM;
    if (exceeds_memory)
        return ACCURACY_WAVES;
    return parameters_have_experts(row->model) ? ACCURACY_EXPERTS : ACCURACY_DENSE;
}

static void set_load(struct accuracy_case *c, const struct memory_case *memory,
                     const struct degrees *d, double held) {
    const struct benchmark *row = c->row;
    bool layers_split = strcmp(c->calibration->engine, "llama.cpp") == 0;
    double most = memory->plan.max_sequences ? memory->plan.max_sequences : 2048;
    c->replicas = d->shared_experts ? 1 : d->data;
    c->serve.input_tokens = row->input_tokens;
    c->serve.output_tokens = row->output_tokens;
    c->serve.chunk_tokens = layers_split ? 512 : memory->plan.max_prefill_tokens;
    c->serve.pipeline_depth = layers_split ? 4 : 0;
    c->serve.pipeline_stages = d->pipeline;
    c->serve.draft_tokens = row->drafts;
    c->serve.acceptance = row->acceptance;
    c->serve.held_sequences = held;
    c->serve.batch = row->batch ? row->batch / c->replicas : fmin(held, most);
    c->kind = class_of(row, c->serve.batch > held);
}

static const char *unusable(const struct benchmark *row) {
    if (row->unusable)
        return row->unusable;
    if (!row->model)
        return "unknown-model";
    if (!row->gpu)
        return "unknown-gpu";
    bool needs_output =
        row->metric != METRIC_PREFILL_TOKENS_PER_S && row->metric != METRIC_FIRST_TOKEN_LATENCY_MS;
    if (isnan(row->input_tokens) || !((needs_output ? row->output_tokens : row->input_tokens) >= 1))
        return "lengths-missing";
    return NULL;
}

struct accuracy_case accuracy_prepare(const struct benchmark *row,
                                      const struct calibration_set *set) {
    struct accuracy_case c = {.row = row, .skipped = unusable(row)};
    if (c.skipped)
        return c;
    c.calibration = calibration_set_find_dated(set, row->engine, row->date);
    c.borrowed = !c.calibration;
    if (c.borrowed)
        c.calibration = calibration_set_kin(set, row->engine);
    if (!c.calibration) {
        c.skipped = "unknown-engine";
        return c;
    }
    bool layers_split = strcmp(c.calibration->engine, "llama.cpp") == 0;
    struct degrees d = degrees_of(row, layers_split);
    c.weights = weights_of(row);
    if (holds_only_native(row, c.weights, &d))
        c.weights = row->model->native_precision;
    c.kv = kv_of(row, c.weights, c.calibration->engine);
    spread_replicas(&c, &d);
    struct memory_case memory = memory_of(&c, &d);
    double held =
        memory_tensor_parallel_fits(row->model, memory.t)
            ? floor(memory_max_batch(&memory, mean_context(row))) * memory.attention_replicas
            : 0;
    c.skipped = refused(row, &c, &memory, held);
    if (c.skipped)
        return c;
    struct shape_layout layout = {d.tensor, d.expert, d.shared_experts ? d.data : 1};
    c.tensor_parallel = d.tensor;
    c.shape = shape_of(row->model, row->gpu, c.weights, c.kv, layout);
    c.shape.same_tokens = row->same_prompts;
    set_load(&c, &memory, &d, held);
    return c;
}

static double in_metric(const struct benchmark *row, const struct serve_result *r, double rate) {
    switch (row->metric) {
    case METRIC_OUTPUT_TOKENS_PER_S:
        return rate;
    case METRIC_OUTPUT_TOKENS_PER_S_PER_GPU:
        return rate / (row->gpu_count ? row->gpu_count : 1);
    case METRIC_TOTAL_TOKENS_PER_S:
        return rate * (1 + row->input_tokens / row->output_tokens);
    case METRIC_TPOT_MS:
        return r->tpot_s * 1e3;
    case METRIC_FIRST_TOKEN_LATENCY_MS:
        return r->ttft_s * 1e3;
    case METRIC_PREFILL_TOKENS_PER_S:
        return row->input_tokens / r->prefill_s;
    }
    return NAN;
}

static struct accuracy_prediction of_metric(const struct benchmark *row, double value) {
    return (struct accuracy_prediction){value, value / row->value};
}

/* The row's metric from a system's rate of output tokens and its latencies. A time per token alone
   says little when requests queue: the rate is compared where the row gives it. */
static struct accuracy_prediction of_rate(const struct benchmark *row, const struct serve_result *r,
                                          double rate) {
    struct accuracy_prediction p = of_metric(row, in_metric(row, r, rate));
    if (row->metric == METRIC_TPOT_MS && row->output_tokens_per_s_system > 0)
        p.ratio = rate / row->output_tokens_per_s_system;
    return p;
}

/* Batches that start and end together; else requests come and go. */
static bool is_static(const struct benchmark *row) {
    return row->scenario == SCENARIO_FIXED_BATCH || row->scenario == SCENARIO_SINGLE_STREAM;
}

struct serve_result accuracy_serve(const struct accuracy_case *c, const struct step_model *model) {
    struct serve_case serve = c->serve;
    serve.model = *model;
    return serve_continuous(&serve);
}

struct accuracy_prediction accuracy_predict(const struct accuracy_case *c,
                                            const struct step_model *model) {
    const struct benchmark *row = c->row;
    struct serve_case serve = c->serve;
    serve.model = *model;
    if (row->metric == METRIC_PREFILL_TOKENS_PER_S)
        return of_metric(row, row->input_tokens / serve_prefill_s(&serve, 1));
    if (row->metric == METRIC_FIRST_TOKEN_LATENCY_MS && row->scenario == SCENARIO_FIXED_BATCH)
        return of_metric(row, serve_prefill_s(&serve, serve.batch) * 1e3);
    struct serve_result r = is_static(row) ? serve_static(&serve) : serve_continuous(&serve);
    double rate = r.output_tokens_per_s;
    if (row->scenario == SCENARIO_OFFLINE && row->requests >= c->replicas) {
        double each = row->requests / c->replicas;
        rate = each * row->output_tokens / serve_offline_s(&serve, each);
    }
    return of_rate(row, &r, rate * c->replicas);
}

struct accuracy_row accuracy_of(const struct benchmark *row, const struct calibration_set *set) {
    struct accuracy_case c = accuracy_prepare(row, set);
    struct accuracy_row out = {.row = row,
                               .skipped = c.skipped,
                               .calibration = c.calibration,
                               .kind = c.kind,
                               .predicted = NAN,
                               .ratio = NAN};
    if (c.skipped)
        return out;
    struct calibration_family family = calibration_family_of(c.calibration, row->gpu);
    struct step_model model = step_model_make(&c.shape, c.calibration, family);
    struct scenario s = {.model = row->model,
                         .gpu = row->gpu,
                         .calibration = c.calibration,
                         .weights = c.weights,
                         .input_tokens = row->input_tokens,
                         .output_tokens = row->output_tokens};
    struct accuracy_prediction predicted = accuracy_predict(&c, &model);
    out.predicted = predicted.value;
    out.ratio = predicted.ratio;
    out.why = c.borrowed ? "this engine was never measured: another one stands in for it"
                         : calibrated_extrapolated(&s, c.tensor_parallel, c.serve.batch);
    out.provenance = out.why ? FROM_EXTRAPOLATED : FROM_CALIBRATED;
    return out;
}

static struct scenario scenario_of(const struct benchmark *row) {
    struct degrees d = degrees_of(row, false);
    struct scenario s = scenario_default(row->model, row->gpu);
    s.gpu_count = row->gpu_count ? row->gpu_count : 1;
    s.data_parallel = d.shared_experts ? 1 : d.data;
    s.pipeline_parallel = d.pipeline;
    s.weights = weights_of(row);
    s.kv = row->kv == PRECISION_NONE ? PRECISION_BF16 : row->kv;
    s.input_tokens = row->input_tokens;
    s.output_tokens = fmax(row->output_tokens, 1);
    s.batch = row->batch;
    s.serving = is_static(row) ? SERVING_STATIC : SERVING_CONTINUOUS;
    return s;
}

struct accuracy_row accuracy_first_principles(const struct benchmark *row,
                                              double compute_efficiency, double memory_efficiency) {
    struct accuracy_row out = {.row = row,
                               .skipped = unusable(row),
                               .kind = ACCURACY_DENSE,
                               .predicted = NAN,
                               .ratio = NAN,
                               .provenance = FROM_FIRST_PRINCIPLES};
    if (out.skipped)
        return out;
    struct scenario s = scenario_of(row);
    s.compute_efficiency = compute_efficiency;
    s.memory_efficiency = memory_efficiency;
    struct outcome outcome = first_principles(&s);
    if (!outcome.feasible) {
        out.skipped = reason_code(outcome.reason);
        return out;
    }
    out.kind = class_of(row, outcome.memory_exceeded);
    struct serve_result r = {
        .ttft_s = outcome.ttft_s, .tpot_s = outcome.tpot_s, .prefill_s = outcome.prefill.time_s};
    struct accuracy_prediction predicted = of_rate(row, &r, outcome.output_tokens_per_s);
    out.predicted = predicted.value;
    out.ratio = predicted.ratio;
    return out;
}
