/* llama-bench of llama.cpp: JSON, JSON lines and CSV, old and new columns. Rates are tokens/s of
   one sequence; a row is a prompt (pp), generation (tg) or both (pg). */
#include "read/bench_llama.h"
#include "read/schema.h"

#include <math.h>
#include <string.h>

/* Quantisations by the names files and model types carry, longest first. Small and large mixes
   stand for the medium one. */
static const char *const quantisations[][2] = {
    {"Q2_K", "q2_k"}, {"Q3_K", "q3_k_m"}, {"Q4_K", "q4_k_m"}, {"Q5_K", "q5_k_m"},
    {"Q6_K", "q6_k"}, {"Q8_0", "q8_0"},   {"Q4_0", "q4_0"},   {"MXFP4", "mxfp4"},
    {"BF16", "bf16"}, {"F16", "fp16"},    {"F32", "fp32"},
};

static const char *find_nocase(const char *text, const char *part) {
    size_t n = strlen(part);
    for (; *text; text++)
        if (str_equal_nocase((struct str){text, strnlen(text, n)}, str_of(part)))
            return text;
    return NULL;
}

static enum precision quantisation_of(const char *text) {
    for (size_t i = 0; text && i < sizeof quantisations / sizeof *quantisations; i++)
        if (find_nocase(text, quantisations[i][0]))
            return precision_find(quantisations[i][1]);
    return PRECISION_NONE;
}

/* "models/Qwen2.5-7B-Instruct-Q4_K_M.gguf" -> "Qwen2.5-7B-Instruct". */
static const char *model_of(struct arena *arena, const char *file) {
    const char *slash = file ? strrchr(file, '/') : NULL;
    if (!file)
        return NULL;
    char *name = arena_strdup(arena, slash ? slash + 1 : file);
    char *end = strstr(name, ".gguf");
    if (end)
        *end = 0;
    for (size_t i = 0; i < sizeof quantisations / sizeof *quantisations; i++) {
        const char *at = find_nocase(name, quantisations[i][0]);
        if (at && at > name && strchr("-._", at[-1]))
            name[at - 1 - name] = 0;
    }
    return name[0] ? name : NULL;
}

/* "NVIDIA GeForce RTX 4090, NVIDIA GeForce RTX 4090": the first name, and how many. */
static const char *gpu_of(struct arena *arena, const char *info, uint32_t *count) {
    *count = 0;
    if (!info || !info[0])
        return NULL;
    const char *comma = strchr(info, ',');
    for (const char *p = info; p; p = strchr(p + 1, ','))
        (*count)++;
    return comma ? arena_copy(arena, info, (size_t)(comma - info)) : info;
}

static void emit(struct bench *bench, const struct llama_row *r, double input, double output,
                 double rate) {
    struct benchmark row = bench_row(bench, r->place);
    row.engine = "llama.cpp";
    row.engine_version = r->build;
    row.model_as_stated = model_of(bench->in->arena, r->model_filename);
    row.gpu_as_stated = gpu_of(bench->in->arena, r->gpu_info, &row.gpu_count);
    row.weights = quantisation_of(r->model_type ? r->model_type : r->model_filename);
    row.kv = bench_precision(r->type_k);
    row.date = schema_day(bench->in->arena, r->test_time);
    row.batch = 1;
    row.scenario = SCENARIO_SINGLE_STREAM;
    row.metric = output > 0 ? input > 0 && r->depth <= 0 ? METRIC_TOTAL_TOKENS_PER_S
                                                         : METRIC_OUTPUT_TOKENS_PER_S
                            : METRIC_PREFILL_TOKENS_PER_S;
    row.input_tokens = output > 0 ? input + fmax(r->depth, 0) : input;
    row.output_tokens = output;
    row.value = rate;
    if (r->depth > 0 && output <= 0)
        row.note = "measured behind a filled context";
    bench_emit(bench, row);
}

void llama_emit(struct bench *bench, const struct llama_row *r) {
    bench->format = "llama-bench";
    if (r->rate > 0) {
        emit(bench, r, r->prompt, r->generated, r->rate);
        return;
    }
    if (r->prompt > 0 && r->prompt_rate > 0)
        emit(bench, r, r->prompt, 0, r->prompt_rate);
    if (r->generated > 0 && r->generated_rate > 0)
        emit(bench, r, 0, r->generated, r->generated_rate);
}

bool bench_read_llama(struct bench *bench, struct json *const *rows, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const struct json *json = rows[i];
        if (json->kind != JSON_OBJECT || !json_get(json, "n_prompt") || !json_get(json, "n_gen"))
            continue;
        struct llama_row row = {.place = json->place,
                                .build = bench_text(json, "build_commit"),
                                .gpu_info = bench_text(json, "gpu_info"),
                                .model_filename = bench_text(json, "model_filename"),
                                .model_type = bench_text(json, "model_type"),
                                .type_k = bench_text(json, "type_k"),
                                .test_time = bench_text(json, "test_time"),
                                .prompt = bench_number(json, "n_prompt"),
                                .generated = bench_number(json, "n_gen"),
                                .depth = llama_or_zero(bench_number(json, "n_depth")),
                                .rate = llama_or_zero(bench_number(json, "avg_ts")),
                                .prompt_rate = llama_or_zero(bench_number(json, "avg_prompt_ts")),
                                .generated_rate = llama_or_zero(bench_number(json, "avg_gen_ts"))};
        llama_emit(bench, &row);
        any = true;
    }
    return any;
}
