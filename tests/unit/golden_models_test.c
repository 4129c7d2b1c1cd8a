/* Every row of tests/golden/models.tsv: parameters, KV cache, weights, budgets and training,
   against figures published elsewhere. A row's input is a quantity and key=value words; config=
   takes the rest of the line as a config.json. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/num.h"
#include "engine/training.h"
#include "read/read.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define GIB (1024.0 * 1024.0 * 1024.0)

struct row {
    struct arena *arena;
    const char *words; /* after the quantity */
    const char *config;
    struct model model;
    bool has_model;
};

static const char *text_of(const struct row *row, const char *key, const char *fallback) {
    char marked[40];
    snprintf(marked, sizeof marked, " %s=", key);
    const char *at = strstr(row->words, marked);
    if (!at)
        return fallback;
    at += strlen(marked);
    return arena_copy(row->arena, at, strcspn(at, " "));
}

static double number_of(const struct row *row, const char *key, double fallback) {
    const char *text = text_of(row, key, NULL);
    double value = 0;
    if (!text)
        return fallback;
    assert_true(num_parse(text, strlen(text), &value));
    return value;
}

static uint32_t count_of(const struct row *row, const char *key, uint32_t fallback) {
    return (uint32_t)number_of(row, key, fallback);
}

static enum precision precision_of(const struct row *row, const char *key) {
    enum precision precision = precision_find(text_of(row, key, "bf16"));
    assert_int_not_equal(precision, PRECISION_NONE);
    return precision;
}

static void load_model(struct row *row) {
    struct diags *diags = diags_new();
    const char *id = text_of(row, "model", NULL), *text = row->config;
    size_t n = text ? strlen(text) : 0;
    const char *path = "golden.json";
    if (id) {
        path = arena_printf(row->arena, "data/models/%s.json", id);
        assert_true(fs_read(row->arena, path, 1 << 20, diags, &text, &n));
    }
    if (text) {
        row->has_model = read_model(row->arena, path, text, n, diags, &row->model);
        if (!row->has_model)
            fail_msg("%s: %s", path, diags_get(diags, 0)->text);
    }
    diags_free(diags);
}

/* A GPU with only what the row says. */
static struct gpu gpu_of(const struct row *row) {
    struct gpu gpu = {.id = "golden", .max_per_node = 8};
    gpu.memory_bytes = number_of(row, "gib", 0) * GIB;
    gpu.flop_per_s[COMPUTE_16] = number_of(row, "peak", 0);
    return gpu;
}

static struct memory_case case_of(const struct row *row, const struct gpu *gpu) {
    const char *engine = text_of(row, "engine", NULL);
    struct memory_case c = {&row->model,
                            gpu,
                            count_of(row, "t", 1),
                            count_of(row, "p", 1),
                            precision_of(row, "weights"),
                            precision_of(row, "kv"),
                            memory_plan_of(engine),
                            engine,
                            1};
    c.plan.fraction = number_of(row, "fraction", c.plan.fraction);
    c.plan.max_prefill_tokens = count_of(row, "tokens", c.plan.max_prefill_tokens);
    return c;
}

static struct training training_of(const struct row *row, const struct gpu *gpu) {
    struct training t = training_default(&row->model, gpu);
    const char *recompute = text_of(row, "recompute", "none");
    t.gpu_count = count_of(row, "gpus", 1);
    t.tensor_parallel = count_of(row, "t", 1);
    t.pipeline_parallel = count_of(row, "p", 1);
    t.virtual_stages = count_of(row, "m", 1);
    t.micro_batch = number_of(row, "b", 1);
    t.global_batch = number_of(row, "batch", 0);
    t.sequence_tokens = number_of(row, "s", 2048);
    t.sequence_parallel = count_of(row, "sp", 0) != 0;
    t.tokens = number_of(row, "tokens", 1e9);
    t.mfu = number_of(row, "mfu", 1);
    t.flash_attention = false;
    t.dropout = true;
    t.recompute = strcmp(recompute, "full") == 0        ? RECOMPUTE_FULL
                  : strcmp(recompute, "selective") == 0 ? RECOMPUTE_SELECTIVE
                                                        : RECOMPUTE_NONE;
    return t;
}

static bool is(const char *a, const char *b) {
    return strcmp(a, b) == 0;
}

static double of_parameters(const struct row *row, const char *what) {
    struct parameters n = parameters_count(&row->model);
    if (is(what, "total"))
        return (double)n.total;
    if (is(what, "total-billion"))
        return (double)n.total / 1e9;
    if (is(what, "total-without-norms"))
        return (double)(n.total - n.norms);
    if (is(what, "active"))
        return (double)n.active;
    return is(what, "active-without-input") ? (double)n.active_without_embedding : NAN;
}

static double of_cache(const struct row *row, const char *what) {
    enum precision kv = precision_of(row, "kv");
    double context = number_of(row, "context", 1);
    uint32_t t = count_of(row, "t", 1);
    if (is(what, "kv-token"))
        return memory_kv_bytes_per_token(&row->model, kv);
    if (is(what, "kv-bytes"))
        return memory_kv_bytes(&row->model, kv, context, t);
    if (is(what, "kv-gib"))
        return memory_kv_bytes(&row->model, kv, context, t) / GIB;
    double state = memory_state_bytes(&row->model, kv) / t;
    if (is(what, "state-bytes-per-gpu"))
        return state;
    double token = memory_kv_bytes(&row->model, kv, 1, t) / t - state;
    if (is(what, "kv-token-per-gpu"))
        return token;
    return is(what, "blocks") ? floor(number_of(row, "gib", 0) * GIB / (16 * token)) : NAN;
}

static double of_weights(const struct row *row, const char *what) {
    enum precision weights = precision_of(row, "weights");
    double bits = precision_info(weights)->bits_per_weight;
    if (is(what, "overhead-bits"))
        return bits - 4;
    if (is(what, "double-quant-saving-gb")) /* 32 bits per 64 weights before, 0.127 after */
        return (32.0 / 64 - (bits - 4)) * number_of(row, "parameters", 0) / 8 / 1e9;
    if (!row->has_model)
        return NAN;
    if (is(what, "weights-bytes"))
        return memory_weights_bytes(&row->model, weights);
    return is(what, "weights-gib") ? memory_weights_bytes(&row->model, weights) / GIB : NAN;
}

static double of_budget(const struct row *row, const char *what) {
    struct gpu gpu = gpu_of(row);
    struct memory_case c = case_of(row, &gpu);
    double budget = memory_kv_budget_per_gpu(&c);
    if (is(what, "kv-budget-gib"))
        return budget / GIB;
    if (is(what, "weights-per-gpu-gib"))
        return memory_loaded_bytes_per_gpu(&c) / GIB;
    if (is(what, "max-batch"))
        return memory_max_batch(&c, number_of(row, "context", 1));
    double longest = row->model.context_tokens; /* as vLLM prints it: requests of this length */
    return is(what, "kv-tokens") ? longest * budget / memory_kv_bytes_per_gpu(&c, longest) : NAN;
}

static double of_training(const struct row *row, const char *what) {
    struct gpu gpu = gpu_of(row);
    struct training t = training_of(row, &gpu);
    double peak = number_of(row, "peak", 0) * t.gpu_count;
    double tokens = t.global_batch * t.sequence_tokens;
    double model = training_model_flop_per_token(&t),
           hardware = training_hardware_flop_per_token(&t);
    if (is(what, "activation-gib"))
        return training_activation_bytes(&t) / GIB;
    if (is(what, "layer-activation-mib"))
        return training_layer_activation_bytes(&t, &row->model.runs[0]) / (1024 * 1024);
    if (is(what, "activation-percent")) {
        struct training base = t;
        base.sequence_parallel = false;
        base.recompute = RECOMPUTE_NONE;
        return 100 * training_layer_activation_bytes(&t, &row->model.runs[0]) /
               training_layer_activation_bytes(&base, &row->model.runs[0]);
    }
    if (is(what, "mfu-percent"))
        return 100 * model * tokens / (peak * number_of(row, "seconds", 0));
    if (is(what, "hfu-percent"))
        return 100 * hardware * tokens / (peak * number_of(row, "seconds", 0));
    if (is(what, "iteration-s"))
        return training_estimate(&t).iteration_s;
    if (is(what, "hardware-iteration-s"))
        return hardware * tokens / peak;
    return is(what, "gpu-hours") ? training_estimate(&t).gpu_hours : NAN;
}

static double of_formula(const struct row *row, const char *what) {
    double parameters = number_of(row, "parameters", 0);
    uint32_t stage = count_of(row, "stage", 0), gpus = count_of(row, "gpus", 1);
    const char *offload = text_of(row, "offload", "none");
    if (is(what, "zero-gib") || is(what, "zero-gb"))
        return training_zero_bytes(parameters, 2, number_of(row, "gradient", 2), 12, stage, gpus) /
               (is(what, "zero-gib") ? GIB : 1e9);
    if (is(what, "6nd"))
        return training_6nd(parameters, number_of(row, "tokens", 0));
    struct deepspeed_memory m =
        training_deepspeed(parameters, number_of(row, "largest", 0), stage, gpus, gpus,
                           is(offload, "all")         ? OFFLOAD_ALL
                           : is(offload, "optimizer") ? OFFLOAD_OPTIMIZER
                                                      : OFFLOAD_NONE);
    if (is(what, "deepspeed-gib"))
        return m.gpu_bytes / GIB;
    return is(what, "deepspeed-host-gib") ? m.host_bytes / GIB : NAN;
}

static double evaluate(const struct row *row, const char *what) {
    static double (*const kinds[])(const struct row *, const char *) = {
        of_parameters, of_cache, of_weights, of_budget, of_training};
    double value = of_formula(row, what);
    if (isnan(value) && !row->has_model)
        value = of_weights(row, what);
    for (size_t i = 0; row->has_model && isnan(value) && i < sizeof kinds / sizeof *kinds; i++)
        value = kinds[i](row, what);
    return value;
}

static double tolerance_of(const char *text, double expected) {
    double value;
    size_t n = strlen(text);
    bool percent = n && text[n - 1] == '%';
    assert_true(num_parse(text, percent ? n - 1 : n, &value));
    return percent ? fabs(expected) * value / 100 : value;
}

/* Rows that are not met, with the reason; each must stay unmet, or its line goes. */
static const char *known_gap(const char *id) {
    static const struct {
        const char *id, *why;
    } gaps[] = {{"V-11", "the run's sequence limit and the memory of its GPUs are not stated"},
                {"V-13", "the run's sequence limit and what GPTQ left alone are not stated"},
                {"V-14", "at 0.70 of 79.18 GiB the FP8 weights alone fill the budget; the GPUs "
                         "must have had more memory than the source says"},
                {NULL, NULL}};
    for (size_t i = 0; gaps[i].id; i++)
        if (strcmp(gaps[i].id, id) == 0)
            return gaps[i].why;
    return NULL;
}

static size_t next_field(const char **at, char *out, size_t cap) {
    size_t n = strcspn(*at, "\t\n");
    assert_true(n < cap);
    memcpy(out, *at, n);
    out[n] = '\0';
    *at += n + ((*at)[n] == '\t');
    return n;
}

static bool check_line(struct arena *arena, const char *line) {
    char id[16], input[1500], expected_text[40], tolerance_text[16], what[40];
    next_field(&line, id, sizeof id);
    next_field(&line, input, sizeof input);
    next_field(&line, expected_text, sizeof expected_text);
    next_field(&line, tolerance_text, sizeof tolerance_text);
    struct row row = {.arena = arena, .words = input + strcspn(input, " ")};
    snprintf(what, sizeof what, "%.*s", (int)strcspn(input, " "), input);
    char *config = strstr(input, " config=");
    if (config) {
        *config = '\0';
        row.config = config + strlen(" config=");
    }
    load_model(&row);
    double expected = 0, value = evaluate(&row, what);
    assert_true(num_parse(expected_text, strlen(expected_text), &expected));
    bool met = fabs(value - expected) <= tolerance_of(tolerance_text, expected);
    const char *why = known_gap(id);
    if (met == (why == NULL))
        return true;
    print_error("%s %s: expected %.12g (%s), is %.12g%s\n", id, input, expected, tolerance_text,
                value, met ? ", no gap any more" : "");
    return false;
}

static void meets_every_row(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char *text;
    size_t n, rows = 0, wrong = 0;
    assert_true(fs_read(arena, "tests/golden/models.tsv", 1 << 20, diags, &text, &n));
    for (const char *line = strchr(text, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        if (*line == '#')
            continue;
        rows++;
        wrong += !check_line(arena, line);
    }
    assert_true(rows > 180);
    assert_int_equal(wrong, 0);
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(meets_every_row)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
